import { ListGroupsCommand, ListUsersCommand } from "@aws-sdk/client-identitystore";
import { DescribeOrganizationCommand, ListAccountsCommand } from "@aws-sdk/client-organizations";
import { describe, expect, test } from "vitest";

import {
  identityStoreId,
  instanceArn,
  type OrganizationUnderTest,
  refusal,
  startOrganization,
} from "./organization-under-test.ts";

const InstanceArn = instanceArn;
const rateExceeded = { name: "ThrottlingException", message: "Rate exceeded" };
const tooMany = {
  name: "ThrottlingException",
  message: "There are too many requests processing. Please try again later.",
};
const manyAccounts = Array.from({ length: 20 }, (_, index) => ({
  id: String(300_000_000_000 + index),
  name: `account-${index}`,
}));

/** Sends the same request one after the other and counts how many get an answer before the first refusal. */
async function answeredBeforeRefusal(send: () => Promise<unknown>) {
  for (let answered = 0; answered < 200; answered += 1) {
    const refused = await send().then(
      () => undefined,
      (error: unknown) => error as Error,
    );
    if (refused !== undefined) return { answered, name: refused.name, message: refused.message };
  }
  throw new Error("None of 200 requests was refused.");
}

function createIn({ sso, sandbox, arnOf }: OrganizationUnderTest, accountId: string) {
  return sso.createAccountAssignment({
    InstanceArn,
    PermissionSetArn: arnOf("Developer"),
    TargetType: "AWS_ACCOUNT",
    TargetId: accountId,
    PrincipalType: "USER",
    PrincipalId: sandbox.state.userId("hanako@example.com"),
  });
}

describe("requests per second", () => {
  test("reads, writes and status polls of sso-admin share 20 requests per second", async () => {
    const { sso, pass } = await startOrganization({ quotas: { requestsPerSecond: 20 } });
    const requests = [
      () => sso.listInstances({}),
      () => sso.listPermissionSets({ InstanceArn }),
      () => sso.listAccountAssignmentCreationStatus({ InstanceArn }),
    ];
    let sent = 0;
    const next = () => {
      sent += 1;
      return (requests[sent % 3] ?? sso.listInstances.bind(sso))();
    };
    expect(await answeredBeforeRefusal(next)).toEqual({ answered: 20, ...rateExceeded });
    pass(100);
    expect(await answeredBeforeRefusal(next)).toEqual({ answered: 2, ...rateExceeded });
    pass(60_000);
    expect(await answeredBeforeRefusal(next)).toEqual({ answered: 20, ...rateExceeded });
  });

  test("a refused request counts against no other service and has no effect", async () => {
    const { sso, sandbox, identityStore } = await startOrganization({ quotas: { requestsPerSecond: 1 } });
    await sso.listInstances({});
    expect(await refusal(sso.createPermissionSet({ InstanceArn, Name: "Developer" }))).toEqual(rateExceeded);
    expect(sandbox.state.permissionSets()).toEqual([]);
    await identityStore.send(new ListUsersCommand({ IdentityStoreId: identityStoreId }));
  });

  test("every operation of the identity store has its own 20 requests per second", async () => {
    const { identityStore } = await startOrganization();
    const input = { IdentityStoreId: identityStoreId };
    expect(await answeredBeforeRefusal(() => identityStore.send(new ListUsersCommand(input)))).toEqual({
      answered: 20,
      ...rateExceeded,
    });
    await identityStore.send(new ListGroupsCommand(input));
  });

  test("Organizations lets 12 ListAccounts through at once and 8 per second after that", async () => {
    const { organizations, pass } = await startOrganization();
    const send = () => organizations.send(new ListAccountsCommand({}));
    expect(await answeredBeforeRefusal(send)).toMatchObject({
      answered: 12,
      name: "TooManyRequestsException",
    });
    pass(1000);
    expect(await answeredBeforeRefusal(send)).toMatchObject({ answered: 8 });
  });

  test("Organizations lets DescribeOrganization through once per second", async () => {
    const { organizations, pass } = await startOrganization();
    const send = () => organizations.send(new DescribeOrganizationCommand({}));
    expect(await answeredBeforeRefusal(send)).toMatchObject({ answered: 2 });
    pass(1000);
    expect(await answeredBeforeRefusal(send)).toMatchObject({ answered: 1 });
  });

  test("speed multiplies the rates", async () => {
    const { sso } = await startOrganization({ quotas: { requestsPerSecond: 20 }, speed: 5 });
    expect(await answeredBeforeRefusal(() => sso.listInstances({}))).toMatchObject({ answered: 100 });
  });
});

describe("outstanding operations", () => {
  test("at most 15 assignments are created and deleted at one time", async () => {
    const organization = await startOrganization({
      seed: { accounts: manyAccounts, permissionSets: [{ name: "Developer" }] },
    });
    for (const { id } of manyAccounts.slice(0, 14)) await createIn(organization, id);
    await organization.sso.deleteAccountAssignment({
      InstanceArn,
      PermissionSetArn: organization.arnOf("Developer"),
      TargetType: "AWS_ACCOUNT",
      TargetId: "300000000014",
      PrincipalType: "USER",
      PrincipalId: organization.sandbox.state.userId("hanako@example.com"),
    });
    expect(await refusal(createIn(organization, "300000000015"))).toEqual(tooMany);
    organization.pass(2000);
    await createIn(organization, "300000000015");
    expect(await refusal(createIn(organization, "300000000016"))).toEqual(tooMany);
  });

  test("at most 3 permission sets are provisioned at one time, whatever the assignments", async () => {
    const organization = await startOrganization({
      seed: { accounts: manyAccounts, permissionSets: [{ name: "Developer" }] },
    });
    const provision = (TargetId: string) =>
      organization.sso.provisionPermissionSet({
        InstanceArn,
        PermissionSetArn: organization.arnOf("Developer"),
        TargetType: "AWS_ACCOUNT",
        TargetId,
      });
    for (const { id } of manyAccounts.slice(10, 15)) await createIn(organization, id);
    for (const { id } of manyAccounts.slice(0, 3)) await provision(id);
    expect(await refusal(provision("300000000003"))).toEqual(tooMany);
    await createIn(organization, "300000000003");
    organization.pass(5000);
    await provision("300000000003");
  });
});

describe("quotas", () => {
  test("at most 100 groups are assigned to a permission set in one account, users not counted", async () => {
    const groups = Array.from({ length: 101 }, (_, index) => ({ displayName: `group-${index}` }));
    const accountId = "333333333333";
    const { sso, sandbox, arnOf } = await startOrganization({
      seed: {
        groups,
        permissionSets: [
          {
            name: "Developer",
            assignments: [
              ...groups.slice(0, 100).map(({ displayName }) => ({ accountId, group: displayName })),
              { accountId, userName: "hanako@example.com" },
            ],
          },
        ],
      },
    });
    const create = (TargetId: string, group: string) =>
      sso.createAccountAssignment({
        InstanceArn,
        PermissionSetArn: arnOf("Developer"),
        TargetType: "AWS_ACCOUNT",
        TargetId,
        PrincipalType: "GROUP",
        PrincipalId: sandbox.state.groupId(group),
      });
    expect((await refusal(create(accountId, "group-100"))).name).toBe("ServiceQuotaExceededException");
    await create("444444444444", "group-100");
    await create(accountId, "group-0");
  });

  test("an account takes no more permission sets than its quota", async () => {
    const accountId = "333333333333";
    const assignments = [{ accountId, userName: "hanako@example.com" }];
    const organization = await startOrganization({
      seed: {
        permissionSets: [{ name: "Developer" }, { name: "One", assignments }, { name: "Two", assignments }],
      },
      quotas: { provisionedPermissionSetsPerAccount: 2 },
    });
    expect((await refusal(createIn(organization, accountId))).name).toBe("ServiceQuotaExceededException");
    await createIn(organization, "444444444444");
  });

  test("an instance has no more permission sets than its quota", async () => {
    const { sso } = await startOrganization({ quotas: { permissionSets: 1 } });
    await sso.createPermissionSet({ InstanceArn, Name: "One" });
    const refused = await refusal(sso.createPermissionSet({ InstanceArn, Name: "Two" }));
    expect(refused.name).toBe("ServiceQuotaExceededException");
  });
});
