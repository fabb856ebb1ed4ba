import { classify, type Doubt } from "../../model/administrator-class.ts";
import { type Assignment, assignmentKey, principalKey } from "../../model/assignment.ts";
import type { AccountId } from "../../model/ids.ts";
import type { PermissionSetDefinition } from "../../model/permission-set.ts";
import type { Change, ChangeKind } from "../../model/plan.ts";
import type { Violation } from "../../model/violation.ts";
import { assignmentsAfter } from "./assignments-after.ts";
import { definitionsAfter, definitionsBefore } from "./definitions-after.ts";
import type { GuardInput } from "./guard-input.ts";

/**
 * Accounts that have an administrator among the managed assignments and would have none. A set counts only when its
 * content is certain to be an administrator's, and a principal only while the directory has it.
 */
export function checkLastAdministrator(input: GuardInput): readonly Violation[] {
  const sets = administratorSets(definitionsBefore(input.actual.permissionSets), "ordinary");
  const before = administrators(input.actual.assignments, sets, input);
  const after = administrators(assignmentsLeft(input), setsAfter(input, "ordinary"), input);
  const left = accountsOf(after);
  const subjects = [...accountsOf(before)].filter((account) => !left.has(account)).toSorted();
  if (subjects.length === 0) return [];
  return [{ guard: "last-administrator", numbers: { accounts: subjects.length }, subjects }];
}

/**
 * More new administrators than the limit: assignments whose principal was no administrator of the account for certain,
 * by a new assignment or because the plan changes a set that was assigned before.
 */
export function checkAdministratorGrants(input: GuardInput): readonly Violation[] {
  const { plan, actual, limits } = input;
  const had = new Set(administrators(actual.assignments, certainBefore(input), input).map(holderKey));
  const existing = new Set(actual.assignments.map(assignmentKey));
  const redefined = redefinedSets(plan.changes);
  const widened = administrators(assignmentsLeft(input), setsAfter(input, "administrator"), input).filter(
    (assignment) => redefined.has(assignment.permissionSet) || !existing.has(assignmentKey(assignment)),
  );
  const grants = widened.filter((assignment) => !had.has(holderKey(assignment))).length;
  const { maxAdminGrants } = limits;
  if (grants <= maxAdminGrants) return [];
  return [{ guard: "administrator-grants", numbers: { grants, maxAdminGrants } }];
}

const leavesDefinition: ReadonlySet<ChangeKind> = new Set([
  "tag-permission-set",
  "provision",
  "assign",
  "unassign",
  "delete-permission-set",
]);

function redefinedSets(changes: readonly Change[]): ReadonlySet<string> {
  const redefining = changes.filter(({ kind }) => !leavesDefinition.has(kind));
  return new Set(redefining.map(({ target }) => target.permissionSet));
}

function assignmentsLeft({ plan, actual }: GuardInput): readonly Assignment[] {
  return assignmentsAfter(plan, actual.assignments);
}

/** Names of sets that are an administrator's already; one whose boundary the plan takes off may not be. */
function certainBefore({ plan, actual }: GuardInput): ReadonlySet<string> {
  const found = administratorSets(definitionsBefore(actual.permissionSets), "ordinary");
  const unbound = plan.changes.filter(({ kind }) => kind === "delete-permissions-boundary");
  const bounded = new Set<string>(unbound.map(({ target }) => target.permissionSet));
  return new Set([...found].filter((name) => !bounded.has(name)));
}

function setsAfter({ plan, actual }: GuardInput, inDoubt: Doubt): ReadonlySet<string> {
  const after = definitionsAfter(definitionsBefore(actual.permissionSets), plan.changes);
  return administratorSets(after, inDoubt);
}

function administratorSets(
  sets: ReadonlyMap<string, PermissionSetDefinition>,
  inDoubt: Doubt,
): ReadonlySet<string> {
  const found = [...sets].filter(([, definition]) => classify(definition, inDoubt) === "administrator");
  return new Set(found.map(([name]) => name));
}

/** Those of the assignments that give one of the sets to somebody the directory has. */
function administrators(
  assignments: readonly Assignment[],
  sets: ReadonlySet<string>,
  { actual }: GuardInput,
): readonly Assignment[] {
  const { users, groups } = actual.directory;
  const known = new Set([
    ...users.map(({ id }) => principalKey({ type: "USER", id })),
    ...groups.map(({ id }) => principalKey({ type: "GROUP", id })),
  ]);
  return assignments.filter(
    ({ permissionSet, principal }) => sets.has(permissionSet) && known.has(principalKey(principal)),
  );
}

function accountsOf(assignments: readonly Assignment[]): ReadonlySet<AccountId> {
  return new Set(assignments.map(({ account }) => account));
}

function holderKey({ account, principal }: Assignment): string {
  return `${account}/${principalKey(principal)}`;
}
