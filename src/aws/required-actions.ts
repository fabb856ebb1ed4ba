/**
 * What a call needs of the role that makes it.
 *
 * - read: allowed everywhere
 * - create-set: only with our owner tag on what is created
 * - tag-set: only our own tags, never on a set that has another owner
 * - change-set: only on sets with our owner tag
 * - change-account: the same, and never in the management account or a protected one
 * - memory: only the object that holds the memory
 * - free: AWS asks for no permission
 */
export type Access = "read" | "create-set" | "tag-set" | "change-set" | "change-account" | "memory" | "free";

/** IAM's prefix of a service's actions, and its operations that this program calls. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamidentitycenter.html */
export const calledOperations: Readonly<Record<string, Readonly<Record<string, Access>>>> = {
  sso: {
    ListInstances: "read",
    DescribeInstance: "read",
    ListPermissionSets: "read",
    DescribePermissionSet: "read",
    ListTagsForResource: "read",
    GetInlinePolicyForPermissionSet: "read",
    GetPermissionsBoundaryForPermissionSet: "read",
    ListManagedPoliciesInPermissionSet: "read",
    ListCustomerManagedPolicyReferencesInPermissionSet: "read",
    ListAccountsForProvisionedPermissionSet: "read",
    ListPermissionSetsProvisionedToAccount: "read",
    ListAccountAssignments: "read",
    ListAccountAssignmentCreationStatus: "read",
    ListAccountAssignmentDeletionStatus: "read",
    ListPermissionSetProvisioningStatus: "read",
    DescribeAccountAssignmentCreationStatus: "read",
    DescribeAccountAssignmentDeletionStatus: "read",
    DescribePermissionSetProvisioningStatus: "read",
    CreatePermissionSet: "create-set",
    TagResource: "tag-set",
    UpdatePermissionSet: "change-set",
    DeletePermissionSet: "change-set",
    PutInlinePolicyToPermissionSet: "change-set",
    DeleteInlinePolicyFromPermissionSet: "change-set",
    AttachManagedPolicyToPermissionSet: "change-set",
    DetachManagedPolicyFromPermissionSet: "change-set",
    AttachCustomerManagedPolicyReferenceToPermissionSet: "change-set",
    DetachCustomerManagedPolicyReferenceFromPermissionSet: "change-set",
    PutPermissionsBoundaryToPermissionSet: "change-set",
    DeletePermissionsBoundaryFromPermissionSet: "change-set",
    ProvisionPermissionSet: "change-account",
    CreateAccountAssignment: "change-account",
    DeleteAccountAssignment: "change-account",
  },
  identitystore: {
    ListUsers: "read",
    ListGroups: "read",
    ListGroupMemberships: "read",
    DescribeUser: "read",
    DescribeGroup: "read",
  },
  organizations: {
    DescribeOrganization: "read",
    ListAccounts: "read",
    ListRoots: "read",
    ListOrganizationalUnitsForParent: "read",
    ListAccountsForParent: "read",
  },
  iam: { ListPolicies: "read" },
  "access-analyzer": { ValidatePolicy: "read" },
  sts: { GetCallerIdentity: "free", AssumeRoleWithWebIdentity: "free" },
  s3: { GetObject: "memory", PutObject: "memory" },
};

/** The IAM actions of one kind of access. */
export function actionsFor(access: Access): readonly string[] {
  return Object.entries(calledOperations).flatMap(([prefix, operations]) =>
    Object.entries(operations)
      .filter(([, needed]) => needed === access)
      .map(([operation]) => `${prefix}:${operation}`),
  );
}
