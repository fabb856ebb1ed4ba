import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { ActualPermissionSet } from "../../src/model/actual-state.ts";
import { type Assignment, assignmentKey, principalKey } from "../../src/model/assignment.ts";
import type { DesiredState, HeldAssignments } from "../../src/model/desired-state.ts";
import { defaultMapping } from "../../src/model/fields.ts";
import { holdsRecord } from "../../src/model/issue.ts";
import type { RawRecord, RecordRef } from "../../src/model/record.ts";
import { decodeAssignmentRecord } from "../../src/records/decode-assignment.ts";
import { decodePermissionSetRecord } from "../../src/records/decode-permission-set.ts";
import { anyField, anyRecords, seed } from "../arbitrary-records.ts";
import {
  actualState,
  assignmentRecord,
  carriedOut,
  desiredState,
  directory,
  managedSet,
  permissionSetRecord,
  rawAssignment,
  tokyo,
  unmanagedSet,
  user,
} from "../builders.ts";
import { someOf } from "../share.ts";

const company = directory();
const everybody = { ...company, users: [...company.users, user("carol", { enabled: false })] };

interface World {
  readonly permissionSets: readonly RawRecord[];
  readonly assignments: readonly RawRecord[];
  readonly existing: readonly ActualPermissionSet[];
}

function build({ permissionSets, assignments, existing }: World): DesiredState {
  return desiredState({
    permissionSets: permissionSets.map((raw) =>
      decodePermissionSetRecord(raw, defaultMapping.permissionSets),
    ),
    assignments: assignments.map((raw) => decodeAssignmentRecord(raw, defaultMapping.assignments, tokyo)),
    actual: actualState({ directory: everybody, permissionSets: existing }),
  });
}

/** Records of both apps, and sets of an earlier pass, some of which belong to the records. */
const world = fc
  .record({ permissionSets: anyRecords("permissionSets", 12), assignments: anyRecords("assignments", 20) })
  .chain(({ permissionSets, assignments }) => {
    const record = fc.constantFrom("99", null, ...permissionSets.map(({ ref }) => ref.id));
    const formerName = fc.constantFrom(undefined, "Older", "OldName");
    const managed = fc
      .record({ name: fc.constantFrom("ReadOnly", "OldName", "Older"), record, formerName })
      .map(({ name, formerName: former, ...rest }) =>
        managedSet(name, former === undefined ? rest : { ...rest, formerName: former }),
      );
    const set = fc.oneof(
      { weight: 4, arbitrary: managed },
      { weight: 1, arbitrary: fc.constantFrom("ReadOnly", "OldName").map(unmanagedSet) },
    );
    const existing = fc.uniqueArray(set, { maxLength: 3, selector: ({ name }) => name });
    return existing.map((sets): World => ({ permissionSets, assignments, existing: sets }));
  });

const heldIds = ({ issues }: DesiredState, app: string) =>
  new Set(
    issues
      .filter(({ code, record }) => record.app === app && holdsRecord(code))
      .map(({ record }) => record.id),
  );

describe("whatever the records hold", () => {
  it("every record is either trusted or held, and an issue says why", () => {
    fc.assert(
      fc.property(world, (given) => {
        const state = build(given);
        const held = heldIds(state, "permissionSets");
        expect(new Set(state.heldPermissionSets.map(({ record }) => record.id))).toEqual(held);
        for (const { record } of state.permissionSets) expect(held).not.toContain(record.id);
        const names = state.permissionSets.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        const trusted = given.permissionSets.filter(({ ref }) => !held.has(ref.id));
        expect(trusted.length).toBeGreaterThanOrEqual(names.length);
        expect(names.length > 0).toBe(trusted.length > 0);

        const heldAssignments = state.heldAssignments.filter(({ reason }) => reason === "record-has-issues");
        expect(new Set(heldAssignments.map(({ record }) => record.id))).toEqual(
          heldIds(state, "assignments"),
        );
        const sources = state.assignments.flatMap(({ records }) => records);
        for (const { id } of sources) expect(heldIds(state, "assignments")).not.toContain(id);
        const keys = state.assignments.map(assignmentKey);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { seed, numRuns: someOf(500) },
    );
  });

  it("their order never matters", () => {
    const shuffled = world.chain((given) =>
      fc
        .record({
          permissionSets: fc.shuffledSubarray([...given.permissionSets], {
            minLength: given.permissionSets.length,
          }),
          assignments: fc.shuffledSubarray([...given.assignments], { minLength: given.assignments.length }),
          existing: fc.shuffledSubarray([...given.existing], { minLength: given.existing.length }),
        })
        .map((other): readonly [World, World] => [given, other]),
    );
    fc.assert(
      fc.property(shuffled, ([given, other]) => {
        expect(build(other)).toEqual(build(given));
      }),
      { seed, numRuns: someOf(300) },
    );
  });
});

describe("bad records", () => {
  const goodSets = [
    permissionSetRecord({ name: "Good1", description: "良い" }, { id: "200001" }),
    permissionSetRecord({ name: "Good2", managedPolicies: "Billing" }, { id: "200002" }),
  ];
  const goodAssignments = [
    assignmentRecord({ permissionSet: "Good1", users: ["anna", "ben"] }, { id: "200001" }),
    assignmentRecord(
      { permissionSet: "Good2", groups: "Auditors", accounts: "Development" },
      { id: "200002" },
    ),
    assignmentRecord({ permissionSet: "WasGood", users: ["carol", "ben"] }, { id: "200003" }),
  ];
  const goodIds = new Set(goodAssignments.map(({ ref }) => ref.id));
  const goodExisting = [
    ...goodSets.slice(0, 1).map((record) => carriedOut(record, "WasGood")),
    managedSet("Good2", { record: "200002" }),
  ];

  it("never change what the others lead to", () => {
    const alone = desiredState({
      permissionSets: goodSets,
      assignments: goodAssignments,
      actual: actualState({ directory: everybody, permissionSets: goodExisting }),
    });
    expect(alone.permissionSets).toHaveLength(2);
    expect(alone.assignments).toHaveLength(3);
    expect(alone.heldAssignments).toEqual([]);
    const goodKeys = new Set(alone.assignments.map(assignmentKey));
    fc.assert(
      fc.property(world, ({ permissionSets, assignments, existing }) => {
        const both = desiredState({
          permissionSets: [
            ...permissionSets.map((raw) => decodePermissionSetRecord(raw, defaultMapping.permissionSets)),
            ...goodSets,
          ],
          assignments: [
            ...assignments.map((raw) => decodeAssignmentRecord(raw, defaultMapping.assignments, tokyo)),
            ...goodAssignments,
          ],
          actual: actualState({ directory: everybody, permissionSets: [...existing, ...goodExisting] }),
        });
        const isGood = ({ record }: { readonly record: RecordRef }) => goodIds.has(record.id);
        expect(both.permissionSets.filter(isGood)).toEqual(alone.permissionSets);
        expect(both.assignments.filter((one) => goodKeys.has(assignmentKey(one)))).toEqual(alone.assignments);
        expect(both.issues.filter(isGood)).toEqual(alone.issues);
        expect(both.heldAssignments.filter(isGood)).toEqual([]);
      }),
      { seed, numRuns: someOf(300) },
    );
  });
});

describe("a record that was good", () => {
  const before = desiredState({
    permissionSets: [permissionSetRecord()],
    assignments: [assignmentRecord(entries())],
  });

  function entries() {
    return { users: ["anna", "ben"], groups: "Developers", accounts: "Production\nDevelopment" };
  }

  it.each(["permission_set", "users", "groups", "accounts"])(
    "holds everything it granted once its field %s makes it untrusted",
    (code) => {
      fc.assert(
        fc.property(anyField, fc.boolean(), (field, renamed) => {
          const raw = rawAssignment({ ...entries(), permissionSet: renamed ? "NewName" : "ReadOnly" });
          const corrupted = { ...raw, fields: { ...raw.fields, [code]: field } };
          const state = desiredState({
            permissionSets: [permissionSetRecord({ name: renamed ? "NewName" : "ReadOnly" })],
            assignments: [decodeAssignmentRecord(corrupted, defaultMapping.assignments, tokyo)],
            actual: actualState({ permissionSets: [managedSet("ReadOnly")] }),
          });
          const [pattern] = state.heldAssignments;
          fc.pre(pattern !== undefined);
          const lost = before.assignments.filter((one) => !covers(pattern, one));
          expect(lost).toEqual([]);
        }),
        { seed, numRuns: someOf(500) },
      );
    },
  );
});

function covers({ permissionSets, accounts, principals }: HeldAssignments, one: Assignment): boolean {
  return (
    (permissionSets === "any" || permissionSets.has(one.permissionSet)) &&
    (accounts === "any" || accounts.has(one.account)) &&
    (principals === "any" || principals.has(principalKey(one.principal)))
  );
}
