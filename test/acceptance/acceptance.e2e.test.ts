import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import type { AcceptanceReport } from "../../src/model/acceptance.ts";
import { isBelief } from "../../src/sandbox/beliefs.ts";
import { accounts, appliedSets, userName } from "../e2e/small-company.ts";
import { grantsIn, requestsOf, writesTo } from "../e2e/with-sandbox.ts";
import { accept, type AcceptanceWorld, essenceOf, subjects, withAcceptance } from "./accept.ts";

const recordings = "test/fixtures/acceptance";

/** Beliefs that a recording has seen to be otherwise. */
function othersIn({ steps }: AcceptanceReport) {
  const seen = steps.flatMap(({ beliefs }) => Object.entries(beliefs));
  return new Set(seen.flatMap(([name, is]) => (is === "other" && isBelief(name) ? [name] : [])));
}

it("sees in the sandbox all that is believed, and leaves nothing behind", async () => {
  await withAcceptance(
    async (world) => {
      const { code, report, said, text } = await accept(world, { record: 1 });
      expect(report?.steps.filter(({ verdict }) => verdict !== "as-expected")).toEqual([]);
      expect(report?.leftNothing).toBe(true);
      expect(said).toContain("19 as expected, 0 otherwise, 0 not done.");
      expect(code).toBe(0);
      expect(world.aws.state.permissionSets()).toEqual([]);
      expect(grantsIn(world)).toEqual([]);
      const named = [
        ...Object.values(accounts),
        ...Object.values(world.environment).filter((value) => value.length > 8 && !value.startsWith("ap-")),
        "kenta",
        subjects.group,
        "development",
        "example.co.jp",
      ];
      expect(named.filter((name) => text.includes(name))).toEqual([]);
    },
    { measures: true },
  );
});

it.each(readdirSync(recordings))("the sandbox does what %s has recorded", async (name) => {
  const recorded = JSON.parse(readFileSync(`${recordings}/${name}`, "utf8")) as AcceptanceReport;
  const hasComment = recorded.steps.some(({ step, verdict }) => step === "comment" && verdict !== "not-done");
  await withAcceptance(
    async (world) => {
      const { report } = await accept(world, hasComment ? { record: 1 } : {});
      expect(report && essenceOf(report)).toEqual(essenceOf(recorded));
    },
    { others: othersIn(recorded), measures: true },
  );
});

it("takes away first what a run that was killed has left", async () => {
  await withAcceptance(async (world) => {
    const refused = { status: 400, body: { __type: "AccessDeniedException", message: "killed" } };
    const writes = () => writesTo(world).length;
    world.aws.failures.add({ match: () => writes() > 12, respond: refused });
    const killed = await accept(world);
    expect(killed.code).toBe(1);
    expect(killed.said).toContain("run the same command once more");
    expect(world.aws.state.permissionSets()).not.toEqual([]);
    world.aws.failures.clear();
    const again = await accept(world);
    expect(again.said).toContain("Taken away what an earlier run had left: ");
    expect(world.aws.state.permissionSets()).toEqual([]);
  });
});

it("on Ctrl+C begins no further step and takes away what there is", async () => {
  await withAcceptance(async (world) => {
    const { code, report } = await accept(world, {
      onStart: ({ signal }) => {
        void requestsOf(world.aws.failures, "UpdatePermissionSet", 1).then(() => signal("SIGINT"));
      },
    });
    expect(code).toBe(1);
    const done = report?.steps.filter(({ verdict }) => verdict !== "not-done").map(({ step }) => step);
    expect(done?.at(-1)).toBe("attributes");
    expect(report?.leftNothing).toBe(true);
    expect(world.aws.state.permissionSets()).toEqual([]);
  });
});

it("leaves alone what others have named like its sets, and what the sync owns", async () => {
  const foreign = { name: "zz-acceptance-first", tags: { team: "a" } };
  const [ours] = appliedSets;
  const permissionSets = [foreign, ...(ours === undefined ? [] : [{ ...ours, name: "zz-acceptance-ours" }])];
  const leavesAlone = async (world: AcceptanceWorld) => {
    const before = grantsIn(world);
    const { report } = await accept(world);
    expect(report?.leftNothing).toBe(true);
    expect(report?.steps.find(({ step }) => step === "create")?.seen).toEqual({
      created: "ConflictException",
    });
    expect(world.aws.state.permissionSets().map(({ name }) => name)).toEqual(
      permissionSets.map(({ name }) => name),
    );
    expect(grantsIn(world)).toEqual(before);
  };
  await withAcceptance(leavesAlone, { permissionSets });
});

describe("writes nothing", () => {
  const refusals = {
    "in the management account": [{ account: accounts.management }, "", "This is the management account"],
    "in the account that the sync runs in": [
      { account: accounts.identity },
      "",
      "The sync runs in this account",
    ],
    "in a protected account": [
      {},
      `protected: { accounts: ["${accounts.development}"] }`,
      "is protected by the configuration",
    ],
    "in an account of nobody": [{ account: "999988887777" }, "", "has no account of this number"],
    "for a user whom nobody knows": [{ user: userName("nobody") }, "", "has no user of this name"],
    "for a group that nobody knows": [{ group: "nobody" }, "", "has no group of this name"],
    "without a yes": [{ yes: false }, "", "Nothing was written."],
    "for a no": [{ yes: false, answers: ["no"] }, "", "Nothing was written."],
  } as const;
  it.each(Object.entries(refusals))("%s", async (_name, [asked, config, said]) => {
    await withAcceptance(
      async (world) => {
        const run = await accept(world, asked);
        expect(run.said).toContain(said);
        expect(writesTo(world)).toEqual([]);
        expect(run.report).toBeUndefined();
      },
      { config },
    );
  });

  it("before the account, the user and the group are named", async () => {
    await withAcceptance(async (world) => {
      const { code, stderr } = await world.cli("doctor --acceptance --yes --lang en");
      expect(code).toBe(1);
      expect(stderr).toContain("--account with the number of an account");
      expect(writesTo(world)).toEqual([]);
    });
  });
});
