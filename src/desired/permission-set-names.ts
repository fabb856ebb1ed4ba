import type { ActualPermissionSet } from "../model/actual-state.ts";
import type { HeldPermissionSet } from "../model/desired-state.ts";
import { permissionSetName, type PermissionSetName } from "../model/ids.ts";
import { formerNameTag, recordTag } from "../model/ownership.ts";
import type { DesiredPermissionSet } from "../model/permission-set.ts";

/** What the name in an assignment record stands for. */
export interface NamedPermissionSet {
  readonly name: PermissionSetName;
  /** Set when the record that defines it cannot be trusted. */
  readonly heldBy?: string;
  /** Set when the assignment record still gives the name from before a rename. */
  readonly renamedFrom?: string;
}

/** Every name an assignment record can give: desired sets, held ones, and the names sets had before a rename. */
export function indexPermissionSetNames(
  desired: readonly DesiredPermissionSet[],
  held: readonly HeldPermissionSet[],
  actual: readonly ActualPermissionSet[],
): ReadonlyMap<string, NamedPermissionSet> {
  const names = new Map<string, NamedPermissionSet>();
  const desiredByRecord = new Map(desired.map((set) => [set.record.id, set]));
  const heldRecords = new Set(held.map(({ record }) => record.id));
  for (const set of actual.filter(({ managed }) => managed)) {
    const record = set.tags[recordTag] ?? "";
    const renamed = desiredByRecord.get(record);
    if (renamed !== undefined) {
      for (const renamedFrom of earlierNames(set))
        names.set(renamedFrom, { name: renamed.name, renamedFrom });
    }
    if (heldRecords.has(record)) names.set(set.name, { name: set.name, heldBy: record });
  }
  for (const { record, name } of held) {
    if (name !== undefined) names.set(name, { name: permissionSetName(name), heldBy: record.id });
  }
  for (const set of desired) names.set(set.name, { name: set.name });
  return names;
}

function earlierNames(set: ActualPermissionSet): readonly string[] {
  const former = set.tags[formerNameTag];
  return former === undefined ? [set.name] : [set.name, former];
}
