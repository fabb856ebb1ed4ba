import { changeKinds } from "../model/change-kinds.ts";
import type { Change } from "../model/plan.ts";

/**
 * The ids and those of all changes that go with them: what depends on them, and the rest of a set's definition with its
 * provisioning, because half of a definition is one that no record asks for.
 */
export function withDependants(changes: readonly Change[], ids: ReadonlySet<string>): ReadonlySet<string> {
  const left = new Set(changes.flatMap(({ id }) => (ids.has(id) ? [id] : [])));
  for (let size = -1; size !== left.size;) {
    size = left.size;
    const undefinedSets = new Set<string>(
      changes.flatMap(({ id, kind, target }) =>
        left.has(id) && changeKinds[kind].touchesDefinition ? [target.permissionSet] : [],
      ),
    );
    for (const { id, kind, target, dependsOn } of changes) {
      const { touchesDefinition, isHousekeeping } = changeKinds[kind];
      const isOfDefinition = (touchesDefinition || isHousekeeping) && undefinedSets.has(target.permissionSet);
      if (isOfDefinition || dependsOn.some((one) => left.has(one))) left.add(id);
    }
  }
  return left;
}
