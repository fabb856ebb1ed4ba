import type { ClientStep } from "../../scripts/prove/foreign/client-steps.ts";
import type { AwsSeed } from "../../src/sandbox/aws/aws-seed.ts";
import { accounts, smallCompany } from "../e2e/small-company.ts";

const { aws } = smallCompany();
const policies = ["ReadOnlyAccess", "PowerUserAccess"].map((name) => `arn:aws:iam::aws:policy/${name}`);
/** The id that the directory's source gives. */
const given = (name: string) => [{ issuer: "https://scim.example.com/", id: name }];
const missing = { accountId: accounts.production, name: "Missing" };

/** The small company with two of everything that is listed, so that each list has a second page. */
export const fullerCompany: AwsSeed = {
  ...aws,
  additionalRegions: ["us-west-2"],
  instances: 2,
  applications: ["Wiki", "Chat"],
  accounts: [
    ...aws.accounts.filter(({ id }) => id !== accounts.production && id !== accounts.staging),
    {
      id: accounts.production,
      name: "production",
      organizationalUnit: "Work/Prod",
      tags: { a: "1", b: "2" },
    },
    { id: accounts.staging, name: "staging", organizationalUnit: "Work/Test" },
    { id: "666677778888", name: "more", organizationalUnit: "Work/Prod" },
  ],
  users: aws.users.map((user) => ({ ...user, externalIds: given(user.userName) })),
  groups: [
    {
      displayName: "developers",
      externalIds: given("developers"),
      description: "who develop",
      members: aws.users.map(({ userName }) => userName),
    },
    { displayName: "others", members: aws.users.slice(0, 1).map(({ userName }) => userName) },
  ],
  permissionSets: ["One", "Two"].map((name) => ({
    name,
    description: "text",
    relayState: "https://example.com/",
    managedPolicies: policies,
    customerManagedPolicies: [{ name: "Mine" }, { name: "Yours" }],
    boundary: { name: "Bounds" },
    tags: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, "v"])),
    assignments: aws.users.flatMap(({ userName }) =>
      [accounts.production, accounts.staging].map((accountId) => ({ accountId, userName })),
    ),
  })),
  missingCustomerManagedPolicies: [missing],
};

type Asked = readonly [operation: string, input: ClientStep["input"], remember?: ClientStep["remember"]];

const ofService = (service: string, common: ClientStep["input"], asked: readonly Asked[]): ClientStep[] =>
  asked.map(([operation, input, remember]) => ({
    service,
    operation,
    input: { ...common, ...input },
    ...(remember !== undefined && { remember }),
  }));

const one = { MaxResults: 1 };
const text = { Value: "text", Type: "work", Primary: true };
const set = { PermissionSetArn: "@first" };
const assignment = {
  ...set,
  TargetId: "666677778888",
  TargetType: "AWS_ACCOUNT",
  PrincipalType: "USER",
  PrincipalId: "@someone",
};
const inProduction = { ...assignment, TargetId: accounts.production };
const name = {
  GivenName: "G",
  FamilyName: "F",
  MiddleName: "M",
  Formatted: "G F",
  HonorificPrefix: "P",
  HonorificSuffix: "S",
};

/** Requests with every list cut after its first item, and of everything that AWS answers only where there is something. */
export const fullerSteps: readonly ClientStep[] = [
  ...ofService("sso-admin", {}, [
    [
      "ListInstances",
      {},
      { "@instance": "Instances.1.InstanceArn", "@store": "Instances.1.IdentityStoreId" },
    ],
    [
      "ListInstances",
      one,
      { "@instance": "Instances.0.InstanceArn", "@store": "Instances.0.IdentityStoreId" },
    ],
  ]),
  ...ofService("identitystore", { IdentityStoreId: "@store" }, [
    [
      "CreateUser",
      {
        UserName: "full",
        DisplayName: "Full",
        Name: name,
        NickName: "n",
        ProfileUrl: "p",
        Emails: [text],
        Addresses: [
          {
            StreetAddress: "s",
            Locality: "l",
            Region: "r",
            PostalCode: "p",
            Country: "c",
            Formatted: "f",
            Type: "t",
            Primary: true,
          },
        ],
        PhoneNumbers: [text],
        UserType: "u",
        Title: "t",
        PreferredLanguage: "ja",
        Locale: "ja",
        Timezone: "Asia/Tokyo",
        Photos: [{ Value: "v", Type: "t", Display: "d", Primary: true }],
        Website: "w",
        Birthdate: "1990-01-01",
        Roles: [text],
      },
      { "@full": "UserId" },
    ],
    ["DescribeUser", { UserId: "@full" }],
    ["ListUsers", {}],
    ["ListUsers", one, { "@someone": "Users.0.UserId" }],
    ["ListGroups", {}, { "@some": "Groups.0.GroupId" }],
    ["ListGroups", one],
    ["DescribeGroup", { GroupId: "@some" }],
    ["ListGroupMemberships", { ...one, GroupId: "@some" }],
    ["CreateGroup", { DisplayName: "all", Description: "all" }, { "@all": "GroupId" }],
    ["DescribeGroup", { GroupId: "@all" }],
    ["CreateGroupMembership", { GroupId: "@all", MemberId: { UserId: "@someone" } }],
    ["CreateGroupMembership", { GroupId: "@all", MemberId: { UserId: "@full" } }],
    ["ListGroupMemberships", { ...one, GroupId: "@all" }],
    ["ListGroupMembershipsForMember", { ...one, MemberId: { UserId: "@someone" } }],
  ]),
  ...ofService("sso-admin", { InstanceArn: "@instance" }, [
    ["ListRegions", one],
    ["ListApplications", one],
    ["CreatePermissionSet", { Name: "Full", Description: "text", RelayState: "https://example.com/" }],
    ["ListPermissionSets", one, { "@first": "PermissionSets.0" }],
    ["DescribePermissionSet", set],
    ["ListManagedPoliciesInPermissionSet", { ...set, ...one }],
    ["ListCustomerManagedPolicyReferencesInPermissionSet", { ...set, ...one }],
    ["GetPermissionsBoundaryForPermissionSet", set],
    ["ListTagsForResource", { ResourceArn: "@first" }],
    ["ListAccountAssignments", { ...set, ...one, AccountId: accounts.production }],
    ["ListAccountAssignmentsForPrincipal", { ...one, PrincipalType: "USER", PrincipalId: "@someone" }],
    ["ListAccountsForProvisionedPermissionSet", { ...set, ...one }],
    ["ListPermissionSetsProvisionedToAccount", { ...one, AccountId: accounts.production }],
    [
      "AttachCustomerManagedPolicyReferenceToPermissionSet",
      { ...set, CustomerManagedPolicyReference: { Name: missing.name, Path: "/" } },
    ],
    ...[1, 2].flatMap((): Asked[] => [
      [
        "ProvisionPermissionSet",
        { ...set, TargetType: "AWS_ACCOUNT", TargetId: accounts.production },
        { "@provision": "PermissionSetProvisioningStatus.RequestId" },
      ],
      ["DescribePermissionSetProvisioningStatus", { ProvisionPermissionSetRequestId: "@provision" }],
      ["DeleteAccountAssignment", assignment, { "@deletion": "AccountAssignmentDeletionStatus.RequestId" }],
      ["DescribeAccountAssignmentDeletionStatus", { AccountAssignmentDeletionRequestId: "@deletion" }],
      [
        "CreateAccountAssignment",
        { ...inProduction, PrincipalId: "90000000-0000-4000-8000-000000000000" },
        { "@creation": "AccountAssignmentCreationStatus.RequestId" },
      ],
      ["DescribeAccountAssignmentCreationStatus", { AccountAssignmentCreationRequestId: "@creation" }],
    ]),
    ["ListAccountAssignmentCreationStatus", one],
    ["ListAccountAssignmentDeletionStatus", one],
    ["ListPermissionSetProvisioningStatus", one],
  ]),
  ...ofService("organizations", {}, [
    ["ListAccounts", one],
    ["ListRoots", one, { "@root": "Roots.0.Id" }],
    ["ListOrganizationalUnitsForParent", { ParentId: "@root" }, { "@work": "OrganizationalUnits.0.Id" }],
    [
      "ListOrganizationalUnitsForParent",
      { ...one, ParentId: "@work" },
      { "@prod": "OrganizationalUnits.0.Id" },
    ],
    ["DescribeOrganizationalUnit", { OrganizationalUnitId: "@work" }],
    ["ListAccountsForParent", { ...one, ParentId: "@root" }],
    ["ListParents", { ChildId: accounts.production }],
    ["ListTagsForResource", { ResourceId: accounts.production }],
  ]),
  ...ofService("iam", {}, [["ListPolicies", { MaxItems: 1 }]]),
  ...ofService("accessanalyzer", {}, [
    [
      "ValidatePolicy",
      {
        maxResults: 1,
        policyType: "IDENTITY_POLICY",
        policyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: ["s3:NoSuchThing", "nosuch:Thing"], Resource: "*" },
            { Effect: "Maybe", Action: "s3:*", Resource: "*" },
          ],
        }),
      },
    ],
  ]),
];
