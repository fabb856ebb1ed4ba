import { expect, test } from "vitest";

import { createProcessMemory } from "../../src/memory/process-memory.ts";
import { passInProcess } from "./pass-in-process.ts";
import { assignmentApp, readers, userName } from "./small-company.ts";
import { grantsIn, withSandbox, type World } from "./with-sandbox.ts";

/** The second of the users has never been in Identity Center. */
const company = {
  assignments: [readers, { ...readers, users: ["misaki"] }],
  kintoneUsers: [{ code: "hanaco", name: "佐藤 花子" }],
};

/** Records that grant nothing, each of which would hold what misaki has if it could have granted it. */
const blank = { permission_set: "", users: [], groups: "", accounts: "" };
const newRecords = {
  "a group that does not exist": { ...readers, users: [], groups: "nobody-we-know" },
  "a misspelt login": { ...readers, users: ["hanaco"] },
  "nothing filled in": blank,
  "an account that does not exist": { ...readers, accounts: "prodution" },
} as const;

const misakis = (world: World): readonly string[] => {
  const id = world.aws.state.userId(userName("misaki"));
  return grantsIn(world).filter((grant) => grant.endsWith(id));
};

test.each(Object.entries(newRecords))(
  "a new record with %s does not keep what somebody loses by a record that is gone",
  (_, record) =>
    withSandbox({ company, speed: 1000 }, async (world) => {
      const options = { memoryStore: createProcessMemory("e2e") };
      const pass = () => passInProcess(world, "sync", {}, undefined, options);
      await pass();
      expect(misakis(world)).toHaveLength(2);
      world.kintone.deleteRecord(assignmentApp, 2);
      world.kintone.addRecord(assignmentApp, record);
      await pass();
      await pass();
      expect(misakis(world)).toEqual([]);
    }),
);

test("without a memory, a new record with nothing filled in or with a wrong group keeps nobody's access from ending", () =>
  withSandbox({ company, speed: 1000 }, async (world) => {
    await passInProcess(world, "sync");
    world.kintone.deleteRecord(assignmentApp, 2);
    world.kintone.addRecord(assignmentApp, blank);
    world.kintone.addRecord(assignmentApp, newRecords["a group that does not exist"]);
    expect(await passInProcess(world, "sync")).toMatchObject({ result: "applied" });
    expect(misakis(world)).toEqual([]);
  }));

test("a pass in which removals wait for a record is not in sync, and names the record", () =>
  withSandbox({ company, speed: 1000 }, async (world) => {
    await passInProcess(world, "sync");
    world.kintone.deleteRecord(assignmentApp, 2);
    const id = world.kintone.addRecord(assignmentApp, newRecords["a misspelt login"]);
    const report = await passInProcess(world, "plan");
    expect(report).toMatchObject({ result: "removals-waiting", counts: { changes: 0, held: 2 } });
    expect(report.plan?.held).toMatchObject([
      { would: "delete", records: [{ record: String(id) }] },
      { would: "delete", records: [{ record: String(id) }] },
    ]);
    expect(misakis(world)).toHaveLength(2);
  }));
