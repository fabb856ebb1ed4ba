import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { ListInstancesCommand } from "@aws-sdk/client-sso-admin";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import { createAwsClients, createStsClient } from "../../src/aws/clients.ts";
import { createIdentityCenter } from "../../src/aws/identity-center.ts";
import { createSessionCredentials } from "../../src/aws/session-credentials.ts";
import { chooseWebIdentity } from "../../src/aws/web-identity.ts";
import type { Environment } from "../../src/model/environment.ts";
import type { Clock } from "../../src/ports.ts";
import { startAwsSandbox } from "../../src/sandbox/aws/start-aws-sandbox.ts";
import { callerAccount, organization, ownSet, region } from "./organization.ts";
import { azureIssuer, githubIssuer, requestToken, startTokenServer } from "./token-server.ts";

const role = `arn:aws:iam::${callerAccount}:role/kintone-sso-sync`;
const subject = "repo:acme@12/aws-access@345:environment:production";
const connection = "7c1a0c1e-1111-4222-8333-444455556666";
const hourMs = 3_600_000;

/** The machine's time, which a test can move; nobody waits. */
function createMovableClock(): Clock & {
  readonly now: () => number;
  readonly advance: (ms: number) => void;
  readonly sleeps: number[];
} {
  let offsetMs = 0;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => Date.now() + offsetMs,
    sleep: (ms) => {
      sleeps.push(ms);
      return Promise.resolve();
    },
    advance: (ms) => {
      offsetMs += ms;
    },
  };
}

interface JobOptions {
  readonly ci?: "github" | "azure-devops";
  readonly environment?: Environment;
  readonly audiences?: readonly string[];
  readonly subjects?: readonly string[];
  readonly issuer?: string;
  readonly sets?: Parameters<typeof organization>[0];
}

/** A job of a CI system with AWS_ROLE_ARN in its environment, and an AWS that trusts it. */
async function startJob(options: JobOptions = {}) {
  const { ci = "github", subjects = [subject, `sc://acme/aws/${connection}`] } = options;
  const clock = createMovableClock();
  const tokenServer = await startTokenServer(() => clock.now());
  tokenServer.claims = ci === "github" ? { sub: subject } : {};
  const issuer = options.issuer ?? (ci === "github" ? githubIssuer : azureIssuer);
  const audiences = options.audiences ?? ["sts.amazonaws.com", "api://AzureADTokenExchange"];
  const sandbox = await startAwsSandbox({
    seed: {
      ...organization(options.sets),
      webIdentity: { issuer, audiences, roles: [{ arn: role, subjects }] },
    },
    speed: 1000,
    clock: () => clock.now(),
  });
  vi.stubEnv("AWS_ENDPOINT_URL", sandbox.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await sandbox.close();
  });
  const ciVariables =
    ci === "github"
      ? {
          GITHUB_ACTIONS: "true",
          ACTIONS_ID_TOKEN_REQUEST_URL: `${tokenServer.url}/github?api-version=2.0`,
          ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
          GITHUB_RUN_ID: "1234567",
          GITHUB_RUN_ATTEMPT: "2",
        }
      : {
          TF_BUILD: "True",
          SYSTEM_OIDCREQUESTURI: `${tokenServer.url}/azure/oidctoken`,
          SYSTEM_ACCESSTOKEN: requestToken,
          AZURE_SERVICE_CONNECTION_ID: connection,
          BUILD_BUILDID: "88",
        };
  const identity = chooseWebIdentity({ AWS_ROLE_ARN: role, ...ciVariables, ...options.environment });
  if (identity === undefined) throw new Error("There is no role to assume.");
  const secrets: string[] = [];
  const attempts: string[] = [];
  const connectionOptions = {
    region,
    clock,
    maxAttempts: 1,
    onRequest: (_service: string, operation: string) => void attempts.push(operation),
  };
  const credentials = createSessionCredentials({
    identity,
    sts: createStsClient(connectionOptions),
    clock,
    onSecrets: (arrived) => void secrets.push(...arrived),
  });
  const clients = createAwsClients({ ...connectionOptions, pace: { requestsPerSecond: 20 }, credentials });
  const center = createIdentityCenter({ clients, clock, owner: "example.cybozu.com/10", region });
  const operations = () => sandbox.requests.map(({ operation }) => operation);
  const sessions = () => operations().filter((operation) => operation === "AssumeRoleWithWebIdentity").length;
  return { clock, tokenServer, sandbox, clients, center, secrets, attempts, sessions, operations };
}

const claimed = { role, iss: githubIssuer, sub: subject, aud: "sts.amazonaws.com" };

/** STS's answer to a request it refuses. */
function refuse(code: string, message: string, status = 400) {
  const body = `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return { status, headers: { "content-type": "text/xml" }, body };
}

const assume = { operation: "AssumeRoleWithWebIdentity" };

describe("credentials of a CI job", () => {
  it("are got with GitHub's token for the audience sts.amazonaws.com, in a session named after the run", async () => {
    const { clients, tokenServer, sandbox } = await startJob();
    const caller = await clients.sts.send(new GetCallerIdentityCommand({}));
    expect(caller.Arn).toBe(
      `arn:aws:sts::${callerAccount}:assumed-role/kintone-sso-sync/kintone-sso-sync-1234567-2`,
    );
    expect(tokenServer.requests).toMatchObject([
      {
        method: "GET",
        url: "/github?api-version=2.0&audience=sts.amazonaws.com",
        headers: { authorization: `Bearer ${requestToken}` },
      },
    ]);
    expect(sandbox.requests[0]?.input).toMatchObject({ WebIdentityToken: tokenServer.tokens[0] });
  });

  it("are got with Azure DevOps' token for the service connection", async () => {
    const { clients, tokenServer } = await startJob({ ci: "azure-devops" });
    const caller = await clients.sts.send(new GetCallerIdentityCommand({}));
    expect(caller.Arn).toMatch(/assumed-role\/kintone-sso-sync\/kintone-sso-sync-88$/u);
    expect(tokenServer.requests).toMatchObject([
      {
        method: "POST",
        url: `/azure/oidctoken?api-version=7.1&serviceConnectionId=${connection}`,
        headers: { authorization: `Bearer ${requestToken}`, "x-tfs-fedauthredirect": "Suppress" },
      },
    ]);
  });

  it("are shared by all clients, however many ask at once", async () => {
    const { center, sessions, attempts } = await startJob({ sets: [ownSet("A"), ownSet("B")] });
    expect((await center.readActualState()).permissionSets).toHaveLength(2);
    expect(sessions()).toBe(1);
    expect(attempts.slice(0, 3)).toEqual([
      "AssumeRoleWithWebIdentity",
      "GetCallerIdentity",
      "DescribeOrganization",
    ]);
  });

  it("are told as secrets before they are used: token, secret key and session token", async () => {
    const { clients, tokenServer, secrets } = await startJob();
    await clients.sts.send(new GetCallerIdentityCommand({}));
    const [token = ""] = tokenServer.tokens;
    expect(secrets).toEqual([
      token,
      token.split(".")[2],
      expect.stringContaining("secret-of-session-"),
      expect.stringContaining("token-of-session-"),
    ]);
  });
});

describe("a long pass", () => {
  it("gets new credentials in its middle, before the old ones expire", async () => {
    const assignments = [{ accountId: callerAccount, userName: "sato" }];
    const { center, clock, sandbox, sessions } = await startJob({ sets: [ownSet("A", { assignments })] });
    const slow = new Set(["ListPermissionSets", "ListAccountAssignments"]);
    sandbox.failures.add({
      match: ({ operation = "" }) => {
        if (slow.has(operation)) clock.advance(56 * 60_000);
        return false;
      },
      respond: { reset: true },
    });
    expect((await center.readActualState()).assignments).toHaveLength(1);
    await center.listOperationsInProgress("provisioning");
    expect(sessions()).toBe(3);
    expect(sandbox.requests.filter(({ error }) => error === "ExpiredTokenException")).toEqual([]);
  });

  it.each([
    [54, 1],
    [56, 2],
    [61, 2],
  ])("after %i minutes has used %i sessions", async (minutes, expected) => {
    const { clients, clock, sessions } = await startJob();
    await clients.sts.send(new GetCallerIdentityCommand({}));
    clock.advance(minutes * 60_000);
    await clients.ssoAdmin.send(new ListInstancesCommand({}));
    expect(sessions()).toBe(expected);
  });

  it("goes on with its credentials while they last when they cannot be renewed, and tries again a minute later", async () => {
    const { clients, clock, tokenServer, sessions } = await startJob();
    const ask = () => clients.ssoAdmin.send(new ListInstancesCommand({}));
    await ask();
    tokenServer.intervene = (response) => {
      response.writeHead(503).end();
      return true;
    };
    clock.advance(56 * 60_000);
    await ask();
    const asked = tokenServer.requests.length;
    await ask();
    expect(tokenServer.requests).toHaveLength(asked);
    tokenServer.intervene = () => false;
    clock.advance(61_000);
    await ask();
    expect(sessions()).toBe(2);
  });

  it("fails with the reason when its credentials are over and cannot be renewed", async () => {
    const { center, clients, clock, tokenServer } = await startJob();
    await clients.sts.send(new GetCallerIdentityCommand({}));
    tokenServer.close();
    clock.advance(2 * hourMs);
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.token-unavailable",
      params: { host: "GitHub", reason: "ECONNREFUSED" },
    });
  });

  it("without renewal would be refused: the sandbox's sessions end", async () => {
    const { clients, clock } = await startJob();
    const credentials = await clients.sts.config.credentials();
    const frozen = createAwsClients({
      region,
      clock,
      maxAttempts: 1,
      pace: { requestsPerSecond: 20 },
      credentials: Object.assign(() => Promise.resolve(credentials as never), { memoized: true as const }),
    });
    await frozen.ssoAdmin.send(new ListInstancesCommand({}));
    clock.advance(hourMs);
    await expect(frozen.ssoAdmin.send(new ListInstancesCommand({}))).rejects.toMatchObject({
      name: "ExpiredTokenException",
    });
  });
});

describe("the token endpoint", () => {
  it("is asked four times while it is down", async () => {
    const { center, tokenServer, clock, operations } = await startJob();
    tokenServer.close();
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.token-unavailable",
      params: { host: "GitHub", reason: "ECONNREFUSED" },
    });
    expect(clock.sleeps).toEqual([1000, 2000, 4000]);
    expect(operations()).toEqual([]);
  });

  it("is asked again after a 503", async () => {
    const { center, tokenServer } = await startJob();
    let refusals = 2;
    tokenServer.intervene = (response) => {
      refusals -= 1;
      if (refusals >= 0) response.writeHead(503).end();
      return refusals >= 0;
    };
    await center.readActualState();
    expect(tokenServer.requests).toHaveLength(3);
  });

  it.each([401, 403, 404])("is not asked again after a %i", async (status) => {
    const { center, tokenServer, operations } = await startJob({ ci: "azure-devops" });
    tokenServer.intervene = (response) => {
      response.writeHead(status).end();
      return true;
    };
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.token-refused",
      params: { host: "Azure DevOps", status },
    });
    expect(tokenServer.requests).toHaveLength(1);
    expect(operations()).toEqual([]);
  });

  it.each(["<html>sign in</html>", "null", "{}", '{"value":""}', '{"value":7}'])(
    "gives no token when it answers %s",
    async (body) => {
      const { center, tokenServer } = await startJob();
      tokenServer.intervene = (response) => {
        response.end(body);
        return true;
      };
      await expect(center.readActualState()).rejects.toMatchObject({
        code: "aws.token-unavailable",
        params: { host: "GitHub", reason: "an answer without a token" },
      });
    },
  );
});

describe("STS says no", () => {
  it("because the provider does not know the audience", async () => {
    const { center } = await startJob({ audiences: ["https://github.com/acme"] });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.wrong-audience",
      params: claimed,
    });
  });

  it.each(["repo:acme/aws-access:environment:production", "repo:acme@12/aws-access@345:ref:refs/heads/main"])(
    "because the trust policy lets only %s in",
    async (trusted) => {
      const { center } = await startJob({ subjects: [trusted] });
      await expect(center.readActualState()).rejects.toMatchObject({
        code: "aws.wrong-subject",
        params: claimed,
      });
    },
  );

  it("because there is no provider for the issuer", async () => {
    const { center } = await startJob({ issuer: azureIssuer });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.no-identity-provider",
      params: claimed,
    });
  });

  it("because the token has expired", async () => {
    const { center, tokenServer } = await startJob();
    tokenServer.claims = { sub: subject, exp: 1_700_000_000 };
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.expired-token",
      params: claimed,
    });
  });

  it.each([
    ["AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", "aws.wrong-subject"],
    ["AccessDenied", "… with an explicit deny in a resource control policy", "aws.trust-denied"],
    ["InvalidIdentityToken", "Incorrect token audience", "aws.wrong-audience"],
    ["InvalidIdentityToken", "The ID Token provided is not a valid JWT.", "aws.invalid-token"],
    ["IDPRejectedClaim", "rejected", "aws.invalid-token"],
    ["ExpiredTokenException", "Token expired", "aws.expired-token"],
  ])("with %s: %s", async (code, message, expected) => {
    const { center, sandbox, sessions } = await startJob();
    sandbox.failures.add({ match: assume, respond: refuse(code, message) });
    await expect(center.readActualState()).rejects.toMatchObject({ code: expected, params: claimed });
    expect(sessions()).toBe(1);
  });

  it.each([
    ["IDPCommunicationError", "The identity provider could not be reached"],
    ["InvalidIdentityToken", "Couldn't retrieve verification key from your identity provider"],
  ])("once with %s, and yes the next time", async (code, message) => {
    const { center, sandbox, sessions } = await startJob();
    sandbox.failures.add({ match: assume, nth: 1, respond: refuse(code, message) });
    await center.readActualState();
    expect(sessions()).toBe(2);
  });

  it("as long as it cannot reach the issuer, and then the pass ends", async () => {
    const { center, sandbox } = await startJob();
    sandbox.failures.add({ match: assume, respond: refuse("IDPCommunicationError", "no") });
    await expect(center.readActualState()).rejects.toMatchObject({
      code: "aws.issuer-unreachable",
      params: { ...claimed, attempts: 4 },
    });
  });

  it("in no words that could hold the token", async () => {
    const { center, sandbox, tokenServer } = await startJob();
    sandbox.failures.add({ match: assume, respond: refuse("InvalidIdentityToken", "eyJhbGciOi.x.y is bad") });
    const error = await center.readActualState().catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error)).not.toContain("eyJ");
    expect(JSON.stringify(error)).not.toContain(tokenServer.tokens[0]);
  });
});

describe("what a token claims", () => {
  it.each([
    [{ sub: "a\u001B[31mb\u202Ec" }, "a?[31mb?c"],
    [{ sub: "x".repeat(1000) }, "x".repeat(300)],
    [{ sub: 7 }, "?"],
    [{ sub: undefined }, "?"],
  ])("is shown without anything that could harm: %j", async (claims, sub) => {
    const { center, tokenServer } = await startJob({ subjects: [] });
    tokenServer.claims = claims;
    await expect(center.readActualState()).rejects.toMatchObject({ params: { sub } });
  });
});
