import type { ManagedPermissionSet } from "../model/actual-state.ts";
import { type Assignment, principalKey } from "../model/assignment.ts";
import type { AssignmentTarget, ChangeKind, PermissionSetTarget } from "../model/plan.ts";

/** The id of a change: its kind and what it is about, so that the same change has the same id in every pass. */
export function changeId(kind: ChangeKind, ...about: readonly string[]): string {
  return `${kind}:${about.join("/")}`;
}

/** The id of an assign or unassign. */
export function assignmentChangeId(kind: "assign" | "unassign", assignment: Assignment): string {
  const { permissionSet, account, principal } = assignment;
  return changeId(kind, permissionSet, account, principalKey(principal));
}

export function targetOf(set: ManagedPermissionSet): PermissionSetTarget {
  return { permissionSet: set.name, permissionSetArn: set.arn };
}

export function assignmentTarget(
  { permissionSet, account, principal }: Assignment,
  set: ManagedPermissionSet | undefined,
): AssignmentTarget {
  const target = { permissionSet, account, principal };
  return set === undefined ? target : { ...target, permissionSetArn: set.arn };
}
