import { AwsError } from "../protocol/aws-error.ts";
import { accountFailure, provisioningFailure } from "./failure-reasons.ts";
import {
  checkNoConflict,
  checkOutstanding,
  checkTargetAccount,
  startOperation,
  visiblePermissionSet,
  writablePermissionSet,
} from "./identity-center.ts";
import type { Ending, IdentityCenter } from "./identity-center.ts";
import { isProvisionedLatest, withPermissionSet, withProvisioned } from "./identity-center-state.ts";
import type { IdentityCenterState, PermissionSet } from "./identity-center-state.ts";
import { provisioningStatus } from "./operation-status.ts";
import { hundredAtMost } from "../protocol/hundred-at-most.ts";
import type { SsoAdminOperations, SsoAdminRequest } from "./sso-admin-requests.ts";

/** Which accounts have the role of a permission set, and bringing the roles up to date. */
export const provisioningOperations = {
  ListAccountsForProvisionedPermissionSet(center, input) {
    const set = visiblePermissionSet(center, input.PermissionSetArn);
    const accounts = [...set.provisioned.keys()].filter((id) => hasStatus(set, id, input.ProvisioningStatus));
    const page = hundredAtMost("ListAccountsForProvisionedPermissionSet", input, accounts, (id) => id);
    return { AccountIds: page.items, NextToken: page.nextToken };
  },

  ListPermissionSetsProvisionedToAccount(center, input) {
    const arns = [...center.timeline.visible().values()]
      .filter((set) => set.provisioned.has(input.AccountId))
      .filter((set) => hasStatus(set, input.AccountId, input.ProvisioningStatus))
      .map(({ arn }) => arn);
    const page = hundredAtMost("ListPermissionSetsProvisionedToAccount", input, arns, (arn) => arn);
    return { PermissionSets: page.items, NextToken: page.nextToken };
  },

  ProvisionPermissionSet(center, input) {
    const set = writablePermissionSet(center, input.PermissionSetArn, "ProvisionPermissionSet");
    const accountIds = targetsOf(center, set, input);
    checkNoConflict(center, accountIds);
    checkOutstanding(center, ["provision"], center.quotas.concurrentProvisions);
    const rounds = Math.max(1, Math.ceil(accountIds.length / 10));
    const operation = startOperation(
      center,
      {
        kind: "provision",
        permissionSetArn: set.arn,
        accountIds,
        ...(input.TargetType === "AWS_ACCOUNT" && input.TargetId !== undefined
          ? { targetId: input.TargetId }
          : {}),
      },
      center.latencyMs(center.quotas.provisionLatencyMs) * rounds,
      (state) => endProvisioning(center, state, set, accountIds),
    );
    return { PermissionSetProvisioningStatus: provisioningStatus(operation) };
  },
} satisfies Partial<SsoAdminOperations<IdentityCenter>>;

function hasStatus(set: PermissionSet, accountId: string, status: string | undefined): boolean {
  if (status === undefined) return true;
  return isProvisionedLatest(set, accountId) === (status === "LATEST_PERMISSION_SET_PROVISIONED");
}

function targetsOf(
  center: IdentityCenter,
  set: PermissionSet,
  input: SsoAdminRequest<"ProvisionPermissionSet">,
): readonly string[] {
  if (input.TargetType === "ALL_PROVISIONED_ACCOUNTS") return [...set.provisioned.keys()];
  if (input.TargetId === undefined) {
    throw new AwsError("ValidationException", "TargetId is required when TargetType is AWS_ACCOUNT.");
  }
  checkTargetAccount(center, input.TargetId, set, "ProvisionPermissionSet");
  return [input.TargetId];
}

/** Why there is no role to update: it went meanwhile; or it never was, which some say is refused. */
function roleFailure(
  center: IdentityCenter,
  atStart: PermissionSet,
  now: PermissionSet,
  accountId: string,
): string | undefined {
  if (now.provisioned.has(accountId)) return undefined;
  if (atStart.provisioned.has(accountId)) {
    return `Permission set provision not found in AWS account ${accountId}`;
  }
  const isRefused = center.others.has("provision-where-never");
  return isRefused ? "Received a 404 status error: Assignment not found." : undefined;
}

function endProvisioning(
  center: IdentityCenter,
  before: IdentityCenterState,
  atStart: PermissionSet,
  accountIds: readonly string[],
): Ending {
  let state = before;
  let failureReason: string | undefined;
  for (const accountId of accountIds) {
    const set = state.get(atStart.arn) ?? atStart;
    const failure =
      accountFailure(center, accountId) ??
      roleFailure(center, atStart, set, accountId) ??
      provisioningFailure(center, atStart.definition, accountId);
    failureReason ??= failure;
    if (failure === undefined) {
      state = withPermissionSet(state, withProvisioned(set, accountId, atStart.definition));
    }
  }
  return { state, failureReason };
}
