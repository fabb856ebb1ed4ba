const spread = (service: string, actions: string): readonly string[] =>
  actions.split(/\s+/u).map((action) => `${service}:${action}`);

/** Each makes its holder administrator on any one resource of its service, by the names in AWS's service authorization reference, 2026-08-22. */
export const dangerousActions: readonly string[] = [
  ...spread(
    "iam",
    `PutUserPolicy PutGroupPolicy PutRolePolicy AttachUserPolicy AttachGroupPolicy AttachRolePolicy
     UpdateAssumeRolePolicy CreatePolicyVersion SetDefaultPolicyVersion CreateAccessKey CreateLoginProfile
     UpdateLoginProfile AddUserToGroup DetachUserPolicy DetachGroupPolicy DetachRolePolicy DeleteUserPolicy
     DeleteGroupPolicy DeleteRolePolicy RemoveUserFromGroup PutRolePermissionsBoundary PutUserPermissionsBoundary
     DeleteRolePermissionsBoundary DeleteUserPermissionsBoundary CreateServiceSpecificCredential
     ResetServiceSpecificCredential AcceptDelegationRequest SendDelegationToken CreateSAMLProvider
     UpdateSAMLProvider CreateOpenIDConnectProvider AddClientIDToOpenIDConnectProvider
     UpdateOpenIDConnectProviderThumbprint UploadSSHPublicKey UploadSigningCertificate
     UpdateAccountEmailAddress`,
  ),
  ...spread(
    "sso",
    `AssociateProfile TagResource CreateAccountAssignment PutInlinePolicyToPermissionSet
     UpdateApplicationInstanceResponseConfiguration UpdateApplicationInstanceServiceProviderConfiguration
     ProvisionApplicationProfileForAWSAccountInstance DeleteInstanceAccessControlAttributeConfiguration`,
  ),
  ...spread(
    "rolesanywhere",
    "CreateTrustAnchor UpdateTrustAnchor EnableTrustAnchor CreateProfile UpdateProfile ImportCrl DisableCrl",
  ),
  ...spread(
    "eks",
    `CreateAccessEntry UpdateAccessEntry AssociateAccessPolicy AssociateIdentityProviderConfig
     CreateCertificateAuthority ActivateCertificateAuthority`,
  ),
  ...spread("account", "StartPrimaryEmailUpdate AcceptPrimaryEmailUpdate"),
  ...spread(
    "organizations",
    `AcceptHandshake DeletePolicy DeleteResourcePolicy DetachPolicy DisablePolicyType LeaveOrganization MoveAccount
     PutResourcePolicy RegisterDelegatedAdministrator RemoveAccountFromOrganization UpdatePolicy`,
  ),
  ...spread(
    "controltower",
    `CreateLandingZone CreateManagedAccount DeleteLandingZone DeregisterManagedAccount
     DeregisterOrganizationalUnit DisableBaseline DisableControl DisableGuardrail EnableBaseline
     ManageOrganizationalUnit ResetEnabledBaseline ResetEnabledControl ResetLandingZone SetupLandingZone
     UpdateAccountFactoryConfig UpdateEnabledBaseline UpdateEnabledControl UpdateLandingZone`,
  ),
  ...spread("sts", "AssumeRoot"),
  ...spread("cloudformation", "CreateStackSet UpdateStackSet CreateStackInstances UpdateStackInstances"),
];

/** Each runs what one likes as a role that exists, on any one resource, and makes nobody more by itself. */
export const runningActions: readonly string[] = [
  ...spread("lambda", "UpdateFunctionCode UpdateFunctionConfiguration CreateMicrovmShellAuthToken"),
  ...spread(
    "ssm",
    `SendCommand StartSession ResumeSession StartAutomationExecution CreateAssociation UpdateAssociation
     UpdateDocument RegisterTaskWithMaintenanceWindow RegisterTargetWithMaintenanceWindow StartAssociationsOnce
     RequestManagedInstanceRoleToken`,
  ),
  ...spread("ssm-guiconnect", "StartConnection"),
  ...spread("ssm-quicksetup", "CreateConfigurationManager UpdateConfigurationDefinition"),
  ...spread(
    "ec2",
    "ModifyInstanceAttribute CreateReplaceRootVolumeTask AttachVolume CreateLaunchTemplateVersion",
  ),
  ...spread("ec2-instance-connect", "SendSSHPublicKey SendSerialConsoleSSHPublicKey OpenTunnel"),
  ...spread("codebuild", "StartBuild StartBuildBatch UpdateProject RetryBuild StartSandbox"),
  ...spread("glue", "UpdateJob StartJobRun CreateTrigger StartBlueprintRun UpdateDevEndpoint RunStatement"),
  ...spread(
    "sagemaker",
    `CreatePresignedNotebookInstanceUrl CreatePresignedDomainUrl UpdateNotebookInstance UpdateCluster
     UpdateClusterSoftware StartPipelineExecution CreatePartnerAppPresignedUrl`,
  ),
  ...spread(
    "cloudformation",
    "UpdateStack ExecuteChangeSet ContinueUpdateRollback RegisterType ActivateType",
  ),
  ...spread("apprunner", "UpdateService StartDeployment"),
  ...spread(
    "bedrock-agentcore",
    "InvokeCodeInterpreter InvokeAgentRuntimeCommand InvokeAgentRuntimeCommandShell",
  ),
  ...spread("ecs", "RunTask ExecuteCommand UpdateService RegisterContainerInstance Poll CreateTaskSet"),
  ...spread("datapipeline", "PutPipelineDefinition ActivatePipeline"),
  ...spread("states", "UpdateStateMachine TestState"),
  ...spread("codepipeline", "UpdatePipeline StartPipelineExecution PutActionRevision"),
  ...spread("batch", "SubmitJob RegisterJobDefinition"),
  ...spread("elasticmapreduce", "AddJobFlowSteps StartSession OpenEditorInConsole"),
  ...spread("emr-serverless", "StartJobRun StartSession"),
  ...spread("elasticbeanstalk", "UpdateEnvironment CreateApplicationVersion"),
  ...spread("amplify", "UpdateApp CreateBranch CreateDeployment StartJob"),
  ...spread("eks", "CreatePodIdentityAssociation"),
  ...spread("servicecatalog", "ProvisionProduct CreateProvisioningArtifact"),
  ...spread("airflow", "CreateCliToken CreateWebLoginToken InvokeRestApi"),
  ...spread("iot", "CreatePolicyVersion SetDefaultPolicyVersion AttachPolicy CreateCertificateFromCsr"),
  ...spread("greengrass", "CreateDeployment StartBulkDeployment"),
  ...spread("athena", "StartSession StartCalculationExecution CreatePresignedNotebookUrl"),
  ...spread("synthetics", "UpdateCanary StartCanaryDryRun"),
  ...spread("deadline", "AssumeQueueRoleForUser AssumeFleetRoleForWorker CreateJob"),
  ...spread("transfer", "ImportSshPublicKey"),
  ...spread("fis", "StartExperiment UpdateExperimentTemplate"),
  ...spread("chatbot", "UpdateSlackChannelConfiguration"),
  ...spread("ds", "ResetUserPassword EnableRoleAccess"),
  ...spread("ds-data", "AddGroupMember"),
  ...spread("appsync", "UpdateResolver CreateFunction"),
  ...spread("config", "StartRemediationExecution PutConformancePack PutOrganizationConformancePack"),
];

/** Each is ordinary on everything. */
export const harmlessActions: readonly string[] = [
  ...spread(
    "iam",
    `GetRole GetRolePolicy GetPolicy GetPolicyVersion GetUser GetLoginProfile GetSAMLProvider ListRoles ListPolicies
     ListAttachedRolePolicies ListUsers ListGroupsForUser ListAccessKeys SimulatePrincipalPolicy
     GenerateCredentialReport CreateRole CreateUser CreateGroup DeleteUser TagRole UpdateRole ChangePassword`,
  ),
  ...spread("s3", "* GetObject PutObject DeleteObject ListBucket PutBucketPolicy PutLifecycleConfiguration"),
  ...spread("sts", "GetCallerIdentity GetSessionToken DecodeAuthorizationMessage TagSession"),
  ...spread("sso", "Get* List* Describe* CreatePermissionSet ProvisionPermissionSet"),
  ...spread("eks", "Describe* List* DescribeAccessEntry ListAccessEntries"),
  ...spread("cloudformation", "Describe* List* DetectStackDrift ValidateTemplate"),
  ...spread("rolesanywhere", "Get* List* TagResource"),
  ...spread("lambda", "InvokeFunction GetFunction ListFunctions DeleteFunction"),
  ...spread("ec2", "Describe* StopInstances TerminateInstances CreateTags CreateVpc CreateSecurityGroup"),
  ...spread("dynamodb", "* GetItem PutItem Query Scan"),
  ...spread("kms", "* Decrypt Encrypt"),
  ...spread("sqs", "* SendMessage ReceiveMessage"),
  ...spread("sns", "* Publish"),
  ...spread("logs", "* FilterLogEvents"),
  ...spread("cloudwatch", "*"),
  ...spread("rds", "* DescribeDBInstances"),
  ...spread("route53", "*"),
  ...spread("athena", "StartQueryExecution GetQueryResults CreateNamedQuery"),
  ...spread("acm", "*"),
  ...spread("support", "*"),
  ...spread("organizations", "List* Describe*"),
];
