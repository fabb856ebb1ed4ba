import type { Assignment } from "../model/assignment.ts";
import { groupBy } from "../model/group-by.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import type { Change } from "../model/plan.ts";

/** Permission sets by name. */
export type Definitions = ReadonlyMap<string, PermissionSetDefinition>;

/** The ids of the changes; none where there are none. */
export function idsOf(changes: readonly Change[] = []): readonly string[] {
  return changes.map(({ id }) => id);
}

/** Ids of the plan's revocations by what they are asked for. */
export function revocationsBy(
  changes: readonly Change[],
  keyOf: (assignment: Assignment) => string,
): ReadonlyMap<string, readonly string[]> {
  const revoked = changes.flatMap((change) => (change.kind === "unassign" ? [change] : []));
  return new Map(
    [...groupBy(revoked, ({ target }) => keyOf(target))].map(([key, ofKey]) => [key, idsOf(ofKey)]),
  );
}

/** Names of the sets of which it holds. */
export function namesWhere(
  sets: Definitions,
  holds: (set: PermissionSetDefinition, name: string) => boolean,
): ReadonlySet<string> {
  return new Set([...sets].filter(([name, set]) => holds(set, name)).map(([name]) => name));
}
