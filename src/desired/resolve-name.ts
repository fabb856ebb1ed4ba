import { createIssue, type Issue } from "../model/issue.ts";
import type { RememberedMeaning } from "../model/memory.ts";
import type { RecordRef } from "../model/record.ts";
import { shorten } from "../model/text.ts";
import type { AssignmentRecord } from "../model/typed-record.ts";
import { findMeaning, meaningIn, rememberMeaning } from "./name-meanings.ts";
import { type NameIndex, suggestNames } from "./nearest-names.ts";
import type { NamedPermissionSet, PermissionSetNames } from "./permission-set-names.ts";

export interface NameLookups {
  readonly names: PermissionSetNames;
  /** By record key, what an earlier pass took the names in records for. */
  readonly meanings: Readonly<Record<string, RememberedMeaning>>;
  readonly setNames: NameIndex;
  /** By the name that they give, the records of sets that have never been approved. */
  readonly pendingNames: ReadonlyMap<string, RecordRef>;
}

/** The set that a record's name means, and what to remember of it. */
export interface ResolvedName {
  readonly permissionSet?: NamedPermissionSet;
  readonly meaning: RememberedMeaning | undefined;
}

/** Finds the set that the record's name means; what its author has to know of it becomes an issue. */
export function resolveName(
  { ref, permissionSet: typed }: AssignmentRecord,
  { names, meanings, setNames, pendingNames }: NameLookups,
  issues: Issue[],
): ResolvedName {
  const before = meaningIn(meanings, ref);
  if (typed === undefined) return { meaning: before };
  const found = findMeaning(ref, typed, names, before);
  const meaning = rememberMeaning(ref, typed, found, before);
  const name = shorten(typed);
  if (found.kind === "unclear") {
    const params = { name, records: found.records };
    issues.push(createIssue("assignment.permission-set-unclear", ref, "permissionSet", params));
    return { meaning };
  }
  const pending = found.kind === "unknown" ? pendingNames.get(typed) : undefined;
  if (pending !== undefined) {
    const params = { name, otherRecord: pending.id };
    issues.push(createIssue("assignment.permission-set-not-approved", ref, "permissionSet", params));
    return { meaning };
  }
  if (found.kind === "unknown") {
    const suggestions = suggestNames(typed, setNames, issues);
    issues.push(
      createIssue("assignment.permission-set-unknown", ref, "permissionSet", { name, suggestions }),
    );
    return { meaning };
  }
  tellName(ref, name, found.named, issues);
  return { permissionSet: found.named, meaning };
}

function tellName(
  ref: RecordRef,
  name: string,
  { heldBy, isLost, isPending, renamedTo }: NamedPermissionSet,
  issues: Issue[],
): void {
  if (isLost === true) return;
  if (heldBy !== undefined) {
    const params = { name, otherRecord: heldBy, ...(isPending === true ? { isPending } : {}) };
    issues.push(createIssue("assignment.permission-set-held", ref, "permissionSet", params));
  } else if (renamedTo !== undefined) {
    const params = { name, newName: renamedTo };
    issues.push(createIssue("assignment.permission-set-renamed", ref, "permissionSet", params));
  }
}
