import type { AccountId, PermissionSetName, PrincipalId } from "./ids.ts";
import type { RecordRef } from "./record.ts";

export type PrincipalType = "USER" | "GROUP";

export interface Principal {
  readonly type: PrincipalType;
  readonly id: PrincipalId;
}

/** One principal × one account × one permission set. */
export interface Assignment extends Pair, Seat {}

/** A permission set in an account. */
export interface Pair {
  readonly permissionSet: PermissionSetName;
  readonly account: AccountId;
}

/** A user or group in an account. */
export interface Seat {
  readonly account: AccountId;
  readonly principal: Principal;
}

/** An assignment, and whether it is asked for only by an entry that stands for many accounts. */
export interface TargetedAssignment extends Assignment {
  /** No record names the account by itself: it is there by its place or by its name. */
  readonly isDynamic?: true;
}

export interface DesiredAssignment extends TargetedAssignment {
  /** All records that ask for it, in id order. */
  readonly records: readonly RecordRef[];
}

export function principalKey(principal: Principal): string {
  return `${principal.type}/${principal.id}`;
}

/** Identity of an assignment; set names have no slash, so the parts cannot run into each other. */
export function assignmentKey(assignment: Assignment): string {
  return `${assignment.permissionSet}/${assignment.account}/${principalKey(assignment.principal)}`;
}
