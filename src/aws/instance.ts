import {
  DescribeInstanceCommand,
  type InstanceMetadata,
  ListInstancesCommand,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";

import { PassError } from "../errors.ts";
import type { Instance } from "../model/actual-state.ts";
import { requireMember } from "./pages.ts";
import type { Reader } from "./reader.ts";

/** Which instance is meant. */
export interface InstanceChoice {
  readonly region: string;
  /** Undefined: the only one. */
  readonly instanceArn?: string | undefined;
}

/** Throws an `aws.unexpected-account` unless the credentials belong to the account. */
export async function checkCallerAccount(reader: Reader, client: STSClient, expected: string): Promise<void> {
  const operation = "GetCallerIdentity";
  const { Account } = await reader.read(operation, () => client.send(new GetCallerIdentityCommand({})));
  const actual = requireMember(operation, "Account", Account);
  if (actual !== expected) throw new PassError("aws.unexpected-account", { expected, actual });
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
