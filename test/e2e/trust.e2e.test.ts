import { expect, test } from "vitest";

import { deploy, rolePolicies } from "../infra/cloudformation.ts";
import { runCli } from "./run-cli.ts";

const instanceArn = "arn:aws:sso:::instance/ssoins-0123456789abcdef";
const config = `
kintone:
  baseUrl: https://example.cybozu.com
  permissionSets: { app: 10 }
  assignments: { app: 11 }
identityCenter: { region: ap-northeast-1, expectedAccount: "111122223333", instanceArn: "${instanceArn}" }
protected: { accounts: ["888888888888"] }
memory: s3://sync-memory/state/memory.json
`;
const environment = { KINTONE_API_TOKEN: "permissionSetAppToken,assignmentAppToken" };
const runner = {
  GITHUB_REPOSITORY: "acme/aws-access",
  GITHUB_REPOSITORY_ID: "345",
  GITHUB_REPOSITORY_OWNER_ID: "12",
  GITHUB_REF_TYPE: "branch",
  GITHUB_REF_NAME: "main",
};
const inConfig = ["doctor", "--trust", "github", "--management-account", "999999999999"];

test("doctor --trust github prints the very policies that the template makes", async () => {
  const args = [...inConfig, "--environment", "kintone-sso-sync", "--json"];
  const { code, stdout } = await runCli(args, { config, environment: { ...environment, ...runner } });
  expect(code).toBe(0);
  const { trust, permissions } = rolePolicies(
    deploy("infra/aws-role.yaml", {
      InstanceArn: instanceArn,
      Owner: "example.cybozu.com/10",
      ManagementAccount: "999999999999",
      ProtectedAccountArns: ["arn:aws:sso:::account/888888888888"],
      MemoryObject: "sync-memory/state/memory.json",
      ExistingProviderArn: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
      GitHubOwner: "acme",
      GitHubOwnerId: "12",
      GitHubRepository: "aws-access",
      GitHubRepositoryId: "345",
    }),
  );
  const printed = JSON.parse(stdout) as Record<string, unknown>;
  expect(printed).toMatchObject({
    issuer: "https://token.actions.githubusercontent.com",
    audience: "sts.amazonaws.com",
    subjects: [
      "repo:acme/aws-access:environment:kintone-sso-sync",
      "repo:acme@12/aws-access@345:environment:kintone-sso-sync",
    ],
    trustPolicy: trust,
  });
  expect(JSON.stringify(printed["permissionPolicy"])).toContain('"arn:aws:sso:::account/888888888888"');
  expect((printed["permissionPolicy"] as typeof permissions).Statement.map(({ Sid }) => Sid)).toEqual(
    permissions.Statement.map(({ Sid }) => Sid),
  );
});

test("doctor --trust takes the branch of the runner when no environment is named, and prints JSON to be copied", async () => {
  const { code, stdout } = await runCli(["--lang", "en", ...inConfig], {
    config,
    environment: { ...environment, ...runner },
  });
  expect(code).toBe(0);
  expect(stdout).toContain("    repo:acme/aws-access:ref:refs/heads/main\n");
  const [, trust = "", permissions = ""] = stdout.split(/^(?:Trust|Permission) policy of the role$/mu);
  expect(JSON.parse(trust)).toMatchObject({ Version: "2012-10-17" });
  expect(JSON.parse(permissions)).toMatchObject({ Version: "2012-10-17" });
});

test("doctor --trust azure-devops works without a configuration when all values are given", async () => {
  const values = {
    organization: "acme",
    "organization-id": "6f1a1c2e-0000-4000-8000-1234567890ab",
    project: "platform",
    "service-connection": "aws sync",
    account: "111122223333",
    "management-account": "999999999999",
    "instance-arn": instanceArn,
    owner: "example.cybozu.com/10",
  };
  const args = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
  const { code, stdout } = await runCli(["doctor", "--trust", "azure-devops", ...args]);
  expect(code).toBe(0);
  expect(stdout).toContain("sub sc://acme/platform/aws sync\n");
  expect(stdout).toContain(
    '"vstoken.dev.azure.com/6f1a1c2e-0000-4000-8000-1234567890ab:aud": "api://AzureADTokenExchange"',
  );
});

test.each([
  ["en", "These values are needed: --repository-id, --owner-id, --management-account."],
  ["ja", "次の値を指定してください: --repository-id、--owner-id、--management-account"],
])("doctor --trust says what is missing (%s), and how to find it", async (lang, text) => {
  const args = ["--lang", lang, "doctor", "--trust", "github", "--repository", "acme/aws-access"];
  const { code, stdout, stderr } = await runCli(args, { config, environment });
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain(text);
  expect(stderr).toContain("gh api repos/acme/aws-access --jq");
});

test("doctor --trust refuses values that cannot be right", async () => {
  const args = [...inConfig, "--repository", "https://github.com/acme/aws-access"];
  const { code, stderr } = await runCli(["--lang", "en", ...args], {
    config,
    environment: { ...environment, ...runner },
  });
  expect(code).toBe(1);
  expect(stderr).toContain("--repository has to look like acme/aws-access.");
});
