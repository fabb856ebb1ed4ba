import { describe, expect, test } from "vitest";

import { loadConfig } from "../../src/config/load-config.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";
import { checkEverything } from "../../src/commands/doctor/doctor-command.ts";
import { createLogger } from "../../src/process/logger.ts";
import { surroundingsIn } from "./pass-in-process.ts";
import { buildCheckReport, type CheckReport } from "../../src/commands/doctor/render-checks.ts";
import { linesField, textField } from "../../src/sandbox/company/form-fields.ts";
import { companySeed } from "../../src/sandbox/company/company-seed.ts";
import type { AwsSeed } from "../../src/sandbox/aws/aws-seed.ts";
import type { AppSeed } from "../../src/sandbox/kintone/kintone-seed.ts";
import type { SlackSeed } from "../../src/sandbox/slack/slack-seed.ts";
import { githubIssuer, requestToken, startTokenServer } from "../aws/token-server.ts";
import { runCli } from "./run-cli.ts";
import { accounts } from "./small-company.ts";
import { type World, withSandbox, writesTo } from "./with-sandbox.ts";

interface Deviation {
  readonly permissionSets?: Partial<AppSeed>;
  readonly assignments?: Partial<AppSeed>;
  readonly aws?: Partial<AwsSeed>;
  readonly slack?: Partial<SlackSeed>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly config?: string;
  readonly before?: (world: World) => void;
}

/** The sample company, with something that is not as it should be. */
function seedWith({ permissionSets, assignments, aws, slack }: Deviation) {
  const { kintone, ...seed } = companySeed();
  const [sets, grants, ...others] = kintone.apps as readonly AppSeed[] as readonly [AppSeed, AppSeed];
  return {
    kintone: { ...kintone, apps: [{ ...sets, ...permissionSets }, { ...grants, ...assignments }, ...others] },
    aws: { ...seed.aws, ...aws },
    slack: { ...seed.slack, ...slack },
  };
}

/** The command's own checks in this process, on a clock that does not make a test wait. */
async function reportOf(
  world: World,
  environment: Deviation["environment"],
  nodeVersion = "24.0.0",
): Promise<CheckReport> {
  const surroundings = { ...surroundingsIn(world, environment), nodeVersion };
  const settings = loadConfig({
    file: { path: "kintone-sso-sync.yaml", text: world.config },
    environment: surroundings.environment,
    flags: { lang: "en" },
    readSecretFile: () => new Uint8Array(),
    language: "en",
  });
  const logger = createLogger({ level: "silent", format: "text", secrets: [], stream: process.stderr });
  const checking = { logger, clock: acceleratedClock(200), surroundings };
  return buildCheckReport(await checkEverything(settings, checking), "en");
}

async function examine(deviation: Deviation) {
  const { config = "", environment } = deviation;
  return withSandbox({ seed: seedWith(deviation), config }, async (world) => {
    deviation.before?.(world);
    const { result, checks } = await reportOf(world, environment);
    const named = (wanted: string) =>
      checks
        .filter(({ status }) => status === wanted)
        .map(({ check, of }) => (of === undefined ? check : `${check} ${of}`));
    const posted = world.slack.requests.filter(({ method }) => method.startsWith("chat."));
    return {
      result,
      checks,
      failed: named("failed"),
      skipped: named("skipped"),
      writes: [...writesTo(world), ...posted.map(({ method }) => method)],
      words: checks
        .filter(({ status }) => status === "failed")
        .map(({ message, hint = "" }) => `${message} ${hint}`)
        .join("\n"),
    };
  });
}

const permissionSetFields = companySeed().kintone.apps[0]?.fields ?? {};
const assignmentFields = companySeed().kintone.apps[1]?.fields ?? {};
const without = (fields: AppSeed["fields"], code: string) =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name !== code));

/** What fails, what the advice says, and what cannot be looked at because of it. */
const deviations: Readonly<
  Record<string, readonly [Deviation, readonly string[], readonly (string | RegExp)[]]>
> = {
  "a memory that is thrown away after the job": [
    {
      environment: {
        KINTONE_SSO_SYNC_MEMORY: "memory.json",
        GITHUB_ACTIONS: "true",
        RUNNER_ENVIRONMENT: "github-hosted",
      },
    },
    ["memory"],
    ["thrown away after the job", "their output Memory"],
  ],
  "a memory that something else wrote": [
    { environment: { KINTONE_SSO_SYNC_MEMORY: `${process.cwd()}/package.json` } },
    ["memory"],
    ["does not count: it is damaged"],
  ],
  "a token that kintone does not know": [
    { environment: { KINTONE_API_TOKEN: "wrong" } },
    ["app permissionSets", "app assignments"],
    ["kintone does not know one of the API tokens", "Compare each token in KINTONE_API_TOKEN"],
  ],
  "a token that may not view records": [
    {
      assignments: { tokens: [{ token: "addOnly", permissions: ["add"] }] },
      environment: { KINTONE_API_TOKEN: "permissionSetAppToken,addOnly" },
    },
    ["records assignments"],
    ["may not read app 11", "tick View records"],
  ],
  "an app that does not exist": [
    { environment: { KINTONE_ASSIGNMENT_APP: "99" } },
    ["app assignments"],
    ["kintone has no app 99", "the number after /k/"],
  ],
  "kintone out of reach": [
    {
      before: ({ kintone }) =>
        kintone.failures.add({ match: () => true, respond: { status: 407, body: "" } }),
    },
    ["app permissionSets", "app assignments"],
    ["did not answer (PROXY_AUTHENTICATION_REQUIRED)", "HTTPS_PROXY"],
  ],
  "a field that is missing": [
    { permissionSets: { fields: without(permissionSetFields, "inline_policy"), records: [] } },
    ["fields permissionSets"],
    ["no field has the code “inline_policy”", "kintone.permissionSets.fields.inlinePolicy"],
  ],
  "a query that names the status": [
    {
      assignments: { process: { states: ["申請中", "承認済み"] } },
      config: `kintone: { query: { assignments: 'ステータス in ("承認済み")' } }`,
    },
    ["gate assignments"],
    ["kintone.query.assignments names the status field", "set a gate"],
  ],
  "a gate whose field authors can edit": [
    {
      assignments: { fields: { ...assignmentFields, approval: textField("approval", "承認") } },
      config: 'kintone: { assignments: { gate: { field: approval, approved: ["OK"] } } }',
    },
    ["gate assignments"],
    ["whoever can edit a record can edit “approval” as well", "Use the status of process management"],
  ],
  "comments switched off": [
    { assignments: { enableComments: false } },
    ["comments assignments"],
    ["switched off in app 11", "switch comments on"],
  ],
  "a name field that allows duplicates": [
    { permissionSets: { fields: { ...permissionSetFields, name: textField("name", "許可セット名") } } },
    ["key-field permissionSets"],
    ["“name” allows duplicates", "tick Prohibit duplicate values"],
  ],
  "a name field that cannot forbid duplicates": [
    { permissionSets: { fields: { ...permissionSetFields, name: linesField("name", "許可セット名") } } },
    ["key-field permissionSets"],
    ["of a type that cannot forbid duplicates"],
  ],
  "a lookup of another field": [
    {
      assignments: {
        fields: {
          ...assignmentFields,
          permission_set: textField("permission_set", "許可セット", {
            lookup: {
              relatedApp: { app: "10", code: "" },
              relatedKeyField: "description",
              fieldMappings: [],
            },
          }),
        },
        records: [],
      },
    },
    ["key-field assignments"],
    ["looks up 10/description instead of 10/name"],
  ],
  "a condition that kintone does not understand": [
    { config: "kintone: { query: { assignments: 'no_such_field = \"1\"' } }" },
    ["records assignments"],
    ["does not understand the condition", "Correct kintone.query"],
  ],
  "credentials of another account": [
    { config: 'identityCenter: { expectedAccount: "999988887777" }' },
    ["aws-identity"],
    ["but identityCenter.expectedAccount is 999988887777"],
  ],
  "the management account": [
    { aws: { callerAccount: accounts.management } },
    ["aws-organization"],
    ["management account", "111122223333", "delegated administrator"],
  ],
  "an account that is no delegated administrator": [
    { aws: { delegatedAdministrator: false } },
    ["aws-organization", "aws-instance"],
    ["delegated administrator"],
  ],
  "the wrong Region": [
    { environment: { AWS_REGION: "us-east-1" } },
    ["aws-instance"],
    ["no instance in us-east-1", "Set identityCenter.region (AWS_REGION) to the primary Region"],
  ],
  "two instances": [
    { aws: { instances: 2 } },
    ["aws-instance"],
    ["several instances", "identityCenter.instanceArn"],
  ],
  "a permission that is missing": [
    {
      before: ({ aws }) =>
        aws.failures.add({
          match: { operation: "ListUsers" },
          respond: {
            status: 400,
            body: {
              __type: "AccessDeniedException",
              Message:
                "User: arn:aws:sts::222233334444:assumed-role/x/y is not authorized to perform: identitystore:ListUsers because no identity-based policy allows it",
            },
          },
        }),
    },
    ["aws-permission identitystore:ListUsers"],
    ["Allow the role identitystore:ListUsers"],
  ],
  "IAM Access Analyzer denied": [
    {
      before: ({ aws }) =>
        aws.failures.add({
          match: { operation: "ValidatePolicy" },
          respond: {
            status: 403,
            headers: { "x-amzn-errortype": "AccessDeniedException" },
            body: { message: "not authorized" },
          },
        }),
    },
    ["aws-analyzer"],
    ["not available (AccessDeniedException)", "access-analyzer:ValidatePolicy"],
  ],
  "a Slack token that is refused": [
    { environment: { SLACK_BOT_TOKEN: "xoxb-wrong" } },
    ["slack-token"],
    ["Slack refuses it: invalid_auth", "Bot User OAuth Token"],
  ],
  "a Slack scope that is missing": [
    { slack: { scopes: ["channels:read"] }, config: "notify: { slackMentionAuthor: true }" },
    ["slack-scopes"],
    ["missing: chat:write, users:read.email", "reinstall the app"],
  ],
  "a channel without the bot": [
    { slack: { channels: [{ id: "C0AWSACCESS", name: "aws-access", isMember: false }] } },
    ["slack-channel"],
    ["the bot is no member of #aws-access", "/invite"],
  ],
  "an archived channel, by its name": [
    {
      slack: { channels: [{ id: "C0AWSACCESS", name: "aws-access", isArchived: true }] },
      environment: { SLACK_CHANNEL: "#aws-access" },
    },
    ["slack-channel"],
    ["#aws-access is archived"],
  ],
  "a channel that nobody has": [
    { environment: { SLACK_CHANNEL: "C0NOWHERE" } },
    ["slack-channel"],
    ["sees no channel C0NOWHERE", "slack.channel (SLACK_CHANNEL)"],
  ],
};

describe("doctor", () => {
  test("finds nothing wrong with a company that is set up, and writes nothing", async () => {
    const { failed, skipped, writes, checks } = await examine({});
    expect({ failed, writes }).toEqual({ failed: [], writes: [] });
    expect(skipped).toEqual(["memory", "guardrails", "aws-writes", "oidc-token"]);
    expect(checks.filter(({ check }) => check === "aws-permission")).toHaveLength(23);
  });

  test("is content with a memory that the first sync will begin", async () => {
    const { failed, skipped } = await examine({ environment: { KINTONE_SSO_SYNC_MEMORY: "none-yet.json" } });
    expect([failed, skipped]).toEqual([[], ["guardrails", "aws-writes", "oidc-token"]]);
  });

  test("ends with 0 when nothing is wrong and with 1 when something is, printing one JSON document", async () => {
    await withSandbox({ seed: companySeed() }, async (world) => {
      const good = await world.cli("doctor --json");
      expect(JSON.parse(good.stdout)).toMatchObject({ schemaVersion: 1, result: "passed" });
      const bad = await world.cli("doctor --json", { SLACK_BOT_TOKEN: "xoxb-wrong" });
      expect(JSON.parse(bad.stdout)).toMatchObject({ schemaVersion: 1, result: "failed" });
      expect([good.code, bad.code, writesTo(world)]).toEqual([0, 1, []]);
    });
  });

  test("shows what a trust policy has to match where a CI job offers tokens, and never the token", async () => {
    const server = await startTokenServer();
    server.claims = { sub: "repo:acme/aws-access:environment:aws" };
    const job = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/github?api=1`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    };
    await withSandbox({ seed: companySeed() }, async ({ cli }) => {
      const { code, stdout } = await cli("doctor --lang en", job);
      expect(stdout).toContain(
        `✓ Trust of the CI job: iss ${githubIssuer}, sub repo:acme/aws-access:environment:aws, aud sts.amazonaws.com.`,
      );
      expect(code).toBe(0);
      expect(stdout).not.toContain(server.tokens[0]);
      const refused = await cli("doctor --lang en", { ...job, ACTIONS_ID_TOKEN_REQUEST_TOKEN: "another" });
      expect(refused.stdout).toMatch(/^✗ Trust of the CI job: .*401.*\n {4}→ /mu);
      expect(refused.code).toBe(1);
    });
  });

  test.each(Object.entries(deviations))(
    "tells what to do about %s",
    async (_name, [deviation, failing, advice]) => {
      const { result, failed, words, writes } = await examine(deviation);
      expect(failed).toEqual(failing);
      for (const part of advice) expect(words).toContain(part);
      expect({ result, writes }).toEqual({ result: "failed", writes: [] });
    },
  );

  test("skips what needs something that has failed, and goes on with the rest", async () => {
    const { skipped, checks } = await examine({ environment: { KINTONE_ASSIGNMENT_APP: "99" } });
    expect(skipped).toEqual(
      expect.arrayContaining([
        "token assignments",
        "fields assignments",
        "comments assignments",
        "key-field assignments",
        "records assignments",
      ]),
    );
    expect(
      checks.filter(({ of, check }) => of === "permissionSets" || check.startsWith("slack")),
    ).toHaveLength(9);
    expect(checks.find(({ check, of }) => check === "records" && of === "assignments")?.message).toBe(
      "not looked at, because of “Assignment app – access”.",
    );
  });

  test("reads a record's comments where the token may not see the app's settings", async () => {
    const forbid = ({ kintone }: World) =>
      kintone.failures.add({
        match: { operation: "getAppSettings" },
        respond: { status: 403, body: { code: "GAIA_NO01", id: "x", message: "no" } },
      });
    expect((await examine({ before: forbid })).failed).toEqual([]);
    const { failed } = await examine({ before: forbid, permissionSets: { enableComments: false } });
    expect(failed).toEqual(["comments permissionSets"]);
    const { skipped } = await examine({ before: forbid, assignments: { records: [] } });
    expect(skipped).toContain("comments assignments");
  });

  test("cannot try the permissions on a set where there is none, and says so", async () => {
    const { result, skipped, checks } = await examine({ aws: { permissionSets: [] } });
    expect(result).toBe("passed");
    expect(skipped).toContain("aws-permission sso:DescribePermissionSet");
    expect(checks.map(({ message }) => message)).toContain(
      "not tried: there is no permission set yet to try it on.",
    );
  });

  test.each([
    ["closed", "", /^account \d{12}, arn:[^ ]+$/u],
    [
      "open",
      "identityCenter: { allowOwnAccount: true }\n",
      /identityCenter\.allowOwnAccount is on: records may give access to this account/u,
    ],
  ])("says of the sync's own account that it is %s only where it is", async (_which, config, said) => {
    const { result, checks } = await examine({ config });
    expect(result).toBe("passed");
    expect(checks.find(({ check }) => check === "aws-identity")?.message).toMatch(said);
  });

  test("leaves the channel alone when the token may not look at channels", async () => {
    const { result, skipped } = await examine({ slack: { scopes: ["chat:write"] } });
    expect({ result, skipped }).toMatchObject({
      result: "passed",
      skipped: expect.arrayContaining(["slack-channel"]) as unknown,
    });
  });

  test("says when Node.js 20 ends, and nothing like that of 24", async () => {
    await withSandbox({ seed: seedWith({}) }, async (world) => {
      const onNode = async (version: string) =>
        (await reportOf(world, {}, version)).checks.find(({ check }) => check === "node");
      expect(await onNode("20.20.2")).toMatchObject({
        status: "passed",
        message: expect.stringContaining("until January 2027") as unknown,
        hint: expect.stringContaining("Node.js 24") as unknown,
      });
      expect(await onNode("24.1.0")).toMatchObject({ status: "passed", message: "24.1.0." });
    });
  });

  test("prints one line per check, and under it what to do, in Japanese as well", async () => {
    await withSandbox({ seed: seedWith({ assignments: { enableComments: false } }) }, async ({ cli }) => {
      const { stdout } = await cli("doctor --lang ja");
      expect(stdout).toContain("✓ 設定: 問題ありません。\n");
      expect(stdout).toMatch(/^✗ 割り当てのアプリ – コメント: アプリ11で無効.*\n {4}→ アプリ11の設定で、/mu);
      expect(stdout).toContain("1件の問題があります");
    });
  });

  test("shows every problem of the configuration, and looks no further", async () => {
    const { code, stdout } = await runCli(["doctor", "--lang", "en"], {
      config: "pace: { perAccount: 2 }\n",
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ Configuration: .*:\n {4}kintone.baseUrl: /mu);
    expect(stdout).toMatch(/^ {4}kintone-sso-sync.yaml:1:9: pace.perAccount: /mu);
    expect(stdout).toContain("– AWS account and role: not looked at, because of “Configuration”.");
  });
});
