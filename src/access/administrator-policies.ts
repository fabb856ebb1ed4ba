/**
 * AWS managed policies that make their holder an administrator of the account or the organization, judged by the
 * documents AWS publishes. Those that it has withdrawn are among them: they stay in force where they are attached.
 *
 * The rule is that of inline policies, except that AWS's own conditions are weighed: a condition that leaves an
 * escalation to named services, tags or policies takes it away, unless the service is CloudFormation. Passing any role
 * to Lambda or EC2 gives no more than all of Lambda or EC2, which runs as other roles too, but roles of CloudFormation are made
 * to create everything. Registering delegated administrators, where it is all there is, does not count either: only the
 * management account can, and nothing is assigned there.
 *
 * PowerUserAccess only runs as other roles, against the rule, and AIDevOpsAgentActionsPolicy is less: it is AWS's own
 * line between developers and administrators, except in the account that administers Identity Center. Judged on
 * 2026-08-22.
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

  // Stacks in every account by roles of the organization, without a condition.
  "AWSCloudFormationFullAccess",
  "AWSDeepRacerCloudFormationAccessPolicy",

  // The legacy profiles of Identity Center (sso:AssociateProfile), on everything.
  "AWSControlTowerIdentityCenterManagementPolicy",
  "AWSGrafanaWorkspacePermissionManagement",
  "AWSSupplyChainFederationAdminAccess",
  "AmazonDataZoneSageMakerEnvironmentRolePermissionsBoundary",

  // Whom a trust anchor believes.
  "AWSRolesAnywhereFullAccess",

  // Administrators of every EKS cluster.
  "AWSBackupServiceRolePolicyForBackup",
  "AWSBackupServiceRolePolicyForRestores",

  // New versions of policies.
  "SageMakerStudioProjectProvisioningRolePolicy",
]);
