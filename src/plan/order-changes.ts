import type { Change, ChangeKind } from "../model/plan.ts";

// Sets and their policies first, then provisioning, grants, revocations, what is noted of that, and deleted sets
// last. Definition changes of one set keep the order in which they were planned.
const phases: Readonly<Record<ChangeKind, number>> = {
  "create-permission-set": 0,
  "begin-provisioning": 0,
  "tag-permission-set": 0,
  "put-permissions-boundary": 0,
  "detach-managed-policy": 0,
  "detach-customer-managed-policy": 0,
  "put-inline-policy": 0,
  "delete-inline-policy": 0,
  "attach-managed-policy": 0,
  "attach-customer-managed-policy": 0,
  "update-attributes": 0,
  "delete-permissions-boundary": 0,
  provision: 1,
  assign: 2,
  unassign: 3,
  "end-provisioning": 4,
  "delete-permission-set": 5,
};

/** The changes in the order they are applied in; equal plans come out equal whatever order records were read in. */
export function orderChanges(changes: readonly Change[]): readonly Change[] {
  return changes.toSorted((a, b) => {
    const byPhase = phases[a.kind] - phases[b.kind];
    if (byPhase !== 0) return byPhase;
    if (phases[a.kind] === 0) return compareText(a.target.permissionSet, b.target.permissionSet);
    return compareText(a.id, b.id);
  });
}

/** Order of two texts by code units: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
