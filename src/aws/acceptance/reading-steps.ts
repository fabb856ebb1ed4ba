import { type Account, ListAccountsCommand } from "@aws-sdk/client-organizations";
import {
  DescribeInstanceCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListInstancesCommand,
} from "@aws-sdk/client-sso-admin";

import type { Facts } from "../../model/acceptance.ts";
import { errorName } from "../translate-error.ts";
import type { Bench } from "./bench.ts";

/** What AWS says of the instance. */
export async function measureInstance({ clients, instanceArn }: Bench): Promise<Facts> {
  const answer = await clients.ssoAdmin.send(new DescribeInstanceCommand({ InstanceArn: instanceArn }));
  return {
    primaryRegion: answer.PrimaryRegion !== undefined,
    status: answer.Status ?? "missing",
    permissionSetsEnabled: answer.PermissionSetsEnabled ?? "missing",
  };
}

/** What a Region answers in which the instance is not. */
export async function measureOtherRegion({ elsewhere }: Bench): Promise<Facts> {
  try {
    const { Instances = [] } = await elsewhere.ssoAdmin.send(new ListInstancesCommand({}));
    return { answer: Instances.length === 0 ? "empty" : "instances" };
  } catch (error) {
    return { answer: errorName(error) };
  }
}

/** What a delegated administrator is told of accounts. */
export async function measureAccounts({ clients }: Bench): Promise<Facts> {
  const accounts: Account[] = [];
  let emptyPage = false;
  let NextToken: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const answer = await clients.organizations.send(new ListAccountsCommand({ MaxResults: 1, NextToken }));
    emptyPage ||= (answer.Accounts ?? []).length === 0;
    accounts.push(...(answer.Accounts ?? []));
    ({ NextToken } = answer);
    if (NextToken === undefined) break;
  }
  const isTold = (member: (account: Account) => unknown): boolean => accounts.some((one) => member(one));
  return {
    emptyPage,
    state: isTold(({ State }) => State),
    status: isTold(({ Status }) => Status),
    paths: isTold(({ Paths }) => Paths?.[0]),
  };
}

const pages = 4;

/** Whether the list of creations shows one that has ended. */
export async function measureEndedRows({ clients, instanceArn }: Bench): Promise<Facts> {
  const { AccountAssignmentsCreationStatus: rows = [] } = await clients.ssoAdmin.send(
    new ListAccountAssignmentCreationStatusCommand({ InstanceArn: instanceArn, MaxResults: 100 }),
  );
  return { listed: rows.some(({ Status }) => Status !== "IN_PROGRESS") };
}
