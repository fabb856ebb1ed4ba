import { buildPermissionPolicy, type UntouchedAccounts } from "../../aws/permission-policy.ts";
import { buildAzureDevopsTrust, buildGithubTrust, type Trust } from "../../aws/trust-policy.ts";
import type { Config } from "../../model/config.ts";
import { trustTexts } from "../../words/trust-texts.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { renderTrust } from "./render-trust.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";

export type TrustHost = "github" | "azure-devops";

/** Flags of `doctor --trust`; the configuration and a GitHub runner's environment stand in for those left out. */
export interface TrustOptions {
  readonly repository?: string;
  readonly repositoryId?: string;
  readonly ownerId?: string;
  readonly environment?: string;
  readonly branch?: string;
  readonly organization?: string;
  readonly organizationId?: string;
  readonly project?: string;
  readonly serviceConnection?: string;
  readonly account?: string;
  readonly managementAccount?: string;
  readonly instanceArn?: string;
  readonly owner?: string;
  readonly kmsKey?: string;
  readonly takeOver?: boolean;
}

type Values = Readonly<Partial<Record<Exclude<keyof TrustOptions, "takeOver">, string>>>;

const roleValues = ["account", "managementAccount", "instanceArn", "owner"] as const;
const hostValues = {
  github: ["repository", "repositoryId", "ownerId"],
  "azure-devops": ["organization", "organizationId", "project", "serviceConnection"],
} as const;

/** What a value looks like, where a slip would end in a policy that lets no caller in, or the wrong one. */
const forms: Readonly<Partial<Record<keyof Values, readonly [pattern: RegExp, example: string]>>> = {
  repository: [/^[\w.-]+\/[\w.-]+$/u, "acme/aws-access"],
  repositoryId: [/^\d+$/u, "123456789"],
  ownerId: [/^\d+$/u, "1234567"],
  organizationId: [/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u, "6f1a1c2e-0000-4000-8000-1234567890ab"],
  account: [/^\d{12}$/u, "111122223333"],
  managementAccount: [/^\d{12}$/u, "999988887777"],
  instanceArn: [
    /^arn:aws[a-z-]*:sso:::instance\/(?:sso)?ins-[A-Za-z0-9.-]{16}$/u,
    "arn:aws:sso:::instance/ssoins-0123456789abcdef",
  ],
};

/** `doctor --trust`: prints the role for the values given, on stdout. Exit code 1 when one is missing or cannot be right. */
export function runTrust(
  face: ProcessFace,
  globals: GlobalOptions,
  host: TrustHost,
  options: TrustOptions,
  json: boolean,
): number {
  const context = openContext(face, globals);
  const { terminal, language } = context;
  const values = valuesOf(options, context, face.environment);
  const problems = problemsWith(values, host, context);
  if (problems.length > 0) {
    for (const problem of problems) terminal.say(problem);
    return 1;
  }
  const { policy, ...trust } = trustOf(host, values);
  const permissionPolicy = permissionsOf(values, options.takeOver === true, context);
  const role = { ...trust, trustPolicy: policy, permissionPolicy };
  const text = json ? `${JSON.stringify(role)}\n` : renderTrust(role, language, terminal.paint);
  terminal.print(text, json);
  return 0;
}

function valuesOf(
  { takeOver: _takeOver, ...options }: TrustOptions,
  { settings }: CommandContext,
  environment: Readonly<Record<string, string | undefined>>,
): Values {
  const config = settings.ok ? settings.config : undefined;
  const onBranch = environment["GITHUB_REF_TYPE"] === "branch" ? environment["GITHUB_REF_NAME"] : undefined;
  const values = {
    repository: environment["GITHUB_REPOSITORY"],
    repositoryId: environment["GITHUB_REPOSITORY_ID"],
    ownerId: environment["GITHUB_REPOSITORY_OWNER_ID"],
    branch: onBranch ?? "main",
    account: config?.identityCenter.expectedAccount,
    instanceArn: config?.identityCenter.instanceArn,
    owner: config?.owner,
    ...options,
  };
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ""),
  );
}

function problemsWith(values: Values, host: TrustHost, { language }: CommandContext): readonly string[] {
  const texts = trustTexts(language);
  const needed = [...hostValues[host], ...roleValues];
  const missing = needed.filter((name) => values[name] === undefined);
  const wrong = needed.flatMap((name) => {
    const [pattern, example] = forms[name] ?? [];
    const value = values[name];
    return value === undefined || example === undefined || pattern?.test(value) === true
      ? []
      : [texts.invalid(optionName(name), example)];
  });
  const lacksIds = missing.includes("repositoryId") || missing.includes("ownerId");
  return [
    ...(missing.length > 0 ? [texts.missing(missing.map(optionName))] : []),
    ...(lacksIds ? [texts.githubIds(values.repository ?? "OWNER/NAME")] : []),
    ...wrong,
  ];
}

/** `instanceArn` → `--instance-arn` */
function optionName(name: string): string {
  return `--${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`;
}

function trustOf(host: TrustHost, values: Values): Trust {
  const of = (name: keyof Values): string => values[name] ?? "";
  const role = { account: of("account"), partition: of("instanceArn").split(":")[1] ?? "aws" };
  if (host === "azure-devops") {
    return buildAzureDevopsTrust({
      ...role,
      organization: of("organization"),
      organizationId: of("organizationId"),
      project: of("project"),
      serviceConnection: of("serviceConnection"),
    });
  }
  return buildGithubTrust({
    ...role,
    repository: of("repository"),
    repositoryId: of("repositoryId"),
    ownerId: of("ownerId"),
    environment: values.environment,
    branch: of("branch"),
  });
}

function permissionsOf(values: Values, takeOver: boolean, { settings }: CommandContext): object {
  const config = settings.ok ? settings.config : undefined;
  return buildPermissionPolicy({
    instanceArn: values.instanceArn ?? "",
    owner: values.owner ?? "",
    managementAccount: values.managementAccount ?? "",
    ...(config === undefined ? { ownAccount: values.account } : untouchedBy(config, values)),
    memoryObject: inS3(config?.memory),
    auditPrefix: inS3(config?.audit),
    takeOver,
    kmsKeyArn: values.kmsKey,
  });
}

/** `bucket/…` of a place in S3; undefined for a file. */
function inS3(place: string | undefined): string | undefined {
  return place?.startsWith("s3://") === true ? place.slice("s3://".length) : undefined;
}

/** Protected accounts, and those in which the sync itself could be changed unless records may give access to them. */
function untouchedBy(
  { identityCenter, protected: { accounts } }: Config,
  { account }: Values,
): UntouchedAccounts {
  const { allowOwnAccount, memoryAccounts } = identityCenter;
  if (allowOwnAccount) return { protectedAccounts: accounts };
  return { ownAccount: account, protectedAccounts: [...new Set([...accounts, ...memoryAccounts])] };
}
