import { AwsError, accessDenied } from "../protocol/aws-error.ts";
import {
  accountFailure,
  missingAssignmentFailure,
  principalFailure,
  provisioningFailure,
} from "./failure-reasons.ts";
import {
  checkNoConflict,
  checkOutstanding,
  checkTargetAccount,
  startOperation,
  visiblePermissionSet,
  writablePermissionSet,
} from "./identity-center.ts";
import type { AsyncOperation, Ending, IdentityCenter } from "./identity-center.ts";
import {
  assignmentKey,
  assignmentsInAccount,
  withAssignment,
  withPermissionSet,
  withProvisioned,
  withoutAssignment,
  withoutProvisioned,
} from "./identity-center-state.ts";
import type { Assignment, Definition, IdentityCenterState, PermissionSet } from "./identity-center-state.ts";
import { assignmentStatus } from "./operation-status.ts";
import { hundredAtMost } from "../protocol/hundred-at-most.ts";
import type { Output } from "../protocol/service.ts";
import type { SsoAdminOperations, SsoAdminRequest } from "./sso-admin-requests.ts";

/** Who may use which permission set in which account. */
export const assignmentOperations = {
  ListAccountAssignments(center, input) {
    const set = visiblePermissionSet(center, input.PermissionSetArn);
    const assignments = assignmentsInAccount(set, input.AccountId);
    const page = hundredAtMost("ListAccountAssignments", input, assignments, assignmentKey);
    return {
      AccountAssignments: page.items.map((assignment) => rowOf(set.arn, assignment)),
      NextToken: page.nextToken,
    };
  },

  ListAccountAssignmentsForPrincipal(center, input) {
    checkManagementAccount(center);
    const { PrincipalId, PrincipalType, Filter: filter } = input;
    if (!center.directory.has(PrincipalType, PrincipalId)) {
      throw new AwsError("ResourceNotFoundException", `${PrincipalType} not found.`);
    }
    const groups = PrincipalType === "USER" ? groupsOf(center, PrincipalId) : [];
    const rows = [...center.timeline.visible().values()].flatMap(({ arn, assignments }) =>
      [...assignments.values()]
        .filter(({ accountId }) => filter?.AccountId === undefined || filter.AccountId === accountId)
        .filter(({ principalId }) => principalId === PrincipalId || groups.includes(principalId))
        .map((assignment) => ({ arn, assignment })),
    );
    const list = "ListAccountAssignmentsForPrincipal";
    const page = hundredAtMost(
      list,
      input,
      rows,
      ({ arn, assignment }) => `${arn} ${assignmentKey(assignment)}`,
    );
    return {
      AccountAssignments: page.items.map(({ arn, assignment }) => rowOf(arn, assignment)),
      NextToken: page.nextToken,
    };
  },

  CreateAccountAssignment(center, input) {
    const { set, assignment } = prepare(center, input, "CreateAccountAssignment");
    checkOutstanding(center, outstandingKinds(center), center.quotas.outstandingAssignments);
    checkQuotas(center, set, assignment);
    const range = set.provisioned.has(assignment.accountId)
      ? center.quotas.existingRoleLatencyMs
      : center.quotas.assignmentLatencyMs;
    const begun = { kind: "create", ...describe(set, assignment) } as const;
    const operation = startOperation(center, begun, latencyMs(center, assignment.accountId, range), (state) =>
      endCreation(center, state, set, assignment),
    );
    return { AccountAssignmentCreationStatus: assignmentStatus(operation) };
  },

  DeleteAccountAssignment(center, input) {
    const { set, assignment } = prepare(center, input, "DeleteAccountAssignment");
    if (outstandingKinds(center).includes("delete")) {
      checkOutstanding(center, outstandingKinds(center), center.quotas.outstandingAssignments);
    }
    if (center.others.has("missing-assignment-deletion") && !set.assignments.has(assignmentKey(assignment))) {
      throw new AwsError("ResourceNotFoundException", "The assignment does not exist.");
    }
    return { AccountAssignmentDeletionStatus: assignmentStatus(startDeletion(center, set, assignment)) };
  },
} satisfies Partial<SsoAdminOperations<IdentityCenter>>;

/** Begins to delete an assignment, however that was asked for. */
export function startDeletion(
  center: IdentityCenter,
  set: PermissionSet,
  assignment: Assignment,
): AsyncOperation {
  const begun = { kind: "delete", ...describe(set, assignment) } as const;
  const range = center.quotas.existingRoleLatencyMs;
  return startOperation(center, begun, latencyMs(center, assignment.accountId, range), (state) =>
    endDeletion(center, state, set, assignment),
  );
}

function rowOf(arn: string, { accountId, principalType, principalId }: Assignment): Output {
  return {
    AccountId: accountId,
    PermissionSetArn: arn,
    PrincipalType: principalType,
    PrincipalId: principalId,
  };
}

/** Throws where only the management account gets an answer. */
function checkManagementAccount(center: IdentityCenter): void {
  const { callerAccount, callerArn, instanceArn, organization, others } = center;
  if (callerAccount === organization.managementAccount || others.has("principal-for-delegated")) return;
  throw accessDenied(callerArn, "sso:ListAccountAssignmentsForPrincipal", instanceArn);
}

function groupsOf({ directory }: IdentityCenter, userId: string): readonly string[] {
  return directory.groups().flatMap(({ id, memberIds }) => (memberIds.has(userId) ? [id] : []));
}

function outstandingKinds({ others }: IdentityCenter): readonly AsyncOperation["kind"][] {
  return others.has("deletions-are-outstanding") ? ["create"] : ["create", "delete"];
}

function prepare(
  center: IdentityCenter,
  input: SsoAdminRequest<"CreateAccountAssignment">,
  operation: string,
): { readonly set: PermissionSet; readonly assignment: Assignment } {
  const set = writablePermissionSet(center, input.PermissionSetArn, operation);
  checkTargetAccount(center, input.TargetId, set, operation);
  checkNoConflict(center, [input.TargetId]);
  return {
    set,
    assignment: {
      accountId: input.TargetId,
      principalType: input.PrincipalType,
      principalId: input.PrincipalId,
    },
  };
}

function describe(
  set: PermissionSet,
  { accountId, principalType, principalId }: Assignment,
): Pick<AsyncOperation, "permissionSetArn" | "accountIds" | "targetId" | "principalType" | "principalId"> {
  return {
    permissionSetArn: set.arn,
    accountIds: [accountId],
    targetId: accountId,
    principalType,
    principalId,
  };
}

// Identity Center keeps trying for a while in an account that it cannot manage, and the account stays busy meanwhile.
function latencyMs(center: IdentityCenter, accountId: string, range: readonly [number, number]): number {
  return center.latencyMs(range) * (accountFailure(center, accountId) === undefined ? 1 : 3);
}

// https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
function checkQuotas(center: IdentityCenter, set: PermissionSet, assignment: Assignment): void {
  const { groupsPerPermissionSetAndAccount, provisionedPermissionSetsPerAccount } = center.quotas;
  const { accountId } = assignment;
  if (set.assignments.has(assignmentKey(assignment))) return;
  const groups = assignmentsInAccount(set, accountId).filter(
    ({ principalType }) => principalType === "GROUP",
  );
  if (assignment.principalType === "GROUP" && groups.length >= groupsPerPermissionSetAndAccount) {
    throw new AwsError(
      "ServiceQuotaExceededException",
      `At most ${groupsPerPermissionSetAndAccount} groups can be assigned to a permission set in one account.`,
    );
  }
  const provisioned = [...center.timeline.newest().values()].filter((each) =>
    each.provisioned.has(accountId),
  );
  if (!set.provisioned.has(accountId) && provisioned.length >= provisionedPermissionSetsPerAccount) {
    throw new AwsError(
      "ServiceQuotaExceededException",
      `At most ${provisionedPermissionSetsPerAccount} permission sets can be provisioned to one account.`,
    );
  }
}

function endCreation(
  center: IdentityCenter,
  state: IdentityCenterState,
  atStart: PermissionSet,
  assignment: Assignment,
): Ending {
  const { accountId, principalType, principalId } = assignment;
  const set = state.get(atStart.arn) ?? atStart;
  const failureReason =
    accountFailure(center, accountId) ??
    principalFailure(center, principalType, principalId) ??
    (set.provisioned.has(accountId) ? undefined : provisioningFailure(center, atStart.definition, accountId));
  if (failureReason !== undefined) return { state, failureReason };
  return {
    state: withPermissionSet(
      state,
      withAssignment(ensureRole(set, accountId, atStart.definition), assignment),
    ),
  };
}

function ensureRole(set: PermissionSet, accountId: string, definition: Definition): PermissionSet {
  return set.provisioned.has(accountId) ? set : withProvisioned(set, accountId, definition);
}

function endDeletion(
  center: IdentityCenter,
  state: IdentityCenterState,
  atStart: PermissionSet,
  assignment: Assignment,
): Ending {
  const { accountId } = assignment;
  const set = state.get(atStart.arn) ?? atStart;
  const failureReason =
    accountFailure(center, accountId) ??
    (set.assignments.has(assignmentKey(assignment))
      ? undefined
      : missingAssignmentFailure(center, set, assignment));
  if (failureReason !== undefined) return { state, failureReason };
  const rest = withoutAssignment(set, assignment);
  const isLast = assignmentsInAccount(rest, accountId).length === 0;
  if (isLast && !center.others.has("role-remade")) {
    center.timeline.after(center.latencyMs(center.quotas.deprovisionLatencyMs), (later) =>
      deprovision(later, set.arn, accountId),
    );
  }
  return { state: withPermissionSet(state, rest) };
}

function deprovision(state: IdentityCenterState, arn: string, accountId: string): IdentityCenterState {
  const set = state.get(arn);
  const isUnused = set !== undefined && assignmentsInAccount(set, accountId).length === 0;
  return isUnused ? withPermissionSet(state, withoutProvisioned(set, accountId)) : state;
}
