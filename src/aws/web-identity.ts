import { PassError, type TokenHost } from "../errors.ts";

/** Environment variables as an entry point hands them in. */
export type Environment = Readonly<Record<string, string | undefined>>;

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
}

/** https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws */
export const githubAudience = "sts.amazonaws.com";
/** https://github.com/aws/aws-toolkit-azure-devops */
export const azureDevopsAudience = "api://AzureADTokenExchange";

/** Whoever sets one of these has credentials already, or has said where they are. */
const otherCredentials = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE"];

/**
 * The role to assume with a token of the CI system that the program runs in: when `AWS_ROLE_ARN` names a role and no
 * variable names other credentials. Undefined leaves it to the SDK's default chain. Throws a PassError when the job
 * lacks what it takes to get a token, so that nothing ever goes on with the credentials of the machine instead.
 */
export function chooseWebIdentity(environment: Environment): WebIdentity | undefined {
  const role = given(environment, "AWS_ROLE_ARN");
  if (role === undefined || otherCredentials.some((name) => given(environment, name) !== undefined)) {
    return undefined;
  }
  const source = tokenSourceIn(environment);
  if (source === undefined) return undefined;
  if (!/^arn:[a-z-]+:iam::\d{12}:role\/\S+$/u.test(role)) throw new PassError("aws.role-invalid", { role });
  return { role, sessionName: sessionNameIn(environment), source };
}

/** Where the CI job that the program runs in gets tokens; undefined elsewhere. Throws a PassError when the job lacks what that takes. */
export function tokenSourceIn(environment: Environment): TokenSource | undefined {
  const has = (name: string) => given(environment, name) !== undefined;
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
  const missing = names.filter((name) => given(environment, name) === undefined);
  if (missing.length > 0) throw new PassError("aws.token-settings-missing", { host, missing });
  return names.map((name) => given(environment, name)) as { [Index in keyof Names]: string };
}

const longestSessionName = 64;

/** CloudTrail shows the session's name with everything it did, so it names the run. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
function sessionNameIn(environment: Environment): string {
  const run = [
    given(environment, "GITHUB_RUN_ID") ?? given(environment, "BUILD_BUILDID"),
    given(environment, "GITHUB_RUN_ATTEMPT") ?? given(environment, "SYSTEM_JOBATTEMPT"),
  ].filter((part) => part !== undefined);
  const name = given(environment, "AWS_ROLE_SESSION_NAME") ?? ["kintone-sso-sync", ...run].join("-");
  return name
    .replaceAll(/[^A-Za-z0-9_+=,.@-]/gu, "-")
    .slice(0, longestSessionName)
    .padEnd(2, "-");
}

/** CI systems pass what is not set as an empty text; Azure DevOps leaves the name of an unknown variable in. */
function given(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === "" || value?.startsWith("$(") === true ? undefined : value;
}
