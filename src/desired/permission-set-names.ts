import type { ActualPermissionSet } from "../model/actual-state.ts";
import type { HeldPermissionSet } from "../model/desired-state.ts";
import { groupBy } from "../model/group-by.ts";
import { permissionSetName, type PermissionSetName } from "../model/ids.ts";
import { formerNameIn, recordTag } from "../model/ownership.ts";
import type { DesiredPermissionSet } from "../model/permission-set.ts";

/** What the name in an assignment record stands for. */
export interface NamedPermissionSet {
  readonly name: PermissionSetName;
  /** Names that Identity Center has for sets of the same record: what was granted before a rename is under those. */
  readonly actualNames: readonly PermissionSetName[];
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

/** Names that sets of several records had before: nobody can tell any more which one is meant. */
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
  { name }: DesiredPermissionSet,
  actual: readonly ActualPermissionSet[],
  takenNames: ReadonlySet<string>,
): NameEntries {
  const actualNames = actual.map((set) => set.name);
  const renamed = (renamedFrom: string): Entry => [renamedFrom, { name, actualNames, renamedFrom }];
  return {
    former: actual.flatMap(({ tags }) => {
      const former = formerNameIn(tags);
      // A former name that another set has by now means that set.
      return former === undefined || takenNames.has(former) ? [] : [renamed(former)];
    }),
    current: actualNames.map(renamed),
    given: [[name, { name, actualNames }]],
  };
}

function nameHeld(
  { record, name }: HeldPermissionSet,
  actual: readonly ActualPermissionSet[],
  managedNames: ReadonlySet<string>,
): NameEntries {
  const actualNames = actual.map((set) => set.name);
  const heldAs = (setName: PermissionSetName): NamedPermissionSet => ({
    name: setName,
    actualNames,
    heldBy: record.id,
  });
  const current = actualNames.map((setName): Entry => [setName, heldAs(setName)]);
  if (name === undefined) return { former: [], current, given: [] };
  // A rename that is held has not happened: the new name stands for the set as it is.
  const standsFor = managedNames.has(name) ? undefined : actualNames[0];
  return { former: [], current, given: [[name, heldAs(standsFor ?? permissionSetName(name))]] };
}
