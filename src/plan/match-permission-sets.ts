import type { ActualPermissionSet, ManagedPermissionSet } from "../model/actual-state.ts";
import type { DesiredState, HeldPermissionSet } from "../model/desired-state.ts";
import { groupBy } from "../model/group-by.ts";
import type { PermissionSetName } from "../model/ids.ts";
import { recordTag } from "../model/ownership.ts";
import type { DesiredPermissionSet } from "../model/permission-set.ts";

/** A desired set and what Identity Center has of it. */
export interface MatchedPermissionSet {
  readonly desired: DesiredPermissionSet;
  /** The set that already has the name. */
  readonly existing?: ManagedPermissionSet;
  /** Sets of the same record under names it had before: to be emptied and deleted. */
  readonly former: readonly ManagedPermissionSet[];
}

export interface HeldMatch {
  readonly held: HeldPermissionSet;
  readonly existing?: ManagedPermissionSet;
}

/** Every managed set in just one of: matched (existing or former), held, or abandoned. */
export interface PermissionSetMatches {
  readonly matched: readonly MatchedPermissionSet[];
  readonly held: readonly HeldMatch[];
  /** Sets whose record is gone. */
  readonly abandoned: readonly ManagedPermissionSet[];
}

/**
 * Pairs desired sets with managed ones. A set's identity is the record id in its tag, so a record whose name changed
 * is a rename; a set whose record is gone is taken over by a record that gives its name.
 */
export function matchPermissionSets(
  desired: DesiredState,
  actual: readonly ActualPermissionSet[],
): PermissionSetMatches {
  const managed = actual.filter((set): set is ManagedPermissionSet => set.managed);
  const byName = new Map<PermissionSetName, ManagedPermissionSet>(managed.map((set) => [set.name, set]));
  const byRecord = groupBy(managed, (set) => set.tags[recordTag] ?? "");
  const desiredNames = new Set(desired.permissionSets.map(({ name }) => name));
  const matched = desired.permissionSets.map((set): MatchedPermissionSet => {
    const existing = byName.get(set.name);
    const former = (byRecord.get(set.record.id) ?? []).filter(({ name }) => !desiredNames.has(name));
    return existing === undefined ? { desired: set, former } : { desired: set, existing, former };
  });
  const taken = new Set(
    matched.flatMap(({ existing, former }) => [existing?.arn, ...former.map(({ arn }) => arn)]),
  );
  const rest = managed.filter(({ arn }) => !taken.has(arn));
  const holderOf = indexHolders(desired.heldPermissionSets);
  const heldSets = rest.flatMap((set): readonly HeldMatch[] => {
    const held = holderOf(set);
    return held === undefined ? [] : [{ held, existing: set }];
  });
  const heldRecords = new Set(heldSets.map(({ held }) => held.record.id));
  const notThere = desired.heldPermissionSets.filter(({ record }) => !heldRecords.has(record.id));
  return {
    matched,
    held: [...heldSets, ...notThere.map((held) => ({ held }))],
    abandoned: rest.filter((set) => holderOf(set) === undefined),
  };
}

/** Finds the untrusted record that may define a set: by its tag, by its name, or, for a set without a record tag, any record without a readable name. */
function indexHolders(
  held: readonly HeldPermissionSet[],
): (set: ManagedPermissionSet) => HeldPermissionSet | undefined {
  const byRecord = new Map(held.map((one) => [one.record.id, one]));
  const byName = new Map(held.map((one) => [one.name, one]));
  const nameless = held.find(({ name }) => name === undefined);
  return (set) => {
    const record = set.tags[recordTag];
    if (record === undefined) return byName.get(set.name) ?? nameless;
    return byRecord.get(record) ?? byName.get(set.name);
  };
}
