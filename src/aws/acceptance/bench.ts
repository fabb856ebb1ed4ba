import {
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeleteAccountAssignmentCommand,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
} from "@aws-sdk/client-sso-admin";

import type { Principal } from "../../model/assignment.ts";
import { type AccountId, permissionSetArn, type PermissionSetArn, requestId } from "../../model/ids.ts";
import { ownerTag, recordTag } from "../../model/ownership.ts";
import type { Clock, OperationKind } from "../../ports.ts";
import { callPatiently } from "../call.ts";
import type { AwsClients } from "../clients.ts";
import { describeOperation, type StatusRecord } from "../operations.ts";
import { requireMember } from "../pages.ts";
import { tagsInput } from "../set-request.ts";
import { errorName } from "../translate-error.ts";

/** What the steps work with: one account, one user, one group, and sets whose names begin with `zz-acceptance-`. */
/** Where an acceptance works, and with whom. */
export interface BenchPlace {
  readonly instanceArn: string;
  /** `aws`, `aws-cn` or another. */
  readonly partition: string;
  readonly account: AccountId;
  readonly user: Principal;
  readonly group: Principal;
}

export interface Bench extends BenchPlace {
  readonly clients: AwsClients;
  /** The same, in a Region where the instance is not. */
  readonly elsewhere: AwsClients;
  readonly clock: Clock;
  /** Value of the owner tag. */
  readonly owner: string;
}

/** What the names of all sets of an acceptance begin with. */
export const namePrefix = "zz-acceptance-";

/** What stands in their record tag, which no record's id is. */
export const acceptanceRecord = "acceptance";

/** A policy that allows nothing and denies everything: the user of an acceptance gets no access by it. */
export const denyAll = `{
  "Version": "2012-10-17",
  "Statement": [ { "Resource": "*", "Effect": "Deny", "Action": "*" } ]
}`;

/** Creates a set that denies everything; the error of AWS is thrown. */
export async function createSet(
  { clients: { ssoAdmin }, clock, instanceArn, owner }: Bench,
  name: string,
  attributes: { readonly Description?: string; readonly RelayState?: string } = {},
): Promise<PermissionSetArn> {
  const { PermissionSet } = await ssoAdmin.send(
    new CreatePermissionSetCommand({
      InstanceArn: instanceArn,
      Name: `${namePrefix}${name}`,
      Tags: tagsInput({ [ownerTag]: owner, [recordTag]: acceptanceRecord }),
      ...attributes,
    }),
  );
  const arn = requireMember("CreatePermissionSet", "PermissionSetArn", PermissionSet?.PermissionSetArn);
  const put = new PutInlinePolicyToPermissionSetCommand({
    InstanceArn: instanceArn,
    PermissionSetArn: arn,
    InlinePolicy: denyAll,
  });
  await patiently(clock, "PutInlinePolicyToPermissionSet", () => ssoAdmin.send(put));
  return permissionSetArn(arn);
}

/** "accepted", or the name of the error that AWS refuses it with. */
export async function attempt(send: () => Promise<unknown>): Promise<string> {
  try {
    await send();
    return "accepted";
  } catch (error) {
    return errorName(error);
  }
}

/** Sends it, and waits out what passes; the error of AWS is thrown. */
export async function patiently<Answer>(
  clock: Clock,
  operation: string,
  send: () => Promise<Answer>,
): Promise<Answer> {
  const result = await callPatiently(operation, send, clock);
  if (!result.ok) throw result.error;
  return result.answer;
}

/** How an operation ended, and after how many seconds. */
export interface Ended {
  /** `SUCCEEDED`, `FAILED`, or the name of the error that it was refused with. */
  readonly end: string;
  readonly seconds: number;
}

const pollMs = 500;
const longestMs = 10 * 60_000;

async function follow(
  { clients, clock, instanceArn }: Bench,
  kind: OperationKind,
  operation: string,
  send: () => Promise<StatusRecord>,
): Promise<Ended> {
  const startedAtMs = clock.now();
  const ended = (end: string): Ended => ({ end, seconds: secondsSince(clock, startedAtMs) });
  let record: StatusRecord;
  try {
    record = await patiently(clock, operation, send);
  } catch (error) {
    return ended(errorName(error));
  }
  const id = requestId(requireMember(operation, "RequestId", record?.RequestId));
  while (clock.now() - startedAtMs < longestMs) {
    const status = await describeOperation(clients.ssoAdmin, instanceArn, { kind, requestId: id });
    if (status.status === "succeeded") return ended("SUCCEEDED");
    if (status.status === "failed") return ended("FAILED");
    await clock.sleep(pollMs);
  }
  return ended("IN_PROGRESS");
}

/** Whole tenths of seconds. */
export function secondsSince(clock: Clock, startedAtMs: number): number {
  return Math.round((clock.now() - startedAtMs) / 100) / 10;
}

/** The assignment as both requests name it. */
export function assignmentInput(
  { instanceArn, account }: Bench,
  arn: PermissionSetArn,
  principal: Principal,
) {
  return {
    InstanceArn: instanceArn,
    PermissionSetArn: arn,
    TargetType: "AWS_ACCOUNT",
    TargetId: account,
    PrincipalType: principal.type,
    PrincipalId: principal.id,
  } as const;
}

/** Assigns the set in the account and waits for the end. */
export function assign(bench: Bench, arn: PermissionSetArn, principal: Principal): Promise<Ended> {
  const command = new CreateAccountAssignmentCommand(assignmentInput(bench, arn, principal));
  return follow(bench, "assignment-creation", "CreateAccountAssignment", async () => {
    return (await bench.clients.ssoAdmin.send(command)).AccountAssignmentCreationStatus;
  });
}

/** Takes the assignment away and waits for the end. */
export function unassign(bench: Bench, arn: PermissionSetArn, principal: Principal): Promise<Ended> {
  const command = new DeleteAccountAssignmentCommand(assignmentInput(bench, arn, principal));
  return follow(bench, "assignment-deletion", "DeleteAccountAssignment", async () => {
    return (await bench.clients.ssoAdmin.send(command)).AccountAssignmentDeletionStatus;
  });
}

/** Brings the set's role in the account up to date and waits for the end. */
export function provision(bench: Bench, arn: PermissionSetArn): Promise<Ended> {
  const command = new ProvisionPermissionSetCommand({
    InstanceArn: bench.instanceArn,
    PermissionSetArn: arn,
    TargetType: "AWS_ACCOUNT",
    TargetId: bench.account,
  });
  return follow(bench, "provisioning", "ProvisionPermissionSet", async () => {
    return (await bench.clients.ssoAdmin.send(command)).PermissionSetProvisioningStatus;
  });
}
