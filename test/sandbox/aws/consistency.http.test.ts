import { describe, expect, test } from "vitest";

import { type AwsSandbox, startAwsSandbox } from "../../../src/sandbox/aws/start-aws-sandbox.ts";
import { SSOAdmin } from "@aws-sdk/client-sso-admin";

import {
  callerAccount,
  instanceArn,
  managementAccount,
  refusal,
  region,
  startOrganization,
} from "./organization-under-test.ts";

const InstanceArn = instanceArn;
const production = "333333333333";

describe("reads lag behind writes", () => {
  test("a created permission set shows when the lag is over, but its name is taken at once", async () => {
    const { sso, pass } = await startOrganization({ quotas: { consistencyLagMs: 500 } });
    const { PermissionSet } = await sso.createPermissionSet({ InstanceArn, Name: "Developer" });
    const PermissionSetArn = PermissionSet?.PermissionSetArn;
    pass(499);
    expect((await sso.listPermissionSets({ InstanceArn })).PermissionSets).toEqual([]);
    const described = sso.describePermissionSet({ InstanceArn, PermissionSetArn });
    expect((await refusal(described)).name).toBe("ResourceNotFoundException");
    expect((await refusal(sso.createPermissionSet({ InstanceArn, Name: "Developer" }))).name).toBe(
      "ConflictException",
    );
    pass(1);
    expect((await sso.listPermissionSets({ InstanceArn })).PermissionSets).toEqual([PermissionSetArn]);
  });

  test("each of several changes shows in its turn", async () => {
    const { sso, arnOf, pass } = await startOrganization({
      seed: { permissionSets: [{ name: "Developer", sessionDuration: "PT1H" }] },
      quotas: { consistencyLagMs: 500 },
    });
    const input = { InstanceArn, PermissionSetArn: arnOf("Developer") };
    const shown = async () => (await sso.describePermissionSet(input)).PermissionSet?.SessionDuration;
    await sso.updatePermissionSet({ ...input, SessionDuration: "PT2H" });
    pass(300);
    await sso.updatePermissionSet({ ...input, SessionDuration: "PT3H" });
    expect(await shown()).toBe("PT1H");
    pass(200);
    expect(await shown()).toBe("PT2H");
    pass(300);
    expect(await shown()).toBe("PT3H");
  });

  test("a status does not lag, what it did does", async () => {
    const { sso, sandbox, arnOf, pass } = await startOrganization({
      seed: { permissionSets: [{ name: "Developer" }] },
      quotas: { consistencyLagMs: 500 },
    });
    const { AccountAssignmentCreationStatus: started } = await sso.createAccountAssignment({
      InstanceArn,
      PermissionSetArn: arnOf("Developer"),
      TargetType: "AWS_ACCOUNT",
      TargetId: production,
      PrincipalType: "USER",
      PrincipalId: sandbox.state.userId("hanako@example.com"),
    });
    const assigned = async () => {
      const input = { InstanceArn, PermissionSetArn: arnOf("Developer"), AccountId: production };
      return (await sso.listAccountAssignments(input)).AccountAssignments?.length;
    };
    pass(5000);
    const { AccountAssignmentCreationStatus: ended } = await sso.describeAccountAssignmentCreationStatus({
      InstanceArn,
      AccountAssignmentCreationRequestId: started?.RequestId,
    });
    expect(ended?.Status).toBe("SUCCEEDED");
    expect(await assigned()).toBe(0);
    pass(500);
    expect(await assigned()).toBe(1);
  });

  test("operations that ended unobserved show in the order in which they ended", async () => {
    const { sso, sandbox, arnOf, pass } = await startOrganization({
      seed: {
        permissionSets: [
          { name: "Developer", assignments: [{ accountId: production, userName: "hanako@example.com" }] },
        ],
      },
      quotas: { consistencyLagMs: 500 },
    });
    const assign = (TargetId: string, userName: string) =>
      sso.createAccountAssignment({
        InstanceArn,
        PermissionSetArn: arnOf("Developer"),
        TargetType: "AWS_ACCOUNT",
        TargetId,
        PrincipalType: "USER",
        PrincipalId: sandbox.state.userId(userName),
      });
    await assign("444444444444", "hanako@example.com");
    await assign(production, "taro@example.com");
    pass(5400);
    const accounts = async () => {
      const input = { InstanceArn, PermissionSetArn: arnOf("Developer") };
      return (await sso.listAccountsForProvisionedPermissionSet(input)).AccountIds;
    };
    const inProduction = { InstanceArn, PermissionSetArn: arnOf("Developer"), AccountId: production };
    expect((await sso.listAccountAssignments(inProduction)).AccountAssignments).toHaveLength(2);
    expect(await accounts()).toEqual([production]);
    pass(100);
    expect(await accounts()).toEqual([production, "444444444444"]);
  });

  test("what somebody else changes through the sandbox's state shows at once", async () => {
    const { sso, sandbox, arnOf } = await startOrganization({
      seed: { permissionSets: [{ name: "Developer" }] },
      quotas: { consistencyLagMs: 500 },
    });
    const input = { InstanceArn, PermissionSetArn: arnOf("Developer"), AccountId: production };
    const hanako = { accountId: production, userName: "hanako@example.com" };
    sandbox.state.addAssignment("Developer", hanako);
    sandbox.state.tagPermissionSet("Developer", { owner: "somebody" });
    expect((await sso.listAccountAssignments(input)).AccountAssignments).toHaveLength(1);
    const ResourceArn = arnOf("Developer");
    expect((await sso.listTagsForResource({ InstanceArn, ResourceArn })).Tags).toHaveLength(1);
    sandbox.state.removeAssignment("Developer", hanako);
    sandbox.state.untagPermissionSet("Developer", ["owner"]);
    expect((await sso.listAccountAssignments(input)).AccountAssignments).toEqual([]);
    expect((await sso.listTagsForResource({ InstanceArn, ResourceArn })).Tags).toEqual([]);
  });
});

describe("in real time", () => {
  test("an assignment succeeds by itself, sooner at a higher speed, and closing leaves nothing behind", async () => {
    const sandbox: AwsSandbox = await startAwsSandbox({
      seed: {
        primaryRegion: region,
        instanceArn,
        managementAccount,
        callerAccount,
        accounts: [{ id: production, name: "production" }],
        users: [{ userName: "hanako@example.com" }],
        groups: [],
        permissionSets: [{ name: "Developer" }],
      },
      speed: 100,
    });
    const sso = new SSOAdmin({
      endpoint: sandbox.url,
      region,
      credentials: { accessKeyId: "AKIDSANDBOX", secretAccessKey: "sandbox" },
    });
    const startedAtMs = performance.now();
    const { AccountAssignmentCreationStatus: started } = await sso.createAccountAssignment({
      InstanceArn,
      PermissionSetArn: sandbox.state.permissionSet("Developer").arn,
      TargetType: "AWS_ACCOUNT",
      TargetId: production,
      PrincipalType: "USER",
      PrincipalId: sandbox.state.userId("hanako@example.com"),
    });
    let status = started?.Status;
    while (status === "IN_PROGRESS") {
      const described = await sso.describeAccountAssignmentCreationStatus({
        InstanceArn,
        AccountAssignmentCreationRequestId: started?.RequestId,
      });
      status = described.AccountAssignmentCreationStatus?.Status;
    }
    expect(status).toBe("SUCCEEDED");
    expect(performance.now() - startedAtMs).toBeGreaterThan(30);
    await sandbox.close();
    expect((await refusal(sso.listInstances({}))).message).toContain("ECONNREFUSED");
  });
});
