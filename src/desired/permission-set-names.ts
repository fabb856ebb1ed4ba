import type { ActualPermissionSet } from "../model/actual-state.ts";
import type { HeldPermissionSet } from "../model/desired-state.ts";
import { groupBy } from "../model/group-by.ts";
import { permissionSetName, type PermissionSetName } from "../model/ids.ts";
import { formerNameIn, recordTag } from "../model/ownership.ts";
import { canonicalJson, canonicalText, type Json } from "../model/json.ts";
import {
  customerManagedPolicyText,
  type DesiredPermissionSet,
  type PermissionSetDefinition,
  permissionsBoundaryText,
} from "../model/permission-set.ts";
import type { RecordRef } from "../model/record.ts";

/** What the name in an assignment record stands for. */
export interface NamedPermissionSet {
  readonly name: PermissionSetName;
  /** Id of the record that defines it. */
  readonly record: string;
  /** Names that Identity Center has for sets of the same record: what was granted before a rename is under those. */
  readonly actualNames: readonly PermissionSetName[];
  /** Set when the record that defines it cannot be trusted. */
  readonly heldBy?: string;
  /** Set when the assignment record still gives the name from before a rename. */
  readonly renamedFrom?: string;
}

/** The permission sets by name and by record. */
export interface PermissionSetNames {
  readonly byName: ReadonlyMap<string, NamedPermissionSet>;
  /** The set of a record that is still there, for an assignment record that gives the name. */
  readonly ofRecord: (record: string, typed: string) => NamedPermissionSet | undefined;
  /** The records that are there and whose sets have the name, had it, or are to get it. */
  readonly claimantsOf: (name: string) => readonly RecordRef[];
  /** Whether a record defines just what a record that is gone has left in Identity Center. */
  readonly takesPlaceOf: (gone: string, record: string) => boolean;
}

/** Everything that tells which permission set a name means. */
export function indexPermissionSets(
  desired: readonly DesiredPermissionSet[],
  held: readonly HeldPermissionSet[],
  actual: readonly ActualPermissionSet[],
): PermissionSetNames {
  const managed = actual.filter((set) => set.managed);
  const setsOfRecords = groupBy(managed, (set) => set.tags[recordTag]);
  const byName = indexPermissionSetNames(desired, held, actual);
  const wanted = new Map(desired.map((set) => [set.record.id, set]));
  const untrusted = new Map(held.map((set) => [set.record.id, set]));
  const namesOf = (record: string): readonly PermissionSetName[] =>
    (setsOfRecords.get(record) ?? []).map(({ name }) => name);
  const claims = [...desired, ...held].flatMap(({ record, name }) => {
    const had = (setsOfRecords.get(record.id) ?? []).map(({ tags }) => formerNameIn(tags));
    const names = new Set<string | undefined>([name, ...namesOf(record.id), ...had]);
    return [...names].map((claimed) => ({ record, claimed }));
  });
  const claimants = groupBy(claims, ({ claimed }) => claimed);
  return {
    byName,
    ofRecord: (record, typed) => {
      const set = wanted.get(record);
      const actualNames = namesOf(record);
      if (set !== undefined) {
        const renamed = set.name === typed ? {} : { renamedFrom: typed };
        return { name: set.name, record, actualNames, ...renamed };
      }
      if (!untrusted.has(record)) return undefined;
      return { name: actualNames[0] ?? permissionSetName(typed), record, actualNames, heldBy: record };
    },
    claimantsOf: (name) => (claimants.get(name) ?? []).map(({ record }) => record),
    takesPlaceOf: (gone, record) => {
      const definition = wanted.get(record)?.definition;
      const left = setsOfRecords.get(gone) ?? [];
      return (
        definition !== undefined && left.length > 0 && left.every((set) => isSameDefinition(set, definition))
      );
    },
  };
}

/** Whether the set in Identity Center is what the definition says; descriptions apart, which may be the record's address. */
export function isSameDefinition(set: ActualPermissionSet, definition: PermissionSetDefinition): boolean {
  if (!set.managed) return false;
  return definitionText(set.definition) === definitionText(definition);
}

function definitionText({ attributes, inlinePolicy, ...policies }: PermissionSetDefinition): string {
  const { description: _description, ...others } = attributes;
  const comparable = {
    attributes: others,
    inlinePolicy: inlinePolicy === undefined ? null : (canonicalJson(inlinePolicy) ?? inlinePolicy),
    boundary: policies.permissionsBoundary ? permissionsBoundaryText(policies.permissionsBoundary) : null,
    managed: policies.managedPolicies.toSorted(),
    customer: policies.customerManagedPolicies.map(customerManagedPolicyText).toSorted(),
  };
  return canonicalText(JSON.parse(JSON.stringify(comparable)) as Json);
}

/** Every name an assignment record can give: desired sets, held ones, and the names sets had before a rename. */
function indexPermissionSetNames(
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
  { name, record: { id: record } }: DesiredPermissionSet,
  actual: readonly ActualPermissionSet[],
  takenNames: ReadonlySet<string>,
): NameEntries {
  const actualNames = actual.map((set) => set.name);
  const renamed = (renamedFrom: string): Entry => [renamedFrom, { name, record, actualNames, renamedFrom }];
  return {
    former: actual.flatMap(({ tags }) => {
      const former = formerNameIn(tags);
      // A former name that another set has by now means that set.
      return former === undefined || takenNames.has(former) ? [] : [renamed(former)];
    }),
    current: actualNames.map(renamed),
    given: [[name, { name, record, actualNames }]],
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
    record: record.id,
    actualNames,
    heldBy: record.id,
  });
  const current = actualNames.map((setName): Entry => [setName, heldAs(setName)]);
  if (name === undefined) return { former: [], current, given: [] };
  // A rename that is held has not happened: the new name stands for the set as it is.
  const standsFor = managedNames.has(name) ? undefined : actualNames[0];
  return { former: [], current, given: [[name, heldAs(standsFor ?? permissionSetName(name))]] };
}
