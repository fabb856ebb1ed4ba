import { randomUUID } from "node:crypto";

import { AwsError, accessDenied } from "../protocol/aws-error.ts";
import type { OtherBeliefs } from "../../beliefs.ts";
import type { AwsSeed, PrincipalType } from "../aws-seed.ts";
import type { Directory } from "../directory/directory.ts";
import type { IdentityCenterState, PermissionSet } from "./identity-center-state.ts";
import type { Organization } from "../organizations/organization.ts";
import type { LatencyRange, Quotas } from "../quotas.ts";
import type { Timeline } from "./timeline.ts";

/** An asynchronous operation; it has an outcome once it is over. */
export interface AsyncOperation {
  readonly kind: "create" | "delete" | "provision";
  readonly requestId: string;
  readonly createdAtMs: number;
  readonly permissionSetArn: string;
  /** The accounts whose roles it changes. */
  readonly accountIds: readonly string[];
  /** The one account it was asked for; a provisioning may be asked for all. */
  readonly targetId?: string;
  readonly principalType?: PrincipalType;
  readonly principalId?: string;
  outcome?: { readonly failureReason: string | undefined };
}

/** How an asynchronous operation ends: the state after it, and why it failed if it did. */
export interface Ending {
  readonly state: IdentityCenterState;
  readonly failureReason?: string | undefined;
}

/** An IAM Identity Center instance with all that its operations depend on. */
export interface IdentityCenter {
  readonly instanceArn: string;
  readonly callerAccount: string;
  readonly callerArn: string;
  readonly quotas: Quotas;
  readonly others: OtherBeliefs;
  readonly directory: Directory;
  readonly organization: Organization;
  readonly timeline: Timeline<IdentityCenterState>;
  readonly operations: AsyncOperation[];
  /** ARNs of the AWS managed policies that exist. */
  readonly awsManagedPolicies: ReadonlySet<string>;
  readonly missingCustomerManagedPolicies: NonNullable<AwsSeed["missingCustomerManagedPolicies"]>;
  /** Milliseconds since 1970 at a moment of the timeline. */
  epochMs(atMs: number): number;
  /** A number of milliseconds from the range, differing from call to call. */
  latencyMs(range: LatencyRange): number;
  /** How many permission sets were ever created. */
  created: number;
}

/** The permission set as reads show it. Throws a ResourceNotFoundException when there is none. */
export function visiblePermissionSet(center: IdentityCenter, arn: string): PermissionSet {
  return found(center.timeline.visible(), arn);
}

/**
 * The permission set as it is, for an operation that writes. Throws a ResourceNotFoundException when there is none and
 * an AccessDeniedException when it is locked: whatever is provisioned in the management account is read-only to a
 * delegated administrator everywhere.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html
 */
export function writablePermissionSet(center: IdentityCenter, arn: string, operation: string): PermissionSet {
  const set = found(center.timeline.newest(), arn);
  if (set.provisioned.has(center.organization.managementAccount)) refuseDelegated(center, arn, operation);
  return set;
}

/** Throws unless the account may be the target of an operation: it must be in the organization and not manage it. */
export function checkTargetAccount(
  center: IdentityCenter,
  accountId: string,
  set: PermissionSet,
  operation: string,
): void {
  if (accountId === center.organization.managementAccount) refuseDelegated(center, set.arn, operation);
  if (center.organization.account(accountId) === undefined) {
    throw new AwsError(
      "ResourceNotFoundException",
      `Account with id ${accountId} not found in the organization`,
    );
  }
}

/** Throws a ConflictException while another operation changes a role in one of the accounts. */
export function checkNoConflict(center: IdentityCenter, accountIds: readonly string[]): void {
  const busy = new Set(inProgress(center).flatMap((operation) => operation.accountIds));
  if (accountIds.some((id) => busy.has(id))) {
    throw new AwsError("ConflictException", "There is a conflicting operation in process.");
  }
}

/** Throws a ThrottlingException when as many operations of these kinds as allowed are outstanding. */
export function checkOutstanding(
  center: IdentityCenter,
  kinds: readonly AsyncOperation["kind"][],
  limit: number,
): void {
  if (inProgress(center).filter(({ kind }) => kinds.includes(kind)).length >= limit) {
    throw new AwsError(
      "ThrottlingException",
      "There are too many requests processing. Please try again later.",
    );
  }
}

/** The operations that are not over yet. */
export function inProgress(center: IdentityCenter): AsyncOperation[] {
  center.timeline.newest();
  return center.operations.filter((operation) => operation.outcome === undefined);
}

/** Starts an asynchronous operation that ends after `latencyMs`, judged by the state at that time. */
export function startOperation(
  center: IdentityCenter,
  begun: Omit<AsyncOperation, "requestId" | "createdAtMs" | "outcome">,
  latencyMs: number,
  end: (state: IdentityCenterState) => Ending,
): AsyncOperation {
  const operation: AsyncOperation = {
    ...begun,
    requestId: randomUUID(),
    createdAtMs: center.epochMs(center.timeline.now()),
  };
  center.operations.push(operation);
  center.timeline.after(latencyMs, (before) => {
    const { state, failureReason } = end(before);
    operation.outcome = { failureReason };
    return state;
  });
  return operation;
}

function found(state: IdentityCenterState, arn: string): PermissionSet {
  const set = state.get(arn);
  if (set === undefined) {
    throw new AwsError(
      "ResourceNotFoundException",
      `Could not find PermissionSet with id ${arn.split("/").at(-1)}`,
    );
  }
  return set;
}

function refuseDelegated(center: IdentityCenter, arn: string, operation: string): void {
  if (center.callerAccount === center.organization.managementAccount) return;
  throw accessDenied(center.callerArn, `sso:${operation}`, arn);
}
