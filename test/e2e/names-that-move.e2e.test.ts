import { expect, test } from "vitest";

import { createProcessMemory } from "../../src/memory/process-memory.ts";
import { passInProcess } from "./pass-in-process.ts";
import { assignmentApp, permissionSetApp, readers, readOnly, userName } from "./small-company.ts";
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
  return [...new Set(sets.flatMap(({ managedPolicies }) => managedPolicies))];
};

const people = ["hanako", "ichiro", "kenta", "misaki"];
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

const names = ["Alpha", "Beta", "Gamma", "Delta"] as const;

/** One set for each name, told apart by its session, and one person in each. */
const several = (count: number) => ({
  permissionSets: names.slice(0, count).map((name, index) => ({
    ...readOnly,
    name,
    session_duration: String(index + 1),
  })),
  assignments: names.slice(0, count).map((name, index) => ({
    permission_set: name,
    users: [people[index] ?? ""],
    accounts: "production",
  })),
});

/** Who has which set, as a person's login and the set's session, whatever the sets are called. */
function sessions(world: World): readonly string[] {
  const { state } = world.aws;
  const sessionOf = new Map(
    state.permissionSets().map(({ name, sessionDuration }) => [name, sessionDuration]),
  );
  return people.flatMap((login) =>
    grantsIn(world)
      .filter((grant) => grant.endsWith(` ${state.userId(userName(login))}`))
      .map((grant) => `${login} ${sessionOf.get(grant.split(" ")[0] ?? "")}`),
  );
}

const renames = {
  "a chain": ["Beta", "Gamma"],
  "a swap": ["Beta", "Alpha"],
  "a row of three": ["Beta", "Gamma", "Delta"],
  "three that change places": ["Beta", "Gamma", "Alpha"],
  "four that change places": ["Beta", "Gamma", "Delta", "Alpha"],
  "two swaps": ["Beta", "Alpha", "Delta", "Gamma"],
} as const;

test.each(
  Object.entries(renames).flatMap(([what, to]) => [
    [what, "follow", to] as const,
    [what, "keep the old names", to] as const,
  ]),
)(
  "%s of names is carried out within three passes, and everybody keeps the set they had when records %s",
  (_, how, to) =>
    withSandbox({ company: several(to.length), speed: 1000 }, async (world) => {
      const pass = passesOver(world);
      await pass();
      const before = sessions(world);
      expect(before).toHaveLength(to.length);
      for (const [index, name] of to.entries()) {
        rename(world, index + 1, name);
        if (how === "follow") world.kintone.updateRecord(assignmentApp, index + 1, { permission_set: name });
      }
      for (let passes = 1; passes <= 3; passes += 1) {
        await pass();
        expect(sessions(world)).toEqual(before);
      }
      const last = await pass();
      expect(last.result).toBe("in-sync");
      expect(new Set(last.issues.map(({ code }) => code))).toEqual(
        new Set(how === "follow" ? [] : ["assignment.permission-set-renamed"]),
      );
      const known = world.aws.state
        .permissionSets()
        .map(({ name, sessionDuration }) => `${name} ${sessionDuration}`);
      expect(known.sort()).toEqual(to.map((name, index) => `${name} PT${index + 1}H`).sort());
    }),
);
