import { AwsError } from "../protocol/aws-error.ts";
import type { AsyncOperation, IdentityCenter } from "./identity-center.ts";
import { hundredAtMost } from "../protocol/hundred-at-most.ts";
import type { SsoAdminOperations, SsoAdminRequest } from "./sso-admin-requests.ts";
import type { Output } from "../protocol/service.ts";

/** What has become of the asynchronous operations; these reads do not lag. */
export const statusOperations = {
  DescribeAccountAssignmentCreationStatus: (center, input) => ({
    AccountAssignmentCreationStatus: assignmentStatus(
      findOperation(center, "create", input.AccountAssignmentCreationRequestId),
    ),
  }),
  DescribeAccountAssignmentDeletionStatus: (center, input) => ({
    AccountAssignmentDeletionStatus: assignmentStatus(
      findOperation(center, "delete", input.AccountAssignmentDeletionRequestId),
    ),
  }),
  DescribePermissionSetProvisioningStatus: (center, input) => ({
    PermissionSetProvisioningStatus: provisioningStatus(
      findOperation(center, "provision", input.ProvisionPermissionSetRequestId),
    ),
  }),
  ListAccountAssignmentCreationStatus(center, input) {
    const { items, nextToken } = pageOfStatuses(center, "create", input);
    return { AccountAssignmentsCreationStatus: items, NextToken: nextToken };
  },
  ListAccountAssignmentDeletionStatus(center, input) {
    const { items, nextToken } = pageOfStatuses(center, "delete", input);
    return { AccountAssignmentsDeletionStatus: items, NextToken: nextToken };
  },
  ListPermissionSetProvisioningStatus(center, input) {
    const { items, nextToken } = pageOfStatuses(center, "provision", input);
    return { PermissionSetsProvisioningStatus: items, NextToken: nextToken };
  },
} satisfies Partial<SsoAdminOperations<IdentityCenter>>;

/** The full status record of the creation or deletion of an assignment. */
export function assignmentStatus(operation: AsyncOperation): Output {
  return {
    ...shortStatus(operation),
    FailureReason: operation.outcome?.failureReason,
    TargetId: operation.targetId,
    TargetType: "AWS_ACCOUNT",
    PermissionSetArn: operation.permissionSetArn,
    PrincipalType: operation.principalType,
    PrincipalId: operation.principalId,
  };
}

/** The full status record of a provisioning; it names an account only when it was asked for one. */
export function provisioningStatus(operation: AsyncOperation): Output {
  return {
    ...shortStatus(operation),
    FailureReason: operation.outcome?.failureReason,
    AccountId: operation.targetId,
    PermissionSetArn: operation.permissionSetArn,
  };
}

function shortStatus(operation: AsyncOperation): { Status: string; RequestId: string; CreatedDate: number } {
  return {
    Status: statusOf(operation),
    RequestId: operation.requestId,
    CreatedDate: operation.createdAtMs / 1000,
  };
}

function statusOf({ outcome }: AsyncOperation): "IN_PROGRESS" | "FAILED" | "SUCCEEDED" {
  if (outcome === undefined) return "IN_PROGRESS";
  return outcome.failureReason === undefined ? "SUCCEEDED" : "FAILED";
}

function findOperation(
  center: IdentityCenter,
  kind: AsyncOperation["kind"],
  requestId: string,
): AsyncOperation {
  center.timeline.newest();
  const found = center.operations.find((each) => each.kind === kind && each.requestId === requestId);
  if (found === undefined) {
    throw new AwsError("ResourceNotFoundException", `Could not find a request with id ${requestId}`);
  }
  return found;
}

function pageOfStatuses(
  center: IdentityCenter,
  kind: AsyncOperation["kind"],
  input: SsoAdminRequest<"ListAccountAssignmentCreationStatus">,
): ReturnType<typeof hundredAtMost<Output>> {
  center.timeline.newest();
  const wanted = input.Filter?.Status;
  const onlyRunning = center.others.has("status-rows-stay");
  const operations = center.operations.filter(
    (operation) =>
      operation.kind === kind &&
      (wanted === undefined || statusOf(operation) === wanted) &&
      (!onlyRunning || operation.outcome === undefined),
  );
  const page = hundredAtMost(`${kind} statuses`, input, operations, ({ requestId }) => requestId);
  return { ...page, items: page.items.map(shortStatus) };
}
