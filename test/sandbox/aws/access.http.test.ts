import { ListUsersCommand } from "@aws-sdk/client-identitystore";
import { DescribeOrganizationCommand, ListAccountsCommand } from "@aws-sdk/client-organizations";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";

import {
  callerAccount,
  identityStoreId,
  instanceArn,
  managementAccount,
  refusal,
  region,
  startOrganization,
} from "./organization-under-test.ts";

const InstanceArn = instanceArn;
const signed =
  "AWS4-HMAC-SHA256 Credential=AKIDSANDBOX/20261120/ap-northeast-1/sso/aws4_request, SignedHeaders=host, Signature=0";

describe("signatures", () => {
  test("a JSON request without a signature is refused", async () => {
    const { sandbox } = await startOrganization();
    const response = await fetch(sandbox.url, {
      method: "POST",
      headers: { "x-amz-target": "SWBExternalService.ListInstances" },
      body: "{}",
    });
    expect(response.status).toBe(400);
    expect(response.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.json()).toEqual({
      __type: "MissingAuthenticationTokenException",
      message: "Missing Authentication Token",
    });
  });

  test.each(["Bearer token", "AWS4-HMAC-SHA256 SignedHeaders=host"])(
    "the authorization %s is not a signature",
    async (authorization) => {
      const { sandbox } = await startOrganization();
      const response = await fetch(sandbox.url, {
        method: "POST",
        headers: { "x-amz-target": "SWBExternalService.ListInstances", authorization },
        body: "{}",
      });
      expect(await response.json()).toMatchObject({ __type: "IncompleteSignatureException" });
    },
  );

  test("a query request without a signature is refused in XML", async () => {
    const { sandbox } = await startOrganization();
    const response = await fetch(sandbox.url, {
      method: "POST",
      body: new URLSearchParams({ Action: "GetCallerIdentity", Version: "2011-06-15" }),
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("<Code>MissingAuthenticationToken</Code>");
  });

  test("a REST request without a signature is refused with the error's name in a header", async () => {
    const { sandbox } = await startOrganization();
    const response = await fetch(`${sandbox.url}/policy/validation`, { method: "POST", body: "{}" });
    expect(response.status).toBe(400);
    expect(response.headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException");
  });
});

describe("requests that are none", () => {
  test.each([
    [
      "an operation that is not modelled",
      "SWBExternalService.CreateApplication",
      "UnknownOperationException",
    ],
    ["a method of every object", "SWBExternalService.toString", "UnknownOperationException"],
    ["a service that is not modelled", "DynamoDB_20120810.ListTables", "UnknownOperationException"],
  ])("%s is unknown", async (_what, target, code) => {
    const { sandbox } = await startOrganization();
    const response = await fetch(sandbox.url, {
      method: "POST",
      headers: { "x-amz-target": target, authorization: signed },
      body: "{}",
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: code });
  });

  test.each(["{", '{"InstanceArn": 5}', "[]"])("the body %s cannot be read", async (body) => {
    const { sandbox } = await startOrganization();
    const response = await fetch(sandbox.url, {
      method: "POST",
      headers: { "x-amz-target": "SWBExternalService.ListPermissionSets", authorization: signed },
      body,
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: "SerializationException" });
  });

  test("an unknown query action and an unknown path are refused", async () => {
    const { sandbox } = await startOrganization();
    const action = await fetch(sandbox.url, {
      method: "POST",
      headers: { authorization: signed },
      body: new URLSearchParams({ Action: "CreateUser", Version: "2010-05-08" }),
    });
    expect(await action.text()).toContain("<Code>InvalidAction</Code>");
    const path = await fetch(`${sandbox.url}/analyzer`, { headers: { authorization: signed } });
    expect(path.headers.get("x-amzn-errortype")).toBe("UnknownOperationException");
  });
});

describe("the wrong Region", () => {
  test("there are no instances, and everything else is denied", async () => {
    const { sso, arnOf } = await startOrganization({
      signedFor: "us-east-1",
      seed: { permissionSets: [{ name: "Developer" }] },
    });
    expect((await sso.listInstances({})).Instances).toEqual([]);
    const PermissionSetArn = arnOf("Developer");
    const refused = await refusal(sso.describePermissionSet({ InstanceArn, PermissionSetArn }));
    expect(refused.name).toBe("AccessDeniedException");
    expect(refused.message).toContain(`sso:DescribePermissionSet on resource: ${PermissionSetArn}`);
  });

  test("the identity store is not found", async () => {
    const { identityStore } = await startOrganization({ signedFor: "us-east-1" });
    const users = identityStore.send(new ListUsersCommand({ IdentityStoreId: identityStoreId }));
    await expect(users).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      ResourceType: "IDENTITY_STORE",
    });
  });

  test("Organizations and STS do not care", async () => {
    const { organizations, sts } = await startOrganization({ signedFor: "us-east-1" });
    await organizations.send(new ListAccountsCommand({}));
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: callerAccount });
  });
});

describe("who calls", () => {
  test("an ordinary member account may neither administer nor list accounts", async () => {
    const { sso, organizations } = await startOrganization({ seed: { delegatedAdministrator: false } });
    expect(await refusal(sso.createPermissionSet({ InstanceArn, Name: "Developer" }))).toEqual({
      name: "AccessDeniedException",
      message:
        "User: arn:aws:sts::222222222222:assumed-role/kintone-sso-sync/sandbox is not authorized to perform: " +
        `sso:CreatePermissionSet on resource: ${InstanceArn}`,
    });
    const accounts = organizations.send(new ListAccountsCommand({}));
    expect((await refusal(accounts)).name).toBe("AccessDeniedException");
  });

  test("an ordinary member account may ask which account manages the organization, and read users", async () => {
    const { organizations, identityStore } = await startOrganization({
      seed: { delegatedAdministrator: false },
    });
    const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));
    expect(Organization?.MasterAccountId).toBe(managementAccount);
    const { Users } = await identityStore.send(new ListUsersCommand({ IdentityStoreId: identityStoreId }));
    expect(Users).toHaveLength(2);
  });

  test("STS tells the account and role of the seed", async () => {
    const callerArn = `arn:aws:sts::${callerAccount}:assumed-role/sync/somebody`;
    const { sts } = await startOrganization({ seed: { callerArn } });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: callerAccount,
      Arn: callerArn,
      UserId: expect.stringMatching(/:somebody$/),
    });
  });
});

describe("instances", () => {
  test("the instance tells its identity store, owner and primary Region", async () => {
    const { sso } = await startOrganization();
    const instance = {
      InstanceArn,
      IdentityStoreId: identityStoreId,
      OwnerAccountId: managementAccount,
      Status: "ACTIVE",
    };
    expect((await sso.listInstances({})).Instances).toMatchObject([instance]);
    expect(await sso.describeInstance({ InstanceArn })).toMatchObject({
      ...instance,
      PrimaryRegion: region,
      PermissionSetsEnabled: true,
    });
  });

  test("without an instance the list is empty and the ARN is denied", async () => {
    const { sso } = await startOrganization({ seed: { instances: 0 } });
    expect((await sso.listInstances({})).Instances).toEqual([]);
    expect((await refusal(sso.listPermissionSets({ InstanceArn }))).name).toBe("AccessDeniedException");
  });

  test("a second instance belongs to the account and has no permission sets", async () => {
    const { sso } = await startOrganization({ seed: { instances: 2 } });
    const { Instances = [] } = await sso.listInstances({});
    expect(Instances).toHaveLength(2);
    const account = Instances.find(({ OwnerAccountId }) => OwnerAccountId === callerAccount);
    const AccountInstance = { InstanceArn: account?.InstanceArn };
    expect(await sso.describeInstance(AccountInstance)).toMatchObject({ PermissionSetsEnabled: false });
    expect(await refusal(sso.listPermissionSets(AccountInstance))).toEqual({
      name: "ValidationException",
      message: "The operation is not supported for this Identity Center instance",
    });
  });
});
