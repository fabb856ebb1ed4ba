import {
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListCustomerManagedPolicyReferencesInPermissionSetCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  ListTagsForResourceCommand,
  type PermissionSet,
  type ProvisioningStatus,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";

import type { ActualPermissionSet } from "../model/actual-state.ts";
import {
  type AccountId,
  accountId,
  type PermissionSetArn,
  permissionSetArn,
  permissionSetName,
} from "../model/ids.ts";
import { isManagedBy, ownerTag, type Tags } from "../model/ownership.ts";
import {
  customerManagedPolicyText,
  type PermissionSetDefinition,
  type PolicyParts,
} from "../model/permission-set.ts";
import type { PermissionSetHead } from "../model/reading.ts";
import { decodeAttributes, decodeBoundary, decodeCustomerManagedPolicy, isText } from "./definition.ts";
import { inOrder } from "./in-order.ts";
import { requireMember } from "./pages.ts";
import type { Reader } from "./reader.ts";

/** The instance whose permission sets are read, and with what. */
export interface PermissionSetSource {
  readonly reader: Reader;
  readonly client: SSOAdminClient;
  readonly instanceArn: string;
}

/** Which sets are read in full: those that carry the owner's tag, and those without an owner that are looked at for adoption. */
export interface Ownership {
  readonly owner: string;
  readonly adopting: ReadonlySet<string>;
}

/** All sets by name; those that carry the owner's tag in full, of the others name and tags. Throws a PassError. */
export async function readPermissionSets(
  source: PermissionSetSource,
  ownership: Ownership,
  managementAccount: AccountId,
): Promise<ActualPermissionSet[]> {
  const [arns, lockedArns] = await Promise.all([
    readPermissionSetArns(source),
    readProvisionedArns(source, managementAccount),
  ]);
  const locked = new Set(lockedArns);
  const sets = await Promise.all(
    arns.map((arn) => readPermissionSet(source, ownership, arn, locked.has(arn))),
  );
  const present = sets.filter((set) => set !== undefined);
  return inOrder(present, (set) => `${set.name} ${set.arn}`);
}

/** ARNs of all permission sets. Throws a PassError. */
export async function readPermissionSetArns({
  reader,
  client,
  instanceArn,
}: PermissionSetSource): Promise<PermissionSetArn[]> {
  const arns = await reader.readList(
    "ListPermissionSets",
    (NextToken) =>
      client.send(new ListPermissionSetsCommand({ InstanceArn: instanceArn, MaxResults: 100, NextToken })),
    (answer) => ({ items: answer.PermissionSets, nextToken: answer.NextToken }),
  );
  return inOrder(arns, String).map(permissionSetArn);
}

/** ARNs of the sets that are provisioned in an account. Throws a PassError. */
export async function readProvisionedArns(
  { reader, client, instanceArn }: PermissionSetSource,
  account: AccountId,
): Promise<string[]> {
  return reader.readList(
    "ListPermissionSetsProvisionedToAccount",
    (NextToken) =>
      client.send(
        new ListPermissionSetsProvisionedToAccountCommand({
          InstanceArn: instanceArn,
          AccountId: account,
          MaxResults: 100,
          NextToken,
        }),
      ),
    // For an account without permission sets AWS leaves the list out.
    // https://github.com/aws-samples/iam-identity-center-team/issues/12
    (answer) => ({ items: answer.PermissionSets ?? [], nextToken: answer.NextToken }),
  );
}

function readPermissionSet(
  source: PermissionSetSource,
  ownership: Ownership,
  arn: PermissionSetArn,
  locked: boolean,
): Promise<ActualPermissionSet | undefined> {
  return unlessDeleted(source, arn, () => readPresentSet(source, ownership, arn, locked));
}

async function readPresentSet(
  source: PermissionSetSource,
  { owner, adopting }: Ownership,
  arn: PermissionSetArn,
  locked: boolean,
): Promise<ActualPermissionSet | undefined> {
  const described = await describePermissionSet(source, arn);
  // Deleted since it was listed.
  if (described === undefined) return undefined;
  const name = permissionSetName(requireMember("DescribePermissionSet", "Name", described.Name));
  const tags = await readTags(source, arn);
  const seen = { arn, name, tags, locked } as const;
  const isAdopted = adopting.has(name) && !Object.hasOwn(tags, ownerTag);
  if (!isManagedBy(tags, owner) && !isAdopted) return { ...seen, managed: false };
  const [policies, provisionedAccounts] = await Promise.all([
    readPolicies(source, arn),
    readProvisionedAccounts(source, arn),
  ]);
  const definition = { attributes: decodeAttributes(described), ...policies };
  return { ...seen, managed: true, definition, provisionedAccounts, staleAccounts: [] };
}

/** What is read of a set; undefined when others delete the set meanwhile, which ends no pass. Throws a PassError. */
export async function unlessDeleted<Part>(
  source: PermissionSetSource,
  arn: PermissionSetArn,
  read: () => Promise<Part>,
): Promise<Part | undefined> {
  try {
    return await read();
  } catch (error) {
    const isThere = await describePermissionSet(source, arn).then(
      (found) => found !== undefined,
      () => true,
    );
    if (isThere) throw error;
    return undefined;
  }
}

/** Whose a set is, and its attributes; null when there is none. Throws a PassError. */
export async function readHead(
  source: PermissionSetSource,
  arn: PermissionSetArn,
): Promise<PermissionSetHead | null> {
  const described = await describePermissionSet(source, arn);
  if (described === undefined) return null;
  const name = permissionSetName(requireMember("DescribePermissionSet", "Name", described.Name));
  return { name, tags: await readTags(source, arn), attributes: decodeAttributes(described) };
}

/** The set itself; undefined when there is none. Throws a PassError. */
export async function describePermissionSet(
  { reader, client, instanceArn }: PermissionSetSource,
  arn: PermissionSetArn,
): Promise<PermissionSet | undefined> {
  const operation = "DescribePermissionSet";
  const input = { InstanceArn: instanceArn, PermissionSetArn: arn };
  const answer = await reader.readIfFound(operation, () =>
    client.send(new DescribePermissionSetCommand(input)),
  );
  return answer && requireMember(operation, "PermissionSet", answer.PermissionSet);
}

/** The set's tags. Throws a PassError. */
export async function readTags(
  { reader, client, instanceArn }: PermissionSetSource,
  arn: PermissionSetArn,
): Promise<Tags> {
  const operation = "ListTagsForResource";
  const tags = await reader.readList(
    operation,
    (NextToken) =>
      client.send(new ListTagsForResourceCommand({ InstanceArn: instanceArn, ResourceArn: arn, NextToken })),
    (answer) => ({ items: answer.Tags, nextToken: answer.NextToken }),
  );
  return Object.fromEntries(
    tags.map(({ Key, Value }) => [
      requireMember(operation, "Key", Key),
      requireMember(operation, "Value", Value),
    ]),
  );
}

/** What the set grants, apart from its attributes. Throws a PassError. */
export async function readPolicies(source: PermissionSetSource, arn: PermissionSetArn): Promise<PolicyParts> {
  const { reader, client } = source;
  const input = { InstanceArn: source.instanceArn, PermissionSetArn: arn };
  const [inline, managedPolicies, customerManagedPolicies, boundary] = await Promise.all([
    reader.read("GetInlinePolicyForPermissionSet", () =>
      client.send(new GetInlinePolicyForPermissionSetCommand(input)),
    ),
    readManagedPolicyArns(source, arn),
    readCustomerManagedPolicies(source, arn),
    reader.readIfFound("GetPermissionsBoundaryForPermissionSet", () =>
      client.send(new GetPermissionsBoundaryForPermissionSetCommand(input)),
    ),
  ]);
  const permissionsBoundary = decodeBoundary(boundary);
  return {
    managedPolicies,
    customerManagedPolicies,
    ...(isText(inline.InlinePolicy) ? { inlinePolicy: inline.InlinePolicy } : {}),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
  };
}

async function readManagedPolicyArns(
  { reader, client, instanceArn }: PermissionSetSource,
  arn: PermissionSetArn,
): Promise<string[]> {
  const operation = "ListManagedPoliciesInPermissionSet";
  const input = { InstanceArn: instanceArn, PermissionSetArn: arn, MaxResults: 100 };
  const attached = await reader.readList(
    operation,
    (NextToken) => client.send(new ListManagedPoliciesInPermissionSetCommand({ ...input, NextToken })),
    (answer) => ({ items: answer.AttachedManagedPolicies, nextToken: answer.NextToken }),
  );
  return inOrder(
    attached.map(({ Arn }) => requireMember(operation, "Arn", Arn)),
    String,
  );
}

async function readCustomerManagedPolicies(
  { reader, client, instanceArn }: PermissionSetSource,
  arn: PermissionSetArn,
): Promise<PermissionSetDefinition["customerManagedPolicies"]> {
  const operation = "ListCustomerManagedPolicyReferencesInPermissionSet";
  const input = { InstanceArn: instanceArn, PermissionSetArn: arn, MaxResults: 100 };
  const references = await reader.readList(
    operation,
    (NextToken) =>
      client.send(new ListCustomerManagedPolicyReferencesInPermissionSetCommand({ ...input, NextToken })),
    (answer) => ({ items: answer.CustomerManagedPolicyReferences, nextToken: answer.NextToken }),
  );
  const policies = references.map((reference) => decodeCustomerManagedPolicy(operation, reference));
  return inOrder(policies, customerManagedPolicyText);
}

/** The accounts where the set is provisioned. Throws a PassError. */
export function readProvisionedAccounts(
  source: PermissionSetSource,
  arn: PermissionSetArn,
): Promise<AccountId[]> {
  return readAccountsOf(source, arn);
}

/** The accounts that miss the set's latest definition. Throws a PassError. */
export function readStaleAccounts(source: PermissionSetSource, arn: PermissionSetArn): Promise<AccountId[]> {
  return readAccountsOf(source, arn, "LATEST_PERMISSION_SET_NOT_PROVISIONED");
}

async function readAccountsOf(
  { reader, client, instanceArn }: PermissionSetSource,
  arn: PermissionSetArn,
  status?: ProvisioningStatus,
): Promise<AccountId[]> {
  const input = {
    InstanceArn: instanceArn,
    PermissionSetArn: arn,
    ProvisioningStatus: status,
    MaxResults: 100,
  };
  const ids = await reader.readList(
    "ListAccountsForProvisionedPermissionSet",
    (NextToken) => client.send(new ListAccountsForProvisionedPermissionSetCommand({ ...input, NextToken })),
    (answer) => ({ items: answer.AccountIds, nextToken: answer.NextToken }),
  );
  return inOrder(ids, String).map(accountId);
}
