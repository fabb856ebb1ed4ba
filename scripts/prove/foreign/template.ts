import { isDeepStrictEqual } from "node:util";
import { deploy, rolePolicies } from "../../../test/infra/cloudformation.ts";
import type { ForeignCase, ForeignTool } from "./foreign-tool.ts";
import { motoVersion, withMoto } from "./moto-server.ts";
import { endedWith, runTool, type ToolRun, versionOf } from "./run-tool.ts";

/** The command that the template names, against moto's CloudFormation: the role that it makes is the one that our tests judge. */
export const template: ForeignTool = {
  name: "template in moto's CloudFormation",
  version: async () => {
    const [moto, aws] = await Promise.all([motoVersion(), versionOf("aws", ["--version"])]);
    return moto === undefined || aws === undefined ? undefined : `${moto}, ${aws}`;
  },
  run: async () => {
    const cases: ForeignCase[] = [];
    for (const [name, more] of Object.entries(situations))
      cases.push({ name: `template ${name}`, problems: await withMoto((url) => deployed(url, more)) });
    return cases;
  },
};

const path = "infra/aws-role.yaml";
/** The account that moto is, and the one that our own reading of the template takes for it. */
const motoAccount = "123456789012";
const ourAccount = "111122223333";
// moto's CloudFormation makes no OpenID Connect providers: the account has one.
const providerOf = (host: string) => `arn:aws:iam::${motoAccount}:oidc-provider/${host}`;
const common = {
  InstanceArn: "arn:aws:sso:::instance/ssoins-0123456789abcdef",
  Owner: "example.cybozu.com/10",
  ManagementAccount: "999999999999",
};
const github = {
  GitHubOwner: "acme",
  GitHubOwnerId: "12",
  GitHubRepository: "aws-access",
  GitHubRepositoryId: "345",
  ExistingProviderArn: providerOf("token.actions.githubusercontent.com"),
};
const situations = {
  "for GitHub, with a bucket for the memory": github,
  "for GitHub, without a memory": { ...github, MemoryObject: "none" },
  "for Azure DevOps": {
    CiSystem: "azure-devops",
    ExistingProviderArn: providerOf("vstoken.dev.azure.com/6f1a1c2e-0000-4000-8000-1234567890ab"),
    AzureDevOpsOrganization: "acme",
    AzureDevOpsOrganizationId: "6f1a1c2e-0000-4000-8000-1234567890ab",
    AzureDevOpsProject: "platform",
    AzureDevOpsServiceConnection: "aws-sync",
    MemoryObject: "none",
  },
};

async function deployed(url: string, more: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const parameters: Readonly<Record<string, string>> = { ...common, ...more };
  const given = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
  const aws = (args: readonly string[]) => runTool("aws", args, { environment: environmentFor(url) });
  const stack = ["--stack-name", "kintone-sso-sync", "--template-file", path];
  const capabilities = ["--capabilities", "CAPABILITY_NAMED_IAM"];
  const done = await aws([
    "cloudformation",
    "deploy",
    ...stack,
    ...capabilities,
    "--parameter-overrides",
    ...given,
  ]);
  if (done.code !== 0) return endedWith(0, done);
  const named = ["--role-name", "kintone-sso-sync"];
  const role = outputOf(await aws(["iam", "get-role", ...named]))["Role"];
  const [policy = ""] = outputOf(await aws(["iam", "list-role-policies", ...named]))[
    "PolicyNames"
  ] as string[];
  const held = outputOf(await aws(["iam", "get-role-policy", ...named, "--policy-name", policy]));
  const resources = ["cloudformation", "describe-stack-resources", "--stack-name", "kintone-sso-sync"];
  const names = namesOf(outputOf(await aws(resources)));
  const wanted = rolePolicies(deploy(path, parameters));
  const trust = (role as Readonly<Record<string, unknown>>)["AssumeRolePolicyDocument"];
  return [
    ...differing("the trust policy", trust, wanted.trust, names),
    ...differing("the permission policy", held["PolicyDocument"], wanted.permissions, names),
  ];
}

function outputOf(run: ToolRun): Readonly<Record<string, unknown>> {
  if (run.code !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as Readonly<Record<string, unknown>>;
}

/** What was made, by the names that the template has for it: our reading has them in angle brackets. */
type Names = ReadonlyMap<string, string>;

function namesOf(resources: Readonly<Record<string, unknown>>): Names {
  const all = resources["StackResources"] as readonly Readonly<Record<string, string>>[];
  return new Map(
    all.map((one) => [one["PhysicalResourceId"] ?? "", `<${one["LogicalResourceId"] ?? ""}>`] as const),
  );
}

function differing(what: string, made: unknown, wanted: unknown, names: Names): readonly string[] {
  const theirs = [...names]
    .filter(([, name]) => name.endsWith("Bucket>"))
    .reduce((text, [id, name]) => text.replaceAll(id, name), textOf(made))
    .replaceAll(motoAccount, ourAccount);
  const ours = JSON.stringify(wanted).replaceAll(motoAccount, ourAccount);
  return isDeepStrictEqual(JSON.parse(theirs), JSON.parse(ours))
    ? []
    : [`${what} is ${theirs} instead of ${ours}`];
}

// moto gives a role's policy as Python writes it, with nothing where the template has no value.
function textOf(policy: unknown): string {
  if (typeof policy !== "string") return JSON.stringify(policy);
  const json = policy
    .replaceAll("'", '"')
    .replaceAll(/\bTrue\b/gu, "true")
    .replaceAll(/\bFalse\b/gu, "false")
    .replaceAll(/\bNone\b/gu, "null");
  return JSON.stringify(withoutNothing(JSON.parse(json)));
}

function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((each) => each !== null).map(withoutNothing);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, withoutNothing(member)]),
  );
}

function environmentFor(url: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: "ap-northeast-1",
    AWS_DEFAULT_REGION: "ap-northeast-1",
    AWS_ACCESS_KEY_ID: "AKIANOBODY",
    AWS_SECRET_ACCESS_KEY: "none",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    AWS_CONFIG_FILE: "/dev/null",
  };
}
