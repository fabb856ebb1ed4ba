import { changeKinds } from "../model/change-kinds.ts";
import type { Change } from "../model/plan.ts";

/** The changes in the order they are applied in; equal plans come out equal whatever order records were read in. */
export function orderChanges(changes: readonly Change[]): readonly Change[] {
  return changes.toSorted((a, b) => {
    const { phase } = changeKinds[a.kind];
    if (phase !== changeKinds[b.kind].phase) return phase - changeKinds[b.kind].phase;
    // What changes one definition keeps the order in which it was planned.
    if (phase === 0) return compareText(a.target.permissionSet, b.target.permissionSet);
    return compareText(a.id, b.id);
  });
}

/** Order of two texts by code units: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
