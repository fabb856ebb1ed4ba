import { GetPolicyCommand, GetPolicyVersionCommand, ListPoliciesCommand } from "@aws-sdk/client-iam";
import { ListUsersCommand } from "@aws-sdk/client-identitystore";
import {
  ListAccountsForParentCommand,
  ListDelegatedAdministratorsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListParentsCommand,
  ListRootsCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-organizations";
import { describe, expect, test } from "vitest";
import {
  callerAccount,
  identityStoreId,
  instanceArn,
  managementAccount,
  refusal,
  startOrganization,
} from "./organization-under-test.ts";

const InstanceArn = instanceArn;
const web = "666666666666";
const accounts = [
  { id: web, name: "web", organizationalUnit: "Workloads/Production", tags: { stage: "production" } },
];

describe("the tree of the organization", () => {
  test("is walked from the root to an account and back, and accounts have tags", async () => {
    const { organizations } = await startOrganization({ seed: { accounts } });
    const { Roots = [] } = await organizations.send(new ListRootsCommand({}));
    const unitsBelow = async (ParentId: string | undefined) =>
      (await organizations.send(new ListOrganizationalUnitsForParentCommand({ ParentId })))
        .OrganizationalUnits?.[0];
    const workloads = await unitsBelow(Roots[0]?.Id);
    expect(workloads).toMatchObject({ Name: "Workloads" });
    const production = await unitsBelow(workloads?.Id);
    expect(production?.Name).toBe("Production");
    const { Accounts = [] } = await organizations.send(
      new ListAccountsForParentCommand({ ParentId: production?.Id }),
    );
    expect(Accounts).toMatchObject([
      { Id: web, Paths: [`o-sandbox0001/r-sand/${workloads?.Id}/${production?.Id}/`] },
    ]);
    const { Parents } = await organizations.send(new ListParentsCommand({ ChildId: web }));
    expect(Parents).toEqual([{ Id: production?.Id, Type: "ORGANIZATIONAL_UNIT" }]);
    const { Tags } = await organizations.send(new ListTagsForResourceCommand({ ResourceId: web }));
    expect(Tags).toEqual([{ Key: "stage", Value: "production" }]);
  });

  test("tells who the delegated administrator of Identity Center is", async () => {
    const { organizations } = await startOrganization();
    const { DelegatedAdministrators } = await organizations.send(
      new ListDelegatedAdministratorsCommand({ ServicePrincipal: "sso.amazonaws.com" }),
    );
    expect(DelegatedAdministrators).toMatchObject([{ Id: callerAccount }]);
  });
});

describe("assignments of a principal", () => {
  const seed = {
    permissionSets: [
      {
        name: "Read",
        assignments: [
          { accountId: "333333333333", group: "developers" },
          { accountId: "444444444444", userName: "taro@example.com" },
        ],
      },
    ],
  };

  test("are listed for the management account, those of a user's groups too", async () => {
    const { sso, sandbox } = await startOrganization({ seed: { ...seed, callerAccount: managementAccount } });
    const PrincipalId = sandbox.state.userId("hanako@example.com");
    const request = { InstanceArn, PrincipalId, PrincipalType: "USER" } as const;
    const { AccountAssignments } = await sso.listAccountAssignmentsForPrincipal(request);
    expect(AccountAssignments).toMatchObject([{ AccountId: "333333333333", PrincipalType: "GROUP" }]);
  });

  test("are refused to a delegated administrator, as far as is known", async () => {
    const request = (id: string) => ({ InstanceArn, PrincipalId: id, PrincipalType: "USER" }) as const;
    const { sso, sandbox } = await startOrganization({ seed });
    const asked = sso.listAccountAssignmentsForPrincipal(request(sandbox.state.userId("taro@example.com")));
    expect(await refusal(asked)).toMatchObject({ name: "AccessDeniedException" });
    const other = await startOrganization({ seed, others: ["principal-for-delegated"] });
    const id = other.sandbox.state.userId("taro@example.com");
    expect((await other.sso.listAccountAssignmentsForPrincipal(request(id))).AccountAssignments).toHaveLength(
      1,
    );
  });
});

describe("an instance with a second Region and an application", () => {
  const seed = { additionalRegions: ["us-east-1"], applications: ["wiki"] };

  test("tells its Regions and applications", async () => {
    const { sso } = await startOrganization({ seed });
    const { Regions } = await sso.listRegions({ InstanceArn });
    expect(Regions).toMatchObject([
      { RegionName: "ap-northeast-1", IsPrimaryRegion: true },
      { RegionName: "us-east-1", IsPrimaryRegion: false },
    ]);
    expect((await sso.listApplications({ InstanceArn })).Applications).toMatchObject([{ Name: "wiki" }]);
  });

  test("lets its users be read there, but no permission set", async () => {
    const { sso, identityStore } = await startOrganization({ seed, signedFor: "us-east-1" });
    const IdentityStoreId = identityStoreId;
    expect((await identityStore.send(new ListUsersCommand({ IdentityStoreId }))).Users).toHaveLength(2);
    expect((await sso.listInstances({})).Instances).toHaveLength(1);
    expect(await refusal(sso.listPermissionSets({ InstanceArn }))).toMatchObject({
      name: "AccessDeniedException",
    });
  });
});

describe("managed policies", () => {
  const twice = [
    { name: "Audit", path: "/" },
    { name: "Audit", path: "/job-function/", document: '{"Statement":[]}' },
  ];

  test("one name may be in two paths, and both are listed whatever the size of a page", async () => {
    const { iam } = await startOrganization({ seed: { managedPolicies: twice } });
    const first = await iam.send(new ListPoliciesCommand({ MaxItems: 1 }));
    const second = await iam.send(new ListPoliciesCommand({ MaxItems: 1, Marker: first.Marker }));
    expect([first, second].map(({ Policies }) => Policies?.[0]?.Arn)).toEqual([
      "arn:aws:iam::aws:policy/Audit",
      "arn:aws:iam::aws:policy/job-function/Audit",
    ]);
  });

  test("a policy and its document are told by its ARN", async () => {
    const { iam } = await startOrganization({ seed: { managedPolicies: twice } });
    const PolicyArn = "arn:aws:iam::aws:policy/job-function/Audit";
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    const VersionId = Policy?.DefaultVersionId;
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
    expect(decodeURIComponent(PolicyVersion?.Document ?? "")).toBe('{"Statement":[]}');
    const missing = iam.send(new GetPolicyCommand({ PolicyArn: "arn:aws:iam::aws:policy/Billing" }));
    expect(await refusal(missing)).toMatchObject({ name: "NoSuchEntityException" });
  });
});

describe("credentials, when they are checked", () => {
  const key = { accessKeyId: "AKIDSANDBOX", secretAccessKey: "sandbox" };

  test("the right key is let in by every protocol", async () => {
    const { sso, iam, accessAnalyzer } = await startOrganization({ credentials: key });
    expect((await sso.listInstances({})).Instances).toHaveLength(1);
    expect((await iam.send(new ListPoliciesCommand({ MaxItems: 1 }))).Policies).toHaveLength(1);
    const { ValidatePolicyCommand } = await import("@aws-sdk/client-accessanalyzer");
    const policy = { policyDocument: "{}", policyType: "IDENTITY_POLICY", maxResults: 1 } as const;
    expect((await accessAnalyzer.send(new ValidatePolicyCommand(policy))).findings).toHaveLength(1);
  });

  test("another key, and the right one with another secret, are refused", async () => {
    const unknown = await startOrganization({ credentials: { ...key, accessKeyId: "AKIDOTHER" } });
    expect(await refusal(unknown.sso.listInstances({}))).toMatchObject({
      name: "UnrecognizedClientException",
    });
    const wrong = await startOrganization({ credentials: { ...key, secretAccessKey: "other" } });
    expect(await refusal(wrong.sso.listInstances({}))).toMatchObject({ name: "InvalidSignatureException" });
    expect(await refusal(wrong.iam.send(new ListPoliciesCommand({})))).toMatchObject({
      name: "SignatureDoesNotMatch",
    });
  });
});
