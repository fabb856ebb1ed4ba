import { describe, expect, it } from "vitest";

import { createProcessMemory } from "../../src/memory/process-memory.ts";
import { passInProcess } from "./pass-in-process.ts";
import { accounts, assignmentApp, type Company, readOnly, userName } from "./small-company.ts";
import { grantsIn, withSandbox, type World } from "./with-sandbox.ts";

const company: Company = {
  kintoneUsers: ["newcomer", "latecomer"].map((code) => ({ code, name: code })),
  permissionSets: [readOnly],
  assignments: [
    { permission_set: "ReadOnly", users: ["hanako", "ichiro"], accounts: "production" },
    { permission_set: "ReadOnly", users: ["kenta"], accounts: "staging" },
    { permission_set: "ReadOnly", groups: "developers", accounts: "development" },
  ],
};
const entra = (id: string) => [{ issuer: "https://scim.example.com", id }];

interface Scene {
  readonly world: World;
  readonly pass: () => ReturnType<typeof passInProcess>;
  /** Who has ReadOnly in the account. */
  readonly holders: (account: keyof typeof accounts) => readonly string[];
}

/** The company after two passes with a memory. */
function settled(use: (scene: Scene) => Promise<void>, aws: Company["aws"] = {}): Promise<void> {
  return withSandbox({ speed: 1000, company: { ...company, aws } }, async (world) => {
    const memoryStore = createProcessMemory("e2e");
    const pass = () => passInProcess(world, "sync", {}, undefined, { memoryStore });
    await pass();
    expect(await pass()).toMatchObject({ result: "in-sync" });
    const holders = (account: keyof typeof accounts) =>
      world.aws.state
        .assignments()
        .filter(({ accountId }) => accountId === accounts[account])
        .map(({ principalId }) => principalId)
        .toSorted();
    await use({ world, pass, holders });
  });
}

const codesIn = ({ issues }: Awaited<ReturnType<Scene["pass"]>>) =>
  issues.map(({ code, key }) => `${key.replace("assignments/", "")} ${code}`);
const idOf = ({ aws }: World, code: string) => aws.state.userId(userName(code));
const newHire = (world: World, more = {}) =>
  world.aws.state.addUser({ userName: userName("hanako"), email: userName("hanako"), ...more });

describe("a user who was known and is gone", () => {
  it("is told as gone, loses what was left, and keeps nobody else of the record from anything", () =>
    settled(async ({ world, pass, holders }) => {
      world.aws.state.removeUser(userName("hanako"));
      world.kintone.updateRecord(assignmentApp, 1, { users: ["hanako", "ichiro", "misaki"] });
      const report = await pass();
      expect(report).toMatchObject({ result: "applied", violations: [] });
      expect(codesIn(report)).toEqual(["1 user.gone"]);
      expect(report.issues).toMatchObject([{ severity: "warning" }]);
      expect(holders("production")).toEqual([idOf(world, "ichiro"), idOf(world, "misaki")].toSorted());
      expect(await pass()).toMatchObject({ result: "in-sync" });
    }));

  it("is nobody whom a new record means, which is told to wait or of a mistake as ever", () =>
    settled(async ({ world, pass }) => {
      world.kintone.addRecord(assignmentApp, {
        permission_set: "ReadOnly",
        users: ["newcomer"],
        accounts: "staging",
      });
      world.kintone.updateRecord(assignmentApp, 2, { users: ["kenta", "latecomer"] });
      const report = await pass();
      expect(codesIn(report).filter((one) => one.includes("gone"))).toEqual([]);
      expect(report.plan?.waiting).toHaveLength(2);
    }));

  it("who comes back under the same id has everything again", () =>
    settled(async ({ world, pass, holders }) => {
      const id = idOf(world, "hanako");
      world.aws.state.removeUser(id);
      await pass();
      newHire(world, { id });
      await pass();
      expect(holders("production")).toContain(id);
    }));
});

describe("a name that somebody else has now", () => {
  it.each([
    ["at once", false],
    ["after a pass in which nobody had it", true],
  ])("gives nothing until the record is saved again, and the record's others go on: %s", (_, between) =>
    settled(async ({ world, pass, holders }) => {
      world.aws.state.removeUser(userName("hanako"));
      if (between) await pass();
      const id = newHire(world);
      for (let passes = 0; passes < 3; passes += 1) {
        const report = await pass();
        expect(codesIn(report)).toEqual(["1 user.changed"]);
        expect(holders("production")).toEqual([idOf(world, "ichiro")]);
        expect(report.plan?.held).toMatchObject([
          { would: "create", reason: "person-changed", records: [{ record: "1" }] },
        ]);
        expect(world.kintone.comments(assignmentApp, 1)).toHaveLength(between ? 2 : 1);
      }
      world.kintone.updateRecord(assignmentApp, 1, { accounts: "production" });
      expect(codesIn(await pass())).toEqual([]);
      expect(holders("production")).toEqual([id, idOf(world, "ichiro")].toSorted());
      expect(await pass()).toMatchObject({ result: "in-sync", issues: [] });
    }),
  );

  it("means the new one where the record was saved when nobody had it", () =>
    settled(async ({ world, pass, holders }) => {
      world.aws.state.removeUser(userName("hanako"));
      await pass();
      world.kintone.updateRecord(assignmentApp, 1, { users: ["hanako", "ichiro"] });
      await pass();
      const id = newHire(world);
      expect(codesIn(await pass())).toEqual([]);
      expect(holders("production")).toContain(id);
    }));

  it("means the new one where the record is new", () =>
    settled(async ({ world, pass, holders }) => {
      world.aws.state.removeUser(userName("hanako"));
      const id = newHire(world, { createdAt: "2024-01-01T00:00:00Z" });
      await pass();
      world.kintone.addRecord(assignmentApp, {
        permission_set: "ReadOnly",
        users: ["hanako"],
        accounts: "staging",
      });
      await pass();
      expect(holders("staging")).toContain(id);
      expect(holders("production")).not.toContain(id);
    }));

  it("is the same one made anew where the directory's source says so, and is granted at once", () =>
    settled(
      async ({ world, pass, holders }) => {
        world.aws.state.removeUser(userName("hanako"));
        const id = newHire(world, { externalIds: entra("hanako-1") });
        const report = await pass();
        expect(codesIn(report)).toEqual([]);
        expect(holders("production")).toEqual([id, idOf(world, "ichiro")].toSorted());
        world.aws.state.removeUser(userName("hanako"));
        newHire(world, { externalIds: entra("hanako-2") });
        expect(codesIn(await pass())).toEqual(["1 user.changed"]);
      },
      {
        users: ["hanako", "ichiro", "kenta", "misaki"].map((code) => ({
          userName: userName(code),
          email: userName(code),
          externalIds: entra(`${code}-1`),
        })),
      },
    ));

  it("that was another one's before is not that one's access", () =>
    settled(async ({ world, pass, holders }) => {
      world.aws.state.removeUser(userName("hanako"));
      world.aws.state.removeUser(userName("misaki"));
      const misaki = world.aws.state.addUser({
        userName: userName("hanako"),
        createdAt: "2020-01-01T00:00:00Z",
      });
      const report = await pass();
      expect(codesIn(report)).toEqual(["1 user.changed"]);
      expect(holders("production")).not.toContain(misaki);
    }));
});

describe("a group", () => {
  it("that is gone is told as gone, and made anew has its access at once", () =>
    settled(async ({ world, pass, holders }) => {
      world.aws.state.removeGroup("developers");
      const gone = await pass();
      expect(codesIn(gone)).toEqual(["3 group.gone"]);
      expect(holders("development")).toEqual([]);
      const id = world.aws.state.addGroup({ displayName: "developers" });
      expect(codesIn(await pass())).toEqual([]);
      expect(holders("development")).toEqual([id]);
    }));

  it("of the same name that the directory's source says is another one waits for the record", () =>
    settled(
      async ({ world, pass, holders }) => {
        world.aws.state.removeGroup("developers");
        const id = world.aws.state.addGroup({ displayName: "developers", externalIds: entra("other") });
        expect(codesIn(await pass())).toEqual(["3 group.changed"]);
        expect(holders("development")).toEqual([]);
        world.kintone.updateRecord(assignmentApp, 3, { groups: "developers" });
        await pass();
        expect(holders("development")).toEqual([id]);
      },
      { groups: [{ displayName: "developers", externalIds: entra("first") }] },
    ));
});

it("a purge of the directory is told to authors as what it is, not as a wrong configuration", () =>
  settled(async ({ world, pass }) => {
    for (const code of ["hanako", "ichiro", "kenta"]) world.aws.state.removeUser(userName(code));
    const report = await pass();
    expect(codesIn(report).toSorted()).toEqual(["1 user.gone", "1 user.gone", "2 user.gone"]);
    expect(report.notes.map(({ code }) => code)).not.toContain("names-unmatched");
    expect(grantsIn(world)).toHaveLength(1);
  }));
