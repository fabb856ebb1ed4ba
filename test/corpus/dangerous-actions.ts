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
     UpdateOpenIDConnectProviderThumbprint`,
  ),
  ...spread("sso", "AssociateProfile TagResource CreateAccountAssignment PutInlinePolicyToPermissionSet"),
  ...spread(
    "rolesanywhere",
    "CreateTrustAnchor UpdateTrustAnchor EnableTrustAnchor CreateProfile UpdateProfile ImportCrl DisableCrl",
  ),
  ...spread("eks", "CreateAccessEntry UpdateAccessEntry AssociateAccessPolicy"),
  ...spread("cloudformation", "CreateStackSet UpdateStackSet CreateStackInstances UpdateStackInstances"),
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
  ...spread("athena", "*"),
  ...spread("acm", "*"),
  ...spread("support", "*"),
  ...spread("organizations", "List* Describe*"),
];
