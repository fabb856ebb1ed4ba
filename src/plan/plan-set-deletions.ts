import type { ManagedPermissionSet } from "../model/actual-state.ts";
import type { Assignment } from "../model/assignment.ts";
import { type DesiredState, holdsEverything } from "../model/desired-state.ts";
import { groupBy } from "../model/group-by.ts";
import { ownershipTags } from "../model/ownership.ts";
import type { Change, HeldItem, LockedItem } from "../model/plan.ts";
import type { RecordRef } from "../model/record.ts";
import { assignmentChangeId, changeId, targetOf } from "./change-targets.ts";
import type { LockReasons } from "./lock-reasons.ts";
import { keptName, type PermissionSetMatches } from "./match-permission-sets.ts";
import { compareText } from "./order-changes.ts";

export interface SetDeletionPlan {
  readonly changes: readonly Change[];
  readonly held: readonly HeldItem[];
  readonly locked: readonly LockedItem[];
}

export interface SetDeletionInput {
  readonly matches: PermissionSetMatches;
  readonly actual: readonly Assignment[];
  /** By name, the assignment records that still name a set. */
  readonly named: DesiredState["namedPermissionSets"];
  /** Records that cannot be carried out and may define a set. */
  readonly heldSets: DesiredState["heldPermissionSets"];
  /** What untrusted records may have granted. */
  readonly holds: DesiredState["heldAssignments"];
  /** Ids of the changes that take assignments away. */
  readonly unassigned: ReadonlySet<string>;
  readonly locks: LockReasons;
}

/** Deletes the sets whose record is gone or has another name now, once all their assignments go too and no record names them. */
export function planSetDeletions(input: SetDeletionInput): SetDeletionPlan {
  const { matched, abandoned } = input.matches;
  const heldByName = groupBy(input.heldSets, ({ name }) => name);
  const namers = (name: string): readonly RecordRef[] => [
    ...(input.named.get(name) ?? []),
    ...(heldByName.get(name) ?? []).map(({ record }) => record),
  ];
  const former = matched.flatMap((match) =>
    match.former.map((set) => {
      const namedBy = set.name === keptName(match) ? [] : namers(set.name);
      const isReplaced = input.locks.ofPermissionSet(match.desired.name) === undefined;
      return { set, records: [match.desired.record], namedBy, isReplaced };
    }),
  );
  const gone = abandoned.map((set) => {
    return { set, records: [], namedBy: namers(set.name), isReplaced: true };
  });
  const assignments = groupBy(input.actual, ({ permissionSet }) => permissionSet);
  const plans = [...former, ...gone].map((obsolete) =>
    planDeletion({ ...obsolete, assignments: assignments.get(obsolete.set.name) ?? [] }, input),
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
  readonly namedBy: readonly RecordRef[];
  /** Whether nothing keeps the set of the new name, if there is one, from taking its place. */
  readonly isReplaced: boolean;
  readonly assignments: readonly Assignment[];
}

function planDeletion(
  { set, records, namedBy, isReplaced, assignments }: ObsoleteSet,
  { unassigned, locks, holds }: SetDeletionInput,
): SetDeletionPlan {
  const target = targetOf(set);
  const lock = locks.ofPermissionSet(set.name);
  if (lock !== undefined) {
    return { changes: [], held: [], locked: [{ target, would: "delete", reason: lock, records }] };
  }
  const dependsOn = assignments
    .map((assignment) => assignmentChangeId("unassign", assignment))
    .toSorted(compareText);
  const held = (reason: HeldItem["reason"], by: readonly RecordRef[]): SetDeletionPlan => {
    return { changes: [], held: [{ target, would: "delete", reason, records: by }], locked: [] };
  };
  if (!isReplaced) return held("permission-set-held", records);
  if (dependsOn.some((id) => !unassigned.has(id))) return held("still-assigned", records);
  if (namedBy.length > 0) return held("still-named", namedBy);
  const unreadable = holds.find(holdsEverything);
  if (unreadable !== undefined) return held(unreadable.reason, [unreadable.record]);
  const kind = "delete-permission-set";
  const id = changeId(kind, set.name);
  const before = ownershipTags(set.tags);
  return { changes: [{ id, kind, target, before, records, dependsOn, accounts: [] }], held: [], locked: [] };
}
