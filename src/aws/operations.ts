import {
  type AccountAssignmentOperationStatus,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribePermissionSetProvisioningStatusCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentDeletionStatusCommand,
  ListPermissionSetProvisioningStatusCommand,
  type PermissionSetProvisioningStatus,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";

import { accountId, permissionSetArn, type RequestId, requestId } from "../model/ids.ts";
import type { Operation, OperationKind, OperationStatus, OperationTarget } from "../ports.ts";
import { type Page, readAllPages, requireMember } from "./pages.ts";
import { isRefused, toFailureReason } from "./translate-error.ts";

/** The part that the status records of all three kinds of operations have in common. */
export type StatusRecord = AccountAssignmentOperationStatus | PermissionSetProvisioningStatus | undefined;

interface StatusRow {
  readonly RequestId?: string | undefined;
}

/** How AWS is asked about one kind of operations. */
interface StatusCalls {
  list(client: SSOAdminClient, InstanceArn: string, NextToken: string | undefined): Promise<Page<StatusRow>>;
  describe(client: SSOAdminClient, InstanceArn: string, id: RequestId): Promise<StatusRecord>;
}

const inProgress = { Filter: { Status: "IN_PROGRESS" }, MaxResults: 100 } as const;

const calls: Readonly<Record<OperationKind, StatusCalls>> = {
  "assignment-creation": {
    async list(client, InstanceArn, NextToken) {
      const input = { InstanceArn, NextToken, ...inProgress };
      const answer = await client.send(new ListAccountAssignmentCreationStatusCommand(input));
      return { items: answer.AccountAssignmentsCreationStatus ?? [], nextToken: answer.NextToken };
    },
    async describe(client, InstanceArn, id) {
      const input = { InstanceArn, AccountAssignmentCreationRequestId: id };
      const answer = await client.send(new DescribeAccountAssignmentCreationStatusCommand(input));
      return answer.AccountAssignmentCreationStatus;
    },
  },
  "assignment-deletion": {
    async list(client, InstanceArn, NextToken) {
      const input = { InstanceArn, NextToken, ...inProgress };
      const answer = await client.send(new ListAccountAssignmentDeletionStatusCommand(input));
      return { items: answer.AccountAssignmentsDeletionStatus ?? [], nextToken: answer.NextToken };
    },
    async describe(client, InstanceArn, id) {
      const input = { InstanceArn, AccountAssignmentDeletionRequestId: id };
      const answer = await client.send(new DescribeAccountAssignmentDeletionStatusCommand(input));
      return answer.AccountAssignmentDeletionStatus;
    },
  },
  provisioning: {
    async list(client, InstanceArn, NextToken) {
      const input = { InstanceArn, NextToken, ...inProgress };
      const answer = await client.send(new ListPermissionSetProvisioningStatusCommand(input));
      return { items: answer.PermissionSetsProvisioningStatus ?? [], nextToken: answer.NextToken };
    },
    async describe(client, InstanceArn, id) {
      const input = { InstanceArn, ProvisionPermissionSetRequestId: id };
      const answer = await client.send(new DescribePermissionSetProvisioningStatusCommand(input));
      return answer.PermissionSetProvisioningStatus;
    },
  },
};

/** Ids of all operations of the kind in progress, other callers' too; undefined when AWS did not answer for all of them. */
export async function listOperationsInProgress(
  client: SSOAdminClient,
  instanceArn: string,
  kind: OperationKind,
): Promise<ReadonlySet<RequestId> | undefined> {
  try {
    const rows = await readAllPages(kind, (token) => calls[kind].list(client, instanceArn, token));
    return new Set(rows.map((row) => requestId(requireMember(kind, "RequestId", row.RequestId))));
  } catch {
    // Asked again with the next poll.
    return undefined;
  }
}

/** What has become of one operation; in progress, too, when AWS did not answer. */
export async function describeOperation(
  client: SSOAdminClient,
  instanceArn: string,
  { kind, requestId }: Operation,
): Promise<OperationStatus> {
  try {
    const record = await calls[kind].describe(client, instanceArn, requestId);
    const status = decodeStatus(kind, record);
    if (status.status !== "in-progress" || record === undefined) return status;
    return { ...status, target: decodeTarget(record) };
  } catch (error) {
    // A refusal will not pass; anything else is asked again with the next poll.
    return isRefused(error)
      ? { status: "failed", reason: toFailureReason(error) }
      : { status: "in-progress" };
  }
}

/** An operation on an assignment names its account otherwise than a provisioning, which names none when it is for all. */
function decodeTarget(record: NonNullable<StatusRecord>): OperationTarget {
  const account = accountOf(record);
  const arn = record.PermissionSetArn;
  return {
    ...(account === undefined ? {} : { account: accountId(account) }),
    ...(arn === undefined ? {} : { permissionSetArn: permissionSetArn(arn) }),
  };
}

function accountOf(record: NonNullable<StatusRecord>): string | undefined {
  if ("TargetId" in record) return record.TargetId;
  return "AccountId" in record ? record.AccountId : undefined;
}

/** How a deletion ends that found nothing to delete. */
const nothingToDelete = "Received a 404 status error";

/** Says what a status record means: a deletion that found nothing to delete has succeeded. */
export function decodeStatus(kind: OperationKind, record: StatusRecord): OperationStatus {
  if (record?.Status === "SUCCEEDED") return { status: "succeeded" };
  if (record?.Status !== "FAILED") return { status: "in-progress" };
  const message = record.FailureReason ?? "";
  if (kind === "assignment-deletion" && message.startsWith(nothingToDelete)) return { status: "succeeded" };
  const reason = {
    code: "operation-failed",
    message,
    ...(record.RequestId === undefined ? {} : { requestId: requestId(record.RequestId) }),
  };
  return { status: "failed", reason };
}
