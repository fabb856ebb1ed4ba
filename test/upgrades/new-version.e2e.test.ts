import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createProcessMemory } from "../../src/memory/process-memory.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import { passInProcess } from "../e2e/pass-in-process.ts";
import {
  accounts,
  assignmentApp,
  permissionSetApp,
  readers,
  readOnly,
  userName,
} from "../e2e/small-company.ts";
import { grantsIn, withSandbox, type World, writesTo } from "../e2e/with-sandbox.ts";

// What a new version does differently is played by the configuration: neither says so in a record.
const asBefore =
  "unlistedAssignments: report\nkintone: { permissionSets: { fields: { relayState: null } } }\n";
const otherRules =
  "unlistedAssignments: remove\nguards: { maxDeletions: 100, maxShareOfAll: 1, maxUsersLosingAllAccess: 9 }\n";

interface Told {
  readonly rules?: string;
  readonly approve?: string | undefined;
}

/** A company that the version 1.0.0 keeps in step, with somebody assigned by hand whom it lists; then passes of others. */
function after1(
  use: (world: World, pass: (version: string, told?: Told) => Promise<RunReport>) => Promise<void>,
): Promise<void> {
  const company = {
    permissionSets: [{ ...readOnly, relay_state: "https://console.aws.amazon.com/s3" }],
    assignments: [readers, { ...readers, users: ["kenta"], accounts: "development" }],
  };
  return withSandbox({ company, speed: 1000 }, async (world) => {
    const memoryStore = createProcessMemory("e2e");
    let laterMs = 0;
    const pass = (version: string, { rules = otherRules, approve }: Told = {}): Promise<RunReport> => {
      laterMs += 3 * 3_600_000;
      return passInProcess({ ...world, config: `${world.config}${rules}` }, "sync", {}, undefined, {
        memoryStore,
        version,
        approve,
        laterMs,
      });
    };
    await pass("1.0.0", { rules: asBefore });
    byHand(world, "production", "misaki");
    expect(await pass("1.0.0", { rules: asBefore })).toMatchObject({ result: "in-sync" });
    await use(world, pass);
  });
}

function byHand({ aws }: World, account: keyof typeof accounts, code: string): void {
  aws.state.addAssignment("ReadOnly", { accountId: accounts[account], userName: userName(code) });
}

const newVersion = { violations: [{ guard: "new-version", numbers: { changes: 2 } }] };

describe("the first pass of a new version", () => {
  it("asks about what only its rules ask for, lists it, and does it when a person approves, once", () =>
    after1(async (world, pass) => {
      const before = writesTo(world).length;
      const asked = await pass("2.0.0");
      expect(asked).toMatchObject({ result: "refused", ...newVersion });
      expect(asked.violations[0]?.message).toMatch(/new version.*2 changes.*ReadOnly/u);
      expect(asked.plan?.changes.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining(["update-attributes", "unassign"]),
      );
      expect(await pass("2.0.0")).toMatchObject({ result: "refused", ...newVersion });
      expect(writesTo(world)).toHaveLength(before);

      const approved = await pass("2.0.0", { approve: asked.approval?.code });
      expect(approved).toMatchObject({ result: "applied", violations: [] });
      expect(await pass("2.0.0")).toMatchObject({ result: "in-sync", violations: [] });
    }));

  it("does what records, people and AWS ask for meanwhile without a question", () =>
    after1(async (world, pass) => {
      await pass("2.0.0");
      byHand(world, "staging", "misaki");
      world.kintone.updateRecord(assignmentApp, 1, { users: ["hanako"] });
      world.kintone.deleteRecord(assignmentApp, 2);
      const mixed = await pass("2.0.0");
      expect(mixed).toMatchObject({ result: "partly-refused", ...newVersion });
      const left = ["hanako", "misaki"].map((code) => world.aws.state.userId(userName(code)));
      expect(new Set(grantsIn(world).map((grant) => grant.split(" ")[2]))).toEqual(new Set(left));
      // The one by hand that came later is gone, the one that the version before had left is still asked about.
      expect(grantsIn(world)).toHaveLength(3);
    }));

  it("asks no more once the record is saved: then it is what its author wants", () =>
    after1(async (world, pass) => {
      await pass("2.0.0");
      world.kintone.updateRecord(permissionSetApp, 1, { description: "View everything, and no more" });
      expect(await pass("2.0.0")).toMatchObject({ result: "applied", violations: [] });
    }));

  it("asks about nothing that the version before had planned and not done", () =>
    after1(async (_world, pass) => {
      expect(await pass("1.0.0", { rules: `${otherRules}readOnly: Moving house\n` })).toMatchObject({
        result: "paused",
      });
      expect(await pass("2.0.0")).toMatchObject({ result: "applied", violations: [] });
    }));

  it("asks about nothing where no version is new, whatever the configuration changes", () =>
    after1(async (_world, pass) => {
      expect(await pass("1.0.0")).toMatchObject({ result: "applied", violations: [] });
    }));
});

describe("doctor", () => {
  it("says what the new version will do differently before it does", async () => {
    const directory = await mkdtemp(join(tmpdir(), "new-version-"));
    onTestFinished(() => rm(directory, { recursive: true, force: true }));
    const memory = `memory: ${join(directory, "memory.json")}\n`;
    const permissionSets = [{ ...readOnly, relay_state: "https://console.aws.amazon.com/s3" }];
    const company = { permissionSets, assignments: [readers] };
    await withSandbox({ company, config: memory, speed: 1000 }, async ({ cli, ...world }) => {
      const differently = { ...world, config: `${world.config}${asBefore}` };
      await passInProcess(differently, "sync", {}, undefined, { version: "0.9.0" });
      const [english, japanese] = [await cli("doctor --lang en"), await cli("doctor --lang ja")];
      expect(english.stdout).toMatch(
        /the last sync was by 0\.9\.0\.\n.*asks about \d changes .*exit code 3/u,
      );
      expect(japanese.stdout).toMatch(/前回の同期は0\.9\.0.*\n.*最初の同期で確認を求めます/u);
      await passInProcess(world, "sync", {}, undefined, { version: "0.9.0" });
      expect((await cli("doctor --lang en")).stdout).toMatch(
        /✓ New version: .*the last sync was by 0\.9\.0\. It plans nothing differently\./u,
      );
    });
  });
});
