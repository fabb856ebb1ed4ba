/**
 * AWS managed policies that make their holder an administrator of the account or the organization, judged by the
 * documents AWS publishes. Those that it has withdrawn are among them: they stay in force where they are attached.
 *
 * The rule is that of inline policies, except that AWS's own conditions are weighed: a condition that leaves an
 * escalation to named services, tags or policies takes it away, unless the service is CloudFormation. Passing any role
 * to Lambda or EC2 gives no more than all of Lambda or EC2, which is ordinary too, but roles of CloudFormation are made
 * to create everything. Registering delegated administrators, where it is all there is, does not count either: only the
 * management account can, and nothing is assigned there.
 *
 * PowerUserAccess is ordinary against the rule, and so is AIDevOpsAgentActionsPolicy, which is less: it is AWS's own
 * line between developers and administrators, except in the account that administers Identity Center.
 *
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 * https://github.com/aws/aws-cdk/issues/27097
 */
export const administratorPolicies: ReadonlySet<string> = new Set([
  "AdministratorAccess",
  "IAMFullAccess",

  // Permission sets, members of groups, users and entitlements of Identity Center.
  "AWSAccountAccessManagerEntitlementManager",
  "AWSManagedAccountUserEntitlementAccess",
  "AWSManagedSettingsAdminAccess",
  "AWSSSODirectoryAdministrator",
  "AWSSSOMasterAccountAdministrator",
  "AWSSSOMemberAccountAdministrator",

  // What denies in the organization, and whose e-mail address resets the password of root.
  "AWSAccountManagementFullAccess",
  "AWSManagedControlPolicyManagementAccess",
  "AWSOrganizationsFullAccess",

  // Roles that its holder creates, or may assume or change, and any policy for them.
  "AdministratorAccess-Amplify",
  "AWSManagedAccountManagementAccess",
  "WellArchitectedConsoleFullAccess",

  // Any policy for itself: the one that its condition asks for is one that it writes.
  "AWSCodeStarServiceRole",

  // iam:PassRole on everything, without a condition.
  "AmazonDynamoDBFullAccesswithDataPipeline",
  "AmazonElasticMapReduceFullAccess",
  "AmazonElasticMapReduceRole",
  "AWSElasticBeanstalkFullAccess",
  "AWSElasticBeanstalkService",
  "AWSLambdaFullAccess",
  "AWSOpsWorksFullAccess",
  "AWSOpsWorksRole",

  // Any role for CloudFormation, and stacks whose names are free.
  "AdministratorAccess-AWSElasticBeanstalk",
  "AWSElasticBeanstalkManagedUpdatesCustomerRolePolicy",

  // sts:AssumeRole on everything, or on the role that Control Tower leaves in every account.
  "AWSControlTowerServiceRolePolicy",
  "SageMakerStudioAdminIAMDefaultExecutionPolicy",
  "SageMakerStudioAdminIAMPermissiveExecutionPolicy",
  "SageMakerStudioProjectUserRolePermissionsBoundary",
  "SageMakerStudioProjectUserRolePolicy",
  "SageMakerStudioUserIAMDefaultExecutionPolicy",
  "SageMakerStudioUserIAMPermissiveExecutionPolicy",
]);

/**
 * Actions with which one can give oneself any permission, on a resource that is everything of its kind. Those of the
 * first list change what a principal may do or become another; the others hand out access from outside the account.
 * To create a role and give it policies is one too, whatever its name (administrator-class.ts).
 * What only runs as roles that already run there (functions, instances, stacks, builds) is not among them.
 * https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 * https://pathfinding.cloud
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export const escalations: readonly string[] = [
  ...names("iam", [
    "AddClientIDToOpenIDConnectProvider",
    "AddUserToGroup",
    "AttachGroupPolicy",
    "AttachRolePolicy",
    "AttachUserPolicy",
    "CreateAccessKey",
    "CreateLoginProfile",
    "CreateOpenIDConnectProvider",
    "CreatePolicyVersion",
    "CreateSAMLProvider",
    "CreateServiceSpecificCredential",
    "DeleteRolePermissionsBoundary",
    "DeleteRolePolicy",
    "DeleteUserPermissionsBoundary",
    "DeleteUserPolicy",
    "DetachRolePolicy",
    "DetachUserPolicy",
    "PassRole",
    "PutGroupPolicy",
    "PutRolePermissionsBoundary",
    "PutRolePolicy",
    "PutUserPermissionsBoundary",
    "PutUserPolicy",
    "SetDefaultPolicyVersion",
    "UpdateAssumeRolePolicy",
    "UpdateLoginProfile",
    "UpdateOpenIDConnectProviderThumbprint",
    "UpdateSAMLProvider",
  ]),
  ...names("sts", ["AssumeRole", "AssumeRoot"]),
  ...names("sso", [
    "AttachCustomerManagedPolicyReferenceToPermissionSet",
    "AttachManagedPolicyToPermissionSet",
    "CreateAccountAssignment",
    "DeleteInlinePolicyFromPermissionSet",
    "DeletePermissionsBoundaryFromPermissionSet",
    "DetachCustomerManagedPolicyReferenceFromPermissionSet",
    "DetachManagedPolicyFromPermissionSet",
    "PutInlinePolicyToPermissionSet",
    "PutPermissionsBoundaryToPermissionSet",
    "PutPermissionsPolicy",
  ]),
  ...names("sso-directory", [
    "AddMemberToGroup",
    "CreateBearerToken",
    "CreateExternalIdPConfigurationForDirectory",
    "ImportExternalIdPCertificate",
    "UpdateExternalIdPConfigurationForDirectory",
    "UpdatePassword",
    "UpdateUser",
    "UpdateUserName",
  ]),
  ...names("identitystore", ["CreateGroupMembership", "UpdateUser"]),
  ...names("account-access", ["CreateEntitlement"]),
  ...names("account", ["StartPrimaryEmailUpdate"]),
  ...names("organizations", [
    "DeletePolicy",
    "DetachPolicy",
    "DisablePolicyType",
    "LeaveOrganization",
    "MoveAccount",
    "PutResourcePolicy",
    "RegisterDelegatedAdministrator",
    "RemoveAccountFromOrganization",
    "UpdatePolicy",
  ]),
];

function names(service: string, actions: readonly string[]): readonly string[] {
  return actions.map((action) => `${service}:${action}`.toLowerCase());
}
