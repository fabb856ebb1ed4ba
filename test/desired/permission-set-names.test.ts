import { describe, expect, it } from "vitest";

import type { ActualPermissionSet } from "../../src/model/actual-state.ts";
import {
  actualState,
  assignmentRecord,
  carriedOut,
  desiredState,
  managedSet,
  permissionSetRecord,
  unmanagedSet,
} from "../builders.ts";

type PermissionSetRecords = Parameters<typeof desiredState>[0] extends infer Input
  ? Exclude<Input, undefined> extends { readonly permissionSets?: infer Records }
    ? Exclude<Records, undefined>
    : never
  : never;

/** What one assignment record that gives the name leads to. */
function assign(
  name: string,
  permissionSets: PermissionSetRecords,
  existing: readonly ActualPermissionSet[] = [],
) {
  const state = desiredState({
    permissionSets,
    assignments: [assignmentRecord({ permissionSet: name })],
    actual: actualState({ permissionSets: existing }),
  });
  return {
    granted: state.assignments.map(({ permissionSet }) => permissionSet),
    issues: state.issues.filter(({ record }) => record.app === "assignments"),
    held: state.heldAssignments.map(({ permissionSets: sets }) => sets),
  };
}

describe("the name of a permission set in an assignment record", () => {
  it("stands for the set of the record with that name", () => {
    expect(assign("ReadOnly", [permissionSetRecord()])).toEqual({
      granted: ["ReadOnly"],
      issues: [],
      held: [],
    });
  });

  it.each([
    ["ReadOny", ["ReadOnly"]],
    ["readonly", ["ReadOnly"]],
    ["ReadOnly2", ["ReadOnly"]],
    ["Billing", []],
  ])("is told with the nearest names when there is no %s", (name, suggestions) => {
    const records = [permissionSetRecord(), permissionSetRecord({ name: "Administrator" }, { id: "2" })];
    expect(assign(name, records).issues).toMatchObject([
      { code: "assignment.permission-set-unknown", field: "permissionSet", params: { name, suggestions } },
    ]);
  });

  it("is told with three names at most, the nearest first", () => {
    const names = ["Team10", "Team1", "Team2", "Team3", "Team"];
    const records = names.map((name, index) => permissionSetRecord({ name }, { id: String(index) }));
    expect(assign("Team1O", records).issues).toMatchObject([
      { params: { suggestions: ["Team1", "Team10", "Team"] } },
    ]);
  });

  it("is unknown when only somebody else's set has it", () => {
    expect(assign("Foreign", [permissionSetRecord()], [unmanagedSet("Foreign")])).toMatchObject({
      granted: [],
      issues: [{ code: "assignment.permission-set-unknown" }],
      held: ["any"],
    });
  });

  it("is unknown when the record that defined the set is gone", () => {
    expect(assign("Gone", [permissionSetRecord()], [managedSet("Gone", { record: "99" })])).toMatchObject({
      granted: [],
      issues: [{ code: "assignment.permission-set-unknown" }],
      held: ["any"],
    });
  });

  it("is not one that every object has", () => {
    expect(assign("__proto__", [permissionSetRecord()]).issues).toMatchObject([
      { code: "assignment.permission-set-unknown" },
    ]);
  });
});

describe("the name of a set that is held", () => {
  it("tells the assignment's author which record it waits for, and the assignment stays desired", () => {
    const records = [permissionSetRecord({ sessionDuration: "13" }, { id: "5" })];
    expect(assign("ReadOnly", records)).toMatchObject({
      granted: ["ReadOnly"],
      issues: [
        {
          code: "assignment.permission-set-held",
          field: "permissionSet",
          params: { name: "ReadOnly", otherRecord: "5" },
        },
      ],
      held: [],
    });
  });

  it("is known from Identity Center when the record's own name cannot be read", () => {
    const records = [permissionSetRecord({ name: "" }, { id: "5" })];
    expect(assign("ReadOnly", records, [managedSet("ReadOnly", { record: "5" })])).toMatchObject({
      granted: ["ReadOnly"],
      issues: [{ code: "assignment.permission-set-held", params: { otherRecord: "5" } }],
    });
  });

  it("stands for the set as it is while a rename is held", () => {
    const records = [permissionSetRecord({ name: "NewName", sessionDuration: "13" }, { id: "5" })];
    const existing = [managedSet("OldName", { record: "5" })];
    for (const name of ["OldName", "NewName"]) {
      expect(assign(name, records, existing)).toMatchObject({
        granted: ["OldName"],
        issues: [{ code: "assignment.permission-set-held", params: { name, otherRecord: "5" } }],
      });
    }
  });

  it("stands for the set as it is while a rename to the name of somebody else's set is held", () => {
    const records = [permissionSetRecord({ name: "Foreign" }, { id: "5" })];
    const existing = [managedSet("OldName", { record: "5" }), unmanagedSet("Foreign")];
    expect(assign("Foreign", records, existing)).toMatchObject({
      granted: ["OldName"],
      issues: [{ code: "assignment.permission-set-held", params: { name: "Foreign", otherRecord: "5" } }],
    });
  });

  it("is asked about while one record gives it and another one's set still has it", () => {
    const records = [
      permissionSetRecord({ name: "Taken" }, { id: "5" }),
      permissionSetRecord({ name: "Renamed" }, { id: "6" }),
    ];
    const existing = [managedSet("OldName", { record: "5" }), managedSet("Taken", { record: "6" })];
    expect(assign("Taken", records, existing)).toMatchObject({
      granted: [],
      issues: [{ code: "assignment.permission-set-unclear", params: { records: ["5", "6"] } }],
      held: ["any"],
    });
  });
});

describe("the name from before a rename", () => {
  const record = permissionSetRecord({ name: "NewName" });
  const renamed = [record];

  it("stands for the renamed set, and the author is told the new name", () => {
    expect(assign("OldName", renamed, [carriedOut(record, "OldName")])).toMatchObject({
      granted: ["NewName"],
      issues: [
        {
          code: "assignment.permission-set-renamed",
          field: "permissionSet",
          params: { name: "OldName", newName: "NewName" },
        },
      ],
      held: [],
    });
  });

  it("goes on standing for it once the old set is gone", () => {
    const existing = [managedSet("NewName", { formerName: "OldName" })];
    expect(assign("OldName", renamed, existing)).toMatchObject({
      granted: ["NewName"],
      issues: [{ code: "assignment.permission-set-renamed" }],
    });
  });

  it("goes on standing for it while the old set and the new one are both there", () => {
    const existing = [carriedOut(record, "OldName"), managedSet("NewName", { formerName: "OldName" })];
    expect(assign("OldName", renamed, existing).granted).toEqual(["NewName"]);
    expect(assign("OldName", renamed, existing.toReversed()).granted).toEqual(["NewName"]);
  });

  it("stands for neither while another record has it by now, and the author is asked to choose again", () => {
    const records = [...renamed, permissionSetRecord({ name: "OldName" }, { id: "2" })];
    const existing = [managedSet("NewName", { formerName: "OldName" })];
    expect(assign("OldName", records, existing)).toMatchObject({
      granted: [],
      issues: [
        { code: "assignment.permission-set-unclear", params: { name: "OldName", records: ["1", "2"] } },
      ],
    });
  });

  it("is asked about while another set is on its way to it, whatever its record says by now", () => {
    const records = [...renamed, permissionSetRecord({ name: "" }, { id: "2" })];
    const existing = [
      managedSet("NewName", { formerName: "OldName" }),
      managedSet("OldName.record-2", { record: "2", formerName: "Third" }),
    ];
    expect(assign("OldName", records, existing)).toMatchObject({
      granted: [],
      issues: [{ code: "assignment.permission-set-unclear", params: { records: ["1", "2"] } }],
      held: ["any"],
    });
    const last = desiredState({
      permissionSets: [
        permissionSetRecord({ name: "NewName" }, { updatedAt: "2026-11-20T03:01:00Z" }),
        permissionSetRecord({ name: "" }, { id: "2", updatedAt: "2026-11-20T03:01:00Z" }),
      ],
      assignments: [assignmentRecord({ permissionSet: "OldName" }, { updatedAt: "2026-11-20T03:02:00Z" })],
      actual: actualState({ permissionSets: existing }),
    });
    expect(last.assignments).toEqual([]);
  });

  it("is asked about when another set has it by now whose record cannot be read", () => {
    const records = [...renamed, permissionSetRecord({ name: "" }, { id: "2" })];
    const existing = [
      managedSet("OldName", { record: "2" }),
      managedSet("NewName", { formerName: "OldName" }),
    ];
    for (const sets of [existing, existing.toReversed()]) {
      expect(assign("OldName", records, sets)).toMatchObject({
        granted: [],
        issues: [{ code: "assignment.permission-set-unclear", params: { records: ["1", "2"] } }],
        held: ["any"],
      });
    }
  });

  it("stands for nothing when a set whose record is gone has it by now", () => {
    const existing = [
      managedSet("NewName", { formerName: "OldName" }),
      managedSet("OldName", { record: "99" }),
    ];
    expect(assign("OldName", renamed, existing)).toMatchObject({
      granted: [],
      issues: [{ code: "assignment.permission-set-unknown" }],
    });
  });

  it("stands for nothing when somebody else's set has it by now", () => {
    const existing = [managedSet("NewName", { formerName: "OldName" }), unmanagedSet("OldName")];
    expect(assign("OldName", renamed, existing)).toMatchObject({
      granted: [],
      issues: [{ code: "assignment.permission-set-unknown" }],
    });
  });

  it("stands for nothing when sets of two records had it", () => {
    const records = [...renamed, permissionSetRecord({ name: "Another" }, { id: "2" })];
    const existing = [
      managedSet("NewName", { formerName: "OldName" }),
      managedSet("Another", { record: "2", formerName: "OldName" }),
    ];
    expect(assign("OldName", records, existing)).toMatchObject({
      granted: [],
      issues: [{ code: "assignment.permission-set-unknown" }],
      held: ["any"],
    });
  });

  it("stands for nothing while the record of that number has another name and another definition: it may be another record", () => {
    expect(assign("OldName", renamed, [managedSet("OldName")])).toMatchObject({
      granted: [],
      issues: [{ code: "assignment.permission-set-unclear", params: { name: "OldName", records: ["1"] } }],
    });
  });

  it("follows two renames in a row", () => {
    const existing = [carriedOut(record, "Middle", { formerName: "OldName" })];
    expect(assign("OldName", renamed, existing).granted).toEqual(["NewName"]);
    expect(assign("Middle", renamed, existing).granted).toEqual(["NewName"]);
  });
});
