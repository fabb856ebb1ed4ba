import { describe, expect, it } from "vitest";

import {
  callerAccount,
  managementAccount,
  organization,
  refusal,
  region,
  startScene,
} from "./organization.ts";

const organizationInstance = "arn:aws:sso:::instance/ssoins-7758a1b2c3d4e5f6";

describe("the Identity Center instance", () => {
  it("is the only one there is", async () => {
    const { center } = await startScene();
    expect((await center.readActualState()).instance).toEqual({
      arn: organizationInstance,
      identityStoreId: "d-956700a1b2",
      region,
    });
  });

  it("is the configured one when there are several", async () => {
    const { center } = await startScene({
      seed: { ...organization(), instances: 2 },
      instanceArn: organizationInstance,
    });
    expect((await center.readActualState()).instance.arn).toBe(organizationInstance);
  });

  it("has to be configured when there are several", async () => {
    const { center } = await startScene({ seed: { ...organization(), instances: 2 } });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.several-instances",
      params: {
        region,
        instanceArns: [organizationInstance, expect.stringContaining(":instance/") as string],
      },
    });
  });

  it("has to be there", async () => {
    const { center } = await startScene({ seed: { ...organization(), instances: 0 } });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.no-instance",
      params: { region },
    });
  });

  it("is not found in another Region, whose name the error tells", async () => {
    const { center } = await startScene({ region: "us-west-2" });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.no-instance",
      params: { region: "us-west-2" },
    });
  });

  it("has to be among those that AWS knows", async () => {
    const instanceArn = "arn:aws:sso:::instance/ssoins-0000000000000000";
    const { center } = await startScene({ instanceArn });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.instance-not-found",
      params: { region, instanceArn, found: [organizationInstance] },
    });
  });

  it.each([
    ["ListInstances", { Instances: [{ InstanceArn: organizationInstance, PrimaryRegion: "us-east-1" }] }],
    ["DescribeInstance", { InstanceArn: organizationInstance, PrimaryRegion: "us-east-1" }],
  ])("is refused when %s tells of another primary Region", async (operation, body) => {
    const { center, sandbox } = await startScene();
    sandbox.failures.add({ match: { operation }, respond: { status: 200, body } });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.wrong-region",
      params: { region, primaryRegion: "us-east-1" },
    });
  });
});

describe("the expected account", () => {
  it("lets a pass go on when the credentials belong to it", async () => {
    const { center } = await startScene({ expectedAccount: callerAccount });
    expect((await center.readActualState()).instance.arn).toBe(organizationInstance);
  });

  it("stops everything, before anything else is asked, when they belong to another one", async () => {
    const { center, operations } = await startScene({ expectedAccount: "777777777777" });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.unexpected-account",
      params: { expected: "777777777777", actual: callerAccount },
    });
    expect(operations()).toEqual(["GetCallerIdentity"]);
  });

  it("is asked for first, also when none is configured, and then the organization's owner", async () => {
    const { center, operations } = await startScene();
    await center.readActualState();
    expect(operations().slice(0, 3)).toEqual(["GetCallerIdentity", "DescribeOrganization", "ListInstances"]);
  });
});

describe("the management account", () => {
  const seed = { ...organization(), callerAccount: managementAccount };

  it("is refused before anything else is read", async () => {
    const { center, operations } = await startScene({ seed });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.management-account",
      params: { account: managementAccount },
    });
    expect(operations()).toEqual(["GetCallerIdentity", "DescribeOrganization"]);
  });

  it("is refused also where it is the expected account", async () => {
    const { center } = await startScene({ seed, expectedAccount: managementAccount });
    await expect(center.readActualState()).rejects.toMatchObject({ code: "aws.management-account" });
  });

  it("is let through when the configuration allows it", async () => {
    const { center } = await startScene({ seed, allowManagementAccount: true });
    expect((await center.readActualState()).directory.managementAccount).toBe(managementAccount);
  });
});

describe("an account that is not the delegated administrator", () => {
  const seed = { ...organization(), delegatedAdministrator: false };

  it("is told so, and not that a permission is missing", async () => {
    const { center } = await startScene({ seed });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.not-delegated-administrator",
      params: { account: callerAccount, operation: "ListInstances" },
    });
  });

  it("is told so when AWS Organizations is the first to refuse", async () => {
    const { center, sandbox } = await startScene();
    const respond = refusal("AccessDeniedException", "You don't have permissions to access this resource.");
    sandbox.failures.add({ match: { operation: "ListAccounts" }, respond });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.not-delegated-administrator",
      params: { account: callerAccount, operation: "ListAccounts" },
    });
  });

  it.each([
    "User: arn:aws:sts::1:assumed-role/a/b is not authorized to perform: sso:ListInstances on resource: * because no identity-based policy allows the sso:ListInstances action",
    "User: arn:aws:sts::1:assumed-role/a/b is not authorized to perform: sso:ListInstances on resource: * with an explicit deny in an identity-based policy",
  ])("is something else than a role without the permission: %s", async (message) => {
    const { center, sandbox } = await startScene();
    const respond = refusal("AccessDeniedException", message);
    sandbox.failures.add({ match: { operation: "ListInstances" }, respond });
    await expect(center.readActualState()).rejects.toMatchObject({ code: "aws.access-denied" });
  });
});
