import {
  DescribeInstanceCommand,
  type InstanceMetadata,
  ListInstancesCommand,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";

import { PassError, type PassErrorParams } from "../errors.ts";
import type { Instance } from "../model/actual-state.ts";
import { type AccountId, accountId } from "../model/ids.ts";
import type { AwsClients } from "./clients.ts";
import { readManagementAccount } from "./directory.ts";
import { requireMember } from "./pages.ts";
import type { Reader } from "./reader.ts";

/** Which instance is meant. */
export interface InstanceChoice {
  readonly region: string;
  /** Undefined: the only one. */
  readonly instanceArn?: string | undefined;
}

/** Whose credentials these are allowed to be. */
export interface ExpectedCaller {
  /** Undefined: any but the management account. */
  readonly expectedAccount?: string | undefined;
  readonly allowManagementAccount?: boolean | undefined;
}

/** Which accounts could change the sync itself, besides the caller's. */
export interface KeyAccountChoice {
  /** Whether records may give access to them. */
  readonly allowOwnAccount?: boolean | undefined;
  /** Those that hold the memory. */
  readonly memoryAccounts?: readonly AccountId[] | undefined;
}

/** Which accounts could change the sync itself besides the caller's, and whether records may give access to them. */
export interface KeyAccountChoice {
  readonly allowOwnAccount?: boolean | undefined;
  /** Those that hold the memory. */
  readonly memoryAccounts?: readonly AccountId[] | undefined;
}

/** Who asks, and who owns the organization. */
export interface Caller {
  readonly account: AccountId;
  readonly managementAccount: AccountId;
}

/** Who the credentials belong to. Throws a PassError when that is another account than the expected one. */
export async function readCaller(
  reader: Reader,
  client: STSClient,
  { expectedAccount }: ExpectedCaller,
): Promise<{ readonly account: AccountId; readonly arn: string }> {
  const operation = "GetCallerIdentity";
  const { Account, Arn } = await reader.read(operation, () => client.send(new GetCallerIdentityCommand({})));
  const account = accountId(requireMember(operation, "Account", Account));
  if (expectedAccount !== undefined && account !== expectedAccount) {
    throw new PassError("aws.unexpected-account", { expected: expectedAccount, actual: account });
  }
  return { account, arn: requireMember(operation, "Arn", Arn) };
}

/** Who owns the organization. Throws a PassError when that is the caller, which is only allowed where it is asked for. */
export async function readOwner(
  reader: Reader,
  clients: AwsClients,
  account: AccountId,
  { allowManagementAccount = false }: ExpectedCaller,
): Promise<AccountId> {
  const managementAccount = await readManagementAccount(reader, clients);
  if (account === managementAccount && !allowManagementAccount) {
    throw new PassError("aws.management-account", { account });
  }
  return managementAccount;
}

/**
 * Asks who the credentials belong to, before anything else. Throws a PassError when it is another account than the
 * expected one, or the management account, in which a mistake is without limits.
 */
export async function checkCaller(
  reader: Reader,
  clients: AwsClients,
  expected: ExpectedCaller,
): Promise<Caller> {
  const { account } = await readCaller(reader, clients.sts, expected);
  return { account, managementAccount: await readOwner(reader, clients, account, expected) };
}

/**
 * Tells a member account that is no delegated administrator from a missing permission: IAM gives the kind of
 * policy that does not allow the action, Identity Center and Organizations give none.
 */
export function explainDenial(error: unknown, { account, managementAccount }: Caller): unknown {
  if (!(error instanceof PassError) || error.code !== "aws.access-denied") return error;
  const { operation, message } = error.params as PassErrorParams["aws.access-denied"];
  const ofOrganizations =
    operation === "ListAccounts" && message.startsWith("You don't have permissions to access this resource");
  const ofIdentityCenter =
    /is not authorized to perform: sso:/u.test(message) && !/ because |explicit deny|KMS/u.test(message);
  if (account === managementAccount || (!ofOrganizations && !ofIdentityCenter)) return error;
  return new PassError("aws.not-delegated-administrator", { account, operation });
}

/**
 * The instance that is meant. Throws a PassError when there is none, when there are several to choose from, or when its
 * primary Region is another one: elsewhere AWS answers neither permission set nor assignment calls.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/api-support-in-additional-regions.html
 */
export async function readInstance(
  reader: Reader,
  client: SSOAdminClient,
  { region, instanceArn }: InstanceChoice,
): Promise<Instance> {
  const found = await reader.readList(
    "ListInstances",
    (NextToken) => client.send(new ListInstancesCommand({ MaxResults: 100, NextToken })),
    (answer) => ({ items: answer.Instances, nextToken: answer.NextToken }),
  );
  const chosen = chooseInstance(found, region, instanceArn);
  checkRegion(region, chosen.PrimaryRegion);
  const arn = requireMember("ListInstances", "InstanceArn", chosen.InstanceArn);
  const identityStoreId = requireMember("ListInstances", "IdentityStoreId", chosen.IdentityStoreId);
  const described = await reader.read("DescribeInstance", () =>
    client.send(new DescribeInstanceCommand({ InstanceArn: arn })),
  );
  checkRegion(region, described.PrimaryRegion);
  return { arn, identityStoreId, region };
}

function chooseInstance(
  found: readonly InstanceMetadata[],
  region: string,
  instanceArn: string | undefined,
): InstanceMetadata {
  const instanceArns = found.map((instance) =>
    requireMember("ListInstances", "InstanceArn", instance.InstanceArn),
  );
  const candidates =
    instanceArn === undefined ? found : found.filter((instance) => instance.InstanceArn === instanceArn);
  const [chosen, another] = candidates;
  if (found.length === 0) throw new PassError("aws.no-instance", { region });
  if (another !== undefined) throw new PassError("aws.several-instances", { region, instanceArns });
  if (chosen !== undefined) return chosen;
  throw new PassError("aws.instance-not-found", {
    region,
    instanceArn: instanceArn ?? "",
    found: instanceArns,
  });
}

function checkRegion(region: string, primaryRegion: string | undefined): void {
  if (primaryRegion === undefined || primaryRegion === region) return;
  throw new PassError("aws.wrong-region", { region, primaryRegion });
}
