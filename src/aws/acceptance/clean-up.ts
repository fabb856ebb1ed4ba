import { DeletePermissionSetCommand } from "@aws-sdk/client-sso-admin";

import type { AccountId, PermissionSetArn } from "../../model/ids.ts";
import { ownerTag, recordTag } from "../../model/ownership.ts";
import { readPrincipals } from "../assignments.ts";
import {
  describePermissionSet,
  readPermissionSetArns,
  readProvisionedAccounts,
  readTags,
  type PermissionSetSource,
} from "../permission-sets.ts";
import { createReader } from "../reader.ts";
import { acceptanceRecord, assign, type Bench, namePrefix, patiently, unassign } from "./bench.ts";
import { soon } from "./set-steps.ts";

/** Takes away every set of an acceptance of this owner, with what is assigned of it; resolves with how many there were. The error of AWS is thrown. */
export async function cleanUp(bench: Bench): Promise<number> {
  const { clients, clock, instanceArn } = bench;
  const source = { reader: createReader(clock), client: clients.ssoAdmin, instanceArn };
  const arns = await readPermissionSetArns(source);
  const ours = await Promise.all(arns.map((arn) => isOfAcceptance(source, arn, bench.owner)));
  const left = arns.filter((_arn, index) => ours[index]);
  for (const arn of left) await removeSet(bench, source, arn);
  return left.length;
}

/** The name alone proves nothing: other sets can have it. */
async function isOfAcceptance(
  source: PermissionSetSource,
  arn: PermissionSetArn,
  owner: string,
): Promise<boolean> {
  const described = await describePermissionSet(source, arn);
  if (described?.Name?.startsWith(namePrefix) !== true) return false;
  const tags = await readTags(source, arn);
  return tags[ownerTag] === owner && tags[recordTag] === acceptanceRecord;
}

async function removeSet(bench: Bench, source: PermissionSetSource, arn: PermissionSetArn): Promise<void> {
  for (const account of await readProvisionedAccounts(source, arn))
    await leaveAccount({ ...bench, account }, source, arn, account);
  const command = new DeletePermissionSetCommand({
    InstanceArn: bench.instanceArn,
    PermissionSetArn: arn,
  });
  await patiently(bench.clock, "DeletePermissionSet", () => bench.clients.ssoAdmin.send(command));
}

/** A role without assignments goes only when the last assignment is taken away. */
async function leaveAccount(
  bench: Bench,
  source: PermissionSetSource,
  arn: PermissionSetArn,
  account: AccountId,
): Promise<void> {
  const isGone = async () => !(await readProvisionedAccounts(source, arn)).includes(account);
  const principals = await readPrincipals(source, { arn, account });
  for (const principal of principals) await unassign(bench, arn, principal);
  if (await soon(bench, isGone)) return;
  await assign(bench, arn, bench.user);
  await unassign(bench, arn, bench.user);
}
