import { describe, expect, test } from "vitest";

import {
  instanceArn,
  managementAccount,
  type OrganizationUnderTest,
  refusal,
  startOrganization,
} from "./organization-under-test.ts";

const InstanceArn = instanceArn;
const production = "333333333333";
const development = "444444444444";
const assignedInBoth = {
  name: "Developer",
  assignments: [
    { accountId: production, userName: "hanako@example.com" },
    { accountId: development, group: "developers" },
  ],
};
const viewOnly = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";

async function accounts({ sso, arnOf }: OrganizationUnderTest, isLatest: boolean) {
  const { AccountIds } = await sso.listAccountsForProvisionedPermissionSet({
    InstanceArn,
    PermissionSetArn: arnOf("Developer"),
    ProvisioningStatus: isLatest
      ? "LATEST_PERMISSION_SET_PROVISIONED"
      : "LATEST_PERMISSION_SET_NOT_PROVISIONED",
  });
  return AccountIds;
}

async function provision({ sso, arnOf }: OrganizationUnderTest, accountId?: string) {
  const { PermissionSetProvisioningStatus: status } = await sso.provisionPermissionSet({
    InstanceArn,
    PermissionSetArn: arnOf("Developer"),
    ...(accountId === undefined
      ? { TargetType: "ALL_PROVISIONED_ACCOUNTS" as const }
      : { TargetType: "AWS_ACCOUNT" as const, TargetId: accountId }),
  });
  return {
    status,
    now: async () => {
      const described = await sso.describePermissionSetProvisioningStatus({
        InstanceArn,
        ProvisionPermissionSetRequestId: status?.RequestId,
      });
      return described.PermissionSetProvisioningStatus;
    },
  };
}

describe("stale accounts", () => {
  test.each([
    [
      "an update",
      ({ sso, arnOf }: OrganizationUnderTest) =>
        sso.updatePermissionSet({
          InstanceArn,
          PermissionSetArn: arnOf("Developer"),
          SessionDuration: "PT4H",
        }),
    ],
    [
      "an attached policy",
      ({ sso, arnOf }: OrganizationUnderTest) =>
        sso.attachManagedPolicyToPermissionSet({
          InstanceArn,
          PermissionSetArn: arnOf("Developer"),
          ManagedPolicyArn: viewOnly,
        }),
    ],
    [
      "an inline policy",
      ({ sso, arnOf }: OrganizationUnderTest) =>
        sso.putInlinePolicyToPermissionSet({
          InstanceArn,
          PermissionSetArn: arnOf("Developer"),
          InlinePolicy: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
        }),
    ],
    [
      "a boundary",
      ({ sso, arnOf }: OrganizationUnderTest) =>
        sso.putPermissionsBoundaryToPermissionSet({
          InstanceArn,
          PermissionSetArn: arnOf("Developer"),
          PermissionsBoundary: { ManagedPolicyArn: viewOnly },
        }),
    ],
  ])("%s makes the accounts stale until they are provisioned", async (_what, change) => {
    const organization = await startOrganization({ seed: { permissionSets: [assignedInBoth] } });
    expect(await accounts(organization, true)).toEqual([production, development]);
    await change(organization);
    expect(await accounts(organization, true)).toEqual([]);
    expect(await accounts(organization, false)).toEqual([production, development]);
    const { now } = await provision(organization);
    organization.pass(4000);
    expect(await now()).toMatchObject({ Status: "SUCCEEDED" });
    expect(await accounts(organization, true)).toEqual([production, development]);
  });

  test("tags make no account stale", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [assignedInBoth] } });
    await organization.sso.tagResource({
      InstanceArn,
      ResourceArn: organization.arnOf("Developer"),
      Tags: [{ Key: "owner", Value: "us" }],
    });
    expect(await accounts(organization, false)).toEqual([]);
  });

  test("a new assignment in a stale account does not bring its role up to date", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [assignedInBoth] } });
    const { sandbox, sso, pass, arnOf } = organization;
    sandbox.state.changePermissionSet("Developer", { managedPolicies: [viewOnly] });
    await sso.createAccountAssignment({
      InstanceArn,
      PermissionSetArn: arnOf("Developer"),
      TargetType: "AWS_ACCOUNT",
      TargetId: production,
      PrincipalType: "USER",
      PrincipalId: sandbox.state.userId("taro@example.com"),
    });
    pass(2000);
    expect(sandbox.state.assignments()).toHaveLength(3);
    expect(await accounts(organization, false)).toEqual([production, development]);
  });

  test("a change during a provisioning leaves the account stale", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [assignedInBoth] } });
    await provision(organization);
    organization.sandbox.state.changePermissionSet("Developer", { managedPolicies: [viewOnly] });
    organization.pass(4000);
    expect(await accounts(organization, false)).toEqual([production, development]);
  });

  test("an account tells which of its permission sets are stale", async () => {
    const { sso, sandbox, arnOf } = await startOrganization({
      seed: { permissionSets: [assignedInBoth, { ...assignedInBoth, name: "Auditor" }] },
    });
    sandbox.state.changePermissionSet("Auditor", { description: "Changed" });
    const provisioned = await sso.listPermissionSetsProvisionedToAccount({
      InstanceArn,
      AccountId: production,
    });
    expect(provisioned.PermissionSets?.toSorted()).toEqual([arnOf("Developer"), arnOf("Auditor")].toSorted());
    const stale = await sso.listPermissionSetsProvisionedToAccount({
      InstanceArn,
      AccountId: production,
      ProvisioningStatus: "LATEST_PERMISSION_SET_NOT_PROVISIONED",
    });
    expect(stale.PermissionSets).toEqual([arnOf("Auditor")]);
  });
});

describe("provisioning", () => {
  test("one account can be provisioned, even without an assignment", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const { status, now } = await provision(organization, production);
    expect(status).toMatchObject({ Status: "IN_PROGRESS", AccountId: production });
    organization.pass(4000);
    expect(await now()).toMatchObject({ Status: "SUCCEEDED", AccountId: production });
    expect(await accounts(organization, true)).toEqual([production]);
    expect(organization.sandbox.state.assignments()).toEqual([]);
  });

  test("one failing account makes the provisioning of all fail, and the others are done", async () => {
    const organization = await startOrganization({
      seed: {
        permissionSets: [assignedInBoth],
        missingCustomerManagedPolicies: [{ accountId: production, name: "deploy" }],
      },
    });
    organization.sandbox.state.changePermissionSet("Developer", {
      customerManagedPolicies: [{ name: "deploy" }],
    });
    const { status, now } = await provision(organization);
    expect(status?.AccountId).toBeUndefined();
    organization.pass(4000);
    expect(await now()).toMatchObject({
      Status: "FAILED",
      FailureReason: `Received a 404 status error: Not supported policy arn:aws:iam::${production}:policy/deploy.`,
    });
    expect(await accounts(organization, false)).toEqual([production]);
    expect(await accounts(organization, true)).toEqual([development]);
  });

  test("provisioning takes longer the more accounts there are", async () => {
    const assignments = Array.from({ length: 11 }, (_, index) => ({
      accountId: String(300_000_000_000 + index),
      userName: "hanako@example.com",
    }));
    const organization = await startOrganization({
      seed: {
        accounts: assignments.map(({ accountId }) => ({ id: accountId, name: accountId })),
        permissionSets: [{ name: "Developer", assignments }],
      },
    });
    const { now } = await provision(organization);
    organization.pass(7999);
    expect(await now()).toMatchObject({ Status: "IN_PROGRESS" });
    organization.pass(1);
    expect(await now()).toMatchObject({ Status: "SUCCEEDED" });
  });

  test("a role that is taken away meanwhile is not found", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [assignedInBoth] } });
    const { now } = await provision(organization, production);
    organization.sandbox.state.removeAssignment("Developer", {
      accountId: production,
      userName: "hanako@example.com",
    });
    organization.pass(4000);
    expect(await now()).toMatchObject({
      Status: "FAILED",
      FailureReason: `Permission set provision not found in AWS account ${production}`,
    });
  });

  test("provisioning one account needs to say which", async () => {
    const { sso, arnOf } = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const PermissionSetArn = arnOf("Developer");
    const refused = await refusal(
      sso.provisionPermissionSet({ InstanceArn, PermissionSetArn, TargetType: "AWS_ACCOUNT" }),
    );
    expect(refused.name).toBe("ValidationException");
  });
});

describe("permission sets provisioned in the management account", () => {
  const locked = {
    name: "Developer",
    managedPolicies: [viewOnly],
    tags: { owner: "management" },
    assignments: [{ accountId: managementAccount, userName: "hanako@example.com" }],
  };
  const target = { TargetType: "AWS_ACCOUNT", TargetId: production } as const;
  const principal = { PrincipalType: "USER", PrincipalId: "00000000-0000-0000-0000-000000000000" } as const;

  test.each([
    ["updatePermissionSet", {}],
    ["deletePermissionSet", {}],
    ["putInlinePolicyToPermissionSet", { InlinePolicy: '{"Statement":[]}' }],
    ["deleteInlinePolicyFromPermissionSet", {}],
    ["attachManagedPolicyToPermissionSet", { ManagedPolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" }],
    ["detachManagedPolicyFromPermissionSet", { ManagedPolicyArn: viewOnly }],
    [
      "attachCustomerManagedPolicyReferenceToPermissionSet",
      { CustomerManagedPolicyReference: { Name: "x" } },
    ],
    [
      "detachCustomerManagedPolicyReferenceFromPermissionSet",
      { CustomerManagedPolicyReference: { Name: "x" } },
    ],
    ["putPermissionsBoundaryToPermissionSet", { PermissionsBoundary: { ManagedPolicyArn: viewOnly } }],
    ["deletePermissionsBoundaryFromPermissionSet", {}],
    ["provisionPermissionSet", { TargetType: "ALL_PROVISIONED_ACCOUNTS" }],
    ["createAccountAssignment", { ...target, ...principal }],
    ["deleteAccountAssignment", { ...target, ...principal }],
  ] as const)("are locked for %s", async (operation, input) => {
    const { sso, arnOf } = await startOrganization({ seed: { permissionSets: [locked] } });
    const request = { InstanceArn, PermissionSetArn: arnOf("Developer"), ...input };
    const send = sso[operation].bind(sso) as (input: unknown) => Promise<unknown>;
    const refused = await refusal(send(request));
    expect(refused.name).toBe("AccessDeniedException");
    expect(refused.message).toMatch(
      new RegExp(`perform: sso:${operation.charAt(0).toUpperCase()}${operation.slice(1)} on resource: arn:`),
    );
  });

  test("are locked for tags too, but can be read", async () => {
    const { sso, arnOf } = await startOrganization({ seed: { permissionSets: [locked] } });
    const ResourceArn = arnOf("Developer");
    const tag = sso.tagResource({ InstanceArn, ResourceArn, Tags: [{ Key: "owner", Value: "us" }] });
    expect((await refusal(tag)).name).toBe("AccessDeniedException");
    const untag = sso.untagResource({ InstanceArn, ResourceArn, TagKeys: ["owner"] });
    expect((await refusal(untag)).name).toBe("AccessDeniedException");
    const { Tags } = await sso.listTagsForResource({ InstanceArn, ResourceArn });
    expect(Tags).toEqual([{ Key: "owner", Value: "management" }]);
    const inManagement = { InstanceArn, AccountId: managementAccount };
    const { PermissionSets } = await sso.listPermissionSetsProvisionedToAccount(inManagement);
    expect(PermissionSets).toEqual([ResourceArn]);
  });

  test("are open to the management account itself", async () => {
    const { sso, arnOf } = await startOrganization({
      seed: { permissionSets: [locked], callerAccount: managementAccount },
    });
    const input = { InstanceArn, PermissionSetArn: arnOf("Developer"), Description: "Changed" };
    await sso.updatePermissionSet(input);
    const { PermissionSet } = await sso.describePermissionSet(input);
    expect(PermissionSet?.Description).toBe("Changed");
  });
});
