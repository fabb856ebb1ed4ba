import { ListPoliciesCommand } from "@aws-sdk/client-iam";
import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  DescribePermissionSetCommand,
  DetachCustomerManagedPolicyReferenceFromPermissionSetCommand,
  DetachManagedPolicyFromPermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  UpdatePermissionSetCommand,
} from "@aws-sdk/client-sso-admin";

import type { Facts } from "../../model/acceptance.ts";
import type { PermissionSetArn } from "../../model/ids.ts";
import { readStaleAccounts } from "../permission-sets.ts";
import { createReader } from "../reader.ts";
import { isNotFound } from "../translate-error.ts";
import {
  attempt,
  type Bench,
  createSet,
  denyAll,
  namePrefix,
  patiently,
  provision,
  secondsSince,
} from "./bench.ts";

/** The attributes of the set that most steps are about. */
export const firstAttributes = { Description: "acceptance", RelayState: "https://example.com/" } as const;

const longestLagMs = 20_000;

/** After how many seconds a set that was just created can be read. */
export async function measureLag(
  { clients: { ssoAdmin }, clock, instanceArn }: Bench,
  arn: PermissionSetArn,
): Promise<Facts> {
  const createdAtMs = clock.now();
  const command = new DescribePermissionSetCommand({ InstanceArn: instanceArn, PermissionSetArn: arn });
  while (clock.now() - createdAtMs < longestLagMs) {
    try {
      await ssoAdmin.send(command);
      break;
    } catch (error) {
      if (!isNotFound(error)) throw error;
      await clock.sleep(200);
    }
  }
  const seconds = secondsSince(clock, createdAtMs);
  return { readAfterSeconds: seconds, readWithinTwoSeconds: seconds <= 2 };
}

/** Whether a policy is read back as it was written, with its spaces and its order. */
export async function measurePolicyText(bench: Bench, arn: PermissionSetArn): Promise<Facts> {
  const set = { InstanceArn: bench.instanceArn, PermissionSetArn: arn };
  const { InlinePolicy } = await bench.clients.ssoAdmin.send(new GetInlinePolicyForPermissionSetCommand(set));
  return { asWritten: InlinePolicy === denyAll };
}

/** Whether an account is told to miss the latest definition, until it is provisioned, and how long that takes. */
export async function measureStale(bench: Bench, arn: PermissionSetArn): Promise<Facts> {
  const { clients, clock, instanceArn, account } = bench;
  const source = { reader: createReader(clock), client: clients.ssoAdmin, instanceArn };
  const isStale = async () => (await readStaleAccounts(source, arn)).includes(account);
  const put = new PutInlinePolicyToPermissionSetCommand({
    InstanceArn: instanceArn,
    PermissionSetArn: arn,
    InlinePolicy: denyAll.replace(`"*"`, `["*"]`),
  });
  await patiently(clock, "PutInlinePolicyToPermissionSet", () => clients.ssoAdmin.send(put));
  const staleBefore = await soon(bench, isStale);
  const { end, seconds } = await provision(bench, arn);
  const staleAfter = !(await soon(bench, async () => !(await isStale())));
  return { staleBefore, provisioned: end, seconds, staleAfter };
}

/** Asks until it is so, for five seconds: reads follow writes after a while. */
export async function soon({ clock }: Bench, isSo: () => Promise<boolean>): Promise<boolean> {
  const startedAtMs = clock.now();
  while (!(await isSo())) {
    if (clock.now() - startedAtMs > 5_000) return false;
    await clock.sleep(500);
  }
  return true;
}

/** What an update of one attribute does to the others. */
export async function measureAttributes(bench: Bench, arn: PermissionSetArn): Promise<Facts> {
  const { clients, clock, instanceArn } = bench;
  const set = { InstanceArn: instanceArn, PermissionSetArn: arn };
  const update = new UpdatePermissionSetCommand({ ...set, SessionDuration: "PT2H" });
  await patiently(clock, "UpdatePermissionSet", () => clients.ssoAdmin.send(update));
  const describe = async () =>
    (await clients.ssoAdmin.send(new DescribePermissionSetCommand(set))).PermissionSet ?? {};
  await soon(bench, async () => (await describe()).SessionDuration === "PT2H");
  const { Description, RelayState } = await describe();
  return {
    descriptionStays: Description === firstAttributes.Description,
    relayStateStays: RelayState === firstAttributes.RelayState,
  };
}

const longestName = 32;

/** How AWS refuses a description and a name that it does not take. */
export async function measureRefusedTexts(bench: Bench): Promise<Facts> {
  const long = "x".repeat(longestName + 1 - namePrefix.length);
  return {
    japanese: await attempt(() => createSet(bench, "japanese", { Description: "許可セット" })),
    longName: await attempt(() => createSet(bench, long)),
  };
}

/** Whether an AWS managed policy that does not exist is refused when it is attached, or when it is provisioned. */
export async function measureAwsPolicyMissing(bench: Bench, arn: PermissionSetArn): Promise<Facts> {
  const { clients, clock, instanceArn, partition } = bench;
  const ManagedPolicyArn = `arn:${partition}:iam::aws:policy/zz-acceptance-no-such-policy`;
  const reference = { InstanceArn: instanceArn, PermissionSetArn: arn, ManagedPolicyArn };
  const attached = await attempt(() =>
    clients.ssoAdmin.send(new AttachManagedPolicyToPermissionSetCommand(reference)),
  );
  if (attached !== "accepted") return { attached };
  const { end } = await provision(bench, arn);
  await patiently(clock, "DetachManagedPolicyFromPermissionSet", () =>
    clients.ssoAdmin.send(new DetachManagedPolicyFromPermissionSetCommand(reference)),
  );
  return { attached, provisioned: end };
}

/** The same for a customer managed policy that the account lacks. */
export async function measureOwnPolicyMissing(bench: Bench, arn: PermissionSetArn): Promise<Facts> {
  const { clients, clock, instanceArn } = bench;
  const reference = {
    InstanceArn: instanceArn,
    PermissionSetArn: arn,
    CustomerManagedPolicyReference: { Name: "zz-acceptance-no-such-policy", Path: "/" },
  };
  const attached = await attempt(() =>
    clients.ssoAdmin.send(new AttachCustomerManagedPolicyReferenceToPermissionSetCommand(reference)),
  );
  if (attached !== "accepted") return { attached };
  const { end } = await provision(bench, arn);
  await patiently(clock, "DetachCustomerManagedPolicyReferenceFromPermissionSet", () =>
    clients.ssoAdmin.send(new DetachCustomerManagedPolicyReferenceFromPermissionSetCommand(reference)),
  );
  return { attached, provisioned: end };
}

/** The set is assigned to no one, and more policies are tried than AWS is said to take. */
const tried = 28;

/** How many AWS managed policies one set takes. */
export async function measurePoliciesPerSet(bench: Bench): Promise<Facts> {
  const { clients, instanceArn } = bench;
  const arn = await createSet(bench, "policies");
  const { Policies = [] } = await clients.iam.send(
    new ListPoliciesCommand({ Scope: "AWS", MaxItems: tried }),
  );
  let attached = 0;
  for (const { Arn: ManagedPolicyArn } of Policies) {
    const input = { InstanceArn: instanceArn, PermissionSetArn: arn, ManagedPolicyArn };
    const answer = await attempt(() =>
      clients.ssoAdmin.send(new AttachManagedPolicyToPermissionSetCommand(input)),
    );
    if (answer !== "accepted") return { attached, refusedWith: answer };
    attached += 1;
  }
  return { attached };
}
