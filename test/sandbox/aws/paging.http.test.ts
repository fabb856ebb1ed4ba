import { IAM } from "@aws-sdk/client-iam";
import {
  ListGroupMembershipsCommand,
  ListUsersCommand,
  paginateListUsers,
} from "@aws-sdk/client-identitystore";
import { ListAccountsCommand, paginateListAccounts } from "@aws-sdk/client-organizations";
import { paginateListPermissionSets } from "@aws-sdk/client-sso-admin";
import { describe, expect, test } from "vitest";

import { identityStoreId, instanceArn, refusal, startOrganization } from "./organization-under-test.ts";

const InstanceArn = instanceArn;
const permissionSets = Array.from({ length: 7 }, (_, index) => ({ name: `Set${index}` }));

describe("pages of sso-admin", () => {
  test("pages of the size asked for make up the whole list", async () => {
    const { sso, sandbox } = await startOrganization({ seed: { permissionSets } });
    const sizes: number[] = [];
    const arns: string[] = [];
    for await (const page of paginateListPermissionSets({ client: sso, pageSize: 3 }, { InstanceArn })) {
      sizes.push(page.PermissionSets?.length ?? 0);
      arns.push(...(page.PermissionSets ?? []));
    }
    expect(sizes).toEqual([3, 3, 1]);
    expect(new Set(arns)).toEqual(new Set(sandbox.state.permissionSets().map(({ arn }) => arn)));
  });

  test("a page holds 100 items unless fewer are asked for", async () => {
    const many = Array.from({ length: 101 }, (_, index) => ({ name: `Set${index}` }));
    const { sso } = await startOrganization({ seed: { permissionSets: many } });
    const { PermissionSets, NextToken } = await sso.listPermissionSets({ InstanceArn });
    expect(PermissionSets).toHaveLength(100);
    expect((await sso.listPermissionSets({ InstanceArn, NextToken })).PermissionSets).toHaveLength(1);
  });

  test("what is deleted between two pages moves nothing else out of sight", async () => {
    const { sso } = await startOrganization({ seed: { permissionSets } });
    const whole = (await sso.listPermissionSets({ InstanceArn })).PermissionSets ?? [];
    const first = await sso.listPermissionSets({ InstanceArn, MaxResults: 3 });
    await sso.deletePermissionSet({ InstanceArn, PermissionSetArn: whole[0] });
    const second = await sso.listPermissionSets({ InstanceArn, MaxResults: 3, NextToken: first.NextToken });
    expect(second.PermissionSets).toEqual(whole.slice(3, 6));
  });

  test("a token is good only for the list it came with", async () => {
    const accountId = "333333333333";
    const { sso, arnOf } = await startOrganization({
      seed: {
        permissionSets: [
          {
            name: "Developer",
            assignments: [
              { accountId, userName: "hanako@example.com" },
              { accountId, userName: "taro@example.com" },
            ],
          },
          { name: "Auditor" },
        ],
      },
    });
    const input = { InstanceArn, AccountId: accountId, PermissionSetArn: arnOf("Developer"), MaxResults: 1 };
    const { NextToken } = await sso.listAccountAssignments(input);
    expect((await sso.listAccountAssignments({ ...input, NextToken })).AccountAssignments).toHaveLength(1);
    const elsewhere = sso.listAccountAssignments({ ...input, PermissionSetArn: arnOf("Auditor"), NextToken });
    expect((await refusal(elsewhere)).name).toBe("ValidationException");
    const madeUp = sso.listAccountAssignments({ ...input, NextToken: "bm90aGluZw" });
    expect((await refusal(madeUp)).name).toBe("ValidationException");
  });
});

describe("pages of the identity store", () => {
  test("users and memberships come in pages", async () => {
    const users = Array.from({ length: 5 }, (_, index) => ({ userName: `user${index}` }));
    const { identityStore, sandbox } = await startOrganization({
      seed: {
        users,
        groups: [{ displayName: "everybody", members: users.map(({ userName }) => userName) }],
      },
    });
    const input = { IdentityStoreId: identityStoreId };
    const names: (string | undefined)[] = [];
    for await (const page of paginateListUsers({ client: identityStore, pageSize: 2 }, { ...input })) {
      names.push(...(page.Users ?? []).map(({ UserName }) => UserName));
    }
    expect(new Set(names)).toEqual(new Set(users.map(({ userName }) => userName)));
    expect(names).toHaveLength(5);
    const GroupId = sandbox.state.groupId("everybody");
    const memberships = await identityStore.send(
      new ListGroupMembershipsCommand({ ...input, GroupId, MaxResults: 4 }),
    );
    expect(memberships.GroupMemberships).toHaveLength(4);
    expect(memberships.NextToken).toBeDefined();
    const madeUp = identityStore.send(new ListUsersCommand({ ...input, NextToken: "bm90aGluZw" }));
    expect((await refusal(madeUp)).name).toBe("ValidationException");
  });
});

describe("pages of Organizations", () => {
  const accounts = Array.from({ length: 45 }, (_, index) => ({
    id: String(300_000_000_000 + index),
    name: `account-${index}`,
  }));

  test("a page in the middle is empty and still has a token, and the whole list comes through", async () => {
    const { organizations } = await startOrganization({ seed: { accounts } });
    const sizes: number[] = [];
    for await (const page of paginateListAccounts({ client: organizations }, {})) {
      sizes.push(page.Accounts?.length ?? 0);
    }
    expect(sizes).toEqual([20, 0, 20, 7]);
  });

  test("a token that was not given out is refused", async () => {
    const { organizations } = await startOrganization({ seed: { accounts } });
    const refused = organizations.send(new ListAccountsCommand({ NextToken: "made up" }));
    await expect(refused).rejects.toMatchObject({
      name: "InvalidInputException",
      Reason: "INVALID_NEXT_TOKEN",
    });
  });
});

describe("pages of IAM", () => {
  test("policies come 100 at a time by default and up to 1,000 when asked for, until the list is not truncated", async () => {
    const managedPolicies = Array.from({ length: 1100 }, (_, index) => ({
      name: `Policy${index}`,
      path: "/",
    }));
    const { sandbox } = await startOrganization({ seed: { managedPolicies } });
    const iam = new IAM({
      endpoint: sandbox.url,
      region: "us-east-1",
      credentials: { accessKeyId: "AKIDSANDBOX", secretAccessKey: "sandbox" },
    });
    expect((await iam.listPolicies({ Scope: "AWS" })).Policies).toHaveLength(100);
    const first = await iam.listPolicies({ Scope: "AWS", MaxItems: 1000 });
    expect(first).toMatchObject({ IsTruncated: true, Marker: expect.any(String) });
    const second = await iam.listPolicies({ Scope: "AWS", MaxItems: 1000, Marker: first.Marker });
    expect(second.IsTruncated).toBe(false);
    const names = [...(first.Policies ?? []), ...(second.Policies ?? [])].map(({ PolicyName }) => PolicyName);
    expect(new Set(names)).toEqual(new Set(managedPolicies.map(({ name }) => name)));
    expect((await refusal(iam.listPolicies({ Scope: "AWS", Marker: "made up" }))).name).toBe(
      "ValidationError",
    );
  });
});
