import type { ActualPermissionSet, ActualState } from "../model/actual-state.ts";
import { createIssue } from "../model/issue.ts";
import type { RememberedMeaning } from "../model/memory.ts";
import { recordTag } from "../model/ownership.ts";
import { recordKey } from "../model/record.ts";
import type { AssignmentRecord, PermissionSetRecord } from "../model/typed-record.ts";
import type { DesiredPermissionSets } from "./build-permission-sets.ts";
import { isSameDefinition } from "./permission-set-names.ts";

interface ReplacedInput {
  readonly actual: ActualState;
  /** By record key, which record's set the names in assignment records meant. */
  readonly meanings: Readonly<Record<string, RememberedMeaning>>;
  readonly permissionSetRecords: readonly PermissionSetRecord[];
  readonly assignmentRecords: readonly AssignmentRecord[];
}

const mostNamed = 10;

/**
 * Holds the sets of records that give another definition to a name whose own record is gone, as long as assignment
 * records that have not been saved since mean what that one defined: who has the set must not become what nobody chose.
 */
export function holdReplacedSets(sets: DesiredPermissionSets, input: ReplacedInput): DesiredPermissionSets {
  const existing = new Map<string, ActualPermissionSet>(
    input.actual.permissionSets.map((set) => [set.name, set]),
  );
  const there = new Set(input.permissionSetRecords.map(({ ref }) => ref.id));
  const issues = sets.permissionSets.flatMap(({ name, record, definition }) => {
    const set = existing.get(name);
    const former = set?.managed === true ? set.tags[recordTag] : undefined;
    if (set === undefined || former === undefined || there.has(former)) return [];
    const assignmentRecords = namersOf(former, input).slice(0, mostNamed);
    if (assignmentRecords.length === 0 || isSameDefinition(set, definition)) return [];
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

/** Ids of the assignment records that still mean the set of the record: their authors have not chosen again since they were asked. */
function namersOf(record: string, { meanings, assignmentRecords }: ReplacedInput): readonly string[] {
  return assignmentRecords.flatMap(({ ref }) => {
    const key = recordKey(ref);
    const meaning = Object.hasOwn(meanings, key) ? meanings[key] : undefined;
    const hasChosen = meaning?.asked === true && meaning.revision !== ref.revision;
    return meaning?.record === record && !hasChosen ? [ref.id] : [];
  });
}
