import type { PrincipalType } from "../aws-seed.ts";

/** A customer managed policy as a permission set names it. */
export interface PolicyReference {
  readonly Name: string;
  readonly Path: string;
}

export type PermissionsBoundary =
  | { readonly ManagedPolicyArn: string }
  | { readonly CustomerManagedPolicyReference: PolicyReference };

/** What a permission set grants; a change of it makes the accounts it is provisioned to stale. */
export interface Definition {
  readonly description: string | undefined;
  readonly sessionDuration: string;
  readonly relayState: string | undefined;
  readonly inlinePolicy: string | undefined;
  readonly managedPolicies: readonly string[];
  readonly customerManagedPolicies: readonly PolicyReference[];
  readonly boundary: PermissionsBoundary | undefined;
}

export interface Assignment {
  readonly accountId: string;
  readonly principalType: PrincipalType;
  readonly principalId: string;
}

export interface PermissionSet {
  readonly arn: string;
  readonly name: string;
  readonly createdAtMs: number;
  readonly definition: Definition;
  readonly tags: ReadonlyMap<string, string>;
  /** Per account, the definition that was provisioned there: the account is stale when that is no longer the same. */
  readonly provisioned: ReadonlyMap<string, Definition>;
  readonly assignments: ReadonlyMap<string, Assignment>;
}

/** All permission sets by ARN, with their assignments; never changed in place. */
export type IdentityCenterState = ReadonlyMap<string, PermissionSet>;

/** Identifies an assignment within its permission set, and orders assignments by account. */
export function assignmentKey({ accountId, principalType, principalId }: Assignment): string {
  return `${accountId} ${principalType} ${principalId}`;
}

/** The state with a permission set added, or put in the place of its former version. */
export function withPermissionSet(state: IdentityCenterState, set: PermissionSet): IdentityCenterState {
  return new Map(state).set(set.arn, set);
}

/** The state without a permission set. */
export function withoutPermissionSet(state: IdentityCenterState, arn: string): IdentityCenterState {
  const rest = new Map(state);
  rest.delete(arn);
  return rest;
}

/** The permission set with an assignment; one that is there already stays the only one. */
export function withAssignment(set: PermissionSet, assignment: Assignment): PermissionSet {
  return { ...set, assignments: new Map(set.assignments).set(assignmentKey(assignment), assignment) };
}

/** The permission set without an assignment. */
export function withoutAssignment(set: PermissionSet, assignment: Assignment): PermissionSet {
  const assignments = new Map(set.assignments);
  assignments.delete(assignmentKey(assignment));
  return { ...set, assignments };
}

/** The permission set with this definition provisioned to an account. */
export function withProvisioned(
  set: PermissionSet,
  accountId: string,
  definition: Definition,
): PermissionSet {
  return { ...set, provisioned: new Map(set.provisioned).set(accountId, definition) };
}

/** The permission set without its role in an account. */
export function withoutProvisioned(set: PermissionSet, accountId: string): PermissionSet {
  const provisioned = new Map(set.provisioned);
  provisioned.delete(accountId);
  return { ...set, provisioned };
}

/** The permission set with parts of its definition replaced; this makes its accounts stale even if nothing differs. */
export function withDefinition(set: PermissionSet, changes: Partial<Definition>): PermissionSet {
  return { ...set, definition: { ...set.definition, ...changes } };
}

/** Whether an account's role follows the latest definition. */
export function isProvisionedLatest(set: PermissionSet, accountId: string): boolean {
  return set.provisioned.get(accountId) === set.definition;
}

/** The assignments of a permission set in one account. */
export function assignmentsInAccount(set: PermissionSet, accountId: string): Assignment[] {
  return [...set.assignments.values()].filter((assignment) => assignment.accountId === accountId);
}
