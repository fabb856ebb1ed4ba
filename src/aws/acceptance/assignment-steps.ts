import { CreateAccountAssignmentCommand, DeleteAccountAssignmentCommand } from "@aws-sdk/client-sso-admin";

import type { Facts } from "../../model/acceptance.ts";
import type { PermissionSetArn } from "../../model/ids.ts";
import { readPrincipals } from "../assignments.ts";
import { readProvisionedAccounts } from "../permission-sets.ts";
import { createReader } from "../reader.ts";
import {
  assign,
  assignmentInput,
  attempt,
  type Bench,
  createSet,
  provision,
  secondsSince,
  unassign,
} from "./bench.ts";
import { soon } from "./set-steps.ts";

/** How long an assignment takes whose role has to be made first, and one whose role is there. */
export async function measureAssign(bench: Bench, arn: PermissionSetArn): Promise<Facts> {
  const user = await assign(bench, arn, bench.user);
  const group = await assign(bench, arn, bench.group);
  return {
    user: user.end,
    userSeconds: user.seconds,
    group: group.end,
    groupSeconds: group.seconds,
  };
}

/** What a second operation in an account is told while the first one goes on. */
export async function measureTwoAtOnce(bench: Bench, arn: PermissionSetArn): Promise<Facts> {
  const { clients } = bench;
  const group = assignmentInput(bench, arn, bench.group);
  const user = assignmentInput(bench, arn, bench.user);
  const first = await attempt(() => clients.ssoAdmin.send(new DeleteAccountAssignmentCommand(group)));
  const second = await attempt(() => clients.ssoAdmin.send(new CreateAccountAssignmentCommand(user)));
  await unassign(bench, arn, bench.group);
  return { first, second };
}

/** What deleting an assignment is told that is not there. */
export async function measureAssignmentMissing(bench: Bench, arn: PermissionSetArn): Promise<Facts> {
  const { end } = await unassign(bench, arn, bench.user);
  return { answer: ["SUCCEEDED", "FAILED"].includes(end) ? "accepted" : end };
}

/** What provisioning does in an account where the set never was. */
export async function measureProvisionNever(bench: Bench): Promise<Facts> {
  const arn = await createSet(bench, "never");
  const { end, seconds } = await provision(bench, arn);
  return { provisioned: end, seconds };
}

const longestWaitMs = 30_000;

/** Whether the role goes with the last assignment, and after how long. */
export async function measureLastAssignment(bench: Bench, arn: PermissionSetArn): Promise<Facts> {
  const { clients, clock, instanceArn, account } = bench;
  const source = { reader: createReader(clock), client: clients.ssoAdmin, instanceArn };
  for (const principal of await readPrincipals(source, { arn, account }))
    await unassign(bench, arn, principal);
  const startedAtMs = clock.now();
  const isGone = async () => !(await readProvisionedAccounts(source, arn)).includes(account);
  let isOver = await soon(bench, isGone);
  while (!isOver && clock.now() - startedAtMs < longestWaitMs) isOver = await soon(bench, isGone);
  return { roleStays: !isOver, seconds: secondsSince(clock, startedAtMs) };
}
