import { describe, expect, it } from "vitest";

import { chooseWebIdentity } from "../../src/aws/web-identity.ts";

const role = "arn:aws:iam::111122223333:role/kintone-sso-sync";
const github = {
  AWS_ROLE_ARN: role,
  GITHUB_ACTIONS: "true",
  ACTIONS_ID_TOKEN_REQUEST_URL: "https://example.actions.githubusercontent.com/token?v=1",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "secret",
};
const azure = {
  AWS_ROLE_ARN: role,
  TF_BUILD: "True",
  SYSTEM_OIDCREQUESTURI: "https://dev.azure.com/acme/oidctoken",
  SYSTEM_ACCESSTOKEN: "secret",
  AZURE_SERVICE_CONNECTION_ID: "7c1a",
};

describe("a role is assumed with a token of the CI job", () => {
  it("when AWS_ROLE_ARN is all there is", () => {
    expect(chooseWebIdentity(github)).toMatchObject({ role, source: { host: "GitHub" } });
    expect(chooseWebIdentity(azure)).toMatchObject({ role, source: { host: "Azure DevOps" } });
  });

  it.each(["AWS_ACCESS_KEY_ID", "AWS_PROFILE"])("but not when %s says where the credentials are", (name) => {
    expect(chooseWebIdentity({ ...github, [name]: "x" })).toBeUndefined();
  });

  it("and not of the machine that runs the job, whose file is named", () => {
    const identity = chooseWebIdentity({ ...github, AWS_WEB_IDENTITY_TOKEN_FILE: "/var/run/token" });
    expect(identity).toMatchObject({
      source: { host: "GitHub" },
      leftAside: "AWS_WEB_IDENTITY_TOKEN_FILE (/var/run/token)",
    });
  });

  it("but with the machine's when the job can get none of its own", () => {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: _url, ...withoutToken } = github;
    const file = { AWS_WEB_IDENTITY_TOKEN_FILE: "/var/run/token" };
    expect(chooseWebIdentity({ ...withoutToken, ...file })).toBeUndefined();
    expect(chooseWebIdentity({ AWS_ROLE_ARN: role, ...file })).toBeUndefined();
  });

  it("also when such a variable is empty, as CI systems pass what is not set", () => {
    expect(chooseWebIdentity({ ...github, AWS_ACCESS_KEY_ID: "" })).toBeDefined();
  });

  it.each([
    ["no role", { ...github, AWS_ROLE_ARN: "" }],
    ["a role, but no CI system", { AWS_ROLE_ARN: role }],
  ])("but not with %s", (_what, environment) => {
    expect(chooseWebIdentity(environment)).toBeUndefined();
  });

  it("also when the machine has credentials of its own, which nobody asked for", () => {
    const machine = { AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.23/v1/credentials" };
    expect(chooseWebIdentity({ ...github, ...machine })).toMatchObject({ role });
  });
});

describe("a job without what a token takes is told what is missing", () => {
  it.each([
    [
      "the permission id-token: write",
      { AWS_ROLE_ARN: role, GITHUB_ACTIONS: "true" },
      "GitHub",
      ["ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"],
    ],
    ["the access token", { ...azure, SYSTEM_ACCESSTOKEN: undefined }, "Azure DevOps", ["SYSTEM_ACCESSTOKEN"]],
    [
      "a variable that Azure DevOps does not know",
      { ...azure, AZURE_SERVICE_CONNECTION_ID: "$(serviceConnection)" },
      "Azure DevOps",
      ["AZURE_SERVICE_CONNECTION_ID"],
    ],
  ])("%s", (_what, environment, host, missing) => {
    expect(() => chooseWebIdentity(environment)).toThrow(
      expect.objectContaining({ code: "aws.token-settings-missing", params: { host, missing } }) as Error,
    );
  });

  it("and that AWS_ROLE_ARN is no role", () => {
    expect(() => chooseWebIdentity({ ...github, AWS_ROLE_ARN: "kintone-sso-sync" })).toThrow(
      expect.objectContaining({ code: "aws.role-invalid" }) as Error,
    );
  });
});

describe("the session's name", () => {
  it.each([
    [{ GITHUB_RUN_ID: "12", GITHUB_RUN_ATTEMPT: "1" }, "kintone-sso-sync-12-1"],
    [{}, "kintone-sso-sync"],
    [{ AWS_ROLE_SESSION_NAME: "nightly run #7 日本" }, "nightly-run--7---"],
    [{ AWS_ROLE_SESSION_NAME: "x".repeat(100) }, "x".repeat(64)],
    [{ AWS_ROLE_SESSION_NAME: "x" }, "x-"],
  ])("of %j is %s, which AWS takes", (environment, name) => {
    expect(chooseWebIdentity({ ...github, ...environment })?.sessionName).toBe(name);
    expect(name).toMatch(/^[\w+=,.@-]{2,64}$/u);
  });
});
