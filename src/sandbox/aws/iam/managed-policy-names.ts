import type { ManagedPolicy } from "./iam-policies.ts";

const namesByPath: Readonly<Record<string, string>> = {
  "/": `AdministratorAccess PowerUserAccess ReadOnlyAccess SecurityAudit IAMFullAccess IAMReadOnlyAccess
    IAMUserChangePassword AWSSupportAccess AWSBillingReadOnlyAccess AWSBillingConductorFullAccess
    AmazonS3FullAccess AmazonS3ReadOnlyAccess AmazonS3OutpostsReadOnlyAccess AmazonEC2FullAccess
    AmazonEC2ReadOnlyAccess AmazonEC2ContainerRegistryFullAccess AmazonEC2ContainerRegistryPowerUser
    AmazonEC2ContainerRegistryReadOnly AmazonECS_FullAccess AmazonEKSClusterPolicy AmazonEKSWorkerNodePolicy
    AmazonEKS_CNI_Policy AmazonEKSServicePolicy AmazonRDSFullAccess AmazonRDSReadOnlyAccess AmazonRDSDataFullAccess
    AmazonDynamoDBFullAccess AmazonDynamoDBReadOnlyAccess AmazonVPCFullAccess AmazonVPCReadOnlyAccess
    AmazonRoute53FullAccess AmazonRoute53ReadOnlyAccess AmazonRoute53DomainsFullAccess AmazonSQSFullAccess
    AmazonSQSReadOnlyAccess AmazonSNSFullAccess AmazonSNSReadOnlyAccess AmazonSESFullAccess AmazonSESReadOnlyAccess
    AmazonKinesisFullAccess AmazonKinesisReadOnlyAccess AmazonElastiCacheFullAccess AmazonElastiCacheReadOnlyAccess
    AmazonRedshiftFullAccess AmazonRedshiftReadOnlyAccess AmazonAthenaFullAccess AmazonSageMakerFullAccess
    AmazonSageMakerReadOnly AmazonBedrockFullAccess AmazonBedrockReadOnly AmazonSSMFullAccess AmazonSSMReadOnlyAccess
    AmazonSSMManagedInstanceCore AmazonGuardDutyFullAccess AmazonGuardDutyReadOnlyAccess AmazonInspector2FullAccess
    AmazonInspector2ReadOnlyAccess AmazonMacieFullAccess AmazonDetectiveFullAccess AmazonCognitoPowerUser
    AmazonCognitoReadOnly AmazonAPIGatewayAdministrator AmazonAPIGatewayInvokeFullAccess
    AmazonElasticFileSystemFullAccess AmazonElasticFileSystemReadOnlyAccess AmazonFSxFullAccess
    AmazonOpenSearchServiceFullAccess AmazonOpenSearchServiceReadOnlyAccess AmazonEventBridgeFullAccess
    AmazonEventBridgeReadOnlyAccess AmazonMSKFullAccess AmazonMSKReadOnlyAccess AmazonMQFullAccess
    AmazonWorkSpacesAdmin AmazonConnectReadOnlyAccess AWSLambda_FullAccess AWSLambda_ReadOnlyAccess
    AWSLambdaExecute AWSCloudFormationFullAccess AWSCloudFormationReadOnlyAccess AWSCloudTrail_FullAccess
    AWSCloudTrail_ReadOnlyAccess AWSConfigUserAccess AWSCodeBuildAdminAccess AWSCodeBuildDeveloperAccess
    AWSCodeBuildReadOnlyAccess AWSCodeCommitFullAccess AWSCodeCommitPowerUser AWSCodeCommitReadOnly
    AWSCodeDeployFullAccess AWSCodePipeline_FullAccess AWSCodePipeline_ReadOnlyAccess AWSKeyManagementServicePowerUser
    AWSCertificateManagerFullAccess AWSCertificateManagerReadOnly AWSOrganizationsFullAccess
    AWSOrganizationsReadOnlyAccess AWSSSOMasterAccountAdministrator AWSSSOMemberAccountAdministrator AWSSSOReadOnly
    AWSSSODirectoryAdministrator AWSSSODirectoryReadOnly AWSSecurityHubFullAccess AWSSecurityHubReadOnlyAccess
    AWSStepFunctionsFullAccess AWSStepFunctionsReadOnlyAccess AWSWAFFullAccess AWSWAFReadOnlyAccess AWSXrayFullAccess
    AWSXrayReadOnlyAccess AWSBackupFullAccess AWSDirectoryServiceFullAccess AWSHealthFullAccess
    AWSMarketplaceManageSubscriptions AWSResourceAccessManagerFullAccess AWSServiceCatalogAdminFullAccess
    AWSServiceCatalogEndUserFullAccess AWSGlueConsoleFullAccess AWSTransferFullAccess CloudFrontFullAccess
    CloudFrontReadOnlyAccess CloudWatchFullAccess CloudWatchFullAccessV2 CloudWatchReadOnlyAccess
    CloudWatchLogsFullAccess CloudWatchLogsReadOnlyAccess CloudWatchAgentServerPolicy SecretsManagerReadWrite
    ElasticLoadBalancingFullAccess ElasticLoadBalancingReadOnly AutoScalingFullAccess AutoScalingReadOnlyAccess
    ServiceQuotasFullAccess ServiceQuotasReadOnlyAccess ResourceGroupsandTagEditorFullAccess
    ResourceGroupsandTagEditorReadOnlyAccess`,
  "/job-function/": `Billing DataScientist DatabaseAdministrator NetworkAdministrator SupportUser SystemAdministrator
    ViewOnlyAccess`,
  "/service-role/": `AWSLambdaBasicExecutionRole AWSLambdaVPCAccessExecutionRole AWSGlueServiceRole
    AmazonECSTaskExecutionRolePolicy AmazonEC2RoleforSSM AmazonRDSEnhancedMonitoringRole AWSConfigRole
    AmazonEBSCSIDriverPolicy AWSQuicksightAthenaAccess AWSBackupServiceRolePolicyForBackup
    AmazonAPIGatewayPushToCloudWatchLogs AWSCodeDeployRole`,
  "/aws-service-role/": `AWSSSOServiceRolePolicy AWSOrganizationsServiceTrustPolicy AWSSupportServiceRolePolicy
    AWSTrustedAdvisorServiceRolePolicy AmazonECSServiceRolePolicy AWSServiceRoleForAmazonEKSNodegroup
    AutoScalingServiceRolePolicy AmazonGuardDutyServiceRolePolicy AWSConfigServiceRolePolicy`,
};

/**
 * A part of the AWS managed policies that really exist, with their paths.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export const builtInManagedPolicies: readonly ManagedPolicy[] = Object.entries(namesByPath).flatMap(
  ([path, names]) => names.split(/\s+/).map((name) => ({ name, path })),
);
