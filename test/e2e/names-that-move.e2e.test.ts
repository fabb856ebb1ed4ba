import { expect, test } from "vitest";

import { createProcessMemory } from "../../src/memory/process-memory.ts";
import { passInProcess } from "./pass-in-process.ts";
import { permissionSetApp, readers, readOnly } from "./small-company.ts";
import { grantsIn, withSandbox, type World } from "./with-sandbox.ts";

const company = { permissionSets: [readOnly], assignments: [readers] };
const administrator = { ...readOnly, managed_policies: "AdministratorAccess" };

/** Passes over one sandbox, with one memory for all of them unless told otherwise. */
function passesOver(world: World, memory = createProcessMemory("e2e")) {
  return () => passInProcess(world, "sync", {}, undefined, { memoryStore: memory });
}

const rename = (world: World, record: number, name: string): void =>
  world.kintone.updateRecord(permissionSetApp, record, { name });

/** The names of the sets that somebody has. */
const granted = (world: World): readonly string[] => [
  ...new Set(grantsIn(world).map((grant) => grant.split(" ")[0] ?? "")),
];

/** The AWS managed policies of everybody who has anything. */
const powers = (world: World): readonly string[] => {
  const had = new Set(granted(world));
  const sets = world.aws.state.permissionSets().filter(({ name }) => had.has(name));
  return [...new Set(sets.flatMap(({ managedPolicies = [] }) => managedPolicies))];
};

const reading = ["arn:aws:iam::aws:policy/ReadOnlyAccess"];

test.each([
  ["after a pass has carried the rename out", true],
  ["before any pass has seen the rename", false],
])(
  "a new record with a name from before a rename and administrator's rights captures nobody, made %s",
  (_, isCarriedOut) =>
    withSandbox({ company, speed: 1000 }, async (world) => {
      const pass = passesOver(world);
      await pass();
      const before = grantsIn(world);
      rename(world, 1, "Viewer");
      if (isCarriedOut) await pass();
      world.kintone.addRecord(permissionSetApp, administrator);
      for (let passes = 0; passes < 3; passes += 1) await pass();
      expect(granted(world)).toEqual(["Viewer"]);
      expect(grantsIn(world)).toHaveLength(before.length);
      expect(powers(world)).toEqual(reading);
      const { issues } = await passInProcess(world, "plan");
      expect(issues.map(({ code }) => code)).toContain("assignment.permission-set-unclear");
      const remembering = await pass();
      expect(remembering).toMatchObject({ result: "in-sync" });
      expect(remembering.issues.map(({ code }) => code)).toEqual(["assignment.permission-set-renamed"]);
    }),
);

test("without a memory such a record captures nobody either, nobody loses anything, and the author is asked to choose again", () =>
  withSandbox({ company, speed: 1000 }, async (world) => {
    const pass = () => passInProcess(world, "sync");
    await pass();
    const before = grantsIn(world).length;
    rename(world, 1, "Viewer");
    await pass();
    world.kintone.addRecord(permissionSetApp, administrator);
    const report = await pass();
    expect(report.issues.map(({ code }) => code)).toEqual(["assignment.permission-set-unclear"]);
    expect(grantsIn(world)).toHaveLength(before);
    expect(powers(world)).toEqual(reading);
  }));

test("a record that is deleted and entered again with the same definition takes its own place, with another one nobody gets that", () =>
  withSandbox({ company, speed: 1000 }, async (world) => {
    const pass = passesOver(world);
    await pass();
    const before = grantsIn(world);
    world.kintone.deleteRecord(permissionSetApp, 1);
    const again = world.kintone.addRecord(permissionSetApp, readOnly);
    await pass();
    expect(await pass()).toMatchObject({ result: "in-sync", issues: [] });
    expect(grantsIn(world)).toEqual(before);

    world.kintone.deleteRecord(permissionSetApp, again);
    world.kintone.addRecord(permissionSetApp, administrator);
    for (let passes = 0; passes < 3; passes += 1) {
      const { issues } = await pass();
      expect(issues.map(({ code }) => code).sort()).toEqual([
        "assignment.permission-set-unclear",
        "permission-set.name-still-meant",
      ]);
      expect(grantsIn(world)).toEqual(before);
      expect(powers(world)).toEqual(reading);
    }
  }));

test("an app that was set up anew, whose record 1 is the administrators' set now, hands nobody that set", () =>
  withSandbox({ company, speed: 1000 }, async (world) => {
    await passesOver(world)();
    const before = grantsIn(world).length;
    world.kintone.updateRecord(permissionSetApp, 1, { ...administrator, name: "Admin" });
    for (const memory of [createProcessMemory("e2e"), createProcessMemory("e2e")]) {
      await passesOver(world, memory)();
    }
    expect(powers(world)).toEqual(reading);
    expect(grantsIn(world)).toHaveLength(before);
  }));
