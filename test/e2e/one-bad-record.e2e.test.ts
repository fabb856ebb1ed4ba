import { expect, test } from "vitest";

import { passInProcess } from "./pass-in-process.ts";
import { accounts, assignmentApp, permissionSetApp, readOnly, userName } from "./small-company.ts";
import { grantsIn, withSandbox, type World, writesTo } from "./with-sandbox.ts";

const members = 25;
const codes = Array.from({ length: members }, (_, index) => `member${index + 1}`);
const places = ["audit", "production", "staging", "development"];
const badRecord = 57;

const hundred = places
  .flatMap((place) => codes.map((code) => ({ permission_set: "ReadOnly", users: [code], accounts: place })))
  .map((record, index) => (index + 1 === badRecord ? { ...record, accounts: "prodution" } : record));

const company = {
  permissionSets: [readOnly],
  assignments: hundred,
  kintoneUsers: codes.map((code) => ({ code, name: code })),
  aws: {
    users: codes.map((code) => ({ userName: userName(code) })),
    groups: [],
    accounts: Object.entries({ ...accounts, audit: "666677778888" }).map(([name, id]) => ({ id, name })),
  },
};

const writesToAws = (world: World) => writesTo(world).filter((write) => !write.startsWith("kintone"));

test("of 100 records one is bad: 99 are applied, its author is told, and what a record granted stays when it breaks", () =>
  withSandbox({ company, speed: 1000 }, async (world) => {
    const first = await passInProcess(world, "sync");
    expect(first).toMatchObject({
      result: "applied",
      counts: { records: 101, issues: 1, deletions: 0, failed: 0 },
    });
    expect(first.issues).toMatchObject([{ code: "account.unknown", record: String(badRecord) }]);
    const granted = grantsIn(world);
    expect(granted).toHaveLength(99);
    expect(world.kintone.comments(assignmentApp).map(({ record }) => record)).toEqual([badRecord]);

    world.kintone.updateRecord(assignmentApp, 1, { accounts: "identitty" });
    world.kintone.updateRecord(assignmentApp, 2, { permission_set: "ReadOnyl" });
    world.kintone.updateRecord(assignmentApp, 3, { accounts: `${accounts.identity}9` });
    const before = writesToAws(world);
    const second = await passInProcess(world, "sync");
    expect(second).toMatchObject({ result: "removals-waiting", counts: { issues: 4, changes: 0 } });

    world.kintone.updateRecord(permissionSetApp, 1, { managed_policies: "ReadOnlyAcess" });
    const third = await passInProcess(world, "sync");
    expect(third).toMatchObject({ result: "removals-waiting", counts: { changes: 0 } });
    expect(grantsIn(world)).toEqual(granted);
    expect(writesToAws(world)).toEqual(before);
  }));
