import { ListPoliciesCommand } from "@aws-sdk/client-iam";
import {
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
  type ExternalId,
  type User as AwsUser,
} from "@aws-sdk/client-identitystore";
import {
  type Account as AwsAccount,
  DescribeOrganizationCommand,
  ListAccountsCommand,
} from "@aws-sdk/client-organizations";

import type { Account, AccountState, Directory, Group, ManagedPolicy, User } from "../model/directory.ts";
import { type AccountId, accountId, type PrincipalId, principalId } from "../model/ids.ts";
import type { AwsClients } from "./clients.ts";
import { inOrder } from "./in-order.ts";
import { incomplete, requireMember } from "./pages.ts";
import type { Reader } from "./reader.ts";

/** Largest page of Organizations. https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html */
const organizationsPage = 20;

/** The account that owns the organization. Throws a PassError. */
export async function readManagementAccount(
  reader: Reader,
  { organizations }: AwsClients,
): Promise<AccountId> {
  const operation = "DescribeOrganization";
  const { Organization } = await reader.read(operation, () =>
    organizations.send(new DescribeOrganizationCommand({})),
  );
  return accountId(requireMember(operation, "MasterAccountId", Organization?.MasterAccountId));
}

/** All accounts of the organization, whatever their state. Throws a PassError. */
export async function readAccounts(reader: Reader, { organizations }: AwsClients): Promise<Account[]> {
  const accounts = await reader.readList(
    "ListAccounts",
    (NextToken) => organizations.send(new ListAccountsCommand({ MaxResults: organizationsPage, NextToken })),
    (answer) => ({ items: answer.Accounts, nextToken: answer.NextToken }),
  );
  return inOrder(accounts.map(decodeAccount), (account) => account.id);
}

const accountStates: readonly AccountState[] = [
  "ACTIVE",
  "PENDING_ACTIVATION",
  "SUSPENDED",
  "PENDING_CLOSURE",
  "CLOSED",
];

function decodeAccount(account: AwsAccount): Account {
  // Status was retired in 2026 in favour of State.
  const state: string | undefined = account.State ?? account.Status;
  return {
    id: accountId(requireMember("ListAccounts", "Id", account.Id)),
    name: requireMember("ListAccounts", "Name", account.Name),
    state: accountStates.find((known) => known === state) ?? "UNKNOWN",
    ...timeOf("joinedAt", account.JoinedTimestamp),
    ...placeOf(account),
  };
}

function placeOf({ Email, Paths }: AwsAccount): { readonly emailDomain?: string; readonly path?: string } {
  const emailDomain = Email?.split("@").at(-1);
  const path = Paths?.[0];
  return { ...(emailDomain !== undefined && { emailDomain }), ...(path !== undefined && { path }) };
}

/** All users of the identity store, disabled ones too. Throws a PassError. */
export async function readUsers(
  reader: Reader,
  { identityStore }: AwsClients,
  IdentityStoreId: string,
): Promise<User[]> {
  const users = await reader.readList(
    "ListUsers",
    (NextToken) => identityStore.send(new ListUsersCommand({ IdentityStoreId, MaxResults: 100, NextToken })),
    (answer) => ({ items: answer.Users, nextToken: answer.NextToken }),
  );
  return inOrder(users.map(decodeUser), (user) => user.id);
}

function decodeUser(user: AwsUser): User {
  const emails = (user.Emails ?? []).flatMap(({ Value }) => (Value === undefined ? [] : [Value]));
  return {
    id: principalId(requireMember("ListUsers", "UserId", user.UserId)),
    // The only name AWS lets a user be without; such a user can still hold assignments.
    userName: user.UserName ?? "",
    emails,
    enabled: user.UserStatus !== "DISABLED",
    ...(user.DisplayName === undefined ? {} : { displayName: user.DisplayName }),
    ...timeOf("createdAt", user.CreatedAt),
    ...externalIdsOf(user.ExternalIds),
  };
}

function externalIdsOf(ids: readonly ExternalId[] = []): { readonly externalIds?: readonly string[] } {
  const texts = ids.flatMap(({ Issuer, Id }) =>
    Issuer === undefined || Id === undefined ? [] : [`${Issuer} ${Id}`],
  );
  return texts.length === 0 ? {} : { externalIds: texts };
}

function timeOf<Key extends string>(key: Key, time: Date | undefined): { readonly [K in Key]?: string } {
  const isTime = time !== undefined && !Number.isNaN(time.getTime());
  return isTime ? ({ [key]: time.toISOString() } as { readonly [K in Key]?: string }) : {};
}

/** All groups of the identity store. Throws a PassError. */
export async function readGroups(
  reader: Reader,
  { identityStore }: AwsClients,
  IdentityStoreId: string,
): Promise<Group[]> {
  const groups = await reader.readList(
    "ListGroups",
    (NextToken) => identityStore.send(new ListGroupsCommand({ IdentityStoreId, MaxResults: 100, NextToken })),
    (answer) => ({ items: answer.Groups, nextToken: answer.NextToken }),
  );
  const decoded = groups.map((group) => ({
    id: principalId(requireMember("ListGroups", "GroupId", group.GroupId)),
    displayName: group.DisplayName ?? "",
    ...timeOf("createdAt", group.CreatedAt),
    ...externalIdsOf(group.ExternalIds),
  }));
  return inOrder(decoded, (group) => group.id);
}

/** The users who are members of each group, by the group's id. Throws a PassError. */
export async function readMemberships(
  reader: Reader,
  { identityStore }: AwsClients,
  IdentityStoreId: string,
  groups: readonly PrincipalId[],
): Promise<Directory["memberships"]> {
  const operation = "ListGroupMemberships";
  const read = async (GroupId: PrincipalId) => {
    const memberships = await reader.readList(
      operation,
      (NextToken) =>
        identityStore.send(
          new ListGroupMembershipsCommand({ IdentityStoreId, GroupId, MaxResults: 100, NextToken }),
        ),
      (answer) => ({ items: answer.GroupMemberships, nextToken: answer.NextToken }),
    );
    const members = memberships.map(({ MemberId }) =>
      principalId(requireMember(operation, "UserId", MemberId?.UserId)),
    );
    return [GroupId, new Set(members)] as const;
  };
  return new Map(await Promise.all(groups.map(read)));
}

/** All AWS managed policies, those that cannot be attached too. Throws a PassError, also when there are none: AWS always has some. */
export async function readManagedPolicies(reader: Reader, { iam }: AwsClients): Promise<ManagedPolicy[]> {
  const operation = "ListPolicies";
  const policies = await reader.readList(
    operation,
    (Marker) => iam.send(new ListPoliciesCommand({ Scope: "AWS", MaxItems: 1000, Marker })),
    (answer) => {
      const nextToken = answer.IsTruncated === true ? answer.Marker : undefined;
      if (answer.IsTruncated === true && nextToken === undefined) {
        throw incomplete(operation, "a truncated page without Marker");
      }
      return { items: answer.Policies, nextToken };
    },
  );
  if (policies.length === 0) throw incomplete(operation, "an empty list of AWS managed policies");
  const decoded = policies.map((policy) => ({
    name: requireMember(operation, "PolicyName", policy.PolicyName),
    arn: requireMember(operation, "Arn", policy.Arn),
  }));
  return inOrder(decoded, (policy) => policy.arn);
}
