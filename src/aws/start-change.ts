import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  ProvisionPermissionSetCommand,
} from "@aws-sdk/client-sso-admin";

import { type AccountId, type PermissionSetArn, requestId } from "../model/ids.ts";
import type { AssignmentTarget, Change, ProvisionTarget } from "../model/plan.ts";
import type { OperationKind, StartResult } from "../ports.ts";
import { readPrincipals } from "./assignments.ts";
import { callPatiently } from "./call.ts";
import { createPermissionSet, incompleteAnswer, type WriteContext } from "./create-permission-set.ts";
import { decodeStatus, type StatusRecord } from "./operations.ts";
import { readProvisionedArns } from "./permission-sets.ts";
import { createReader } from "./reader.ts";
import { type SetChange, type SetInput, setRequest } from "./set-request.ts";
import { isNotFound, isOverOutstanding, toFailureReason } from "./translate-error.ts";

/** Starts one change; done means that AWS has it, or had it already. The answer tells of a refusal, nothing is thrown. */
export async function startChange(
  context: WriteContext,
  change: Change,
  arn: PermissionSetArn | undefined,
): Promise<StartResult> {
  if (change.kind === "create-permission-set") return createPermissionSet(context, change);
  if (arn === undefined) {
    const message = `There is no permission set ${change.target.permissionSet} to change.`;
    return { status: "failed", reason: { code: "permission-set-missing", message } };
  }
  const set: SetInput = { InstanceArn: context.instanceArn, PermissionSetArn: arn };
  if (change.kind === "provision") return provision(context, set, change.target);
  if (change.kind === "assign") return assign(context, set, change.target);
  if (change.kind === "unassign") return unassign(context, set, change.target);
  return changeSet(context, set, change);
}

async function changeSet(context: WriteContext, set: SetInput, change: SetChange): Promise<StartResult> {
  const request = setRequest(change.kind, set, change);
  const result = await callPatiently(request.operation, () => request.send(context.client), context.clock);
  if (!result.ok && request.isDone(result.error)) return { status: "done" };
  if (!result.ok) return { status: "failed", reason: toFailureReason(result.error) };
  const { requestId: id } = result.answer.$metadata;
  return { status: "done", ...(id === undefined ? {} : { requestId: requestId(id) }) };
}

function provision(context: WriteContext, set: SetInput, { account }: ProvisionTarget): Promise<StartResult> {
  const target =
    account === "all"
      ? ({ TargetType: "ALL_PROVISIONED_ACCOUNTS" } as const)
      : ({ TargetType: "AWS_ACCOUNT", TargetId: account } as const);
  return startOperation(context, "provisioning", "ProvisionPermissionSet", async () => {
    // Asked before every attempt: once another operation in the account is over, the set may be gone from there.
    if (account !== "all" && (await isGone(context, set, account))) return { Status: "SUCCEEDED" };
    const answer = await context.client.send(new ProvisionPermissionSetCommand({ ...set, ...target }));
    return answer.PermissionSetProvisioningStatus;
  });
}

/**
 * Whether the set is in the account no more, so that nothing is left to provision: AWS would put it there anew, as a
 * role that is not used and that stays in the way of deleting the set. Two lists have to say so, and while a user has
 * the set there it is provisioned; where AWS does not say, as well.
 */
async function isGone(
  { client, clock, instanceArn }: WriteContext,
  { PermissionSetArn: arn }: SetInput,
  account: AccountId,
): Promise<boolean> {
  const source = { reader: createReader(clock), client, instanceArn };
  try {
    if ((await readPrincipals(source, { arn, account })).length > 0) return false;
    return !(await readProvisionedArns(source, account)).includes(arn);
  } catch {
    return false;
  }
}

function assign(context: WriteContext, set: SetInput, target: AssignmentTarget): Promise<StartResult> {
  return startOperation(context, "assignment-creation", "CreateAccountAssignment", async () => {
    const command = new CreateAccountAssignmentCommand({ ...set, ...assignmentInput(target) });
    const answer = await context.client.send(command);
    return answer.AccountAssignmentCreationStatus;
  });
}

function unassign(context: WriteContext, set: SetInput, target: AssignmentTarget): Promise<StartResult> {
  return startOperation(context, "assignment-deletion", "DeleteAccountAssignment", async () => {
    const command = new DeleteAccountAssignmentCommand({ ...set, ...assignmentInput(target) });
    const answer = await context.client.send(command);
    return answer.AccountAssignmentDeletionStatus;
  });
}

function assignmentInput({ account, principal }: AssignmentTarget) {
  return {
    TargetType: "AWS_ACCOUNT",
    TargetId: account,
    PrincipalType: principal.type,
    PrincipalId: principal.id,
  } as const;
}

async function startOperation(
  { clock }: WriteContext,
  kind: OperationKind,
  operation: string,
  send: () => Promise<StatusRecord>,
): Promise<StartResult> {
  let wasCrowded = false;
  const noting = async (): Promise<StatusRecord> => {
    try {
      return await send();
    } catch (error) {
      wasCrowded ||= isOverOutstanding(error);
      throw error;
    }
  };
  const result = await callPatiently(operation, noting, clock);
  if (result.ok) {
    const started = resultOf(kind, operation, result.answer);
    return started.status === "in-progress" && wasCrowded ? { ...started, wasCrowded } : started;
  }
  if (kind === "assignment-deletion" && isNotFound(result.error)) return { status: "done" };
  return { status: "failed", reason: toFailureReason(result.error) };
}

function resultOf(kind: OperationKind, operation: string, record: StatusRecord): StartResult {
  const status = decodeStatus(kind, record);
  if (status.status === "failed") return status;
  const id = record?.RequestId;
  if (status.status === "succeeded") {
    return { status: "done", ...(id === undefined ? {} : { requestId: requestId(id) }) };
  }
  if (id === undefined) return incompleteAnswer(`${operation} answered without a request id.`);
  return { status: "in-progress", operation: { kind, requestId: requestId(id) } };
}
