import { readFileSync } from "node:fs";

import { beforeAll, describe, expect, it } from "vitest";

import { buildPermissionPolicy, type PermissionPolicyInput } from "../../src/aws/permission-policy.ts";
import type { PolicyDocument } from "../../src/aws/policy-document.ts";
import { actionsFor } from "../../src/aws/required-actions.ts";
import { buildAzureDevopsTrust, buildGithubTrust, type Trust } from "../../src/aws/trust-policy.ts";
import { deploy, rolePolicies } from "./cloudformation.ts";
import { decide, type PolicyRequest } from "./evaluate-policy.ts";
import { renderModule } from "./terraform.ts";

const template = "infra/aws-role.yaml";
const module = "infra/terraform";

const instanceId = "ssoins-0123456789abcdef";
const instanceArn = `arn:aws:sso:::instance/${instanceId}`;
const setArn = `arn:aws:sso:::permissionSet/${instanceId}/ps-0123456789abcdef`;
const accountArn = (id: string) => `arn:aws:sso:::account/${id}`;
const owner = "example.cybozu.com/10";
const management = "999999999999";
const logArchive = "888888888888";
const dev = "222222222222";
const roleAccount = "111122223333";
const providerOf = (issuer: string) =>
  `arn:aws:iam::${roleAccount}:oidc-provider/${issuer.replace("https://", "")}`;

const github = { repository: "acme/aws-access", ownerId: "12", repositoryId: "345" };
const azure = {
  organization: "acme",
  organizationId: "6f1a1c2e-0000-4000-8000-1234567890ab",
  project: "platform",
  serviceConnection: "aws-sync",
};
const inAccount = { account: roleAccount, partition: "aws" };

interface Case {
  readonly name: string;
  readonly trust: Trust;
  readonly permissions: PermissionPolicyInput;
  readonly parameters: Readonly<Record<string, string | string[]>>;
}

const least = { instanceArn, owner, managementAccount: management, ownAccount: roleAccount };
const everything = {
  ...least,
  ownAccount: undefined,
  protectedAccounts: [logArchive, "777777777777"],
  memoryObject: "sync-memory/state/memory.json",
  auditPrefix: "sync-audit/passes/",
  takeOver: true,
  kmsKeyArn: "arn:aws:kms:ap-northeast-1:999999999999:key/0a",
};
const githubParameters = {
  GitHubOwner: "acme",
  GitHubOwnerId: "12",
  GitHubRepository: "aws-access",
  GitHubRepositoryId: "345",
};

const cases: readonly Case[] = [
  {
    name: "GitHub with an environment, and the buckets that are made",
    trust: buildGithubTrust({ ...inAccount, ...github, branch: "main", environment: "kintone-sso-sync" }),
    permissions: { ...least, memoryObject: "<MemoryBucket>/memory.json", auditPrefix: "<AuditBucket>/" },
    parameters: {
      ...githubParameters,
      AuditRetentionDays: "400",
      AdopterArn: `arn:aws:iam::${roleAccount}:role/Administrator`,
    },
  },
  {
    name: "GitHub with a branch, and everything that is optional",
    trust: buildGithubTrust({ ...inAccount, ...github, branch: "release/1" }),
    permissions: everything,
    parameters: { ...githubParameters, GitHubEnvironment: "", GitHubBranch: "release/1" },
  },
  {
    name: "Azure DevOps",
    trust: buildAzureDevopsTrust({ ...inAccount, ...azure }),
    permissions: least,
    parameters: {
      CiSystem: "azure-devops",
      AzureDevOpsOrganization: azure.organization,
      AzureDevOpsOrganizationId: azure.organizationId,
      AzureDevOpsProject: azure.project,
      AzureDevOpsServiceConnection: azure.serviceConnection,
      MemoryObject: "none",
    },
  },
];

function templateParameters({ permissions, parameters, trust }: Case) {
  const { ownAccount, protectedAccounts, memoryObject, auditPrefix, takeOver, kmsKeyArn } = permissions;
  return {
    InstanceArn: permissions.instanceArn,
    Owner: permissions.owner,
    ManagementAccount: permissions.managementAccount,
    ExistingProviderArn: providerOf(trust.issuer),
    ...(ownAccount === undefined ? { AllowOwnAccount: "true" } : {}),
    ...(protectedAccounts && { ProtectedAccountArns: protectedAccounts.map(accountArn) }),
    ...namedObjects({ MemoryObject: memoryObject, AuditPrefix: auditPrefix }),
    ...(takeOver === true ? { TakeOver: "true" } : {}),
    ...(kmsKeyArn === undefined ? {} : { KmsKeyArn: kmsKeyArn }),
    ...parameters,
  };
}

/** Those that are not in a bucket that is made. */
function namedObjects(places: Readonly<Record<string, string | undefined>>) {
  const named = Object.entries(places).filter(([, place]) => place?.startsWith("<") === false);
  return Object.fromEntries(named) as Readonly<Record<string, string>>;
}

/** `GitHubOwnerId` → `github_owner_id` */
function snakeCase(name: string): string {
  const words = name.replace("GitHub", "Github").replace("DevOps", "Devops");
  return words.replaceAll(/(?<!^)[A-Z]/gu, "_$&").toLowerCase();
}

function moduleVariables(one: Case): Readonly<Record<string, string | number | boolean | readonly string[]>> {
  const named = Object.entries(templateParameters(one)).map(([name, value]) => [snakeCase(name), value]);
  const { protected_account_arns: _arns, ...variables } = Object.fromEntries(named) as Record<string, string>;
  const { protectedAccounts } = one.permissions;
  return {
    ...variables,
    allow_own_account: variables["allow_own_account"] === "true",
    take_over: variables["take_over"] === "true",
    audit_retention_days: Number(variables["audit_retention_days"] ?? 0),
    ...(protectedAccounts && { protected_accounts: protectedAccounts }),
  };
}

/** What a policy says, whatever the order in which it says it, and whether a single value stands in a list. */
function meaning(document: PolicyDocument): unknown {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value))
      return value.length === 1
        ? sorted(value[0])
        : value.map(sorted).toSorted((one, other) => String(one).localeCompare(String(other)));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sorted(item)]));
  };
  const statements = document.Statement.map((statement) => [statement.Sid, sorted(statement)] as const);
  return Object.fromEntries(statements);
}

describe.each(cases)("the role for $name", (one) => {
  const fromTemplate = rolePolicies(deploy(template, templateParameters(one)));
  let fromModule: Awaited<ReturnType<typeof renderModule>>;
  beforeAll(async () => {
    fromModule = await renderModule(module, moduleVariables(one));
  });
  const trustName = one.trust.issuer.includes("github") ? "github_trust" : "azure_devops_trust";

  it("trusts the same tokens in CloudFormation, in Terraform and in what doctor prints", () => {
    const expected = meaning(one.trust.policy);
    expect(meaning(fromTemplate.trust)).toEqual(expected);
    expect(meaning(fromModule(trustName))).toEqual(expected);
  });

  it("may do the same in CloudFormation, in Terraform and in what doctor prints", () => {
    const expected = meaning(buildPermissionPolicy(one.permissions));
    expect(meaning(fromTemplate.permissions)).toEqual(expected);
    expect(meaning(fromModule("permissions"))).toEqual(expected);
  });

  it("keeps what it leaves for later in the same buckets, under the same policies", () => {
    const resources = deploy(template, templateParameters(one));
    const inBuckets = { Memory: "memory_bucket", Audit: "audit_bucket" } as const;
    for (const [name, document] of Object.entries(inBuckets)) {
      const policy = resources[`${name}BucketPolicy`]?.["PolicyDocument"] as PolicyDocument | undefined;
      const isMade = Object.values(one.permissions).some((place) =>
        String(place).startsWith(`<${name}Bucket>`),
      );
      const wanted = isMade ? meaning(fromModule(document)) : undefined;
      expect(policy && meaning(policy)).toEqual(wanted);
    }
  });

  it("fits into what IAM takes", () => {
    expect(JSON.stringify(fromTemplate.permissions).length).toBeLessThan(10_240);
    expect(JSON.stringify(fromTemplate.trust).length).toBeLessThan(2048);
  });
});

describe("the provider of tokens", () => {
  it.each(cases)("is made for $name, with the audience and without a slash at the end", (one) => {
    const { GitHubProvider, AzureDevOpsProvider, Role } = deploy(template, {
      ...templateParameters(one),
      ExistingProviderArn: "",
    });
    const provider = GitHubProvider ?? AzureDevOpsProvider;
    expect(provider).toEqual({ Url: one.trust.issuer, ClientIdList: [one.trust.audience] });
    expect(one.trust.issuer).not.toMatch(/\/$/u);
    expect(JSON.stringify(Role)).toContain("Provider.Arn>");
  });

  it.each(cases)("is not made again when $name has one already", (one) => {
    const made = Object.keys(deploy(template, templateParameters(one)));
    expect(made.filter((name) => !/^(?:Memory|Audit)Bucket/u.test(name))).toEqual(["Role"]);
  });
});

describe("the trust policy lets in", () => {
  const repository = "repo:acme/aws-access";
  const immutable = "repo:acme@12/aws-access@345";
  const claims = {
    iss: "token.actions.githubusercontent.com",
    aud: "sts.amazonaws.com",
    repository_id: "345",
  };

  function letsIn(policy: PolicyDocument, { iss, ...token }: Readonly<Record<string, string>>): boolean {
    const context = Object.fromEntries(
      Object.entries(token).map(([claim, value]) => [`${iss}:${claim}`, value]),
    );
    return decide(policy, { action: "sts:AssumeRoleWithWebIdentity", context }) === "allowed";
  }

  const forms = (index: number): readonly PolicyDocument[] => {
    const one = cases[index];
    if (one === undefined) throw new Error("There is no such case.");
    return [one.trust.policy, rolePolicies(deploy(template, templateParameters(one))).trust];
  };

  it.each([`${repository}:environment:kintone-sso-sync`, `${immutable}:environment:kintone-sso-sync`])(
    "%s when it names the environment",
    (sub) => {
      for (const policy of forms(0)) expect(letsIn(policy, { ...claims, sub })).toBe(true);
    },
  );

  it.each([`${repository}:ref:refs/heads/release/1`, `${immutable}:ref:refs/heads/release/1`])(
    "%s when it names the branch",
    (sub) => {
      for (const policy of forms(1)) expect(letsIn(policy, { ...claims, sub })).toBe(true);
    },
  );

  it.each([
    ["another environment", { sub: `${repository}:environment:staging` }],
    ["a branch where an environment is asked for", { sub: `${repository}:ref:refs/heads/main` }],
    ["a pull request", { sub: `${repository}:pull_request` }],
    ["another repository", { sub: "repo:acme/other:environment:kintone-sso-sync" }],
    ["another owner", { sub: "repo:evil/aws-access:environment:kintone-sso-sync" }],
    ["another owner's id", { sub: "repo:acme@13/aws-access@345:environment:kintone-sso-sync" }],
    ["a repository of the same name that was made later", { repository_id: "999" }],
    ["a token without a repository", { repository_id: "" }],
    ["another audience", { aud: "https://github.com/acme" }],
    ["another issuer", { iss: "gitlab.example.com" }],
    ["a subject in other case", { sub: `${repository}:environment:Kintone-SSO-Sync` }],
    ["a longer subject", { sub: `${repository}:environment:kintone-sso-sync-2` }],
  ])("nothing of GitHub with %s", (_what, wrong) => {
    const sub = `${repository}:environment:kintone-sso-sync`;
    for (const policy of forms(0)) expect(letsIn(policy, { ...claims, sub, ...wrong })).toBe(false);
  });

  it("no tag and no branch of another name where a branch is asked for", () => {
    for (const place of ["ref:refs/tags/release/1", "ref:refs/heads/release/10", "environment:prod"]) {
      for (const policy of forms(1))
        expect(letsIn(policy, { ...claims, sub: `${repository}:${place}` })).toBe(false);
    }
  });

  it("one service connection of Azure DevOps and no other", () => {
    const iss = `vstoken.dev.azure.com/${azure.organizationId}`;
    const right = { iss, aud: "api://AzureADTokenExchange", sub: "sc://acme/platform/aws-sync" };
    for (const policy of forms(2)) {
      expect(letsIn(policy, right)).toBe(true);
      expect(letsIn(policy, { ...right, sub: "sc://acme/platform/other" })).toBe(false);
      expect(letsIn(policy, { ...right, sub: "sc://acme/other/aws-sync" })).toBe(false);
      expect(letsIn(policy, { ...right, sub: "sc://evil/platform/aws-sync" })).toBe(false);
      expect(letsIn(policy, { ...right, aud: "sts.amazonaws.com" })).toBe(false);
      expect(letsIn(policy, { ...right, iss: `${iss}/` })).toBe(false);
    }
  });

  it("no branch that is named to look like an environment", () => {
    const { subjects } = buildGithubTrust({ ...inAccount, ...github, branch: "x:environment:prod" });
    expect(subjects[0]).toBe("repo:acme/aws-access:ref:refs/heads/x%3Aenvironment%3Aprod");
    const values = { ...githubParameters, GitHubEnvironment: "a:b" };
    const [first] = cases;
    expect(() => deploy(template, { ...(first && templateParameters(first)), ...values })).toThrow(
      "GitHubEnvironment",
    );
  });
});

describe("the role", () => {
  const policy = buildPermissionPolicy({ ...everything, ownAccount: roleAccount });
  const ours = { "aws:ResourceTag/kintone-sso-sync:owner": owner };
  const theirs = { "aws:ResourceTag/kintone-sso-sync:owner": "example.cybozu.com/20" };
  const setOf = (context: PolicyRequest["context"] = {}) => ({ arn: setArn, context });
  const instance = { arn: instanceArn };
  const onSet = (action: string, context?: PolicyRequest["context"]) =>
    decide(policy, { action, resources: [instance, setOf(context)] });
  const inAccountOf = (action: string, account: string, context?: PolicyRequest["context"]) =>
    decide(policy, { action, resources: [instance, setOf(context), { arn: accountArn(account) }] });
  const asked = (tags: Readonly<Record<string, string>>) => ({
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    "aws:TagKeys": Object.keys(tags),
  });
  const ownerTag = { "kintone-sso-sync:owner": owner };

  it.each(actionsFor("read"))("may %s", (action) => {
    expect(decide(policy, { action, resources: [instance] })).toBe("allowed");
  });

  it.each(actionsFor("change-set"))("may %s on its own sets only", (action) => {
    expect(onSet(action, ours)).toBe("allowed");
    expect(onSet(action, theirs)).toBe("not allowed");
    expect(onSet(action)).toBe("not allowed");
  });

  it.each(actionsFor("change-account"))(
    "may %s with its own sets, in accounts that are not protected",
    (action) => {
      expect(inAccountOf(action, dev, ours)).toBe("allowed");
      expect(inAccountOf(action, dev, theirs)).toBe("not allowed");
      expect(inAccountOf(action, dev)).toBe("not allowed");
      expect(inAccountOf(action, management, ours)).toBe("denied");
      expect(inAccountOf(action, logArchive, ours)).toBe("denied");
      expect(inAccountOf(action, roleAccount, ours)).toBe("denied");
    },
  );

  it("may create sets with its owner tag only", () => {
    const create = (tags: Readonly<Record<string, string>>) =>
      decide(policy, { action: "sso:CreatePermissionSet", resources: [instance], context: asked(tags) });
    expect(create({ ...ownerTag, "kintone-sso-sync:record": "1" })).toBe("allowed");
    expect(create({})).toBe("not allowed");
    expect(create({ "kintone-sso-sync:owner": "example.cybozu.com/20" })).toBe("denied");
    expect(create({ ...ownerTag, managedBy: "ControlTower" })).toBe("not allowed");
  });

  it("may tag its own sets, and take over those that nobody owns", () => {
    const tag = (tags: Readonly<Record<string, string>>, context?: PolicyRequest["context"]) =>
      decide(policy, {
        action: "sso:TagResource",
        resources: [instance, setOf(context)],
        context: asked(tags),
      });
    expect(tag({ "kintone-sso-sync:record": "2" }, ours)).toBe("allowed");
    expect(tag({ ...ownerTag, "kintone-sso-sync:record": "2" })).toBe("allowed");
    expect(tag({ "kintone-sso-sync:record": "2" })).toBe("not allowed");
    expect(tag(ownerTag, theirs)).toBe("denied");
    expect(tag({ "kintone-sso-sync:owner": "example.cybozu.com/20" }, ours)).toBe("denied");
    expect(tag({ managedBy: "nobody" }, ours)).toBe("not allowed");
  });

  it("writes the tag that proves a takeover only where it may take over", () => {
    const tags = { ...ownerTag, "kintone-sso-sync:record": "2", "kintone-sso-sync:adopted": "0a" };
    const request = { action: "sso:TagResource", resources: [instance, setOf()], context: asked(tags) };
    expect(decide(policy, request)).toBe("allowed");
    expect(decide(buildPermissionPolicy(least), request)).toBe("denied");
  });

  it("may read and write the one object of its memory and the lease beside it", () => {
    for (const action of ["s3:GetObject", "s3:PutObject"]) {
      const at = (arn: string) => decide(policy, { action, resources: [{ arn }] });
      expect(at("arn:aws:s3:::sync-memory/state/memory.json")).toBe("allowed");
      expect(at("arn:aws:s3:::sync-memory/state/memory.json.lease")).toBe("allowed");
      expect(at("arn:aws:s3:::sync-memory/other")).toBe("not allowed");
    }
    expect(decide(buildPermissionPolicy(least), { action: "s3:GetObject" })).toBe("denied");
  });

  const broad: PolicyDocument = {
    Version: "2012-10-17",
    Statement: [...policy.Statement, { Sid: "Admin", Effect: "Allow", Action: ["*"], Resource: ["*"] }],
  };

  it.each([
    "iam:CreateRole",
    "iam:AttachRolePolicy",
    "iam:PassRole",
    "organizations:RegisterDelegatedAdministrator",
    "organizations:CreateAccount",
    "organizations:MoveAccount",
    "sso:DeleteInstance",
    "sso:UpdateInstance",
    "sso:CreateInstance",
    "sso:CreateApplication",
    "sso:CreateApplicationAssignment",
    "sso:UntagResource",
    "sso:CreateTrustedTokenIssuer",
    "identitystore:CreateUser",
    "identitystore:CreateGroupMembership",
    "identitystore:DeleteGroup",
    "sts:AssumeRole",
    "ec2:RunInstances",
  ])("may never %s, even if it is made an administrator", (action) => {
    expect(decide(broad, { action, resources: [{ arn: "*", context: ours }] })).toBe("denied");
  });

  it("may never touch the management account or a protected one, even if it is made an administrator", () => {
    for (const account of [management, logArchive]) {
      for (const action of actionsFor("change-account")) {
        expect(decide(broad, { action, resources: [{ arn: accountArn(account) }] })).toBe("denied");
      }
    }
  });

  it("may still list managed policies, which is the one thing it needs of IAM", () => {
    expect(decide(policy, { action: "iam:ListPolicies" })).toBe("allowed");
  });
});

it("template and module ask for the same values", () => {
  const parametersSection = readFileSync(template, "utf8").split(/^[A-Z][a-z]+:$/mu)[1] ?? "";
  const parameters = parametersSection.match(/(?<=^ {2})[A-Za-z]+(?=:$)/gmu) ?? [];
  const variables = readFileSync(`${module}/variables.tf`, "utf8").match(/(?<=^variable ")[a-z_]+/gmu) ?? [];
  const named = parameters.map((name) => snakeCase(name.replace("AccountArns", "Accounts")));
  expect(named.toSorted()).toEqual(variables.toSorted());
});
