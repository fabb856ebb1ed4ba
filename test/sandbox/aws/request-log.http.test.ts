import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";

import { instanceArn, refusal, startOrganization } from "./organization-under-test.ts";

const InstanceArn = instanceArn;

describe("request log", () => {
  test("every request is logged with its input, status, error and whether it reads or writes", async () => {
    const { sandbox, sso, sts } = await startOrganization();
    await sso.listPermissionSets({ InstanceArn });
    await sso.createPermissionSet({ InstanceArn, Name: "Developer" });
    await refusal(sso.createPermissionSet({ InstanceArn, Name: "Developer" }));
    await sts.send(new GetCallerIdentityCommand({}));
    expect(sandbox.requests).toEqual([
      {
        at: expect.any(Number),
        service: "sso-admin",
        operation: "ListPermissionSets",
        input: { InstanceArn },
        status: 200,
        kind: "read",
      },
      expect.objectContaining({ operation: "CreatePermissionSet", status: 200, kind: "write" }),
      expect.objectContaining({ status: 400, error: "ConflictException", kind: "write" }),
      expect.objectContaining({ service: "sts", operation: "GetCallerIdentity", kind: "read" }),
    ]);
  });
});

describe("failures", () => {
  test("a service's operation can be made to fail with an error of AWS", async () => {
    const { sandbox, sso } = await startOrganization();
    sandbox.failures.add({
      match: { service: "sso-admin", operation: "CreatePermissionSet" },
      times: 1,
      respond: { status: 500, body: { __type: "InternalServerException", message: "Try again." } },
    });
    expect(await refusal(sso.createPermissionSet({ InstanceArn, Name: "Developer" }))).toEqual({
      name: "InternalServerException",
      message: "Try again.",
    });
    expect(sandbox.requests).toMatchObject([{ operation: "CreatePermissionSet", status: 500 }]);
    await sso.createPermissionSet({ InstanceArn, Name: "Developer" });
  });

  test("an answer can be lost after the permission set was created", async () => {
    const { sandbox, sso } = await startOrganization();
    sandbox.failures.add({
      match: { operation: "CreatePermissionSet" },
      phase: "after",
      respond: { reset: true },
    });
    expect((await refusal(sso.createPermissionSet({ InstanceArn, Name: "Developer" }))).message).toMatch(
      /ECONNRESET|socket hang up/,
    );
    expect(sandbox.state.permissionSets()).toMatchObject([{ name: "Developer" }]);
    expect(sandbox.requests).toMatchObject([{ status: 0 }]);
  });

  test("a rule can look at the input of a query request", async () => {
    const { sandbox } = await startOrganization();
    sandbox.failures.add({
      match: ({ service, body }) => service === "sts" && typeof body === "object",
      respond: { status: 503 },
    });
    const sts = new STSClient({
      endpoint: sandbox.url,
      region: "us-east-1",
      credentials: { accessKeyId: "AKIDSANDBOX", secretAccessKey: "sandbox" },
      maxAttempts: 1,
    });
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 503 },
    });
  });
});

describe("seed", () => {
  test("what the seed describes is there at the start", async () => {
    const { sandbox } = await startOrganization({
      seed: {
        permissionSets: [
          {
            name: "Developer",
            description: "For developers",
            sessionDuration: "PT8H",
            relayState: "https://console.aws.amazon.com/",
            inlinePolicy: '{"Statement":[]}',
            managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
            customerManagedPolicies: [{ name: "deploy" }, { name: "audit", path: "/security/" }],
            boundary: "arn:aws:iam::aws:policy/PowerUserAccess",
            tags: { owner: "us" },
            assignments: [
              { accountId: "333333333333", userName: "hanako@example.com" },
              { accountId: "333333333333", group: "developers" },
              {
                accountId: "444444444444",
                principalType: "GROUP",
                principalId: "00000000-0000-0000-0000-000000000000",
              },
            ],
          },
        ],
      },
    });
    expect(sandbox.state.permissionSets()).toEqual([
      {
        arn: expect.stringMatching(/^arn:aws:sso:::permissionSet\/ssoins-0123456789abcdef\/ps-[0-9a-f]{16}$/),
        name: "Developer",
        description: "For developers",
        sessionDuration: "PT8H",
        relayState: "https://console.aws.amazon.com/",
        inlinePolicy: '{"Statement":[]}',
        managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        customerManagedPolicies: [
          { Name: "deploy", Path: "/" },
          { Name: "audit", Path: "/security/" },
        ],
        boundary: { ManagedPolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
        tags: { owner: "us" },
        provisionedAccounts: [
          { accountId: "333333333333", stale: false },
          { accountId: "444444444444", stale: false },
        ],
      },
    ]);
    expect(sandbox.state.assignments()).toHaveLength(3);
    expect(sandbox.state.assignments()).toContainEqual({
      permissionSet: "Developer",
      accountId: "444444444444",
      principalType: "GROUP",
      principalId: "00000000-0000-0000-0000-000000000000",
    });
  });

  test("a seed that names a user who is not there is refused", async () => {
    const assignments = [{ accountId: "333333333333", userName: "nobody@example.com" }];
    const seed = { permissionSets: [{ name: "Developer", assignments }] };
    await expect(startOrganization({ seed })).rejects.toThrow('There is no user "nobody@example.com"');
  });

  test("groups come and go, and nothing can be done with what is not there", async () => {
    const { sandbox } = await startOrganization();
    const id = sandbox.state.addGroup({ displayName: "auditors", members: ["taro@example.com"] });
    expect(sandbox.state.groupId("auditors")).toBe(id);
    sandbox.state.removeGroup("auditors");
    expect(() => sandbox.state.groupId("auditors")).toThrow('There is no group "auditors"');
    expect(() => sandbox.state.setAccountState("999999999999", "CLOSED")).toThrow("There is no account");
    expect(() => sandbox.state.permissionSet("Nothing")).toThrow('There is no permission set "Nothing"');
    expect(() => sandbox.state.tagPermissionSet("Nothing", {})).toThrow(
      'There is no permission set "Nothing"',
    );
  });
});
