import { classify } from "../../model/administrator-class.ts";
import { type Assignment, principalKey } from "../../model/assignment.ts";
import type { AccountId } from "../../model/ids.ts";
import type { PermissionSetDefinition } from "../../model/permission-set.ts";
import type { Violation } from "../../model/violation.ts";
import { assignmentsAfter } from "./assignments-after.ts";
import { definitionsAfter, definitionsBefore } from "./definitions-after.ts";
import type { GuardInput } from "./guard-input.ts";

/**
 * Accounts that have an administrator among the managed assignments and would have none. A set counts only when its
 * content is certain to be an administrator's, and a principal only while the directory has it.
 */
export function checkLastAdministrator(input: GuardInput): readonly Violation[] {
  const { before, after } = administrators(input);
  const left = accountsOf(after);
  const subjects = [...accountsOf(before)].filter((account) => !left.has(account)).toSorted();
  if (subjects.length === 0) return [];
  return [{ guard: "last-administrator", numbers: { accounts: subjects.length }, subjects }];
}

/**
 * More new administrators than the limit: assignments whose principal was no administrator of the account, by a new
 * assignment or because a set that was assigned before becomes an administrator's.
 */
export function checkAdministratorGrants(input: GuardInput): readonly Violation[] {
  const { maxAdminGrants } = input.limits;
  const { before, after } = administrators(input);
  const had = new Set(before.map(holderKey));
  const grants = after.filter((assignment) => !had.has(holderKey(assignment))).length;
  if (grants <= maxAdminGrants) return [];
  return [{ guard: "administrator-grants", numbers: { grants, maxAdminGrants } }];
}

interface Administrators {
  readonly before: readonly Assignment[];
  readonly after: readonly Assignment[];
}

function administrators({ plan, actual }: GuardInput): Administrators {
  const before = definitionsBefore(actual.permissionSets);
  const after = definitionsAfter(before, plan.changes);
  const { users, groups } = actual.directory;
  const known = new Set([
    ...users.map(({ id }) => principalKey({ type: "USER", id })),
    ...groups.map(({ id }) => principalKey({ type: "GROUP", id })),
  ]);
  const among = (assignments: readonly Assignment[], sets: ReadonlyMap<string, PermissionSetDefinition>) => {
    const names = administratorSets(sets);
    return assignments.filter(
      ({ permissionSet, principal }) => names.has(permissionSet) && known.has(principalKey(principal)),
    );
  };
  return {
    before: among(actual.assignments, before),
    after: among(assignmentsAfter(plan, actual.assignments), after),
  };
}

function administratorSets(sets: ReadonlyMap<string, PermissionSetDefinition>): ReadonlySet<string> {
  const found = [...sets].filter(([, definition]) => classify(definition) === "administrator");
  return new Set(found.map(([name]) => name));
}

function accountsOf(assignments: readonly Assignment[]): ReadonlySet<AccountId> {
  return new Set(assignments.map(({ account }) => account));
}

function holderKey({ account, principal }: Assignment): string {
  return `${account}/${principalKey(principal)}`;
}
