import { type AccountAssignment, ListAccountAssignmentsCommand } from "@aws-sdk/client-sso-admin";

import type { ActualPermissionSet, ManagedPermissionSet } from "../model/actual-state.ts";
import {
  type Assignment,
  assignmentKey,
  type Principal,
  principalKey,
  type PrincipalType,
} from "../model/assignment.ts";
import { type AccountId, principalId } from "../model/ids.ts";
import type { Pair } from "../model/reading.ts";
import { inOrder } from "./in-order.ts";
import { incomplete, requireMember } from "./pages.ts";
import { type PermissionSetSource, unlessDeleted } from "./permission-sets.ts";

const operation = "ListAccountAssignments";

/**
 * All assignments of managed sets, one request per account where a set is provisioned: AWS has no way to ask for more
 * at once. Throws a PassError.
 */
export async function readAssignments(
  source: PermissionSetSource,
  permissionSets: readonly ActualPermissionSet[],
): Promise<Assignment[]> {
  const managed = permissionSets.filter((set) => set.managed);
  const assignments = await Promise.all(
    managed.flatMap((set) => set.provisionedAccounts.map((account) => readInAccount(source, set, account))),
  );
  return inOrder(assignments.flat(), assignmentKey);
}

async function readInAccount(
  source: PermissionSetSource,
  { arn, name }: ManagedPermissionSet,
  account: AccountId,
): Promise<Assignment[]> {
  const principals = await unlessDeleted(source, arn, () => readPrincipals(source, { arn, account }));
  return (principals ?? []).map((principal) => ({ permissionSet: name, account, principal }));
}

/** Who is assigned a set in an account. Throws a PassError. */
export async function readPrincipals(
  { reader, client, instanceArn }: PermissionSetSource,
  { arn, account }: Pair,
): Promise<Principal[]> {
  const input = { InstanceArn: instanceArn, PermissionSetArn: arn, AccountId: account, MaxResults: 100 };
  const found = await reader.readList(
    operation,
    (NextToken) => client.send(new ListAccountAssignmentsCommand({ ...input, NextToken })),
    (answer) => ({ items: answer.AccountAssignments, nextToken: answer.NextToken }),
  );
  const principals = found.map((assignment) => ({
    type: decodePrincipalType(assignment),
    id: principalId(requireMember(operation, "PrincipalId", assignment.PrincipalId)),
  }));
  return inOrder(principals, principalKey);
}

function decodePrincipalType({ PrincipalType }: AccountAssignment): PrincipalType {
  if (PrincipalType === "USER" || PrincipalType === "GROUP") return PrincipalType;
  throw incomplete(operation, "an assignment without a PrincipalType that is known");
}
