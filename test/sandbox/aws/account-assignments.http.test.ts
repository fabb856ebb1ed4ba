import { describe, expect, test } from "vitest";

import {
  identityStoreId,
  instanceArn,
  managementAccount,
  type OrganizationUnderTest,
  refusal,
  startOrganization,
} from "./organization-under-test.ts";

const InstanceArn = instanceArn;
const production = "333333333333";
const development = "444444444444";
const suspended = "555555555555";
const hanako = { accountId: production, userName: "hanako@example.com" };
const missingUser = "0123456789-00000000-0000-0000-0000-000000000000";

/** Asks for the assignment of "Developer" to a principal, hanako unless it says otherwise. */
function assignmentInput(
  { sandbox, arnOf }: OrganizationUnderTest,
  accountId = production,
  principalId?: string,
) {
  return {
    InstanceArn,
    PermissionSetArn: arnOf("Developer"),
    TargetType: "AWS_ACCOUNT",
    TargetId: accountId,
    PrincipalType: "USER",
    PrincipalId: principalId ?? sandbox.state.userId("hanako@example.com"),
  } as const;
}

async function create(organization: OrganizationUnderTest, accountId = production, principalId?: string) {
  const input = assignmentInput(organization, accountId, principalId);
  const { AccountAssignmentCreationStatus: status } = await organization.sso.createAccountAssignment(input);
  return {
    status,
    now: async () => {
      const described = await organization.sso.describeAccountAssignmentCreationStatus({
        InstanceArn,
        AccountAssignmentCreationRequestId: status?.RequestId,
      });
      return described.AccountAssignmentCreationStatus;
    },
  };
}

async function remove(organization: OrganizationUnderTest, accountId = production, principalId?: string) {
  const input = assignmentInput(organization, accountId, principalId);
  const { AccountAssignmentDeletionStatus: status } = await organization.sso.deleteAccountAssignment(input);
  return {
    status,
    now: async () => {
      const described = await organization.sso.describeAccountAssignmentDeletionStatus({
        InstanceArn,
        AccountAssignmentDeletionRequestId: status?.RequestId,
      });
      return described.AccountAssignmentDeletionStatus;
    },
  };
}

describe("creating an assignment", () => {
  test("an assignment is in progress first, and exists only when it has succeeded", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const { sandbox, pass } = organization;
    const { status, now } = await create(organization);
    expect(status).toMatchObject({
      Status: "IN_PROGRESS",
      TargetId: production,
      TargetType: "AWS_ACCOUNT",
      PrincipalType: "USER",
      PrincipalId: sandbox.state.userId("hanako@example.com"),
      CreatedDate: expect.any(Date),
    });
    pass(4999);
    expect(await now()).toMatchObject({ Status: "IN_PROGRESS" });
    expect(sandbox.state.assignments()).toEqual([]);
    pass(1);
    expect(await now()).toMatchObject({ Status: "SUCCEEDED" });
    expect(sandbox.state.assignments()).toHaveLength(1);
  });

  test("an assignment provisions the permission set to the account, and is faster where the role exists", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const { sandbox, pass } = organization;
    await create(organization);
    pass(5000);
    expect(sandbox.state.permissionSet("Developer").provisionedAccounts).toEqual([
      { accountId: production, stale: false },
    ]);
    const second = await create(organization, production, sandbox.state.userId("taro@example.com"));
    pass(2000);
    expect(await second.now()).toMatchObject({ Status: "SUCCEEDED" });
  });

  test("creating an existing assignment succeeds and leaves one row", async () => {
    const organization = await startOrganization({
      seed: { permissionSets: [{ name: "Developer", assignments: [hanako] }] },
    });
    const { sso, pass, arnOf } = organization;
    const { now } = await create(organization);
    pass(2000);
    expect(await now()).toMatchObject({ Status: "SUCCEEDED" });
    const { AccountAssignments } = await sso.listAccountAssignments({
      InstanceArn,
      AccountId: production,
      PermissionSetArn: arnOf("Developer"),
    });
    expect(AccountAssignments).toHaveLength(1);
  });

  test("an unknown principal fails late", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const { now } = await create(organization, production, missingUser);
    organization.pass(5000);
    expect(await now()).toMatchObject({
      Status: "FAILED",
      FailureReason: `Received a 404 status error: the USER assignee ${missingUser} was not found in directory ${identityStoreId}`,
    });
  });

  test("a group is not found as a user", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const { now } = await create(organization, production, organization.sandbox.state.groupId("developers"));
    organization.pass(5000);
    expect((await now())?.FailureReason).toContain("the USER assignee");
  });

  test("a suspended account fails late, and is busy until then", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const { now } = await create(organization, suspended);
    organization.pass(14_999);
    expect((await refusal(create(organization, suspended))).name).toBe("ConflictException");
    organization.pass(1);
    const status = await now();
    expect(status?.Status).toBe("FAILED");
    expect(status?.FailureReason).toContain(
      "AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account " +
        `'${suspended}' is taking longer than usual`,
    );
  });

  test("an account outside the organization is not found", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const refused = await refusal(create(organization, "999999999999"));
    expect(refused.name).toBe("ResourceNotFoundException");
  });
});

describe("what IAM refuses when the role is created", () => {
  const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

  test.each([
    [
      "a customer managed policy that the account does not have",
      { customerManagedPolicies: [{ name: "deploy", path: "/ops/" }] },
      `Received a 404 status error: Not supported policy arn:aws:iam::${production}:policy/ops/deploy.`,
    ],
    [
      "a customer managed boundary that the account does not have",
      { boundary: { name: "deploy", path: "/ops/" } },
      `Received a 404 status error: Not supported policy arn:aws:iam::${production}:policy/ops/deploy.`,
    ],
    [
      "an AWS managed policy that does not exist",
      { managedPolicies: ["arn:aws:iam::aws:policy/NoSuchPolicy"] },
      "Received a 404 status error: Policy arn:aws:iam::aws:policy/NoSuchPolicy does not exist or is not attachable.",
    ],
    [
      "an AWS managed policy at the wrong path",
      { managedPolicies: ["arn:aws:iam::aws:policy/Billing"] },
      "Received a 404 status error: Policy arn:aws:iam::aws:policy/Billing does not exist or is not attachable.",
    ],
    [
      "a policy of a service-linked role",
      { managedPolicies: ["arn:aws:iam::aws:policy/aws-service-role/AWSSupportServiceRolePolicy"] },
      "Received a 400 status error: Cannot attach a Service Role Policy to a Customer Role.",
    ],
    [
      "more than ten managed policies",
      { customerManagedPolicies: Array.from({ length: 11 }, (_, index) => ({ name: `c${index}` })) },
      "Received a 409 status error: Cannot exceed quota for PoliciesPerRole: 10",
    ],
    [
      "an inline policy with a mistyped effect",
      { inlinePolicy: JSON.stringify({ Statement: { ...statement, Effect: "Alow" } }) },
      "Received a 400 status error: Syntax errors in policy.",
    ],
    [
      "an inline policy with an action without a service",
      { inlinePolicy: JSON.stringify({ Statement: [statement, { ...statement, Action: ["GetObject"] }] }) },
      "Received a 400 status error: Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    [
      "an inline policy without a resource",
      { inlinePolicy: JSON.stringify({ Statement: { Effect: "Deny", NotAction: "iam:*" } }) },
      "Received a 400 status error: Policy statement must contain resources.",
    ],
    [
      "an inline policy with a principal",
      { inlinePolicy: JSON.stringify({ Statement: { ...statement, Principal: "*" } }) },
      "Received a 400 status error: Policy document should not specify a principal.",
    ],
    [
      "an inline policy with a Sid used twice",
      {
        inlinePolicy: JSON.stringify({
          Statement: [
            { ...statement, Sid: "a" },
            { ...statement, Sid: "a" },
          ],
        }),
      },
      "Received a 400 status error: Statement IDs (SID) in a single policy must be unique.",
    ],
  ])("%s fails late and assigns nothing", async (_what, definition, reason) => {
    const organization = await startOrganization({
      seed: {
        permissionSets: [{ name: "Developer", ...definition }],
        missingCustomerManagedPolicies: [{ accountId: production, name: "deploy", path: "/ops/" }],
      },
    });
    const { now } = await create(organization);
    organization.pass(5000);
    expect(await now()).toMatchObject({ Status: "FAILED", FailureReason: reason });
    expect(organization.sandbox.state.assignments()).toEqual([]);
    expect(organization.sandbox.state.permissionSet("Developer").provisionedAccounts).toEqual([]);
  });

  test("a definition that IAM would refuse does no harm where the role exists already", async () => {
    const organization = await startOrganization({
      seed: { permissionSets: [{ name: "Developer", assignments: [hanako] }] },
    });
    const { sandbox, pass } = organization;
    sandbox.state.changePermissionSet("Developer", { inlinePolicy: '{"Statement":"nonsense"}' });
    const { now } = await create(organization, production, sandbox.state.userId("taro@example.com"));
    pass(2000);
    expect(await now()).toMatchObject({ Status: "SUCCEEDED" });
  });

  test("a policy that is missing at one path is found at another", async () => {
    const organization = await startOrganization({
      seed: {
        permissionSets: [{ name: "Developer", customerManagedPolicies: [{ name: "deploy", path: "/ops/" }] }],
        missingCustomerManagedPolicies: [{ accountId: production, name: "deploy" }],
      },
    });
    const { now } = await create(organization);
    organization.pass(5000);
    expect(await now()).toMatchObject({ Status: "SUCCEEDED" });
  });

  test("a policy that is missing in one account is found in the others", async () => {
    const organization = await startOrganization({
      seed: {
        permissionSets: [{ name: "Developer", customerManagedPolicies: [{ name: "deploy" }] }],
        missingCustomerManagedPolicies: [{ accountId: production, name: "deploy" }],
      },
    });
    const { now } = await create(organization, development);
    organization.pass(5000);
    expect(await now()).toMatchObject({ Status: "SUCCEEDED" });
  });
});

describe("deleting an assignment", () => {
  test("the last deletion in an account takes the role away a moment after it has succeeded", async () => {
    const organization = await startOrganization({
      seed: { permissionSets: [{ name: "Developer", assignments: [hanako] }] },
    });
    const { sandbox, pass } = organization;
    const { status, now } = await remove(organization);
    expect(status).toMatchObject({ Status: "IN_PROGRESS", TargetId: production });
    pass(2000);
    expect(await now()).toMatchObject({ Status: "SUCCEEDED" });
    expect(sandbox.state.assignments()).toEqual([]);
    expect(sandbox.state.permissionSet("Developer").provisionedAccounts).toHaveLength(1);
    pass(1000);
    expect(sandbox.state.permissionSet("Developer").provisionedAccounts).toEqual([]);
  });

  test("the role stays while somebody else is assigned", async () => {
    const organization = await startOrganization({
      seed: {
        permissionSets: [
          { name: "Developer", assignments: [hanako, { accountId: production, group: "developers" }] },
        ],
      },
    });
    await remove(organization);
    organization.pass(10_000);
    expect(organization.sandbox.state.permissionSet("Developer").provisionedAccounts).toHaveLength(1);
  });

  test("the role stays when somebody is assigned again before it is taken away", async () => {
    const organization = await startOrganization({
      seed: { permissionSets: [{ name: "Developer", assignments: [hanako] }] },
    });
    await remove(organization);
    organization.pass(2500);
    organization.sandbox.state.addAssignment("Developer", { accountId: production, group: "developers" });
    organization.pass(10_000);
    expect(organization.sandbox.state.permissionSet("Developer").provisionedAccounts).toHaveLength(1);
  });

  test("deleting a missing assignment is accepted and fails late", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const { status, now } = await remove(organization);
    expect(status?.Status).toBe("IN_PROGRESS");
    organization.pass(2000);
    const ended = await now();
    expect(ended?.Status).toBe("FAILED");
    expect(ended?.FailureReason).toMatch(
      /^Received a 404 status error: EntitlementItem doesn't exist with the given entitlement key EntitlementKey\{/,
    );
  });

  test("assignments of a removed user stay listed and can be deleted by id", async () => {
    const organization = await startOrganization({
      seed: { permissionSets: [{ name: "Developer", assignments: [hanako] }] },
    });
    const { sandbox, pass } = organization;
    const id = sandbox.state.userId("hanako@example.com");
    sandbox.state.removeUser("hanako@example.com");
    expect(sandbox.state.assignments()).toMatchObject([{ principalId: id }]);
    const { now } = await remove(organization, production, id);
    pass(2000);
    expect(await now()).toMatchObject({ Status: "SUCCEEDED" });
  });
});

describe("conflicts", () => {
  test("one account is changed by one operation at a time, other accounts are free", async () => {
    const organization = await startOrganization({
      seed: { permissionSets: [{ name: "Developer" }, { name: "Auditor" }] },
    });
    await create(organization);
    const conflict = { name: "ConflictException", message: "There is a conflicting operation in process." };
    expect(await refusal(create(organization, production, missingUser))).toEqual(conflict);
    expect(await refusal(remove(organization))).toEqual(conflict);
    const provision = organization.sso.provisionPermissionSet({
      InstanceArn,
      PermissionSetArn: organization.arnOf("Auditor"),
      TargetType: "AWS_ACCOUNT",
      TargetId: production,
    });
    expect(await refusal(provision)).toEqual(conflict);
    await create(organization, development);
    organization.pass(5000);
    await create(organization, production, missingUser);
  });

  test("the management account is no target for a delegated administrator", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const arn = organization.arnOf("Developer");
    for (const [operation, request] of [
      ["CreateAccountAssignment", create(organization, managementAccount)],
      ["DeleteAccountAssignment", remove(organization, managementAccount)],
    ] as const) {
      expect(await refusal(request)).toEqual({
        name: "AccessDeniedException",
        message:
          "User: arn:aws:sts::222222222222:assumed-role/kintone-sso-sync/sandbox is not authorized to perform: " +
          `sso:${operation} on resource: ${arn}`,
      });
    }
  });

  test("the management account itself may assign to itself", async () => {
    const organization = await startOrganization({
      seed: { callerAccount: managementAccount, permissionSets: [{ name: "Developer" }] },
    });
    const { now } = await create(organization, managementAccount);
    organization.pass(5000);
    expect(await now()).toMatchObject({ Status: "SUCCEEDED" });
  });
});

describe("status lists", () => {
  test("the lists show id, status and time of each kind of operation, filtered by status", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const { sso, pass, arnOf } = organization;
    const created = await create(organization);
    const failing = await create(organization, development, missingUser);
    pass(5000);
    const deleted = await remove(organization);
    const { PermissionSetProvisioningStatus: provisioned } = await sso.provisionPermissionSet({
      InstanceArn,
      PermissionSetArn: arnOf("Developer"),
      TargetType: "AWS_ACCOUNT",
      TargetId: development,
    });
    const failed = await sso.listAccountAssignmentCreationStatus({
      InstanceArn,
      Filter: { Status: "FAILED" },
    });
    expect(failed.AccountAssignmentsCreationStatus).toEqual([
      { RequestId: failing.status?.RequestId, Status: "FAILED", CreatedDate: expect.any(Date) },
    ]);
    const all = await sso.listAccountAssignmentCreationStatus({ InstanceArn });
    expect(new Set(all.AccountAssignmentsCreationStatus?.map(({ RequestId }) => RequestId))).toEqual(
      new Set([created.status?.RequestId, failing.status?.RequestId]),
    );
    const deletions = await sso.listAccountAssignmentDeletionStatus({ InstanceArn });
    expect(deletions.AccountAssignmentsDeletionStatus).toMatchObject([
      { RequestId: deleted.status?.RequestId, Status: "IN_PROGRESS" },
    ]);
    const provisions = await sso.listPermissionSetProvisioningStatus({
      InstanceArn,
      Filter: { Status: "IN_PROGRESS" },
    });
    expect(provisions.PermissionSetsProvisioningStatus).toMatchObject([
      { RequestId: provisioned?.RequestId },
    ]);
  });

  test("a request is found only among the requests of its kind", async () => {
    const organization = await startOrganization({ seed: { permissionSets: [{ name: "Developer" }] } });
    const { status } = await create(organization);
    const refused = await refusal(
      organization.sso.describeAccountAssignmentDeletionStatus({
        InstanceArn,
        AccountAssignmentDeletionRequestId: status?.RequestId,
      }),
    );
    expect(refused.name).toBe("ResourceNotFoundException");
  });
});
