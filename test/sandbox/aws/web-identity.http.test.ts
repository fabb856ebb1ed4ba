import { AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { SSOAdmin } from "@aws-sdk/client-sso-admin";
import { describe, expect, test } from "vitest";

import { callerAccount, refusal, region, startOrganization } from "./organization-under-test.ts";

const issuer = "https://token.actions.githubusercontent.com";
const role = `arn:aws:iam::${callerAccount}:role/ci/sync`;
const sub = "repo:acme/aws-access:ref:refs/heads/main";
const aud = "sts.amazonaws.com";
const webIdentity = {
  issuer,
  audiences: [aud],
  roles: [{ arn: role, subjects: [sub], sessionSeconds: 900 }],
};

function tokenOf(claims: Readonly<Record<string, unknown>> = {}): string {
  const exp = Math.floor(Date.now() / 1000) + 300;
  const payload = Buffer.from(JSON.stringify({ iss: issuer, sub, aud, exp, ...claims })).toString(
    "base64url",
  );
  return `e30.${payload}.signature`;
}

async function startTrust() {
  const started = await startOrganization({ seed: { webIdentity } });
  const unsigned = new STSClient({
    endpoint: started.sandbox.url,
    region,
    maxAttempts: 1,
    credentials: () => Promise.reject(new Error("Nobody asks for credentials to get credentials.")),
  });
  const assume = (token: string, RoleArn = role) =>
    unsigned.send(
      new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: "run-1", WebIdentityToken: token }),
    );
  const asSession = async () => {
    const { Credentials } = await assume(tokenOf());
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    };
    return { endpoint: started.sandbox.url, region, maxAttempts: 1, credentials };
  };
  return { ...started, assume, asSession };
}

describe("a token", () => {
  test("gets credentials of the role without a signature, and they act as the role", async () => {
    const { asSession } = await startTrust();
    const caller = await new STSClient(await asSession()).send(new GetCallerIdentityCommand({}));
    expect(caller).toMatchObject({
      Account: callerAccount,
      Arn: `arn:aws:sts::${callerAccount}:assumed-role/sync/run-1`,
    });
  });

  test.each([
    [
      "of another issuer",
      tokenOf({ iss: "https://gitlab.com" }),
      "InvalidIdentityTokenException",
      /No OpenIDConnect/,
    ],
    [
      "for another audience",
      tokenOf({ aud: "x" }),
      "InvalidIdentityTokenException",
      /Incorrect token audience/,
    ],
    [
      "of another subject",
      tokenOf({ sub: "repo:acme/other:ref:refs/heads/main" }),
      "AccessDenied",
      /Not authorized/,
    ],
    ["that has expired", tokenOf({ exp: 1_700_000_000 }), "ExpiredToken", /Token expired/],
    ["that is none", "no-token", "InvalidIdentityTokenException", /not a valid JWT/],
  ])("%s gets none", async (_what, token, name, message) => {
    const { assume } = await startTrust();
    const refused = await refusal(assume(token));
    expect(refused.name).toBe(name);
    expect(refused.message).toMatch(message);
  });

  test("gets no other role", async () => {
    const { assume } = await startTrust();
    const other = `arn:aws:iam::${callerAccount}:role/admin`;
    expect((await refusal(assume(tokenOf(), other))).name).toBe("AccessDenied");
  });
});

describe("a session", () => {
  test("ends after the role's time, in every service", async () => {
    const { asSession, pass } = await startTrust();
    const options = await asSession();
    const sso = new SSOAdmin(options);
    pass(899_000);
    expect((await sso.listInstances({})).Instances).toHaveLength(1);
    pass(1000);
    expect(await refusal(sso.listInstances({}))).toEqual({
      name: "ExpiredTokenException",
      message: "The security token included in the request is expired",
    });
    const sts = new STSClient(options);
    expect((await refusal(sts.send(new GetCallerIdentityCommand({})))).name).toBe("ExpiredToken");
  });

  test("is only good with its own token", async () => {
    const { asSession } = await startTrust();
    const { credentials, ...options } = await asSession();
    for (const wrong of [{ sessionToken: "another" }, { accessKeyId: "ASIAUNKNOWN000000000" }]) {
      const sso = new SSOAdmin({ ...options, credentials: { ...credentials, ...wrong } });
      expect((await refusal(sso.listInstances({}))).name).toBe("UnrecognizedClientException");
    }
  });
});
