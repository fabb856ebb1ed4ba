import { classify, type Doubt } from "../../access/administrator-class.ts";
import { type Assignment, assignmentKey, type Principal, principalKey } from "../../model/assignment.ts";
import { deniesEverything, hasDenial } from "../../access/denies-everything.ts";
import type { AccountId } from "../../model/ids.ts";
import {
  customerManagedPolicyText,
  type PermissionSetDefinition,
  permissionsBoundaryText,
} from "../../model/permission-set.ts";
import type { Change, ChangeKind } from "../../model/plan.ts";
import type { Violation } from "../../model/violation.ts";
import { assignmentsAfter } from "../../access/assignments-after.ts";
import { definitionsAfter, definitionsBefore } from "../../access/definitions-after.ts";
import type { GuardInput } from "./guard-input.ts";

/**
 * Accounts that have an administrator among the managed assignments and would have none. A set counts only when its
 * content is certain to be an administrator's, and a principal only while the directory has it, and a user enabled.
 */
export function checkLastAdministrator(input: GuardInput): readonly Violation[] {
  const isActive = activeTest(input);
  const before = administrators(input.actual.assignments, certainSets(definitionsNow(input)), isActive);
  const after = administrators(assignmentsLeft(input), certainAfter(input), isActive);
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
  const isThere = presenceTest(input);
  const had = new Set(administrators(actual.assignments, certainBefore(input), isThere).map(holderKey));
  const existing = new Set(actual.assignments.map(assignmentKey));
  const redefined = redefinedSets(plan.changes);
  const possible = administratorSets(definitionsThen(input), "administrator");
  const widened = administrators(assignmentsLeft(input), possible, isThere).filter(
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

type Definitions = ReadonlyMap<string, PermissionSetDefinition>;

function definitionsNow({ actual }: GuardInput): Definitions {
  return definitionsBefore(actual.permissionSets);
}

function definitionsThen(input: GuardInput): Definitions {
  return definitionsAfter(definitionsNow(input), input.plan.changes);
}

/** Names of sets that are an administrator's already, with nothing that holds them back and that the plan takes off. */
function certainBefore(input: GuardInput): ReadonlySet<string> {
  const now = definitionsNow(input);
  const then = definitionsThen(input);
  return new Set([...certainSets(now)].filter((name) => !isFreed(now.get(name), then.get(name))));
}

/** Names of sets that are an administrator's afterwards, with no boundary that the plan puts on. */
function certainAfter(input: GuardInput): ReadonlySet<string> {
  const now = definitionsNow(input);
  const then = definitionsThen(input);
  const isBound = (name: string): boolean => {
    const bound = boundaryOf(then.get(name));
    return bound !== undefined && bound !== boundaryOf(now.get(name));
  };
  return new Set([...certainSets(then)].filter((name) => !isBound(name)));
}

/** Boundaries, denials and customer managed policies may hold a set back. */
function isFreed(before: PermissionSetDefinition | undefined, after: typeof before): boolean {
  if (before === undefined || after === undefined) return false;
  const isUnbound = before.permissionsBoundary !== undefined && boundaryOf(before) !== boundaryOf(after);
  const isUndenied = hasDenial(before) && before.inlinePolicy !== after.inlinePolicy;
  const kept = new Set(after.customerManagedPolicies.map(customerManagedPolicyText));
  const had = before.customerManagedPolicies.map(customerManagedPolicyText);
  return isUnbound || isUndenied || had.some((policy) => !kept.has(policy));
}

function boundaryOf(definition: PermissionSetDefinition | undefined): string | undefined {
  return definition?.permissionsBoundary && permissionsBoundaryText(definition.permissionsBoundary);
}

function certainSets(sets: Definitions): ReadonlySet<string> {
  return administratorSets(sets, "ordinary");
}

/** Names of sets that make administrators; one that denies everything makes none. */
function administratorSets(sets: Definitions, inDoubt: Doubt): ReadonlySet<string> {
  const found = [...sets].filter(
    ([, definition]) => classify(definition, inDoubt) === "administrator" && !deniesEverything(definition),
  );
  return new Set(found.map(([name]) => name));
}

type PrincipalTest = (principal: Principal) => boolean;

function presenceTest({ actual: { directory } }: GuardInput): PrincipalTest {
  const known = new Set<string>([...directory.users, ...directory.groups].map(({ id }) => id));
  return ({ id }) => known.has(id);
}

function activeTest(input: GuardInput): PrincipalTest {
  const { users } = input.actual.directory;
  const disabled = new Set<string>(users.filter(({ enabled }) => !enabled).map(({ id }) => id));
  const isThere = presenceTest(input);
  return (principal) => isThere(principal) && !disabled.has(principal.id);
}

/** Those of the assignments that give one of the sets to somebody who counts. */
function administrators(
  assignments: readonly Assignment[],
  sets: ReadonlySet<string>,
  counts: PrincipalTest,
): readonly Assignment[] {
  return assignments.filter(({ permissionSet, principal }) => sets.has(permissionSet) && counts(principal));
}

function accountsOf(assignments: readonly Assignment[]): ReadonlySet<AccountId> {
  return new Set(assignments.map(({ account }) => account));
}

function holderKey({ account, principal }: Assignment): string {
  return `${account}/${principalKey(principal)}`;
}
