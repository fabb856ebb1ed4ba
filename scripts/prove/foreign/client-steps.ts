/** One request of a foreign client; texts that an earlier step remembered are put in before it is sent. */
export interface ClientStep {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The error that must come back. */
  readonly error?: string;
  /** How many rows the list has when it is read in pages of one. */
  readonly rows?: number;
  /** What to remember of the answer: a text that stands for it, and the way to it. */
  readonly remember?: Readonly<Record<string, string>>;
}

type Extra = Pick<ClientStep, "error" | "rows" | "remember">;
type Asked = readonly [operation: string, input?: ClientStep["input"], extra?: Extra];

const ofService = (service: string, common: ClientStep["input"], asked: readonly Asked[]): ClientStep[] =>
  asked.map(([operation, input = {}, extra = {}]) => ({
    service,
    operation,
    input: { ...common, ...input },
    ...extra,
  }));

const InstanceArn = "@instance";
const PermissionSetArn = "@set";
const set = { PermissionSetArn };
const ManagedPolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const CustomerManagedPolicyReference = { Name: "Mine", Path: "/" };
const assignment = {
  ...set,
  TargetId: "555566667777",
  TargetType: "AWS_ACCOUNT",
  PrincipalType: "USER",
  PrincipalId: "@user",
};
const unique = (AttributePath: string, AttributeValue: string) => ({
  AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
});
const member = { GroupId: "@group", MemberId: { UserId: "@user" } };
const arn = "arn:aws:iam::aws:policy/AdministratorAccess";
const nowhere = "00000000-0000-4000-8000-000000000000";

/** Requests of every operation that the sandbox has, in an order in which each can be carried out in the small company. */
export const clientSteps: readonly ClientStep[] = [
  ...ofService("sso-admin", {}, [
    [
      "ListInstances",
      {},
      {
        rows: 1,
        remember: { "@instance": "Instances.0.InstanceArn", "@store": "Instances.0.IdentityStoreId" },
      },
    ],
  ]),
  ...ofService("identitystore", { IdentityStoreId: "@store" }, [
    [
      "CreateUser",
      { UserName: "new@example.com", DisplayName: "New", Name: { GivenName: "N", FamilyName: "W" } },
      { remember: { "@user": "UserId" } },
    ],
    [
      "CreateUser",
      { UserName: "new@example.com", DisplayName: "New", Name: { GivenName: "N", FamilyName: "W" } },
      { error: "ConflictException" },
    ],
    ["CreateGroup", { DisplayName: "new group" }, { remember: { "@group": "GroupId" } }],
    ["CreateGroupMembership", member, { remember: { "@membership": "MembershipId" } }],
    ["DescribeUser", { UserId: "@user" }],
    ["DescribeUser", { UserId: nowhere }, { error: "ResourceNotFoundException" }],
    ["DescribeGroup", { GroupId: "@group" }],
    ["DescribeGroupMembership", { MembershipId: "@membership" }],
    ["GetUserId", unique("UserName", "new@example.com")],
    ["GetUserId", unique("nickName", "new"), { error: "ValidationException" }],
    ["GetGroupId", unique("DisplayName", "new group")],
    ["GetGroupMembershipId", member],
    ["IsMemberInGroups", { MemberId: { UserId: "@user" }, GroupIds: ["@group"] }],
    ["ListUsers", {}, { rows: 5 }],
    ["ListGroups", {}, { rows: 2 }],
    ["ListGroupMemberships", { GroupId: "@group" }, { rows: 1 }],
    ["ListGroupMembershipsForMember", { MemberId: { UserId: "@user" } }, { rows: 1 }],
  ]),
  ...ofService("sso-admin", { InstanceArn }, [
    ["DescribeInstance"],
    ["ListRegions", {}, { rows: 1 }],
    ["DescribeRegion", { RegionName: "ap-northeast-1" }],
    ["ListApplications", {}, { rows: 0 }],
    [
      "CreatePermissionSet",
      { Name: "New", Tags: [{ Key: "k", Value: "v" }] },
      { remember: { "@set": "PermissionSet.PermissionSetArn" } },
    ],
    ["CreatePermissionSet", { Name: "New" }, { error: "ConflictException" }],
    ["ListPermissionSets", {}, { rows: 1 }],
    ["DescribePermissionSet", set],
    ["UpdatePermissionSet", { ...set, Description: "text" }],
    ["PutInlinePolicyToPermissionSet", { ...set, InlinePolicy: '{"Version":"2012-10-17","Statement":[]}' }],
    ["GetInlinePolicyForPermissionSet", set],
    ["AttachManagedPolicyToPermissionSet", { ...set, ManagedPolicyArn }],
    ["ListManagedPoliciesInPermissionSet", set, { rows: 1 }],
    ["DetachManagedPolicyFromPermissionSet", { ...set, ManagedPolicyArn }],
    [
      "DetachManagedPolicyFromPermissionSet",
      { ...set, ManagedPolicyArn },
      { error: "ResourceNotFoundException" },
    ],
    ["AttachCustomerManagedPolicyReferenceToPermissionSet", { ...set, CustomerManagedPolicyReference }],
    ["ListCustomerManagedPolicyReferencesInPermissionSet", set, { rows: 1 }],
    ["DetachCustomerManagedPolicyReferenceFromPermissionSet", { ...set, CustomerManagedPolicyReference }],
    ["PutPermissionsBoundaryToPermissionSet", { ...set, PermissionsBoundary: { ManagedPolicyArn } }],
    ["GetPermissionsBoundaryForPermissionSet", set],
    ["DeletePermissionsBoundaryFromPermissionSet", set],
    ["DeleteInlinePolicyFromPermissionSet", set],
    ["TagResource", { ResourceArn: PermissionSetArn, Tags: [{ Key: "k2", Value: "v2" }] }],
    ["ListTagsForResource", { ResourceArn: PermissionSetArn }],
    ["UntagResource", { ResourceArn: PermissionSetArn, TagKeys: ["k2"] }],
    [
      "CreateAccountAssignment",
      assignment,
      { remember: { "@creation": "AccountAssignmentCreationStatus.RequestId" } },
    ],
    ["DescribeAccountAssignmentCreationStatus", { AccountAssignmentCreationRequestId: "@creation" }],
    ["ListAccountAssignmentCreationStatus", {}, { rows: 1 }],
    ["ListAccountAssignments", { ...set, AccountId: assignment.TargetId }, { rows: 1 }],
    ["ListAccountAssignmentsForPrincipal", { PrincipalType: "USER", PrincipalId: "@user" }, { rows: 1 }],
    ["ListAccountsForProvisionedPermissionSet", set, { rows: 1 }],
    ["ListPermissionSetsProvisionedToAccount", { AccountId: assignment.TargetId }, { rows: 1 }],
    [
      "ProvisionPermissionSet",
      { ...set, TargetType: "ALL_PROVISIONED_ACCOUNTS" },
      { remember: { "@provision": "PermissionSetProvisioningStatus.RequestId" } },
    ],
    ["DescribePermissionSetProvisioningStatus", { ProvisionPermissionSetRequestId: "@provision" }],
    ["ListPermissionSetProvisioningStatus", {}, { rows: 1 }],
    ["DeletePermissionSet", set, { error: "ConflictException" }],
    [
      "DeleteAccountAssignment",
      assignment,
      { remember: { "@deletion": "AccountAssignmentDeletionStatus.RequestId" } },
    ],
    ["DescribeAccountAssignmentDeletionStatus", { AccountAssignmentDeletionRequestId: "@deletion" }],
    ["ListAccountAssignmentDeletionStatus", {}, { rows: 1 }],
    ["DeletePermissionSet", set],
    ["DescribePermissionSet", set, { error: "ResourceNotFoundException" }],
  ]),
  ...ofService("identitystore", { IdentityStoreId: "@store" }, [
    ["DeleteGroupMembership", { MembershipId: "@membership" }],
    ["DeleteGroup", { GroupId: "@group" }],
    ["DeleteUser", { UserId: "@user" }],
  ]),
  ...ofService("organizations", {}, [
    ["DescribeOrganization"],
    ["ListAccounts", {}, { rows: 5 }],
    ["DescribeAccount", { AccountId: "555566667777" }],
    ["DescribeAccount", { AccountId: "999999999999" }, { error: "AccountNotFoundException" }],
    ["ListRoots", {}, { rows: 1, remember: { "@root": "Roots.0.Id" } }],
    ["ListAccountsForParent", { ParentId: "@root" }, { rows: 5 }],
    ["ListOrganizationalUnitsForParent", { ParentId: "@root" }, { rows: 0 }],
    [
      "DescribeOrganizationalUnit",
      { OrganizationalUnitId: "ou-sand-00000000" },
      { error: "OrganizationalUnitNotFoundException" },
    ],
    ["ListParents", { ChildId: "555566667777" }, { rows: 1 }],
    ["ListTagsForResource", { ResourceId: "555566667777" }],
    ["ListDelegatedAdministrators", {}, { rows: 1 }],
  ]),
  ...ofService("iam", {}, [
    ["ListPolicies", { PathPrefix: "/job-function/" }, { rows: 7 }],
    ["GetPolicy", { PolicyArn: arn }],
    ["GetPolicyVersion", { PolicyArn: arn, VersionId: "v1" }],
    ["GetPolicy", { PolicyArn: `${arn}s` }, { error: "NoSuchEntityException" }],
  ]),
  ...ofService("sts", {}, [["GetCallerIdentity"]]),
  ...ofService("accessanalyzer", {}, [
    ["ValidatePolicy", { policyDocument: "{}", policyType: "IDENTITY_POLICY" }, { rows: 2 }],
  ]),
];
