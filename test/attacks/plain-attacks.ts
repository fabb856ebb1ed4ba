import type { Plain } from "./disguises.ts";

const role = "arn:aws:iam::123456789012:role/shop/web";
const admin = "arn:aws:iam::123456789012:role";
const attack = (actions: string, ...resources: readonly string[]): Plain => ({
  actions: actions.split(" "),
  resources,
});

/** Policies that no action of `*` or `iam:*` betrays, and that make their holder an administrator all the same. */
export const plainAttacks: Readonly<Record<string, Plain>> = {
  "filling one role and letting oneself in": attack("iam:PutRolePolicy iam:UpdateAssumeRolePolicy", role),
  "attaching a policy to one role": attack("iam:AttachRolePolicy", role),
  "a new version of one policy": attack(
    "iam:CreatePolicyVersion iam:SetDefaultPolicyVersion",
    "arn:aws:iam::123456789012:policy/team",
  ),
  "a denial taken from one role": attack("iam:DeleteRolePolicy iam:DetachRolePolicy", role),
  "a boundary taken from one user": attack(
    "iam:DeleteUserPermissionsBoundary",
    "arn:aws:iam::123456789012:user/anna",
  ),
  "keys of one user": attack(
    "iam:CreateAccessKey iam:UpdateLoginProfile",
    "arn:aws:iam::123456789012:user/break-glass",
  ),
  "joining one group": attack("iam:AddUserToGroup", "arn:aws:iam::123456789012:group/Ops"),
  "credentials of a service": attack(
    "iam:CreateServiceSpecificCredential",
    "arn:aws:iam::123456789012:user/git",
  ),
  "accepting a delegation": attack(
    "iam:AcceptDelegationRequest iam:SendDelegationToken",
    "arn:aws:iam::123456789012:delegation-request/1",
  ),
  "assuming the role of the CDK": attack(
    "sts:AssumeRole",
    `${admin}/cdk-hnb659fds-deploy-role-123456789012-us-east-1`,
  ),
  "assuming the role of Control Tower": attack("sts:AssumeRole", `${admin}/AWSControlTowerExecution`),
  "assuming the role of StackSets": attack(
    "sts:AssumeRole",
    `${admin}/AWSCloudFormationStackSetExecutionRole`,
  ),
  "assuming the role of AFT": attack("sts:AssumeRole", `${admin}/AWSAFTExecution`),
  "assuming the role of the accelerator": attack("sts:AssumeRole", `${admin}/AWSAccelerator-PipelineRole`),
  "assuming the role of the organization": attack("sts:AssumeRole", `${admin}/OrganizationAccountAccessRole`),
  "assuming the role of a pipeline for accounts": attack(
    "sts:AssumeRole",
    `${admin}/adf-cloudformation-deployment-role`,
  ),
  "passing a role by its beginning": attack("iam:PassRole", `${admin}/service-*`),
  "stacks in every account": attack(
    "cloudformation:CreateStackSet cloudformation:CreateStackInstances",
    "arn:aws:cloudformation:us-east-1:123456789012:stackset/all:*",
  ),
  "whom a trust anchor believes": attack(
    "rolesanywhere:CreateTrustAnchor rolesanywhere:CreateProfile",
    "arn:aws:rolesanywhere:us-east-1:123456789012:trust-anchor/1",
  ),
  "whom a SAML provider believes": attack(
    "iam:UpdateSAMLProvider",
    "arn:aws:iam::123456789012:saml-provider/idp",
  ),
  "whom an OIDC provider believes": attack(
    "iam:AddClientIDToOpenIDConnectProvider",
    "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
  ),
  "legacy profiles of Identity Center": attack("sso:AssociateProfile", "arn:aws:sso:::instance/ssoins-1"),
  "tags of permission sets": attack(
    "sso:TagResource sso:UntagResource",
    "arn:aws:sso:::permissionSet/ssoins-1/ps-1",
  ),
  "assignments of Identity Center": attack("sso:CreateAccountAssignment", "arn:aws:sso:::instance/ssoins-1"),
  "attributes that policies go by": attack(
    "sso:UpdateInstanceAccessControlAttributeConfiguration",
    "arn:aws:sso:::instance/ssoins-1",
  ),
  "members of groups": attack(
    "identitystore:CreateGroupMembership",
    "arn:aws:identitystore::123456789012:identitystore/d-1",
  ),
  "administrators of a cluster": attack(
    "eks:CreateAccessEntry eks:AssociateAccessPolicy",
    "arn:aws:eks:us-east-1:123456789012:cluster/shop",
  ),
  "denials of the organization": attack(
    "organizations:DetachPolicy",
    "arn:aws:organizations::123456789012:policy/o-1/service_control_policy/p-1",
  ),
};

const account = "998877665544";
const one = (actions: string, ...resources: readonly string[]): Plain => ({
  actions: actions.split(" "),
  resources: resources.map((resource) => resource.replace("#", account)),
});

/** More of the same kinds, rarer: actions that few know, on one resource each. */
export const rareAttacks: readonly Plain[] = [
  one("iam:UploadSigningCertificate", "arn:aws:iam::#:user/ops/break-glass"),
  one("iam:UploadSSHPublicKey", "arn:aws:iam::#:user/git"),
  one("iam:ResetServiceSpecificCredential", "arn:aws:iam::#:user/keyspaces"),
  one("iam:UpdateServiceSpecificCredential", "arn:aws:iam::#:user/*"),
  one("iam:UpdateAccountEmailAddress", "*"),
  one("iam:PutGroupPolicy", "arn:aws:iam::#:group/readers"),
  one("iam:DetachGroupPolicy", "arn:aws:iam::#:group/denied"),
  one("iam:DeleteGroupPolicy", "arn:aws:iam::#:group/denied"),
  one("iam:RemoveUserFromGroup", "arn:aws:iam::#:group/denied"),
  one("iam:DeleteUserPolicy", "arn:aws:iam::#:user/me"),
  one("iam:DetachUserPolicy", "arn:aws:iam::#:user/me"),
  one("iam:PutRolePermissionsBoundary", "arn:aws:iam::#:role/app/worker"),
  one("iam:DeleteRolePermissionsBoundary", "arn:aws:iam::#:role/app/worker"),
  one("iam:PutUserPermissionsBoundary", "arn:aws:iam::#:user/me"),
  one("iam:CreateSAMLProvider", "arn:aws:iam::#:saml-provider/new"),
  one("iam:CreateOpenIDConnectProvider", "arn:aws:iam::#:oidc-provider/example.com"),
  one("iam:UpdateOpenIDConnectProviderThumbprint", "arn:aws:iam::#:oidc-provider/example.com"),
  one("iam:CreateDelegationRequest", "*"),
  one("iam:AssociateDelegationRequest", "arn:aws:iam::#:delegation-request/*"),
  one("iam:UpdateDelegationRequest", "arn:aws:iam::#:delegation-request/9"),
  one("iam:EnableOrganizationsRootSessions", "*"),
  one("iam:EnableOrganizationsRootCredentialsManagement", "*"),
  one("sts:AssumeRoot", "arn:aws:iam::#:root"),
  one("sts:AssumeRole", "arn:aws:iam::#:role/path/${aws:username}"),
  one("sts:AssumeRole", "arn:aws:iam::??????665544:role/deploy"),
  one("sts:AssumeRoleWithWebIdentity", "arn:aws:iam::#:role/github-*"),
  one("sts:AssumeRole", "arn:aws:iam::#:role/aws-controltower-AdministratorExecutionRole"),
  one("sts:AssumeRole", "arn:aws:iam::#:role/ASEA-Operations"),
  one("sts:AssumeRole", "arn:aws:iam::#:role/team/Break-Glass"),
  one("iam:PassRole", "arn:aws:iam::#:role/cdk-prod-cfn-exec-role-998877665544-eu-west-1"),
  one("iam:PassRole", "arn:aws:iam::#:role/AWSAFTService"),
  one("rolesanywhere:ImportCrl", "arn:aws:rolesanywhere:eu-west-1:#:trust-anchor/2"),
  one("rolesanywhere:DeleteCrl", "arn:aws:rolesanywhere:eu-west-1:#:crl/2"),
  one("rolesanywhere:PutAttributeMapping", "arn:aws:rolesanywhere:eu-west-1:#:profile/2"),
  one("rolesanywhere:EnableTrustAnchor", "arn:aws:rolesanywhere:eu-west-1:#:trust-anchor/2"),
  one("sso:UpdateApplicationInstanceResponseConfiguration", "*"),
  one("sso:UpdateApplicationInstanceSecurityConfiguration", "*"),
  one("sso:CreateApplicationInstanceCertificate", "*"),
  one("sso:UpdateSSOConfiguration", "*"),
  one("sso:AssociateDirectory", "*"),
  one("sso:CreateTrustedTokenIssuer", "arn:aws:sso:::instance/ssoins-9"),
  one("sso:DeletePermissionsBoundaryFromPermissionSet", "arn:aws:sso:::permissionSet/ssoins-9/ps-9"),
  one(
    "sso:DetachCustomerManagedPolicyReferenceFromPermissionSet",
    "arn:aws:sso:::permissionSet/ssoins-9/ps-9",
  ),
  one("sso:DeleteInstanceAccessControlAttributeConfiguration", "arn:aws:sso:::instance/ssoins-9"),
  one("sso-directory:UpdatePassword", "*"),
  one("sso-directory:CreateBearerToken", "*"),
  one("sso-directory:EnableExternalIdPConfigurationForDirectory", "*"),
  one("sso-directory:AddMemberToGroup", "*"),
  one("identitystore:UpdateUser", "arn:aws:identitystore::#:identitystore/d-9"),
  one("identitystore:UpdateGroup", "arn:aws:identitystore:::group/*"),
  one("account-access:CreateEntitlement", "arn:aws:account-access:eu-west-1:#:application/9"),
  one("account:AcceptPrimaryEmailUpdate", "arn:aws:account::#:account"),
  one("organizations:AcceptHandshake", "arn:aws:organizations::#:handshake/o-9/invite/h-9"),
  one("organizations:DeleteResourcePolicy", "arn:aws:organizations::#:resourcepolicy/o-9/rp-9"),
  one("organizations:MoveAccount", "arn:aws:organizations::#:account/o-9/#"),
  one("organizations:DisablePolicyType", "arn:aws:organizations::#:root/o-9/r-9"),
  one("controltower:SetupLandingZone", "*"),
  one("controltower:CreateManagedAccount", "*"),
  one("controltower:DisableGuardrail", "*"),
  one("controltower:DeregisterOrganizationalUnit", "*"),
  one("controltower:ResetEnabledControl", "arn:aws:controltower:eu-west-1:#:enabledcontrol/9"),
  one("cloudformation:UpdateStackInstances", "arn:aws:cloudformation:eu-west-1:#:stackset/all:9"),
  one("cloudformation:ActivateOrganizationsAccess", "*"),
  one("eks:AssociateIdentityProviderConfig", "arn:aws:eks:eu-west-1:#:cluster/shop"),
  one("eks:ActivateCertificateAuthority", "arn:aws:eks:eu-west-1:#:cluster/shop"),
  one("eks:UpdateAccessEntry", "arn:aws:eks:eu-west-1:#:access-entry/shop/role/#/dev/9"),
];
