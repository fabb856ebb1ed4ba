import { deniesEverything } from "../../access/denies-everything.ts";
import { principalKey } from "../../model/assignment.ts";
import type { PermissionSetDefinition } from "../../model/permission-set.ts";
import type { Violation } from "../../model/violation.ts";
import { assignmentsAfter } from "../../access/assignments-after.ts";
import { definitionsAfter, definitionsBefore } from "../../access/definitions-after.ts";
import type { GuardInput } from "./guard-input.ts";

/**
 * More users than the limit who would be left with nothing: no assignment of their own, or only ones of sets that the
 * plan empties or has deny everything. Access through groups does not count; a rename takes nothing away.
 */
export function checkUsersLosingAllAccess({ plan, actual, limits }: GuardInput): readonly Violation[] {
  const { maxUsersLosingAllAccess } = limits;
  const before = definitionsBefore(actual.permissionSets);
  const after = definitionsAfter(before, plan.changes);
  const emptied = new Set(
    [...after]
      .filter(([name, set]) => isWorthless(set) && !isWorthless(before.get(name)))
      .map(([name]) => name),
  );
  const left = new Set(
    assignmentsAfter(plan, actual.assignments)
      .filter(({ permissionSet }) => !emptied.has(permissionSet))
      .map(({ principal }) => principalKey(principal)),
  );
  const holders = new Set(actual.assignments.map(({ principal }) => principalKey(principal)));
  const subjects = actual.directory.users.flatMap(({ id, userName }) => {
    const key = principalKey({ type: "USER", id });
    return holders.has(key) && !left.has(key) ? [userName] : [];
  });
  const users = subjects.length;
  if (users <= maxUsersLosingAllAccess) return [];
  const numbers = { users, maxUsersLosingAllAccess };
  return [{ guard: "users-losing-all-access", numbers, subjects: subjects.toSorted() }];
}

/** A set that grants nothing, or denies all that it grants. */
function isWorthless(definition: PermissionSetDefinition | undefined): boolean {
  if (definition === undefined || deniesEverything(definition)) return true;
  const { managedPolicies, customerManagedPolicies, inlinePolicy } = definition;
  return managedPolicies.length + customerManagedPolicies.length === 0 && inlinePolicy === undefined;
}
