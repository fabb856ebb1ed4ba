import { DescribeGroupCommand, DescribeUserCommand } from "@aws-sdk/client-identitystore";
import {
  DescribePermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-sso-admin";

import type { Instance } from "../model/actual-state.ts";
import type { Principal } from "../model/assignment.ts";
import { sameOwnership } from "../model/ownership.ts";
import type { AssignmentTarget, Removal } from "../model/plan.ts";
import type { Clock, RemovalCheck } from "../ports.ts";
import { callPatiently } from "./call.ts";
import type { AwsClients } from "./clients.ts";
import { readAllPages } from "./pages.ts";
import { isNotFound, isPrincipalMissing, toFailureReason } from "./translate-error.ts";

/** What asking again needs. */
export interface ConfirmContext {
  readonly clients: AwsClients;
  readonly clock: Clock;
  readonly instance: Instance;
}

/**
 * Asks AWS once more about what a change removes: for an assignment its account and set, for a set the set and its tags.
 * A deleted user or group must not answer. Nothing is thrown: unknown when AWS did not answer.
 */
export async function confirmRemoval(context: ConfirmContext, change: Removal): Promise<RemovalCheck> {
  try {
    if (change.kind === "delete-permission-set") return await confirmSet(context, change);
    const { principal } = change.target;
    if (change.because === "principal-deleted" && (await principalExists(context, principal))) {
      return { status: "principal-exists" };
    }
    return { status: (await assignmentExists(context, change.target)) ? "there" : "gone" };
  } catch (error) {
    // Others may delete it between the one question and the other.
    if (change.kind === "delete-permission-set" && isNotFound(error)) return { status: "gone" };
    return { status: "unknown", reason: toFailureReason(error) };
  }
}

async function confirmSet(
  context: ConfirmContext,
  { target, before = {} }: Extract<Removal, { kind: "delete-permission-set" }>,
): Promise<RemovalCheck> {
  const { ssoAdmin } = context.clients;
  const set = { InstanceArn: context.instance.arn };
  const arn = target.permissionSetArn;
  await answerTo(context, "DescribePermissionSet", () =>
    ssoAdmin.send(new DescribePermissionSetCommand({ ...set, PermissionSetArn: arn })),
  );
  const operation = "ListTagsForResource";
  const tags = await readAllPages(operation, async (NextToken) => {
    const command = new ListTagsForResourceCommand({ ...set, ResourceArn: arn, NextToken });
    const answer = await answerTo(context, operation, () => ssoAdmin.send(command));
    return { items: answer.Tags, nextToken: answer.NextToken };
  });
  const found = Object.fromEntries(tags.map(({ Key, Value }) => [Key ?? "", Value ?? ""]));
  return { status: sameOwnership(found, before) ? "there" : "changed-since-read" };
}

async function assignmentExists(
  context: ConfirmContext,
  { account, permissionSetArn, principal }: AssignmentTarget,
): Promise<boolean> {
  const operation = "ListAccountAssignments";
  const input = {
    InstanceArn: context.instance.arn,
    PermissionSetArn: permissionSetArn,
    AccountId: account,
    MaxResults: 100,
  };
  const found = await readAllPages(operation, async (NextToken) => {
    const command = new ListAccountAssignmentsCommand({ ...input, NextToken });
    const answer = await answerIfFound(context, operation, () => context.clients.ssoAdmin.send(command));
    // A set that has been deleted has no assignments.
    if (answer === undefined) return { items: [], nextToken: undefined };
    return { items: answer.AccountAssignments, nextToken: answer.NextToken };
  });
  return found.some(
    ({ PrincipalId, PrincipalType }) => PrincipalId === principal.id && PrincipalType === principal.type,
  );
}

async function principalExists(context: ConfirmContext, { type, id }: Principal): Promise<boolean> {
  const { identityStore } = context.clients;
  const IdentityStoreId = context.instance.identityStoreId;
  const result =
    type === "USER"
      ? await callPatiently(
          "DescribeUser",
          () => identityStore.send(new DescribeUserCommand({ IdentityStoreId, UserId: id })),
          context.clock,
        )
      : await callPatiently(
          "DescribeGroup",
          () => identityStore.send(new DescribeGroupCommand({ IdentityStoreId, GroupId: id })),
          context.clock,
        );
  if (result.ok) return true;
  if (isPrincipalMissing(result.error)) return false;
  throw result.error;
}

async function answerTo<Answer>(
  { clock }: ConfirmContext,
  operation: string,
  send: () => Promise<Answer>,
): Promise<Answer> {
  const result = await callPatiently(operation, send, clock);
  if (result.ok) return result.answer;
  throw result.error;
}

async function answerIfFound<Answer>(
  context: ConfirmContext,
  operation: string,
  send: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await answerTo(context, operation, send);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
