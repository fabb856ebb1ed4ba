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
