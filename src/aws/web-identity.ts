import { PassError, type TokenHost } from "../errors.ts";
import { type Environment, variable } from "../model/environment.ts";

/** Where an OpenID Connect token is asked for, and with what. */
export interface TokenSource {
  readonly host: TokenHost;
  readonly url: string;
  /** A secret of the CI job. */
  readonly bearer: string;
  readonly audience: string;
}

/** A role that is assumed with a token of the CI system. */
export interface WebIdentity {
  readonly role: string;
  readonly sessionName: string;
  readonly source: TokenSource;
  /** The variable, with its file, that names another token, which the job's own one wins over. */
  readonly leftAside?: string;
}

/** https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws */
export const githubAudience = "sts.amazonaws.com";
/** https://github.com/aws/aws-toolkit-azure-devops */
export const azureDevopsAudience = "api://AzureADTokenExchange";

/** Where one of these is set, there are credentials already, or it is said where they are. */
const otherCredentials = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE"];

/** Set by machines that run jobs, in a cluster for instance: their own identity, not the job's. */
const tokenFile = "AWS_WEB_IDENTITY_TOKEN_FILE";

/**
 * The role to assume with a token of the CI system that the program runs in: when `AWS_ROLE_ARN` names a role and no
 * variable names other credentials. Undefined leaves it to the SDK's default chain. Throws a PassError when the job
 * lacks what it takes to get a token, so that nothing ever goes on with the credentials of the machine instead.
 */
export function chooseWebIdentity(environment: Environment): WebIdentity | undefined {
  const role = variable(environment, "AWS_ROLE_ARN");
  if (role === undefined || otherCredentials.some((name) => variable(environment, name) !== undefined)) {
    return undefined;
  }
  const file = variable(environment, tokenFile);
  if (file !== undefined && !hasOwnToken(environment)) return undefined;
  const source = tokenSourceIn(environment);
  if (source === undefined) return undefined;
  if (!/^arn:[a-z-]+:iam::\d{12}:role\/\S+$/u.test(role)) throw new PassError("aws.role-invalid", { role });
  return {
    role,
    sessionName: sessionNameIn(environment),
    source,
    ...(file !== undefined && { leftAside: `${tokenFile} (${file})` }),
  };
}

/** Whether the job is given what it takes to get a token of its own. */
function hasOwnToken(environment: Environment): boolean {
  try {
    return tokenSourceIn(environment) !== undefined;
  } catch {
    return false;
  }
}

/** Where the CI job that the program runs in gets tokens; undefined elsewhere. Throws a PassError when the job lacks what that takes. */
export function tokenSourceIn(environment: Environment): TokenSource | undefined {
  const has = (name: string) => variable(environment, name) !== undefined;
  if (has("ACTIONS_ID_TOKEN_REQUEST_URL") || environment["GITHUB_ACTIONS"] === "true") {
    return githubSource(environment);
  }
  if (has("SYSTEM_OIDCREQUESTURI") || has("TF_BUILD")) return azureDevopsSource(environment);
  return undefined;
}

/** https://docs.github.com/en/actions/reference/security/oidc */
function githubSource(environment: Environment): TokenSource {
  const [url, bearer] = requireAll(environment, "GitHub", [
    "ACTIONS_ID_TOKEN_REQUEST_URL",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  ]);
  const separator = url.includes("?") ? "&" : "?";
  return {
    host: "GitHub",
    url: `${url}${separator}audience=${encodeURIComponent(githubAudience)}`,
    bearer,
    audience: githubAudience,
  };
}

/** https://learn.microsoft.com/en-us/rest/api/azure/devops/distributedtask/oidctoken/create */
function azureDevopsSource(environment: Environment): TokenSource {
  const [uri, connection, bearer] = requireAll(environment, "Azure DevOps", [
    "SYSTEM_OIDCREQUESTURI",
    "AZURE_SERVICE_CONNECTION_ID",
    "SYSTEM_ACCESSTOKEN",
  ]);
  const query = `api-version=7.1&serviceConnectionId=${encodeURIComponent(connection)}`;
  return { host: "Azure DevOps", url: `${uri}?${query}`, bearer, audience: azureDevopsAudience };
}

function requireAll<const Names extends readonly string[]>(
  environment: Environment,
  host: TokenHost,
  names: Names,
): { [Index in keyof Names]: string } {
  const missing = names.filter((name) => variable(environment, name) === undefined);
  if (missing.length > 0) throw new PassError("aws.token-settings-missing", { host, missing });
  return names.map((name) => variable(environment, name)) as { [Index in keyof Names]: string };
}

const longestSessionName = 64;

/** CloudTrail shows the session's name with everything it did, so it names the run. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
function sessionNameIn(environment: Environment): string {
  const run = [
    variable(environment, "GITHUB_RUN_ID") ?? variable(environment, "BUILD_BUILDID"),
    variable(environment, "GITHUB_RUN_ATTEMPT") ?? variable(environment, "SYSTEM_JOBATTEMPT"),
  ].filter((part) => part !== undefined);
  const name = variable(environment, "AWS_ROLE_SESSION_NAME") ?? ["kintone-sso-sync", ...run].join("-");
  return name
    .replaceAll(/[^A-Za-z0-9_+=,.@-]/gu, "-")
    .slice(0, longestSessionName)
    .padEnd(2, "-");
}
