import type { ActualPermissionSet } from "../model/actual-state.ts";
import type { HeldPermissionSet } from "../model/desired-state.ts";
import { groupBy } from "../model/group-by.ts";
import { permissionSetName, type PermissionSetName } from "../model/ids.ts";
import { formerNameIn, recordTag } from "../model/ownership.ts";
import { type DesiredPermissionSet, givenName, isPassingName, passingName } from "../model/permission-set.ts";
import type { RecordRef } from "../model/record.ts";
import { isSameDefinition, isSuccessor } from "./same-definition.ts";

/** The set of a record, by the name that it has in this pass. */
interface RenamedSet {
  readonly name: PermissionSetName;
  /** Id of the record that defines it. */
  readonly record: string;
  /** Set when the assignment record still gives the name from before a rename. */
  readonly renamedTo?: string;
}

/** Why the set of a record is held, if it is. */
interface HeldSet {
  /** Id of the record that defines it. */
  readonly record: string;
  /** Set when the record that defines it cannot be trusted. */
  readonly heldBy?: string;
  /** Whether that is so only because the set's tags do not say now that it is ours. */
  readonly isLost?: true;
  /** Whether it only waits for approval. */
  readonly isPending?: true;
}

/** What the name in an assignment record stands for. */
export interface NamedPermissionSet extends RenamedSet, HeldSet {
  /** Names that Identity Center has for sets of the same record: what was granted before a rename is under those. */
  readonly actualNames: readonly PermissionSetName[];
  /** Set when no record gives the name, and only the tags of a set tell of it. */
  readonly toldBy?: "record-tag" | "former-name-tag";
}

/** A record whose set has a name, had it, or is to get it; one that is gone is known from its set alone. */
export interface Claimant {
  readonly id: string;
  readonly ref?: RecordRef;
  /** It has given the name up: only the former name in a tag tells of it. */
  readonly isFormer?: true;
}

/** The permission sets by name and by record. */
export interface PermissionSetNames {
  readonly byName: ReadonlyMap<string, NamedPermissionSet>;
  /** The set of a record that is still there, for an assignment record that gives the name. */
  readonly ofRecord: (record: string, typed: string) => NamedPermissionSet | undefined;
  /** The name that the record gives its set, where it can be read. */
  readonly givenBy: (record: string) => string | undefined;
  readonly claimantsOf: (name: string) => readonly Claimant[];
  /** Whether a record defines just what the set of its name is that another one has left in Identity Center. */
  readonly takesPlaceOf: (former: string, record: string) => boolean;
  /** Whether the set of that name, which only its tag tells to be of the record, is all that the record says apart from its name. */
  readonly isAsRecord: (name: string, record: string) => boolean;
}

/** Everything that tells which permission set a name means; names are given by record id. */
export function indexPermissionSets(
  desired: readonly DesiredPermissionSet[],
  held: readonly HeldPermissionSet[],
  actual: readonly ActualPermissionSet[],
  givenNames: ReadonlyMap<string, string>,
): PermissionSetNames {
  const managed = actual.filter((set) => set.managed);
  const setsOfRecords = groupBy(managed, (set) => set.tags[recordTag]);
  const setsOf = (record: string): readonly ActualPermissionSet[] => setsOfRecords.get(record) ?? [];
  const wantedByName = new Map<string | undefined, DesiredPermissionSet>(
    desired.map((set) => [givenName(set), set]),
  );
  const wanted = new Map(desired.map((set) => [set.record.id, set]));
  const untrusted = new Map(held.map((one) => [one.record.id, one]));
  // Of records that define the same under one name, one stands for all.
  const wantedBy = (record: string): DesiredPermissionSet | undefined =>
    wanted.get(record) ?? (untrusted.has(record) ? undefined : wantedByName.get(givenNames.get(record)));
  return {
    byName: indexNames(desired, held, actual),
    ofRecord: (record, typed) => {
      const set = wantedBy(record);
      const actualNames = setsOf(record).map(({ name }) => name);
      if (set !== undefined) return { ...renamedFrom(set, typed), actualNames };
      const holder = untrusted.get(record);
      if (holder === undefined) return undefined;
      const given = givenNames.get(record) ?? "";
      // A record without a readable name and without a set of ours means nothing that could be held by its name.
      const name = actualNames[0] ?? (given === "" ? undefined : permissionSetName(given));
      return name && { name, actualNames, ...heldOf(holder) };
    },
    givenBy: (record) => givenNames.get(record),
    claimantsOf: indexClaimants([...desired.map(asGiven), ...held], managed),
    takesPlaceOf: (former, record) => {
      const set = wanted.get(record);
      if (set === undefined || untrusted.has(former)) return false;
      const left = setsOf(former).find(({ name }) => name === set.name);
      return left !== undefined && isSuccessor(left, set, wanted.get(former));
    },
    isAsRecord: (name, record) => {
      const set = wanted.get(record);
      const found = setsOf(record).find((one) => one.name === name);
      return set === undefined || found === undefined || isSameDefinition(found, set.definition);
    },
  };
}

function heldOf({ record: { id }, isLost, isPending }: HeldPermissionSet): HeldSet {
  const why = { ...(isLost === true ? { isLost } : {}), ...(isPending === true ? { isPending } : {}) };
  return { record: id, heldBy: id, ...why };
}

function renamedFrom(set: DesiredPermissionSet, typed: string): RenamedSet {
  const renamed = givenName(set) === typed ? {} : { renamedTo: givenName(set) };
  return { name: set.name, record: set.record.id, ...renamed };
}

function asGiven(set: DesiredPermissionSet): HeldPermissionSet {
  return { record: set.record, name: givenName(set) };
}

function indexClaimants(
  records: readonly HeldPermissionSet[],
  managed: readonly ActualPermissionSet[],
): (name: string) => readonly Claimant[] {
  const known = new Map(records.map(({ record }) => [record.id, record]));
  const tagged = managed.flatMap(({ name, tags }) => {
    const id = tags[recordTag];
    return id === undefined ? [] : [{ id, name, formerName: formerNameIn(tags) }];
  });
  const given = records.map(({ record, name }) => ({ id: record.id, name }));
  const passing = tagged.filter(({ id, name }) => isPassingName(name, id));
  const claims = groupBy([...given, ...tagged], ({ name }) => name);
  const formerClaims = groupBy(tagged, ({ formerName }) => formerName);
  return (name) => {
    const underWay = passing.filter((set) => set.name === passingName(name, set.id));
    const claiming = new Set([...(claims.get(name) ?? []), ...underWay].map(({ id }) => id));
    const all = new Set([...claiming, ...(formerClaims.get(name) ?? []).map(({ id }) => id)]);
    return [...all].map((id) => {
      const ref = known.get(id);
      return {
        id,
        ...(ref === undefined ? {} : { ref }),
        ...(claiming.has(id) ? {} : { isFormer: true as const }),
      };
    });
  };
}

/** Every name an assignment record can give: desired sets, held ones, and the names sets had before a rename. */
function indexNames(
  desired: readonly DesiredPermissionSet[],
  held: readonly HeldPermissionSet[],
  actual: readonly ActualPermissionSet[],
): ReadonlyMap<string, NamedPermissionSet> {
  const managed = actual.filter((set) => set.managed).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const setsOfRecords = groupBy(managed, (set) => set.tags[recordTag]);
  const managedNames = new Set<string>(managed.map(({ name }) => name));
  const takenNames = new Set([...actual.map(({ name }) => name), ...contestedFormerNames(managed)]);
  const sets = [
    ...held.map((set) => nameHeld(set, setsOfRecords.get(set.record.id) ?? [], managedNames)),
    ...desired.map((set) => nameDesired(set, setsOfRecords.get(set.record.id) ?? [], takenNames)),
  ];
  // Later entries win: the name a set has in Identity Center over one it had before, what a record says over both.
  return new Map([
    ...sets.flatMap(({ former }) => former),
    ...sets.flatMap(({ current }) => current),
    ...sets.flatMap(({ given }) => given),
  ]);
}

/** Names that sets of several records had before: which one is meant cannot be told any more. */
function contestedFormerNames(managed: readonly ActualPermissionSet[]): readonly string[] {
  const claims = managed.flatMap(({ tags }) => {
    const formerName = formerNameIn(tags);
    return formerName === undefined ? [] : [{ formerName, record: tags[recordTag] }];
  });
  return [...groupBy(claims, ({ formerName }) => formerName)]
    .filter(([, claimants]) => new Set(claimants.map(({ record }) => record)).size > 1)
    .map(([formerName]) => formerName);
}

type Entry = readonly [string, NamedPermissionSet];

interface NameEntries {
  /** Under names from before a rename. */
  readonly former: readonly Entry[];
  /** Under the names of sets in Identity Center. */
  readonly current: readonly Entry[];
  /** Under the name in the record. */
  readonly given: readonly Entry[];
}

function nameDesired(
  set: DesiredPermissionSet,
  actual: readonly ActualPermissionSet[],
  takenNames: ReadonlySet<string>,
): NameEntries {
  const actualNames = actual.map(({ name }) => name);
  const known = (typed: string, toldBy: NonNullable<NamedPermissionSet["toldBy"]>): Entry => [
    typed,
    { ...renamedFrom(set, typed), actualNames, toldBy },
  ];
  return {
    former: actual.flatMap(({ tags }) => {
      const former = formerNameIn(tags);
      // A former name that another set has by now means that set.
      return former === undefined || takenNames.has(former) ? [] : [known(former, "former-name-tag")];
    }),
    current: actualNames.map((name) => known(name, "record-tag")),
    given: [[givenName(set), { ...renamedFrom(set, givenName(set)), actualNames }]],
  };
}

function nameHeld(
  held: HeldPermissionSet,
  actual: readonly ActualPermissionSet[],
  managedNames: ReadonlySet<string>,
): NameEntries {
  const { name } = held;
  const actualNames = actual.map((set) => set.name);
  const heldAs = (setName: PermissionSetName): NamedPermissionSet => ({
    name: setName,
    actualNames,
    ...heldOf(held),
  });
  const current = actualNames.map((setName): Entry => [
    setName,
    { ...heldAs(setName), toldBy: "record-tag" },
  ]);
  if (name === undefined) return { former: [], current, given: [] };
  // A rename that is held has not happened: the new name stands for the set as it is.
  const standsFor = managedNames.has(name) ? undefined : actualNames[0];
  return { former: [], current, given: [[name, heldAs(standsFor ?? permissionSetName(name))]] };
}
