import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { passInProcess } from "./pass-in-process.ts";
import { assignmentApp, readers, userName } from "./small-company.ts";
import { grantsIn, withSandbox, writesTo, type World } from "./with-sandbox.ts";

const groupNames = (names: readonly string[]) => names.map((displayName) => ({ displayName }));
const holders = (world: World) => grantsIn(world).map((grant) => grant.split(" ")[2]);

describe("a line that is a group's whole name", () => {
  const record = { permission_set: "ReadOnly", groups: "Sales, Tokyo", accounts: "production" };

  test("means that group, and not those that its parts name", () =>
    withSandbox(
      {
        speed: 1000,
        company: { assignments: [record], aws: { groups: groupNames(["Sales, Tokyo", "Sales"]) } },
      },
      async (world) => {
        await passInProcess(world, "sync");
        expect(holders(world)).toEqual([world.aws.state.groupId("Sales, Tokyo")]);
      },
    ));

  test("is held where all its parts are groups too, until its author says which is meant", () =>
    withSandbox(
      {
        speed: 1000,
        company: { assignments: [record], aws: { groups: groupNames(["Sales, Tokyo", "Sales", "Tokyo"]) } },
      },
      async (world) => {
        const report = await passInProcess(world, "sync");
        expect(report.issues).toMatchObject([{ code: "entry.ambiguous", record: "1", severity: "error" }]);
        expect(holders(world)).toEqual([]);
        world.kintone.updateRecord(assignmentApp, 1, { groups: '"Sales, Tokyo"' });
        await passInProcess(world, "sync");
        expect(holders(world)).toEqual([world.aws.state.groupId("Sales, Tokyo")]);
      },
    ));
});

describe("a line that was a group's whole name until the group was gone", () => {
  const record = { permission_set: "ReadOnly", groups: "Sales, Tokyo", accounts: "production" };
  const company = { assignments: [record], aws: { groups: groupNames(["Sales, Tokyo"]) } };

  test.each(["with a memory", "without a memory"])(
    "never becomes a list of the groups that its parts name, until its author says so, %s",
    (how) =>
      withSandbox({ speed: 1000, company }, async (world) => {
        const folder = await mkdtemp(join(tmpdir(), "memory-"));
        const memory = { KINTONE_SSO_SYNC_MEMORY: join(folder, "memory.json") };
        const pass = () => passInProcess(world, "sync", how === "with a memory" ? memory : {});
        await pass();
        world.aws.state.removeGroup("Sales, Tokyo");
        for (const displayName of ["Sales", "Tokyo"]) world.aws.state.addGroup({ displayName });
        const parts = ["Sales", "Tokyo"].map((name) => world.aws.state.groupId(name));
        for (let count = 1; count <= 3; count += 1) {
          const report = await pass();
          expect(report.issues).toMatchObject([{ code: "entry.ambiguous", record: "1", severity: "error" }]);
          expect(holders(world)).not.toEqual(expect.arrayContaining(parts));
        }
        world.kintone.updateRecord(assignmentApp, 1, { groups: "Sales\nTokyo" });
        await pass();
        expect(holders(world)).toEqual(expect.arrayContaining(parts));
      }),
  );
});

describe("of two users with one address, one of them disabled,", () => {
  const twins = {
    speed: 1000,
    config: "principals: { userMatch: email }",
    company: {
      assignments: [{ permission_set: "ReadOnly", users: ["hanako"], accounts: "production" }],
      aws: {
        users: [
          { userName: "hanako.old", email: userName("hanako"), status: "DISABLED" as const },
          { userName: "hanako.new", email: userName("hanako") },
        ],
        groups: [],
      },
    },
  };

  test("a record saved after the other one appeared means that one", () =>
    withSandbox(twins, async (world) => {
      await passInProcess(world, "sync");
      expect(holders(world)).toEqual([world.aws.state.userId("hanako.new")]);
    }));

  test("an older record is held: it may have meant the one who left", () =>
    withSandbox(twins, async (world) => {
      world.aws.state.removeUser("hanako.new");
      world.aws.state.addUser({ userName: "hanako.new", email: userName("hanako") });
      const report = await passInProcess(world, "sync");
      expect(report.issues).toMatchObject([{ code: "user.ambiguous" }]);
      expect(holders(world)).toEqual([]);
    }));
});

describe("when most users in the records match nothing", () => {
  const codes = ["a", "b", "c", "d", "e"];
  const strangers = {
    speed: 1000,
    config: "comments: errors",
    company: {
      kintoneUsers: codes.map((code) => ({ code, name: code })),
      assignments: [
        readers,
        ...codes.map((code) => ({ permission_set: "ReadOnly", users: [code], accounts: "production" })),
      ],
      aws: { users: codes.map((code) => ({ userName: `${code}@corp.example` })), groups: [] },
    },
  };

  test("operators are told with the setting that is likely to be wrong, and no author is told anything", () =>
    withSandbox(strangers, async (world) => {
      const report = await passInProcess(world, "sync");
      const note = report.notes.find(({ code }) => code === "names-unmatched");
      expect(note?.message).toContain('principals.userTemplate: "{code}@corp.example"');
      expect(writesTo(world).filter((write) => write.startsWith("kintone"))).toEqual([]);
      const [message] = world.slack.messages;
      expect(JSON.stringify(message)).toContain("principals.userTemplate");
    }));
});

test("an empty list of AWS managed policies ends the pass: AWS always has some", () =>
  withSandbox({ company: { aws: { managedPolicies: [] } } }, async (world) => {
    const report = await passInProcess(world, "sync");
    expect(report.error).toMatchObject({ code: "aws.incomplete-read" });
    expect(writesTo(world)).toEqual([]);
  }));
