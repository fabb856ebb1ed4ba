import { anyPart } from "./patterns-meet.ts";

/** Actions that count for a class, and why. */
export interface ActionList {
  readonly source: string;
  /** In lower case; `anyPart` stands for any characters. */
  readonly actions: readonly string[];
}

const paths = "https://pathfinding.cloud/paths/";
const reference = "https://docs.aws.amazon.com/service-authorization/latest/reference/";

const list = (source: string, service: string, actions: string): ActionList => ({
  source,
  actions: actions
    .split(/\s+/u)
    .map((action) => `${service}:${action.replaceAll("*", anyPart)}`.toLowerCase()),
});

/** With each of these on any resource of its service one can give oneself or another any permission. */
export const escalations: readonly ActionList[] = [
  // What a user, group or role may do.
  list(`${paths}iam-001`, "iam", "CreatePolicyVersion SetDefaultPolicyVersion"),
  list(`${paths}iam-005`, "iam", "Put*Policy"),
  list(`${paths}iam-008`, "iam", "Attach*Policy"),
  list(`${paths}iam-012`, "iam", "UpdateAssumeRolePolicy"),
  list(`${paths}iam-013`, "iam", "AddUserToGroup"),
  // A denial or a boundary taken away.
  list(
    `${reference}list_awsidentityandaccessmanagementiam.html`,
    "iam",
    `Detach*Policy DeleteUserPolicy DeleteGroupPolicy DeleteRolePolicy RemoveUserFromGroup
     Put*PermissionsBoundary Delete*PermissionsBoundary`,
  ),
  // Credentials of another.
  list(`${paths}iam-002`, "iam", "CreateAccessKey"),
  list(`${paths}iam-004`, "iam", "CreateLoginProfile UpdateLoginProfile"),
  list(
    `${reference}list_awsidentityandaccessmanagementiam.html`,
    "iam",
    "UploadSSHPublicKey UploadSigningCertificate UpdateAccountEmailAddress",
  ),
  list(
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html",
    "iam",
    "CreateServiceSpecificCredential ResetServiceSpecificCredential UpdateServiceSpecificCredential",
  ),
  list(
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/temporary-delegation.html",
    "iam",
    `AcceptDelegationRequest AssociateDelegationRequest CreateDelegationRequest SendDelegationToken
     UpdateDelegationRequest`,
  ),
  list(
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html",
    "iam",
    "EnableOrganizationsRootSessions EnableOrganizationsRootCredentialsManagement",
  ),
  list("https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html", "sts", "AssumeRoot"),
  // Whom a federation or a trust anchor believes.
  list(
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html",
    "iam",
    `CreateSAMLProvider UpdateSAMLProvider CreateOpenIDConnectProvider AddClientIDToOpenIDConnectProvider
     UpdateOpenIDConnectProviderThumbprint`,
  ),
  list(
    `${reference}list_awsidentityandaccessmanagementrolesanywhere.html`,
    "rolesanywhere",
    `CreateTrustAnchor UpdateTrustAnchor EnableTrustAnchor CreateProfile UpdateProfile EnableProfile
     PutAttributeMapping DeleteAttributeMapping ImportCrl UpdateCrl DisableCrl DeleteCrl`,
  ),
  // Access handed out by Identity Center.
  list(
    `${reference}list_awsiamidentitycenter.html`,
    "sso",
    `CreateAccountAssignment Put*Polic* Attach*Polic* Detach*Polic* DeleteInlinePolicyFromPermissionSet
     DeletePermissionsPolicy Put*Boundary* Delete*Boundary* AssociateProfile UpdateProfile TagResource UntagResource
     AssociateDirectory CreateTrust UpdateTrust CreateTrustedTokenIssuer UpdateTrustedTokenIssuer
     UpdateDirectoryAssociation UpdateSSOConfiguration
     UpdateApplicationInstance* CreateApplicationInstanceCertificate
     ImportApplicationInstanceServiceProviderMetadata ProvisionApplicationProfile*
     CreateInstanceAccessControlAttributeConfiguration UpdateInstanceAccessControlAttributeConfiguration
     DeleteInstanceAccessControlAttributeConfiguration`,
  ),
  list(
    `${reference}list_awsiamidentitycenterdirectory.html`,
    "sso-directory",
    `AddMemberToGroup CreateBearerToken CreateExternalIdPConfigurationForDirectory ImportExternalIdPCertificate
     UpdateExternalIdPConfigurationForDirectory EnableExternalIdPConfigurationForDirectory UpdatePassword
     UpdateUser UpdateUserName UpdateGroup`,
  ),
  list(
    `${reference}list_awsidentitystore.html`,
    "identitystore",
    "CreateGroupMembership UpdateUser UpdateGroup",
  ),
  list(
    "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSAccountAccessManagerEntitlementManager.html",
    "account-access",
    "CreateEntitlement",
  ),
  list(
    `${reference}list_awsaccountmanagement.html`,
    "account",
    "StartPrimaryEmailUpdate AcceptPrimaryEmailUpdate",
  ),
  // What denies in the organization, and who speaks for it.
  list(
    `${reference}list_awsorganizations.html`,
    "organizations",
    `AcceptHandshake DeletePolicy DeleteResourcePolicy DetachPolicy DisablePolicyType
     LeaveOrganization MoveAccount PutResourcePolicy RegisterDelegatedAdministrator
     RemoveAccountFromOrganization UpdatePolicy`,
  ),
  list(
    `${reference}list_awscontroltower.html`,
    "controltower",
    `CreateLandingZone CreateManagedAccount DeleteLandingZone Deregister* DisableBaseline DisableControl
     DisableGuardrail EnableBaseline ManageOrganizationalUnit Reset* SetupLandingZone UpdateAccountFactoryConfig
     UpdateEnabledBaseline UpdateEnabledControl UpdateLandingZone`,
  ),
  // Stacks that the organization's own roles make in every account.
  list(
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-concepts.html",
    "cloudformation",
    "CreateStackSet UpdateStackSet CreateStackInstances UpdateStackInstances ActivateOrganizationsAccess",
  ),
  list(
    "https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html",
    "eks",
    "CreateAccessEntry UpdateAccessEntry AssociateAccessPolicy DisassociateAccessPolicy",
  ),
  list(
    `${reference}list_amazonelastickubernetesservice.html`,
    "eks",
    "AssociateIdentityProviderConfig CreateCertificateAuthority ActivateCertificateAuthority",
  ),
];

/** These make their holder another role: which one decides. */
export const roleActions: readonly ActionList[] = [
  list(`${paths}sts-001`, "sts", "AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity"),
  list(`${paths}lambda-001`, "iam", "PassRole"),
];

/** With these one runs what one likes as a role that exists already and trusts a service: source, service, actions. */
export const runsAsRoles: readonly ActionList[] = `
  lambda-003 lambda UpdateFunctionCode UpdateFunctionConfiguration UpdateAlias PublishLayerVersion
  lambda-003 lambda CreateMicrovmShellAuthToken ConnectMicrovm UpdateMicrovmImage*
  ssm-002 ssm SendCommand StartSession ResumeSession StartAutomationExecution StartChangeRequestExecution
  ssm-002 ssm CreateAssociation CreateAssociationBatch UpdateAssociation UpdateDocument
  ssm-002 ssm UpdateDocumentDefaultVersion RegisterTaskWithMaintenanceWindow UpdateMaintenanceWindowTask
  ssm-002 ssm StartAssociationsOnce StartAccessRequest RequestManagedInstanceRoleToken
  ssm-002 ssm RegisterTargetWithMaintenanceWindow
  ec2instanceconnect-003 ec2-instance-connect Send*SSHPublicKey OpenTunnel
  ec2-002 ec2 ModifyInstanceAttribute CreateReplaceRootVolumeTask AttachVolume
  ec2-004 ec2 CreateLaunchTemplateVersion ModifyLaunchTemplate
  codebuild-002 codebuild StartBuild* UpdateProject RetryBuild* StartSandbox* StartCommand*
  glue-002 glue UpdateDevEndpoint UpdateJob* StartJobRun CreateSession RunStatement StartTrigger UpdateTrigger
  glue-002 glue CreateTrigger StartBlueprintRun StartNotebook GlueNotebookRefreshCredentials
  sagemaker-004 sagemaker CreatePresigned* CreateNotebookInstanceLifecycleConfig UpdateNotebookInstance*
  sagemaker-004 sagemaker CreateStudioLifecycleConfig UpdatePipeline StartPipelineExecution UpdateSpace
  sagemaker-004 sagemaker UpdateUserProfile UpdateDomain StartSession CreateApp CreatePartnerAppPresignedUrl
  sagemaker-004 sagemaker UpdateCluster UpdateClusterSoftware
  cloudformation-002 cloudformation UpdateStack CreateChangeSet ExecuteChangeSet ContinueUpdateRollback
  cloudformation-002 cloudformation CreateStackRefactor ExecuteStackRefactor RegisterType SetTypeDefaultVersion
  cloudformation-002 cloudformation ActivateType
  apprunner-002 apprunner UpdateService StartDeployment
  bedrock-002 bedrock-agentcore StartCodeInterpreterSession InvokeCodeInterpreter Update*
  bedrock-002 bedrock-agentcore InvokeAgentRuntimeCommand*
  ecs-004 ecs RunTask StartTask ExecuteCommand UpdateService CreateService RegisterContainerInstance Poll
  ecs-004 ecs CreateTaskSet UpdateDaemon UpdateExpressGatewayService
  datapipeline-001 datapipeline PutPipelineDefinition ActivatePipeline
  list_awsstepfunctions states UpdateStateMachine TestState
  list_awscodepipeline codepipeline UpdatePipeline StartPipelineExecution RetryStageExecution PutActionRevision
  list_awscodedeploy codedeploy CreateDeployment
  list_awsbatch batch SubmitJob RegisterJobDefinition
  list_amazonelasticmapreduce elasticmapreduce AddJobFlowSteps StartNotebookExecution CreateStudioPresignedUrl
  list_amazonelasticmapreduce elasticmapreduce StartSession
  list_amazonelasticmapreduce elasticmapreduce StartEditor OpenEditorInConsole
  list_amazonemrserverless emr-serverless StartJobRun AccessInteractiveEndpoints StartSession
  list_awselasticbeanstalk elasticbeanstalk UpdateEnvironment CreateApplicationVersion UpdateApplicationVersion
  list_awsamplify amplify UpdateApp UpdateBranch StartJob StartDeployment CreateDeployment CreateBranch
  list_amazonec2autoscaling autoscaling UpdateAutoScalingGroup
  list_amazoneks eks CreatePodIdentityAssociation UpdatePodIdentityAssociation
  list_awsservicecatalog servicecatalog ProvisionProduct UpdateProvisionedProduct CreateProvisioningArtifact
  list_awsservicecatalog servicecatalog CreateProvisionedProductPlan ExecuteProvisionedProductPlan
  list_awsservicecatalog servicecatalog ExecuteProvisionedProductServiceAction
  list_awscloud9 cloud9 CreateEnvironmentMembership UpdateEnvironmentMembership CreateEnvironmentToken
  list_amazonmanagedworkflowsforapacheairflow airflow Create*Token UpdateEnvironment InvokeRestApi
  list_amazoncognitoidentity cognito-identity UpdateIdentityPool
  list_amazoncognitoidentity cognito-identity SetPrincipalTagAttributeMap
  list_awsiot iot AssumeRoleWithCertificate AttachPolicy AttachPrincipalPolicy CreateKeysAndCertificate
  list_awsiot iot CreateJob CreatePolicyVersion SetDefaultPolicyVersion CreateCertificateFromCsr
  list_awsiot iot RegisterCertificate* RegisterThing
  list_awsiotgreengrassv2 greengrass CreateDeployment CreateComponentVersion StartBulkDeployment
  list_amazonkinesisanalyticsv2 kinesisanalytics UpdateApplication StartApplication
  list_amazonkinesisanalyticsv2 kinesisanalytics CreateApplicationPresignedUrl
  list_amazonemroneksemrcontainers emr-containers StartJobRun CreateManagedEndpoint
  list_amazonappstream2.0 appstream CreateStreamingURL CreateImageBuilderStreamingURL
  list_amazonappstream2.0 appstream CreateAppBlockBuilderStreamingURL
  list_amazonec2imagebuilder imagebuilder CreateImage StartImagePipelineExecution UpdateImagePipeline
  list_awssystemsmanagerguiconnect ssm-guiconnect StartConnection
  list_awssystemsmanagerquicksetup ssm-quicksetup CreateConfigurationManager UpdateConfigurationDefinition
  list_awssystemsmanagerquicksetup ssm-quicksetup UpdateConfigurationManager
  list_amazonmanagedworkflowsforapacheairflowserverless airflow-serverless UpdateWorkflow StartWorkflowRun
  list_amazonathena athena StartSession StartCalculationExecution CreatePresignedNotebookUrl
  list_amazoncloudwatchsynthetics synthetics UpdateCanary StartCanaryDryRun
  list_awsdeadlinecloud deadline Assume* CreateJob
  list_awstransferfamily transfer ImportSshPublicKey
  list_awsfaultinjectionservice fis StartExperiment UpdateExperimentTemplate
  list_awschatbot chatbot UpdateSlackChannelConfiguration UpdateMicrosoftTeamsChannelConfiguration
  list_awschatbot chatbot UpdateChimeWebhookConfiguration
  list_awsdirectoryservice ds ResetUserPassword EnableRoleAccess
  list_awsdirectoryservicedata ds-data AddGroupMember
  list_awsappsync appsync CreateResolver UpdateResolver CreateFunction UpdateFunction
  list_amazongameliftservers gamelift UpdateRuntimeConfiguration UpdateScript
  list_awsproton proton CreateComponent UpdateComponent UpdateEnvironment UpdateService UpdateServiceInstance
  list_awsproton proton UpdateServicePipeline
  list_awsconfig config StartRemediationExecution PutConformancePack PutOrganizationConformancePack
`
  .trim()
  .split("\n")
  .map((line) => {
    const [page = "", service = "", ...actions] = line.trim().split(" ");
    const source = page.startsWith("list_") ? `${reference}${page}.html` : `${paths}${page}`;
    return list(source, service, actions.join(" "));
  });

/** Names of roles that are an administrator's wherever they exist, after `role/` and with their path; `*` stands for any characters. */
export const administratorRoles: readonly string[] = [
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html
  "organizationaccountaccessrole",
  // https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html
  "*controltower*",
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
  "*awscloudformationstackset*",
  "*stacksets-exec-*",
  // https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
  "*cdk-*",
  // https://docs.aws.amazon.com/controltower/latest/userguide/aft-required-roles.html
  "*awsaft*",
  // https://github.com/awslabs/landing-zone-accelerator-on-aws
  "*awsaccelerator*",
  "*awslandingzone*",
  // https://github.com/aws-samples/aws-secure-environment-accelerator
  "*asea-*",
  "*pbmmaccel-*",
  // https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
  "*awsreservedsso_*",
  "*awsserviceroleforsso*",
  // https://github.com/awslabs/aws-deployment-framework
  "*adf-*",
  // https://github.com/org-formation/org-formation-cli
  "*organizationformation*",
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-quick-setup.html
  "*aws-quicksetup*",
  // Names that say what they are.
  "*admin*",
  "*superuser*",
  "*fullaccess*",
  "*breakglass*",
  "*break-glass*",
];

/** Services in whose ARNs the resources of another service's actions are. */
export const arnServices: Readonly<Record<string, readonly string[]>> = {
  sts: ["iam", "sts"],
  ssm: ["ssm", "ec2", "ecs"],
  servicecatalog: ["servicecatalog", "catalog"],
  "ec2-instance-connect": ["ec2"],
  "sso-directory": ["sso-directory", "sso", "identitystore"],
  identitystore: ["identitystore"],
  account: ["account", "organizations"],
  "ds-data": ["ds"],
};
