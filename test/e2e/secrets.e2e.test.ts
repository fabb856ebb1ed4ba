import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test, type TestContext } from "vitest";

import { fixturePath, pfxPassword } from "../kintone/local-server.ts";
import { runCli } from "./run-cli.ts";
import { expectNoSecret } from "./secrets.ts";
import { appliedSets } from "./small-company.ts";
import { withSandbox, type World } from "./with-sandbox.ts";
import { everyFifth } from "../share.ts";

const password = `pä"ss w/ö+rd`;
const proxyPassword = "pröxy:pass/word+1";
const secretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const sessionToken = "IQoJb3JpZ2luX2VjEXAMPLE/token+==";
const tokens = ["permissionSetAppToken", "assignmentAppToken"];
const slackToken = "xoxb-slack-bot-token";

/** Of the surroundings: others read them, and may hand them back. */
const surroundings = {
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "eyJ0eXAi/actions+id.token==",
  AWS_CONTAINER_AUTHORIZATION_TOKEN: "container/authorization+token==",
  GITHUB_TOKEN: "ghs_16C7e42F292c6912E7710c838347Ae178B4a",
  SYSTEM_ACCESSTOKEN: "azure/system+access.token==",
};
const secrets = [
  ...tokens,
  password,
  `hanako:${password}`,
  secretKey,
  sessionToken,
  slackToken,
  pfxPassword,
  proxyPassword,
  ...Object.values(surroundings),
];

/** Secrets in every form in which a server or a proxy could hand them back. */
const echo = [
  ...secrets,
  ...secrets.map((secret) => Buffer.from(secret).toString("base64")),
  ...secrets.map((secret) => encodeURIComponent(secret)),
].join(" | ");

const proxyAt = (port: number) =>
  `http://proxy-user:${encodeURIComponent(proxyPassword)}@127.0.0.1:${String(port)}`;

const credentials = {
  ...surroundings,
  AWS_SECRET_ACCESS_KEY: secretKey,
  AWS_SESSION_TOKEN: sessionToken,
  KINTONE_BASIC_AUTH_USERNAME: "hanako",
  KINTONE_BASIC_AUTH_PASSWORD: password,
  KINTONE_PFX_FILE_PATH: fixturePath("client.pfx"),
  KINTONE_PFX_FILE_PASSWORD: pfxPassword,
  HTTPS_PROXY: proxyAt(9),
  NO_PROXY: "127.0.0.1,localhost",
};

const refusedByAws = (name: string) => ({
  status: 400,
  headers: { "x-amzn-errortype": name },
  body: { __type: name, message: echo },
});

/** GitHub's three files for a step, and the memory: what a run writes beside what it prints. */
async function openFiles({ onTestFinished }: Pick<TestContext, "onTestFinished">) {
  const folder = await mkdtemp(join(tmpdir(), "secrets-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [summary, outputs] = [join(folder, "summary.md"), join(folder, "outputs")];
  await Promise.all([writeFile(summary, ""), writeFile(outputs, "")]);
  return {
    environment: {
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_OUTPUT: outputs,
      RUNNER_TEMP: folder,
      KINTONE_SSO_SYNC_MEMORY: join(folder, "memory.json"),
    },
    /** All of them together, and how many there are. */
    read: async () => {
      const names = await readdir(folder);
      const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
      return { count: names.length, text: texts.join("\n") };
    },
  };
}

interface Trouble {
  readonly when: string;
  readonly cause: (world: World) => void;
  readonly environment?: Readonly<Record<string, string>>;
  readonly code: number;
}

const troubles: readonly Trouble[] = [
  {
    when: "kintone refuses a request with the credentials in its message",
    cause: ({ kintone }) => {
      const body = { code: "CB_XX99", id: "1", message: `refused: ${echo}` };
      kintone.failures.add({ match: { operation: "getRecords" }, respond: { status: 400, body } });
    },
    code: 1,
  },
  {
    when: "kintone refuses the password",
    cause: () => undefined,
    environment: { KINTONE_API_TOKEN: "", KINTONE_USERNAME: "hanako", KINTONE_PASSWORD: password },
    code: 1,
  },
  {
    when: "a proxy answers with a page that has the credentials in it",
    cause: ({ kintone }) => {
      kintone.failures.add({
        match: { operation: "getApp" },
        respond: { status: 403, headers: { "content-type": "text/html" }, body: `<p>${echo}</p>` },
      });
    },
    code: 1,
  },
  {
    when: "AWS refuses a read with the credentials in its message",
    cause: ({ aws }) => {
      aws.failures.add({
        match: { operation: "ListInstances" },
        respond: refusedByAws("AccessDeniedException"),
      });
    },
    code: 1,
  },
  {
    when: "AWS refuses a write with the credentials in its message",
    cause: ({ aws }) => {
      aws.state.removeAssignment("Developer", { accountId: "555566667777", group: "developers" });
      aws.failures.add({
        match: { operation: "CreateAccountAssignment" },
        respond: refusedByAws("ValidationException"),
      });
    },
    code: 1,
  },
  ...["ListUsers", "ListAccounts", "ListPermissionSets"].map((operation) => ({
    when: `AWS refuses ${operation} with the credentials in its message`,
    cause: ({ aws }: World) => {
      aws.failures.add({ match: { operation }, respond: refusedByAws("ValidationException") });
    },
    code: 1,
  })),
  {
    when: "IAM Access Analyzer refuses with the credentials in its message",
    cause: ({ kintone, aws }) => {
      const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
      const policy = { Version: "2012-10-17", Statement: [statement] };
      kintone.updateRecord(10, 1, { inline_policy: JSON.stringify(policy) });
      aws.failures.add({
        match: { operation: "ValidatePolicy" },
        respond: refusedByAws("ValidationException"),
      });
    },
    code: 0,
  },
  {
    when: "the memory's bucket refuses with the credentials in its message",
    cause: ({ aws }) => {
      aws.failures.add({
        match: ({ path }) => path.includes("memory.json"),
        respond: {
          status: 403,
          headers: { "content-type": "application/xml" },
          body: `<Error><Code>AccessDenied</Code><Message>${echo.replaceAll(/[<>&"]/gu, "")}</Message></Error>`,
        },
      });
    },
    environment: { KINTONE_SSO_SYNC_MEMORY: "s3://sync-memory/memory.json" },
    code: 0,
  },
  {
    when: "the proxy, whose password is in its address, does not answer",
    cause: () => undefined,
    environment: { KINTONE_BASE_URL: "https://example.cybozu.com", NO_PROXY: "nowhere.example" },
    code: 1,
  },
  {
    when: "Slack and the comments fail with the credentials in their answers",
    cause: ({ kintone, slack }) => {
      kintone.updateRecord(11, 1, { accounts: "prodution" });
      kintone.failures.add({
        match: ({ operation }) => /Comment/.test(operation ?? ""),
        respond: { status: 400, body: { code: "CB_XX99", id: "1", message: echo } },
      });
      slack.failures.add({ match: () => true, respond: { status: 200, body: { ok: false, error: echo } } });
    },
    code: 0,
  },
];

describe.concurrent("no secret gets out", () => {
  for (const { when, cause, environment, code } of everyFifth(troubles)) {
    test(`when ${when}`, (context) =>
      withSandbox({ company: { aws: { permissionSets: appliedSets } } }, async (world) => {
        cause(world);
        const files = await openFiles(context);
        const format = code === 0 ? "json" : "text";
        const run = await world.cli(`sync --json --log-level debug --log-format ${format}`, {
          ...credentials,
          ...files.environment,
          ...environment,
        });
        expect(run.code).toBe(code);
        expectNoSecret(run, secrets);
        const { count, text } = await files.read();
        expect(count).toBeGreaterThanOrEqual(3);
        const told = JSON.stringify([world.slack.messages, world.kintone.comments(11)]);
        expectNoSecret({ code, stdout: told, stderr: text }, secrets);
      }));
  }

  test("when the configuration is wrong, and a secret stands where none belongs", async () => {
    const run = await runCli(["sync", "--lang", "en"], {
      environment: {
        ...credentials,
        KINTONE_BASE_URL: `https://hanako:${encodeURIComponent(password)}@example.cybozu.com/k/`,
        KINTONE_API_TOKEN: tokens.join(","),
        SLACK_CHANNEL: slackToken,
        AWS_REGION: secretKey,
        KINTONE_ASSIGNMENT_APP: tokens[1] ?? "",
      },
      config: `kintone: { password: '${password}', ${sessionToken}: 1 }\nowner: ["${secretKey}"]`,
    });
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/KINTONE_BASE_URL.*SLACK_CHANNEL|SLACK_CHANNEL.*KINTONE_BASE_URL/s);
    expectNoSecret(run, secrets);
  });
});
