import type { AccountId, PermissionSetName, PrincipalId } from "./ids.ts";
import type { RecordRef } from "./record.ts";

export type PrincipalType = "USER" | "GROUP";

export interface Principal {
  readonly type: PrincipalType;
  readonly id: PrincipalId;
}

/** One principal × one account × one permission set. */
export interface Assignment {
  readonly permissionSet: PermissionSetName;
  readonly account: AccountId;
  readonly principal: Principal;
}

export interface DesiredAssignment extends Assignment {
  /** All records that ask for it, in id order. */
  readonly records: readonly RecordRef[];
  /** No record names the account by itself: it is there by its place or by its name. */
  readonly isDynamic?: true;
}

export function principalKey(principal: Principal): string {
  return `${principal.type}/${principal.id}`;
}

/** Identity of an assignment; set names have no slash, so the parts cannot run into each other. */
export function assignmentKey(assignment: Assignment): string {
  return `${assignment.permissionSet}/${assignment.account}/${principalKey(assignment.principal)}`;
}
