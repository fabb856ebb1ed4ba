import { type ValidatePolicyCommandInput, ValidatePolicyCommand } from "@aws-sdk/client-accessanalyzer";
import { ListPoliciesCommand } from "@aws-sdk/client-iam";
import {
  DescribeUserCommand,
  GetUserIdCommand,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from "@aws-sdk/client-identitystore";
import { DescribeAccountCommand, ListAccountsCommand } from "@aws-sdk/client-organizations";
import { describe, expect, test } from "vitest";

import { identityStoreId, managementAccount, refusal, startOrganization } from "./organization-under-test.ts";

const IdentityStoreId = identityStoreId;

describe("identity store", () => {
  test("users are listed with name, email and status", async () => {
    const { identityStore, sandbox } = await startOrganization();
    const { Users = [] } = await identityStore.send(new ListUsersCommand({ IdentityStoreId }));
    expect(
      Users.toSorted((one, other) => String(one.UserName).localeCompare(String(other.UserName))),
    ).toMatchObject([
      {
        UserId: sandbox.state.userId("hanako@example.com"),
        UserName: "hanako@example.com",
        Emails: [{ Value: "hanako@example.com", Primary: true }],
        UserStatus: "ENABLED",
      },
      {
        UserName: "taro@example.com",
        Emails: [{ Value: "taro.yamada@example.com" }],
        UserStatus: "DISABLED",
      },
    ]);
  });

  test("the identity store may be named by its ARN", async () => {
    const { identityStore } = await startOrganization();
    const arn = `arn:aws:identitystore::${managementAccount}:identitystore/${identityStoreId}`;
    const { Users } = await identityStore.send(new ListUsersCommand({ IdentityStoreId: arn }));
    expect(Users).toHaveLength(2);
  });

  test("groups and their members are listed", async () => {
    const { identityStore, sandbox } = await startOrganization();
    const { Groups = [] } = await identityStore.send(new ListGroupsCommand({ IdentityStoreId }));
    expect(Groups).toMatchObject([
      { DisplayName: "developers", GroupId: sandbox.state.groupId("developers") },
    ]);
    const { GroupMemberships } = await identityStore.send(
      new ListGroupMembershipsCommand({ IdentityStoreId, GroupId: Groups[0]?.GroupId }),
    );
    expect(GroupMemberships).toMatchObject([
      { MemberId: { UserId: sandbox.state.userId("hanako@example.com") } },
    ]);
  });

  test.each([
    ["userName", "taro@example.com"],
    ["emails.value", "taro.yamada@example.com"],
  ])("a user is found by %s", async (AttributePath, AttributeValue) => {
    const { identityStore, sandbox } = await startOrganization();
    const { UserId } = await identityStore.send(
      new GetUserIdCommand({
        IdentityStoreId,
        AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
      }),
    );
    expect(UserId).toBe(sandbox.state.userId("taro@example.com"));
    const user = await identityStore.send(new DescribeUserCommand({ IdentityStoreId, UserId }));
    expect(user).toMatchObject({ UserName: "taro@example.com", UserStatus: "DISABLED" });
  });

  test("a user that is not there is not found", async () => {
    const { identityStore } = await startOrganization();
    const search = new GetUserIdCommand({
      IdentityStoreId,
      AlternateIdentifier: { UniqueAttribute: { AttributePath: "userName", AttributeValue: "nobody" } },
    });
    await expect(identityStore.send(search)).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      ResourceType: "USER",
    });
  });

  test("a user who is created again has another id and is in no group", async () => {
    const { identityStore, sandbox } = await startOrganization();
    const former = sandbox.state.userId("hanako@example.com");
    sandbox.state.removeUser("hanako@example.com");
    expect(sandbox.state.addUser({ userName: "hanako@example.com" })).not.toBe(former);
    const GroupId = sandbox.state.groupId("developers");
    const members = await identityStore.send(new ListGroupMembershipsCommand({ IdentityStoreId, GroupId }));
    expect(members.GroupMemberships).toEqual([]);
    const gone = identityStore.send(new DescribeUserCommand({ IdentityStoreId, UserId: former }));
    expect((await refusal(gone)).name).toBe("ResourceNotFoundException");
  });

  test("filters are refused", async () => {
    const { identityStore } = await startOrganization();
    const filtered = new ListUsersCommand({
      IdentityStoreId,
      Filters: [{ AttributePath: "UserName", AttributeValue: "hanako@example.com" }],
    });
    expect(await refusal(identityStore.send(filtered))).toEqual({
      name: "ValidationException",
      message: "Filter is deprecated, please remove filter from request.",
    });
  });
});

describe("organizations", () => {
  test("accounts tell their state in the new and in the old words, and where they are", async () => {
    const { organizations, sandbox } = await startOrganization({
      seed: {
        accounts: [
          { id: "300000000001", name: "active" },
          { id: "300000000002", name: "closed", state: "CLOSED" },
          { id: "300000000003", name: "new", state: "PENDING_ACTIVATION" },
        ],
      },
    });
    sandbox.state.addAccount({ id: "300000000004", name: "late", email: "late@example.com" });
    sandbox.state.setAccountState("300000000001", "PENDING_CLOSURE");
    const { Accounts = [] } = await organizations.send(new ListAccountsCommand({}));
    const told = Accounts.map(({ Id, Name, State, Status }) => [Id, Name, State, Status]);
    expect(told).toEqual([
      [managementAccount, "management", "ACTIVE", "ACTIVE"],
      ["222222222222", "identity", "ACTIVE", "ACTIVE"],
      ["300000000001", "active", "PENDING_CLOSURE", "PENDING_CLOSURE"],
      ["300000000002", "closed", "CLOSED", "SUSPENDED"],
      ["300000000003", "new", "PENDING_ACTIVATION", undefined],
      ["300000000004", "late", "ACTIVE", "ACTIVE"],
    ]);
    expect(Accounts[5]).toMatchObject({
      Email: "late@example.com",
      Paths: [expect.stringMatching(/^o-[a-z0-9]{10,32}\/r-[0-9a-z]{4,32}\/$/)],
    });
  });

  test("one account can be described, another is not found", async () => {
    const { organizations } = await startOrganization();
    const { Account } = await organizations.send(new DescribeAccountCommand({ AccountId: "333333333333" }));
    expect(Account).toMatchObject({ Name: "production" });
    const other = organizations.send(new DescribeAccountCommand({ AccountId: "999999999999" }));
    expect((await refusal(other)).name).toBe("AccountNotFoundException");
  });
});

describe("iam", () => {
  test("the built-in policies have unique names, and their ARNs carry their paths", async () => {
    const { iam } = await startOrganization();
    const { Policies = [], IsTruncated } = await iam.send(
      new ListPoliciesCommand({ Scope: "AWS", MaxItems: 1000 }),
    );
    expect(IsTruncated).toBe(false);
    expect(Policies.length).toBeGreaterThan(120);
    expect(new Set(Policies.map(({ PolicyName }) => PolicyName)).size).toBe(Policies.length);
    const arns = Object.fromEntries(Policies.map(({ PolicyName, Arn }) => [PolicyName, Arn]));
    expect(arns).toMatchObject({
      AdministratorAccess: "arn:aws:iam::aws:policy/AdministratorAccess",
      Billing: "arn:aws:iam::aws:policy/job-function/Billing",
      AWSConfigRole: "arn:aws:iam::aws:policy/service-role/AWSConfigRole",
      AWSSSOServiceRolePolicy: "arn:aws:iam::aws:policy/aws-service-role/AWSSSOServiceRolePolicy",
    });
  });

  test("policies are selected by path, and the account has none of its own", async () => {
    const { iam } = await startOrganization();
    const selected = await iam.send(new ListPoliciesCommand({ PathPrefix: "/job-function/" }));
    expect(selected.Policies?.map(({ Path }) => Path)).toEqual(
      Array.from({ length: 7 }, () => "/job-function/"),
    );
    const local = await iam.send(new ListPoliciesCommand({ Scope: "Local" }));
    expect(local).toMatchObject({ Policies: [], IsTruncated: false });
  });

  test("more than 1,000 items at a time are refused", async () => {
    const { iam } = await startOrganization();
    const refused = await refusal(iam.send(new ListPoliciesCommand({ MaxItems: 1001 })));
    expect(refused).toMatchObject({
      name: "ValidationError",
      message: expect.stringContaining("Member must have value less than or equal to 1000"),
    });
  });
});

describe("access analyzer", () => {
  const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
  const policyOf = (...Statement: unknown[]) => JSON.stringify({ Version: "2012-10-17", Statement });

  async function findings(policyDocument: string, more: Partial<ValidatePolicyCommandInput> = {}) {
    const { accessAnalyzer } = await startOrganization();
    const input = { policyDocument, policyType: "IDENTITY_POLICY", ...more } as const;
    return (await accessAnalyzer.send(new ValidatePolicyCommand(input))).findings ?? [];
  }

  test("a sound policy has no findings", async () => {
    expect(await findings(policyOf(allow, { ...allow, Effect: "Deny", Action: "*" }))).toEqual([]);
  });

  test.each([
    ["ERROR", "JSON_SYNTAX_ERROR", '{"Version": "2012-10-17",}'],
    ["ERROR", "JSON_SYNTAX_ERROR", policyOf(allow).slice(0, -1)],
    ["WARNING", "MISSING_VERSION", JSON.stringify({ Statement: allow })],
    ["ERROR", "INVALID_VERSION", JSON.stringify({ Version: "2012-10-18", Statement: allow })],
    ["ERROR", "MISSING_STATEMENT", JSON.stringify({ Version: "2012-10-17" })],
    ["ERROR", "MISSING_EFFECT", policyOf({ Action: "s3:*", Resource: "*" })],
    ["ERROR", "INVALID_EFFECT", policyOf({ ...allow, Effect: "Alow" })],
    ["ERROR", "MISSING_ACTION", policyOf({ Effect: "Allow", Resource: "*" })],
    ["ERROR", "MISSING_RESOURCE", policyOf({ Effect: "Allow", Action: "s3:*" })],
    ["ERROR", "INVALID_ACTION", policyOf({ ...allow, Action: "GetObject" })],
    ["ERROR", "INVALID_ACTION", policyOf({ ...allow, Action: "s3:GetObjects" })],
    ["ERROR", "INVALID_SERVICE_IN_ACTION", policyOf({ ...allow, Action: ["s3:GetObject", "s33:GetObject"] })],
    ["SECURITY_WARNING", "PASS_ROLE_WITH_STAR_IN_RESOURCE", policyOf({ ...allow, Action: "iam:PassRole" })],
    [
      "SECURITY_WARNING",
      "PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE",
      policyOf({ ...allow, Action: ["ec2:*", "iam:*"] }),
    ],
  ])("there is one finding of type %s: %s", async (findingType, issueCode, policy) => {
    expect(await findings(policy)).toMatchObject([{ findingType, issueCode }]);
  });

  test("a role that may be passed only to some services is no finding", async () => {
    const Condition = { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } };
    expect(await findings(policyOf({ ...allow, Action: "iam:PassRole", Condition }))).toEqual([]);
  });

  test("a finding tells the way to its place and the lines and columns of it", async () => {
    const policy =
      '{\n "Version": "2012-10-17",\n "Statement": [{\n  "Effect": "Alow", "Action": "*", "Resource": "*"}]\n}';
    expect(await findings(policy)).toMatchObject([
      {
        findingDetails: "The effect Alow is not valid. Use Allow or Deny.",
        learnMoreLink: expect.stringContaining("https://docs.aws.amazon.com/IAM/"),
        locations: [
          {
            path: [{ value: "Statement" }, { index: 0 }, { value: "Effect" }],
            span: {
              start: { line: 4, column: 12, offset: policy.indexOf('"Alow"') },
              end: { line: 4, column: 18, offset: policy.indexOf('"Alow"') + 6 },
            },
          },
        ],
      },
    ]);
  });

  test("findings are in Japanese when asked for", async () => {
    const [finding] = await findings(policyOf({ ...allow, Effect: "Alow" }), { locale: "JA" });
    expect(finding?.findingDetails).toBe("Effect Alow は無効です。Allow または Deny を使用してください。");
  });

  test("findings come in pages", async () => {
    const { accessAnalyzer } = await startOrganization();
    const input = {
      policyDocument: policyOf({ ...allow, Effect: "Alow" }, { ...allow, Effect: "alow" }),
      policyType: "IDENTITY_POLICY",
      maxResults: 1,
    } as const;
    const first = await accessAnalyzer.send(new ValidatePolicyCommand(input));
    expect(first.findings).toHaveLength(1);
    const second = await accessAnalyzer.send(
      new ValidatePolicyCommand({ ...input, nextToken: first.nextToken }),
    );
    expect(second.findings).toHaveLength(1);
    expect(second.nextToken).toBeUndefined();
  });

  test("another type of policy is refused", async () => {
    const policyType = "SESSION_POLICY" as "IDENTITY_POLICY";
    expect(await refusal(findings(policyOf(allow), { policyType }))).toMatchObject({
      name: "ValidationException",
      message: expect.stringContaining("'policyType' failed to satisfy constraint"),
    });
  });
});
