import { classify } from "../access/administrator-class.ts";
import { type Assignment, principalKey } from "../model/assignment.ts";
import type { Pass } from "../model/pass.ts";
import type { Change, ChangeKind } from "../model/plan.ts";

/** The kinds that give the holders of a set more than they had. */
const widening: ReadonlySet<ChangeKind> = new Set<ChangeKind>(["attach-managed-policy", "put-inline-policy"]);

/** Ids of the changes that make somebody administrator of an account who was none before: what a person looks at first. */
export function administratorChanges({ plan, desired, actual }: Pass): ReadonlySet<string> {
  const before = new Set<string>(
    actual.permissionSets.flatMap((set) =>
      set.managed && classify(set.definition, "ordinary") === "administrator" ? [set.name] : [],
    ),
  );
  const redefined = new Map<string, boolean>(
    desired.permissionSets.map(({ name, definition }) => [name, classify(definition) === "administrator"]),
  );
  const isAfter = (name: string): boolean => redefined.get(name) ?? before.has(name);
  const holders = new Set(
    actual.assignments.filter(({ permissionSet }) => before.has(permissionSet)).map(holderKey),
  );
  const assigned = new Set<string>(actual.assignments.map(({ permissionSet }) => permissionSet));
  const makesOne = (change: Change): boolean => {
    const { permissionSet } = change.target;
    if (change.kind === "assign") return isAfter(permissionSet) && !holders.has(holderKey(change.target));
    const isWidened = isAfter(permissionSet) && !before.has(permissionSet) && assigned.has(permissionSet);
    return isWidened && widening.has(change.kind);
  };
  return new Set(plan.changes.filter(makesOne).map(({ id }) => id));
}

function holderKey({ account, principal }: Pick<Assignment, "account" | "principal">): string {
  return `${account}/${principalKey(principal)}`;
}
