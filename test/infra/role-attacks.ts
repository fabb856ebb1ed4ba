import type { SimulatedRequest } from "./role-simulator.ts";

export const owner = "example.cybozu.com/10";
export const accounts = {
  own: "111122223333",
  management: "999999999999",
  logArchive: "888888888888",
  development: "222222222222",
} as const;

const instanceId = "ssoins-0123456789abcdef";
export const instanceArn = `arn:aws:sso:::instance/${instanceId}`;
const setArn = `arn:aws:sso:::permissionSet/${instanceId}/ps-0123456789abcdef`;
const accountArn = (id: string) => `arn:aws:sso:::account/${id}`;
const roleArn = `arn:aws:iam::${accounts.own}:role/kintone-sso-sync`;

type Tags = Readonly<Record<string, string>>;

const key = (name: string) => `kintone-sso-sync:${name}`;
export const ownerTag: Tags = { [key("owner")]: owner };

/** The condition keys of a request that writes these tags. */
function writing(tags: Tags): NonNullable<SimulatedRequest["context"]> {
  const values = Object.entries(tags).map(([name, value]) => [`aws:RequestTag/${name}`, value]);
  return { ...Object.fromEntries(values), "aws:TagKeys": Object.keys(tags) };
}

function carrying(tags: Tags): NonNullable<SimulatedRequest["context"]> {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:ResourceTag/${name}`, value]));
}

/** A call on a set with these tags; AWS asks for the instance, the set and, of an assignment, the account. */
export function onSet(action: string, tags: Tags, account?: string): SimulatedRequest {
  const inAccount = account === undefined ? [] : [{ arn: accountArn(account) }];
  return {
    action,
    resources: [{ arn: instanceArn }, { arn: setArn, context: carrying(tags) }, ...inAccount],
  };
}

/** A call that writes tags to a set with tags, or to one that it makes. */
export function tagging(action: string, written: Tags, tags: Tags = {}): SimulatedRequest {
  return { ...onSet(action, tags), context: writing(written) };
}

const onObject = (action: string, place: string, more: Partial<SimulatedRequest> = {}): SimulatedRequest => ({
  action,
  resources: [{ arn: `arn:aws:s3:::${place}` }],
  ...more,
});
const on = (action: string, arn = "*"): SimulatedRequest => ({ action, resources: [{ arn }] });

const theirs: Tags = { [key("owner")]: "example.cybozu.com/20" };
const nobodys: Tags = {};
const administrator = `arn:aws:iam::${accounts.own}:role/Administrator`;
const memory = "<MemoryBucket>/memory.json";
const audited = "<AuditBucket>/2026/11/28/run.jsonl";

/** What somebody who has the role's credentials, or administers its account without changing policies, may try. */
export const attacks: Readonly<Record<string, SimulatedRequest>> = {
  "access to the own account": onSet("sso:CreateAccountAssignment", ownerTag, accounts.own),
  "access taken from the own account": onSet("sso:DeleteAccountAssignment", ownerTag, accounts.own),
  "a definition into the own account": onSet("sso:ProvisionPermissionSet", ownerTag, accounts.own),
  "access to the management account": onSet("sso:CreateAccountAssignment", ownerTag, accounts.management),
  "access taken from the management account": onSet(
    "sso:DeleteAccountAssignment",
    ownerTag,
    accounts.management,
  ),
  "a definition into the management account": onSet(
    "sso:ProvisionPermissionSet",
    ownerTag,
    accounts.management,
  ),
  "access to the log archive": onSet("sso:CreateAccountAssignment", ownerTag, accounts.logArchive),
  "access taken from the log archive": onSet("sso:DeleteAccountAssignment", ownerTag, accounts.logArchive),
  "a definition into the log archive": onSet("sso:ProvisionPermissionSet", ownerTag, accounts.logArchive),
  "another owner's set given to somebody": onSet("sso:CreateAccountAssignment", theirs, accounts.development),
  "another owner's assignment taken away": onSet("sso:DeleteAccountAssignment", theirs, accounts.development),
  "nobody's set given to somebody": onSet("sso:CreateAccountAssignment", nobodys, accounts.development),
  "nobody's assignment taken away": onSet("sso:DeleteAccountAssignment", nobodys, accounts.development),
  "another owner's set deleted": onSet("sso:DeletePermissionSet", theirs),
  "nobody's set deleted": onSet("sso:DeletePermissionSet", nobodys),
  "administrator rights put into another owner's set": onSet(
    "sso:AttachManagedPolicyToPermissionSet",
    theirs,
  ),
  "administrator rights put into nobody's set": onSet("sso:AttachManagedPolicyToPermissionSet", nobodys),
  "an inline policy put into another owner's set": onSet("sso:PutInlinePolicyToPermissionSet", theirs),
  "an inline policy put into nobody's set": onSet("sso:PutInlinePolicyToPermissionSet", nobodys),
  "another owner's boundary taken off": onSet("sso:DeletePermissionsBoundaryFromPermissionSet", theirs),
  "nobody's boundary taken off": onSet("sso:DeletePermissionsBoundaryFromPermissionSet", nobodys),
  "another owner's policies detached": onSet("sso:DetachManagedPolicyFromPermissionSet", theirs),
  "another owner's session made longer": onSet("sso:UpdatePermissionSet", theirs),
  "another owner's set provisioned": onSet("sso:ProvisionPermissionSet", theirs, accounts.development),
  "a set whose owner differs by case": onSet("sso:DeletePermissionSet", {
    [key("owner")]: owner.toUpperCase(),
  }),
  "a set whose owner begins with ours": onSet("sso:DeletePermissionSet", { [key("owner")]: `${owner}0` }),
  "our tag over another owner's": tagging("sso:TagResource", ownerTag, theirs),
  "a record's tag on another owner's set": tagging("sso:TagResource", { [key("record")]: "1" }, theirs),
  "our set given away": tagging("sso:TagResource", theirs, ownerTag),
  "a set created for another owner": tagging("sso:CreatePermissionSet", theirs),
  "a set created without an owner": tagging("sso:CreatePermissionSet", nobodys),
  "a set created with somebody's tag beside ours": tagging("sso:CreatePermissionSet", {
    ...ownerTag,
    managedBy: "ControlTower",
  }),
  "a record's tag on nobody's set": tagging("sso:TagResource", { [key("record")]: "1" }, nobodys),
  "the proof of a takeover on nobody's set": tagging(
    "sso:TagResource",
    { ...ownerTag, [key("record")]: "1", [key("adopted")]: "0123456789abcdef0123" },
    nobodys,
  ),
  "the proof of a takeover alone, on a set of ours": tagging(
    "sso:TagResource",
    { [key("adopted")]: "0123456789abcdef0123" },
    ownerTag,
  ),
  "another tag on a set of ours": tagging("sso:TagResource", { team: "evil" }, ownerTag),
  "tags taken off": onSet("sso:UntagResource", ownerTag),
  "another instance's sets": {
    action: "sso:DeletePermissionSet",
    resources: [{ arn: "arn:aws:sso:::permissionSet/ssoins-ffffffffffffffff/ps-0123456789abcdef" }],
  },
  "an instance deleted": on("sso:DeleteInstance", instanceArn),
  "an instance's key changed": on("sso:UpdateInstance", instanceArn),
  "an application made": on("sso:CreateApplication", instanceArn),
  "an application given to somebody": on("sso:CreateApplicationAssignment"),
  "a token issuer trusted": on("sso:CreateTrustedTokenIssuer", instanceArn),
  "attributes for access control": on("sso:CreateInstanceAccessControlAttributeConfiguration", instanceArn),
  "the older interface's profile": on("sso:AssociateProfile"),
  "a user made": on("identitystore:CreateUser"),
  "a member put into a group": on("identitystore:CreateGroupMembership"),
  "a user's address changed": on("identitystore:UpdateUser"),
  "a group deleted": on("identitystore:DeleteGroup"),
  "a provisioning token": on("sso-directory:CreateBearerToken"),
  "its own trust": on("iam:UpdateAssumeRolePolicy", roleArn),
  "its own permissions": on("iam:PutRolePolicy", roleArn),
  "a policy attached to itself": on("iam:AttachRolePolicy", roleArn),
  "its own boundary": on("iam:PutRolePermissionsBoundary", roleArn),
  "its own session's length": on("iam:UpdateRole", roleArn),
  "a new role": on("iam:CreateRole", administrator),
  "another role passed": on("iam:PassRole", administrator),
  "a user's key": on("iam:CreateAccessKey", `arn:aws:iam::${accounts.own}:user/root`),
  "a new version of a policy": on("iam:CreatePolicyVersion", `arn:aws:iam::${accounts.own}:policy/any`),
  "whom the provider's tokens are for": on("iam:AddClientIDToOpenIDConnectProvider"),
  "the provider's fingerprint": on("iam:UpdateOpenIDConnectProviderThumbprint"),
  "another provider": on("iam:CreateSAMLProvider"),
  "another role assumed": on("sts:AssumeRole", administrator),
  "itself assumed": on("sts:AssumeRole", roleArn),
  "a role of another account": on(
    "sts:AssumeRole",
    `arn:aws:iam::${accounts.management}:role/OrganizationAccountAccessRole`,
  ),
  "a federation token": on("sts:GetFederationToken"),
  "another delegated administrator": on("organizations:RegisterDelegatedAdministrator"),
  "an account made": on("organizations:CreateAccount"),
  "an account moved": on("organizations:MoveAccount"),
  "an account closed": on("organizations:CloseAccount"),
  "a service control policy": on("organizations:UpdatePolicy"),
  "a service control policy taken off": on("organizations:DetachPolicy"),
  "the organization left": on("organizations:LeaveOrganization"),
  "the stack of the role": on("cloudformation:UpdateStack"),
  "a function that runs as a role": on("lambda:CreateFunction"),
  "the trail stopped": on("cloudtrail:StopLogging"),
  "another object beside the memory": onObject("s3:GetObject", "<MemoryBucket>/other.json"),
  "another bucket": onObject("s3:PutObject", "somebodys-bucket/memory.json"),
  "the memory's versions deleted": onObject("s3:DeleteObjectVersion", memory),
  "the memory deleted": onObject("s3:DeleteObject", memory),
  "an earlier version read": onObject("s3:GetObjectVersion", memory),
  "the memory's bucket without versions": onObject("s3:PutBucketVersioning", "<MemoryBucket>"),
  "the memory's bucket opened": onObject("s3:PutBucketPolicy", "<MemoryBucket>"),
  "the memory over an unencrypted connection": onObject("s3:GetObject", memory, {
    context: { "aws:SecureTransport": "false" },
  }),
  "the memory written by an administrator": onObject("s3:PutObject", memory, { principal: administrator }),
  "the memory read by an administrator": onObject("s3:GetObject", memory, { principal: administrator }),
  "the memory's newest version deleted by an administrator": onObject("s3:DeleteObjectVersion", memory, {
    principal: administrator,
  }),
  "the lease taken by an administrator": onObject("s3:PutObject", `${memory}.lease`, {
    principal: administrator,
  }),
  "the audit replaced": onObject("s3:PutObject", audited),
  "the audit deleted": onObject("s3:DeleteObject", audited),
  "the audit's versions deleted": onObject("s3:DeleteObjectVersion", audited),
  "the audit's retention shortened": onObject("s3:PutObjectRetention", audited),
  "the audit's retention passed by": onObject("s3:BypassGovernanceRetention", audited),
  "the audit read": onObject("s3:GetObject", audited),
  "the audit written by an administrator": onObject("s3:PutObject", audited, {
    principal: administrator,
    context: { "s3:if-none-match": "*" },
  }),
  "the audit deleted by an administrator": onObject("s3:DeleteObject", audited, { principal: administrator }),
  "the instance's key deleted": on("kms:ScheduleKeyDeletion"),
  "the instance's key outside of Identity Center": on("kms:Decrypt"),
};

const issuer = "token.actions.githubusercontent.com";
const repository = "repo:acme/aws-access";

/** The claims of the job that is to get in, in the older form of the subject. */
export const rightClaims = {
  [`${issuer}:aud`]: "sts.amazonaws.com",
  [`${issuer}:sub`]: `${repository}:environment:kintone-sso-sync`,
  [`${issuer}:repository_id`]: "345",
};

/** Tokens of others that GitHub signs as well. */
export const strangeTokens: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "a pull request": { ...rightClaims, [`${issuer}:sub`]: `${repository}:pull_request` },
  "a branch": { ...rightClaims, [`${issuer}:sub`]: `${repository}:ref:refs/heads/main` },
  "another environment": { ...rightClaims, [`${issuer}:sub`]: `${repository}:environment:any` },
  "a fork": {
    ...rightClaims,
    [`${issuer}:sub`]: "repo:evil/aws-access:environment:kintone-sso-sync",
    [`${issuer}:repository_id`]: "346",
  },
  "a repository that got the name later": { ...rightClaims, [`${issuer}:repository_id`]: "346" },
  "another audience": { ...rightClaims, [`${issuer}:aud`]: "https://github.com/acme" },
  "no audience": { [`${issuer}:sub`]: `${repository}:environment:kintone-sso-sync` },
};
