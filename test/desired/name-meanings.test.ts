import { describe, expect, it } from "vitest";

import type { ActualPermissionSet } from "../../src/model/actual-state.ts";
import { emptyMemory, type Memory } from "../../src/model/memory.ts";
import { actualState, assignmentRecord, desiredState, managedSet, permissionSetRecord } from "../builders.ts";

interface Look {
  readonly sets: readonly ReturnType<typeof permissionSetRecord>[];
  readonly existing?: readonly ActualPermissionSet[];
  readonly name?: string;
  readonly revision?: number;
  readonly updatedAt?: string;
  readonly memory?: Memory;
}

/** What the one assignment record gets, and the memory after it. */
function look({ sets, existing = [], name = "A", revision = 1, updatedAt, memory }: Look) {
  const actual = actualState({ permissionSets: existing });
  const state = desiredState({
    permissionSets: sets,
    assignments: [
      assignmentRecord(
        { permissionSet: name },
        { revision, ...(updatedAt === undefined ? {} : { updatedAt }) },
      ),
    ],
    actual,
    ...(memory === undefined ? {} : { memory }),
  });
  return {
    granted: [...new Set(state.assignments.map(({ permissionSet }) => String(permissionSet)))],
    codes: state.issues.map(({ code }) => code),
    sets: state.permissionSets.map(({ name, record }) => `${record.id} ${name}`),
    held: state.heldAssignments.length > 0,
    memory: { ...emptyMemory("owner"), instanceArn: actual.instance.arn, meanings: state.meanings },
  };
}

const setOf = (id: string, name: string, more: object = {}) => permissionSetRecord({ name, ...more }, { id });
const admin = { managedPolicies: ["AdministratorAccess"] };

describe("A name that has moved to another permission set", () => {
  const before = look({ sets: [setOf("1", "A")], existing: [managedSet("A", { record: "1" })] });
  const renamed = [managedSet("B", { record: "1", formerName: "A" })];
  const newcomer = [setOf("1", "B"), setOf("2", "A", admin)];

  it("means the set it meant when the record was saved, and its author is told", () => {
    const after = look({ sets: newcomer, existing: renamed, memory: before.memory });
    expect(after).toMatchObject({ granted: ["B"], codes: ["assignment.permission-set-renamed"] });
  });

  it("goes on doing so when the tag with the former name is gone, or names something else", () => {
    for (const formerName of [undefined, "Z"]) {
      const existing = [
        managedSet("B", { record: "1", ...(formerName === undefined ? {} : { formerName }) }),
      ];
      expect(look({ sets: newcomer, existing, memory: before.memory }).granted).toEqual(["B"]);
    }
  });

  it("means each record's own set after a swap, a chain and a permutation of three", () => {
    const names = [
      [
        ["1", "B"],
        ["2", "A"],
      ],
      [
        ["1", "B"],
        ["2", "C"],
      ],
      [
        ["1", "B"],
        ["2", "C"],
        ["3", "A"],
      ],
    ] as const;
    for (const permutation of names) {
      const sets = permutation.map(([id, name]) => setOf(id, name));
      const existing = [managedSet("Z", { record: "9" })];
      expect(look({ sets, existing, memory: before.memory }).granted).toEqual(["B"]);
    }
  });

  it("is asked about once when the record was saved again with the same name, and then means what it says", () => {
    const saved = look({ sets: newcomer, existing: renamed, memory: before.memory, revision: 2 });
    expect(saved).toMatchObject({ granted: [], codes: ["assignment.permission-set-unclear"], held: true });
    const again = look({ sets: newcomer, existing: renamed, memory: saved.memory, revision: 2 });
    expect(again).toMatchObject({ granted: [], codes: ["assignment.permission-set-unclear"] });
    const chosen = look({ sets: newcomer, existing: renamed, memory: again.memory, revision: 3 });
    expect(chosen).toMatchObject({ granted: ["A"], codes: [] });
    expect(look({ sets: newcomer, existing: renamed, memory: chosen.memory, revision: 3 }).granted).toEqual([
      "A",
    ]);
  });

  it("means what a record says that was saved with another name", () => {
    const saved = look({ sets: newcomer, existing: renamed, memory: before.memory, name: "B", revision: 2 });
    expect(saved).toMatchObject({ granted: ["B"], codes: [] });
  });

  it("does not mean a set that gave it up before when a record is saved with it anew", () => {
    const other = look({ sets: [setOf("1", "B")], existing: renamed, name: "C" });
    const memory = { ...before.memory, ...other.memory };
    const saved = look({ sets: [setOf("1", "B")], existing: renamed, memory, name: "A", revision: 2 });
    expect(saved).toMatchObject({ granted: [], codes: ["assignment.permission-set-unknown"], held: true });
  });

  it("means the record that gives it now, whatever set gave it up before, when a record is saved with it anew", () => {
    const other = look({ sets: [setOf("1", "B")], existing: renamed, name: "C" });
    const memory = { ...before.memory, ...other.memory };
    const saved = look({ sets: newcomer, existing: renamed, memory, name: "A", revision: 2 });
    expect(saved).toMatchObject({ granted: ["A"], codes: [] });
  });

  it("is asked about when two held records gave it as it was chosen, and one of them has given it up since", () => {
    const broken = { sessionDuration: "13" };
    const held = look({
      sets: [setOf("1", "A", broken), setOf("2", "A", broken)],
      existing: [managedSet("A", { record: "1" })],
      memory: { ...before.memory, ...look({ sets: [setOf("3", "C")], name: "C" }).memory },
      revision: 2,
    });
    expect(held.codes).toContain("assignment.permission-set-held");
    const parted = look({ sets: newcomer, existing: renamed, memory: held.memory, revision: 2 });
    expect(parted).toMatchObject({ granted: [], codes: ["assignment.permission-set-unclear"], held: true });
  });

  it("is asked about without a memory when the record was saved after its only set had given it up", () => {
    const sets = [permissionSetRecord({ name: "B" }, { id: "1", updatedAt: "2026-11-20T03:01:00Z" })];
    const saved = (updatedAt: string) => look({ sets, existing: renamed, updatedAt });
    expect(saved("2026-11-20T03:01:00Z")).toMatchObject({ granted: ["B"], held: false });
    expect(saved("2026-11-20T03:02:00Z")).toMatchObject({
      granted: [],
      codes: ["assignment.permission-set-unclear"],
      held: true,
    });
  });

  it("is asked about when the record was saved before the only set that gives it was renamed to it", () => {
    const memory = { ...before.memory, ...look({ sets: [setOf("3", "C")], name: "C" }).memory };
    const sets = [permissionSetRecord({ name: "A" }, { id: "2", updatedAt: "2026-11-20T03:02:00Z" })];
    const existing = [managedSet("Z", { record: "2" })];
    const saved = (updatedAt: string, known?: Memory) =>
      look({ sets, existing, updatedAt, revision: 2, ...(known ? { memory: known } : {}) });
    for (const known of [memory, undefined]) {
      expect(saved("2026-11-20T03:01:00Z", known)).toMatchObject({
        granted: [],
        codes: ["assignment.permission-set-unclear"],
      });
      expect(saved("2026-11-20T03:02:00Z", known)).toMatchObject({ granted: ["A"], codes: [] });
    }
  });

  it("is asked about when a record is saved with a name that the only set of it is to give up", () => {
    const memory = { ...before.memory, ...look({ sets: [setOf("3", "C")], name: "C" }).memory };
    const given = permissionSetRecord({ name: "A" }, { id: "2" });
    const [first] = desiredState({ permissionSets: [given] }).permissionSets;
    const definition = first === undefined ? {} : { definition: first.definition };
    const existing = [managedSet("A", { record: "2", ...definition })];
    const sets = [permissionSetRecord({ name: "Z" }, { id: "2", updatedAt: "2026-11-20T03:02:00Z" })];
    const saved = (updatedAt: string) => look({ sets, existing, updatedAt, revision: 2, memory });
    expect(saved("2026-11-20T03:01:00Z")).toMatchObject({ granted: ["Z"] });
    expect(saved("2026-11-20T03:02:00Z")).toMatchObject({
      granted: [],
      codes: ["assignment.permission-set-unclear"],
    });
  });

  it("that meant nothing before means the set that is renamed to it", () => {
    const nothing = look({ sets: [setOf("2", "Z")], existing: [managedSet("Z", { record: "2" })] });
    const sets = [permissionSetRecord({ name: "A" }, { id: "2", updatedAt: "2026-11-20T03:02:00Z" })];
    const renamed = { sets, existing: [managedSet("Z", { record: "2" })], updatedAt: "2026-11-20T03:01:00Z" };
    expect(look({ ...renamed, memory: nothing.memory })).toMatchObject({ granted: ["A"], codes: [] });
  });

  it("is held without a memory, with a lost one too, until the record is saved after all records of the name", () => {
    const lost = emptyMemory("owner");
    for (const memory of [undefined, lost]) {
      const held = look({ sets: newcomer, existing: renamed, ...(memory ? { memory } : {}) });
      expect(held).toMatchObject({ granted: [], codes: ["assignment.permission-set-unclear"], held: true });
    }
    const at = (minute: number) => `2026-11-20T03:0${minute}:00Z`;
    const sets = [
      permissionSetRecord({ name: "B" }, { id: "1", updatedAt: at(1) }),
      permissionSetRecord({ name: "A", ...admin }, { id: "2", updatedAt: at(2) }),
    ];
    expect(look({ sets, existing: renamed, updatedAt: at(2) }).granted).toEqual([]);
    expect(look({ sets, existing: renamed, updatedAt: at(3) }).granted).toEqual(["A"]);
  });

  it("is not believed of another Identity Center's memory", () => {
    const memory = { ...before.memory, instanceArn: "arn:aws:sso:::instance/ssoins-other" };
    expect(look({ sets: newcomer, existing: renamed, memory }).granted).toEqual([]);
  });
});

describe("A record that was deleted and entered again", () => {
  const [first] = desiredState({ permissionSets: [setOf("1", "A")] }).permissionSets;
  const definition = first === undefined ? {} : { definition: first.definition };
  const existing = [managedSet("A", { record: "1", ...definition })];
  const before = look({ sets: [setOf("1", "A")], existing });

  it("takes its own place when it defines the same", () => {
    const after = look({ sets: [setOf("2", "A")], existing, memory: before.memory });
    expect(after).toMatchObject({ granted: ["A"], codes: [], sets: ["2 A"] });
    const tagged = [managedSet("A", { record: "2" })];
    expect(look({ sets: [setOf("2", "A")], existing: tagged, memory: after.memory }).granted).toEqual(["A"]);
  });

  it("changes nothing for those who have the set when it defines something else, until authors have chosen again", () => {
    const sets = [setOf("2", "A", admin)];
    const after = look({ sets, existing, memory: before.memory });
    expect(after).toMatchObject({ granted: [], sets: [], held: true });
    expect(after.codes).toContain("permission-set.name-still-meant");
    const asked = look({ sets, existing, memory: after.memory, revision: 1 });
    expect(asked).toMatchObject({ granted: [], sets: [], held: true });
    const chosen = look({ sets, existing, memory: asked.memory, revision: 2 });
    expect(chosen).toMatchObject({ granted: ["A"], codes: [], sets: ["2 A"] });
  });

  it("hands nobody the set of a record whose number an app that was set up anew has given to another set", () => {
    const sets = [setOf("1", "Admin", admin), setOf("2", "A")];
    const after = look({ sets, existing, name: "A", revision: 1 });
    expect(after.granted).not.toContain("Admin");
  });
});

it("What a name means is remembered of records that have other mistakes too", () => {
  const { memory } = look({ sets: [setOf("1", "A")] });
  expect(memory.meanings).toEqual({ "assignments/1": { revision: 1, name: "A", record: "1" } });
});
