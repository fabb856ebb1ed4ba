import type { ActualPermissionSet, ManagedPermissionSet } from "../model/actual-state.ts";
import type { DesiredState, HeldPermissionSet } from "../model/desired-state.ts";
import { groupBy } from "../model/group-by.ts";
import type { PermissionSetName } from "../model/ids.ts";
import { formerNameIn, recordTag } from "../model/ownership.ts";
import { type DesiredPermissionSet, passingName } from "../model/permission-set.ts";
import type { RecordRef } from "../model/record.ts";

/** A desired set and what Identity Center has of it. */
export interface MatchedPermissionSet {
  readonly desired: DesiredPermissionSet;
  /** The set that already has the name. */
  readonly existing?: ManagedPermissionSet;
  /** Sets of the same record under names it had before, the latest first: to be emptied and deleted. */
  readonly former: readonly ManagedPermissionSet[];
}

/** The name from before a rename that stays in the set's tags, so that records with it still mean the set. */
export function keptName({
  desired,
  existing,
  former: [previous],
}: MatchedPermissionSet): string | undefined {
  if (existing !== undefined) return formerNameIn(existing.tags);
  return previous === undefined ? undefined : nameBefore(desired, previous);
}

/** The name that a set had before the one it gets; one that it had only on its way does not count. */
export function nameBefore(
  { name, record }: DesiredPermissionSet,
  previous: ManagedPermissionSet,
): string | undefined {
  return previous.name === passingName(name, record.id) ? formerNameIn(previous.tags) : previous.name;
}

export interface HeldMatch {
  readonly held: HeldPermissionSet;
  readonly existing?: ManagedPermissionSet;
}

/** A set that may be a copy of one of ours, or that was tagged by hand: neither emptied nor deleted. */
export interface UnprovenSet {
  readonly set: ManagedPermissionSet;
  /** The record that its tag names. */
  readonly records: readonly RecordRef[];
}

/** Every managed set in just one of: matched (existing or former), held, unproven, or abandoned. */
export interface PermissionSetMatches {
  readonly matched: readonly MatchedPermissionSet[];
  readonly held: readonly HeldMatch[];
  readonly unproven: readonly UnprovenSet[];
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
  const found = desired.permissionSets.map((set) => {
    const existing = byName.get(set.name);
    const others = (byRecord.get(set.record.id) ?? []).filter(({ name }) => !desiredNames.has(name));
    const isOfRecord = existing?.tags[recordTag] === set.record.id;
    const former = findRenamed(others, isOfRecord ? existing : undefined);
    const match: MatchedPermissionSet =
      existing === undefined ? { desired: set, former } : { desired: set, existing, former };
    const unproven = others.filter((one) => !former.includes(one));
    return { match, unproven: unproven.map((one) => ({ set: one, records: [set.record] })) };
  });
  const matched = found.map(({ match }) => match);
  const copies = found.flatMap(({ unproven }) => unproven);
  const taken = new Set([
    ...matched.flatMap(({ existing, former }) => [existing?.arn, ...former.map(({ arn }) => arn)]),
    ...copies.map(({ set }) => set.arn),
  ]);
  const rest = managed.filter(({ arn }) => !taken.has(arn));
  const holderOf = indexHolders(desired.heldPermissionSets);
  const heldSets = rest.flatMap((set): readonly HeldMatch[] => {
    const held = holderOf(set);
    return held === undefined ? [] : [{ held, existing: set }];
  });
  const heldRecords = new Set(heldSets.map(({ held }) => held.record.id));
  const notThere = desired.heldPermissionSets.filter(({ record }) => !heldRecords.has(record.id));
  const without = rest.filter((set) => holderOf(set) === undefined);
  const abandoned = findAbandoned(without);
  const unowned = without.filter((set) => !abandoned.includes(set));
  return {
    matched,
    held: [...heldSets, ...notThere.map((held) => ({ held }))],
    unproven: [...copies, ...unowned.map((set) => ({ set, records: [] }))],
    abandoned,
  };
}

/** Of sets that no record defines, those that a sync has made: each has its record in a tag, and no other set has the same. */
function findAbandoned(sets: readonly ManagedPermissionSet[]): readonly ManagedPermissionSet[] {
  const tagged = sets.filter(({ tags }) => Object.hasOwn(tags, recordTag));
  return [...groupBy(tagged, ({ tags }) => tags[recordTag]).values()].flatMap((ofRecord) =>
    findRenamed(ofRecord, undefined),
  );
}

/**
 * Of sets with one record's tag, those that renames lead to: a new set names the one before it. Another set with the same
 * tag is a copy, or is taken for one when it cannot be told which is. Begins at the set that has the record's name now, or
 * else at the only one that no other names.
 */
function findRenamed(
  sets: readonly ManagedPermissionSet[],
  newest: ManagedPermissionSet | undefined,
): readonly ManagedPermissionSet[] {
  const all = newest === undefined ? sets : [newest, ...sets];
  const byName = new Map<string | undefined, ManagedPermissionSet>(all.map((set) => [set.name, set]));
  const claims = all.flatMap((set) => namesBefore(set).map((name) => ({ name, set })));
  const claimants = groupBy(claims, ({ name }) => name);
  const heads = newest === undefined ? sets.filter(({ name }) => !claimants.has(name)) : [newest];
  if (heads.length !== 1) return [];
  const linked = new Set(heads);
  // The set grows while it is walked through.
  for (const one of linked) {
    for (const before of namesBefore(one)) {
      const set = byName.get(before);
      if (set !== undefined) linked.add(set);
    }
    // A rename that was taken back: the name is the record's again.
    const [after, another] = claimants.get(one.name) ?? [];
    if (after !== undefined && another === undefined) linked.add(after.set);
  }
  return [...linked].filter((set) => set !== newest);
}

/** The names that the set's record may have had a set under before this one. */
function namesBefore({ name, tags }: ManagedPermissionSet): readonly string[] {
  const former = formerNameIn(tags);
  return [...(former === undefined ? [] : [former]), passingName(name, tags[recordTag] ?? "")];
}

/** Finds the untrusted record that may define a set: by its tag, or by its name. A set that names no record and is named by none is unproven. */
function indexHolders(
  held: readonly HeldPermissionSet[],
): (set: ManagedPermissionSet) => HeldPermissionSet | undefined {
  const byRecord = new Map(held.map((one) => [one.record.id, one]));
  const byName = new Map(held.map((one) => [one.name, one]));
  return (set) => byRecord.get(set.tags[recordTag] ?? "") ?? byName.get(set.name);
}
