import type { ManagedPermissionSet } from "../model/actual-state.ts";
import type { Assignment } from "../model/assignment.ts";
import { groupBy } from "../model/group-by.ts";
import { ownershipTags } from "../model/ownership.ts";
import type { Change, HeldItem, LockedItem } from "../model/plan.ts";
import type { RecordRef } from "../model/record.ts";
import { assignmentChangeId, changeId, targetOf } from "./change-targets.ts";
import type { LockReasons } from "./lock-reasons.ts";
import type { PermissionSetMatches } from "./match-permission-sets.ts";
import { compareText } from "./order-changes.ts";

export interface SetDeletionPlan {
  readonly changes: readonly Change[];
  readonly held: readonly HeldItem[];
  readonly locked: readonly LockedItem[];
}

/** Deletes the sets whose record is gone or has another name now, once all their assignments go too. */
export function planSetDeletions(
  { matched, abandoned }: PermissionSetMatches,
  actual: readonly Assignment[],
  unassigned: ReadonlySet<string>,
  locks: LockReasons,
): SetDeletionPlan {
  const former = matched.flatMap(({ desired, former: sets }) =>
    sets.map((set) => ({ set, records: [desired.record] })),
  );
  const obsolete = [...former, ...abandoned.map((set) => ({ set, records: [] }))];
  const assignments = groupBy(actual, ({ permissionSet }) => permissionSet);
  const plans = obsolete.map(({ set, records }) =>
    planDeletion({ set, records, assignments: assignments.get(set.name) ?? [] }, unassigned, locks),
  );
  return {
    changes: plans.flatMap(({ changes }) => changes),
    held: plans.flatMap(({ held }) => held),
    locked: plans.flatMap(({ locked }) => locked),
  };
}

interface ObsoleteSet {
  readonly set: ManagedPermissionSet;
  readonly records: readonly RecordRef[];
  readonly assignments: readonly Assignment[];
}

function planDeletion(
  { set, records, assignments }: ObsoleteSet,
  unassigned: ReadonlySet<string>,
  locks: LockReasons,
): SetDeletionPlan {
  const target = targetOf(set);
  const lock = locks.ofPermissionSet(set.name);
  if (lock !== undefined) {
    return { changes: [], held: [], locked: [{ target, would: "delete", reason: lock, records }] };
  }
  const dependsOn = assignments
    .map((assignment) => assignmentChangeId("unassign", assignment))
    .toSorted(compareText);
  if (dependsOn.some((id) => !unassigned.has(id))) {
    return {
      changes: [],
      held: [{ target, would: "delete", reason: "still-assigned", records }],
      locked: [],
    };
  }
  const kind = "delete-permission-set";
  const id = changeId(kind, set.name);
  const before = ownershipTags(set.tags);
  return { changes: [{ id, kind, target, before, records, dependsOn, accounts: [] }], held: [], locked: [] };
}
