import type { ActualPermissionSet } from "../model/actual-state.ts";
import { createIssue } from "../model/issue.ts";
import type { RememberedMeaning } from "../model/memory.ts";
import { recordTag } from "../model/ownership.ts";
import type { RecordRef } from "../model/record.ts";
import type { AssignmentRecord } from "../model/typed-record.ts";
import type { DesiredPermissionSets } from "./build-permission-sets.ts";
import { findMeaning, meaningIn } from "./name-meanings.ts";
import type { PermissionSetNames } from "./permission-set-names.ts";
import { isSameDefinition } from "./same-definition.ts";

interface ReplacedInput {
  readonly actual: readonly ActualPermissionSet[];
  readonly names: PermissionSetNames;
  /** By record key, what the names in assignment records meant. */
  readonly meanings: Readonly<Record<string, RememberedMeaning>>;
  readonly assignmentRecords: readonly AssignmentRecord[];
}

const mostNamed = 10;

/**
 * Holds the sets of records that give another definition to a name whose own record is gone, as long as assignment
 * records mean what that one defined or cannot be told: holders of the set must not get rights that no author chose.
 */
export function holdReplacedSets(sets: DesiredPermissionSets, input: ReplacedInput): DesiredPermissionSets {
  const existing = new Map<string, ActualPermissionSet>(input.actual.map((set) => [set.name, set]));
  const issues = sets.permissionSets.flatMap(({ name, record, definition }) => {
    const set = existing.get(name);
    const former = set?.managed === true ? set.tags[recordTag] : undefined;
    if (set === undefined || former === undefined || input.names.givenBy(former) !== undefined) return [];
    if (former === record.id || isSameDefinition(set, definition)) return [];
    const namers = findNamers({ name, record, former }, input).slice(0, mostNamed);
    if (namers.length === 0) return [];
    const assignmentRecords = namers.map(({ ref }) => ref.id);
    return [createIssue("permission-set.name-still-meant", record, "name", { name, assignmentRecords })];
  });
  if (issues.length === 0) return sets;
  const held = new Set(issues.map(({ record }) => record.id));
  return {
    permissionSets: sets.permissionSets.filter(({ record }) => !held.has(record.id)),
    held: [
      ...sets.held,
      ...sets.permissionSets.flatMap(({ record, name }) => (held.has(record.id) ? [{ record, name }] : [])),
    ],
    issues: [...sets.issues, ...issues],
  };
}

interface Replaced {
  readonly name: string;
  readonly record: RecordRef;
  /** Id of the record that is gone. */
  readonly former: string;
}

/** The assignment records that meant the set of the record that is gone, or may have, and whose authors have not chosen the new one. */
function findNamers(
  { name, record, former }: Replaced,
  { names, meanings, assignmentRecords }: ReplacedInput,
): readonly AssignmentRecord[] {
  return assignmentRecords.filter(({ ref, permissionSet: typed }) => {
    const before = meaningIn(meanings, ref);
    if (typed !== name) return before?.record === former;
    const meaning = findMeaning(ref, typed, names, before);
    return meaning.kind !== "set" || meaning.named.record !== record.id;
  });
}
