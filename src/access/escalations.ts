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
     CreateInstanceAccessControlAttributeConfiguration UpdateInstanceAccessControlAttributeConfiguration`,
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
  list(`${reference}list_awsaccountmanagement.html`, "account", "StartPrimaryEmailUpdate"),
  // What denies in the organization, and who speaks for it.
  list(
    `${reference}list_awsorganizations.html`,
    "organizations",
    `DeletePolicy DetachPolicy DisablePolicyType LeaveOrganization MoveAccount PutResourcePolicy
     RegisterDelegatedAdministrator RemoveAccountFromOrganization UpdatePolicy`,
  ),
  list(
    `${reference}list_awscontroltower.html`,
    "controltower",
    "DisableControl UpdateEnabledControl UpdateLandingZone",
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
];

/** These make their holder another role: which one decides. */
export const roleActions: readonly ActionList[] = [
  list(`${paths}sts-001`, "sts", "AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity"),
  list(`${paths}lambda-001`, "iam", "PassRole"),
];

/** With these one runs what one likes as a role that exists already and trusts a service. */
export const runsAsRoles: readonly ActionList[] = [
  list(
    `${paths}lambda-003`,
    "lambda",
    "UpdateFunctionCode UpdateFunctionConfiguration UpdateAlias PublishLayerVersion",
  ),
  list(
    `${paths}ssm-002`,
    "ssm",
    `SendCommand StartSession ResumeSession StartAutomationExecution StartChangeRequestExecution CreateAssociation
     CreateAssociationBatch UpdateAssociation UpdateDocument UpdateDocumentDefaultVersion
     RegisterTaskWithMaintenanceWindow UpdateMaintenanceWindowTask`,
  ),
  list(`${paths}ec2instanceconnect-003`, "ec2-instance-connect", "Send*SSHPublicKey OpenTunnel"),
  list(`${paths}ec2-002`, "ec2", "ModifyInstanceAttribute"),
  list(`${paths}ec2-004`, "ec2", "CreateLaunchTemplateVersion ModifyLaunchTemplate"),
  list(
    `${paths}codebuild-002`,
    "codebuild",
    "StartBuild* UpdateProject RetryBuild* StartSandbox* StartCommand*",
  ),
  list(
    `${paths}glue-002`,
    "glue",
    "UpdateDevEndpoint UpdateJob* StartJobRun CreateSession RunStatement StartTrigger UpdateTrigger",
  ),
  list(
    `${paths}sagemaker-004`,
    "sagemaker",
    `CreatePresigned* CreateNotebookInstanceLifecycleConfig UpdateNotebookInstance*
     CreateStudioLifecycleConfig UpdatePipeline StartPipelineExecution UpdateSpace UpdateUserProfile UpdateDomain
     StartSession CreateApp`,
  ),
  list(
    `${paths}cloudformation-002`,
    "cloudformation",
    "UpdateStack CreateChangeSet ExecuteChangeSet ContinueUpdateRollback CreateStackRefactor ExecuteStackRefactor",
  ),
  list(`${paths}apprunner-002`, "apprunner", "UpdateService StartDeployment"),
  list(
    `${paths}bedrock-002`,
    "bedrock-agentcore",
    "StartCodeInterpreterSession InvokeCodeInterpreter Update*",
  ),
  list(`${paths}ecs-004`, "ecs", "RunTask StartTask ExecuteCommand UpdateService CreateService"),
  list(`${paths}datapipeline-001`, "datapipeline", "PutPipelineDefinition ActivatePipeline"),
  list(`${reference}list_awsstepfunctions.html`, "states", "UpdateStateMachine TestState"),
  list(
    `${reference}list_awscodepipeline.html`,
    "codepipeline",
    "UpdatePipeline StartPipelineExecution RetryStageExecution PutActionRevision",
  ),
  list(`${reference}list_awscodedeploy.html`, "codedeploy", "CreateDeployment"),
  list(`${reference}list_awsbatch.html`, "batch", "SubmitJob RegisterJobDefinition"),
  list(
    `${reference}list_amazonelasticmapreduce.html`,
    "elasticmapreduce",
    "AddJobFlowSteps StartNotebookExecution CreateStudioPresignedUrl",
  ),
  list(
    `${reference}list_amazonemrserverless.html`,
    "emr-serverless",
    "StartJobRun AccessInteractiveEndpoints",
  ),
  list(
    `${reference}list_awselasticbeanstalk.html`,
    "elasticbeanstalk",
    "UpdateEnvironment CreateApplicationVersion UpdateApplicationVersion",
  ),
  list(`${reference}list_awsamplify.html`, "amplify", "UpdateApp UpdateBranch StartJob StartDeployment"),
  list(`${reference}list_amazonec2autoscaling.html`, "autoscaling", "UpdateAutoScalingGroup"),
  list(`${reference}list_amazoneks.html`, "eks", "CreatePodIdentityAssociation UpdatePodIdentityAssociation"),
  list(
    `${reference}list_awsservicecatalog.html`,
    "servicecatalog",
    `ProvisionProduct UpdateProvisionedProduct CreateProvisioningArtifact CreateProvisionedProductPlan
     ExecuteProvisionedProductPlan ExecuteProvisionedProductServiceAction`,
  ),
  list(
    `${reference}list_awscloud9.html`,
    "cloud9",
    "CreateEnvironmentMembership UpdateEnvironmentMembership",
  ),
  list(
    `${reference}list_amazonmanagedworkflowsforapacheairflow.html`,
    "airflow",
    "Create*Token UpdateEnvironment",
  ),
  list(`${reference}list_amazoncognitoidentity.html`, "cognito-identity", "UpdateIdentityPool"),
  list(
    `${reference}list_awsiot.html`,
    "iot",
    "AssumeRoleWithCertificate AttachPolicy AttachPrincipalPolicy CreateKeysAndCertificate CreateJob",
  ),
  list(`${reference}list_awsiotgreengrassv2.html`, "greengrass", "CreateDeployment CreateComponentVersion"),
  list(
    `${reference}list_amazonkinesisanalyticsv2.html`,
    "kinesisanalytics",
    "UpdateApplication StartApplication CreateApplicationPresignedUrl",
  ),
  list(
    `${reference}list_amazonemroneksemrcontainers.html`,
    "emr-containers",
    "StartJobRun CreateManagedEndpoint",
  ),
  list(
    `${reference}list_amazonappstream2.0.html`,
    "appstream",
    "CreateStreamingURL CreateImageBuilderStreamingURL",
  ),
  list(
    `${reference}list_amazonec2imagebuilder.html`,
    "imagebuilder",
    "CreateImage StartImagePipelineExecution UpdateImagePipeline",
  ),
];

/** Names of roles that are an administrator's wherever they exist, after `role/` and with their path; `*` stands for any characters. */
export const administratorRoles: readonly string[] = [
  // https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html
  "organizationaccountaccessrole",
  // https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html
  "*awscontroltower*",
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
};
