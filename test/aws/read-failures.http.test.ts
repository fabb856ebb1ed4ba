import { setTimeout as wait } from "node:timers/promises";

import { describe, expect, it, vi } from "vitest";

import { devAccount, organization, ownSet, refusal, type Scene, startScene } from "./organization.ts";

const partOperations = [
  "ListInstances",
  "DescribeInstance",
  "DescribeOrganization",
  "ListAccounts",
  "ListUsers",
  "ListGroups",
  "ListPermissionSets",
  "ListPermissionSetsProvisionedToAccount",
  "DescribePermissionSet",
  "ListTagsForResource",
  "GetInlinePolicyForPermissionSet",
  "ListManagedPoliciesInPermissionSet",
  "ListCustomerManagedPolicyReferencesInPermissionSet",
  "GetPermissionsBoundaryForPermissionSet",
  "ListAccountsForProvisionedPermissionSet",
  "ListAccountAssignments",
] as const;

const seed = organization([ownSet("A", { assignments: [{ accountId: devAccount, userName: "sato" }] })]);

/** Says AWS's answer to every request for the operation. */
function answer(scene: Scene, operation: string, body: object): void {
  scene.sandbox.failures.add({ match: { operation }, respond: { status: 200, body } });
}

describe("a read of the actual state fails", () => {
  it.each(partOperations)("when %s is refused", async (operation) => {
    const { center, sandbox } = await startScene({ seed });
    sandbox.failures.add({
      match: { operation },
      respond: refusal("AccessDeniedException", "not authorized"),
    });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.access-denied",
      params: { operation, message: "not authorized" },
    });
  });

  it("when IAM refuses to list policies", async () => {
    const { center, sandbox } = await startScene({ seed });
    const body =
      "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>";
    sandbox.failures.add({
      match: { operation: "ListPolicies" },
      respond: { status: 403, headers: { "content-type": "text/xml" }, body },
    });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.access-denied",
      params: { operation: "ListPolicies" },
    });
  });

  it.each([
    ["ListInstances", {}],
    ["ListInstances", { Instances: [{ InstanceArn: "arn:aws:sso:::instance/ssoins-7758a1b2c3d4e5f6" }] }],
    ["DescribeOrganization", {}],
    ["DescribeOrganization", { Organization: { Id: "o-1" } }],
    ["ListAccounts", {}],
    ["ListAccounts", { Accounts: [{ Name: "Dev", State: "ACTIVE" }] }],
    ["ListAccounts", { Accounts: [{ Id: devAccount, State: "ACTIVE" }] }],
    ["ListUsers", {}],
    ["ListUsers", { Users: [{ UserName: "sato" }] }],
    ["ListGroups", {}],
    ["ListGroups", { Groups: [{ DisplayName: "Developers" }] }],
    ["ListPermissionSets", {}],
    ["DescribePermissionSet", {}],
    ["DescribePermissionSet", { PermissionSet: { SessionDuration: "PT1H" } }],
    ["DescribePermissionSet", { PermissionSet: { Name: "A", SessionDuration: "P1Y" } }],
    ["ListTagsForResource", {}],
    ["ListTagsForResource", { Tags: [{ Key: "kintone-sso-sync:owner" }] }],
    ["ListManagedPoliciesInPermissionSet", {}],
    ["ListManagedPoliciesInPermissionSet", { AttachedManagedPolicies: [{ Name: "Billing" }] }],
    ["ListCustomerManagedPolicyReferencesInPermissionSet", {}],
    ["ListCustomerManagedPolicyReferencesInPermissionSet", { CustomerManagedPolicyReferences: [{}] }],
    ["ListAccountsForProvisionedPermissionSet", {}],
    ["ListAccountAssignments", {}],
    ["ListAccountAssignments", { AccountAssignments: [{ PrincipalType: "USER" }] }],
    ["ListAccountAssignments", { AccountAssignments: [{ PrincipalId: "u-1" }] }],
    ["ListAccountAssignments", { AccountAssignments: [{ PrincipalId: "u-1", PrincipalType: "ROBOT" }] }],
  ])("when %s answers only %j", async (operation, body) => {
    const scene = await startScene({ seed });
    answer(scene, operation, body);
    await expect(scene.center.readActualState()).rejects.toMatchObject({
      code: "aws.incomplete-read",
      params: { operation },
    });
  });

  it.each([
    ["ListPermissionSets", { PermissionSets: [], NextToken: "again" }],
    ["ListAccounts", { Accounts: [], NextToken: "again" }],
    ["ListUsers", { Users: [], NextToken: "again" }],
    ["ListAccountAssignments", { AccountAssignments: [], NextToken: "again" }],
  ])("when %s gives the same page token twice", async (operation, body) => {
    const scene = await startScene({ seed });
    answer(scene, operation, body);
    await expect(scene.center.readActualState()).rejects.toMatchObject({
      code: "aws.incomplete-read",
      params: { operation, problem: "the same page token twice" },
    });
    expect(scene.operations().filter((asked) => asked === operation)).toHaveLength(2);
  });

  it("when IAM's list is cut off without saying where to go on", async () => {
    const { center, sandbox } = await startScene({ seed });
    const body =
      "<ListPoliciesResponse><ListPoliciesResult><IsTruncated>true</IsTruncated><Policies/></ListPoliciesResult></ListPoliciesResponse>";
    sandbox.failures.add({
      match: { operation: "ListPolicies" },
      respond: { status: 200, headers: { "content-type": "text/xml" }, body },
    });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.incomplete-read",
      params: { operation: "ListPolicies" },
    });
  });

  it("and then asks AWS for nothing more", async () => {
    const sets = Array.from({ length: 60 }, (_, index) => ownSet(`Set${index}`));
    const { center, sandbox, attempts } = await startScene({ seed: organization(sets), speed: 1000 });
    sandbox.failures.add({
      match: { operation: "DescribePermissionSet" },
      nth: 1,
      respond: refusal("AccessDeniedException", "not authorized"),
    });
    await expect(center.readActualState()).rejects.toMatchObject({ code: "aws.access-denied" });
    const asked = attempts.length;
    await wait(150);
    // Those under way are still answered, at most ten.
    expect(attempts.length - asked).toBeLessThanOrEqual(10);
  });
});

describe("a read of the actual state survives", () => {
  it.each([
    ["a reset connection", { reset: true }],
    ["an internal error", refusal("InternalServerException", "try later", 500)],
    ["an unavailable service", { status: 503, body: "<html>Service Unavailable</html>" }],
    ["throttling", refusal("ThrottlingException", "Rate exceeded")],
  ] as const)("%s", async (_description, respond) => {
    const { center, sandbox, attempts } = await startScene({ seed });
    sandbox.failures.add({ match: { operation: "ListAccountAssignments" }, nth: 1, respond });
    expect((await center.readActualState()).assignments).toHaveLength(1);
    const counted = attempts.filter(({ operation }) => operation === "ListAccountAssignments");
    expect(counted.map(({ errorName }) => errorName === undefined)).toEqual([false, true]);
  });

  it("throttling that lasts longer than the SDK's own retries", async () => {
    const { center, sandbox } = await startScene({ seed, maxAttempts: 1 });
    const respond = refusal("ThrottlingException", "Rate exceeded");
    sandbox.failures.add({ match: { operation: "ListUsers" }, times: 4, respond });
    expect((await center.readActualState()).directory.users).toHaveLength(2);
  });
});

describe("the error of a read says", () => {
  it("that the connection breaks every time", async () => {
    const { center, sandbox } = await startScene({ seed });
    sandbox.failures.add({ match: { operation: "ListGroups" }, respond: { reset: true } });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.unreachable",
      params: { operation: "ListGroups", reason: "ECONNRESET" },
    });
  });

  it("that nobody listens at the address", async () => {
    const { center, sandbox } = await startScene({ seed });
    await sandbox.close();
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.unreachable",
      params: { operation: "GetCallerIdentity", reason: "ECONNREFUSED" },
    });
  });

  it("what AWS says when it keeps failing", async () => {
    const { center, sandbox } = await startScene({ seed });
    const respond = refusal("InternalServerException", "try later", 500);
    sandbox.failures.add({ match: { operation: "ListGroups" }, respond });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.request-failed",
      params: { operation: "ListGroups", name: "InternalServerException", message: "try later" },
    });
  });

  it("how often it has asked when AWS goes on throttling", async () => {
    const { center, sandbox, operations } = await startScene({ seed, maxAttempts: 1, speed: 100 });
    const respond = refusal("ThrottlingException", "Rate exceeded");
    sandbox.failures.add({ match: { operation: "ListGroups" }, respond });
    const error: unknown = await center.readActualState().catch((thrown: unknown) => thrown);
    const asked = operations().filter((operation) => operation === "ListGroups").length;
    expect(error).toMatchObject({
      code: "aws.throttled",
      params: { operation: "ListGroups", attempts: asked },
    });
    expect(asked).toBeGreaterThan(1);
  });

  it("that the credentials have expired", async () => {
    const { center, sandbox } = await startScene({ seed });
    const respond = refusal("ExpiredTokenException", "The security token included in the request is expired");
    sandbox.failures.add({ match: { operation: "ListInstances" }, respond });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.expired-credentials",
      params: { operation: "ListInstances" },
    });
  });

  it("that there are no credentials", async () => {
    const { center, sandbox } = await startScene({ seed });
    vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.no-credentials",
      params: { message: expect.stringContaining("Could not load credentials") as string },
    });
    expect(sandbox.requests).toEqual([]);
  });
});
