import { describe, expect, test } from "vitest";

import { runCli } from "./run-cli.ts";
import { expectNoSecret } from "./secrets.ts";
import { appliedSets } from "./small-company.ts";
import { withSandbox, type World } from "./with-sandbox.ts";

const password = `pä"ss w/ö+rd`;
const secretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const sessionToken = "IQoJb3JpZ2luX2VjEXAMPLE/token+==";
const tokens = ["permissionSetAppToken", "assignmentAppToken"];
const slackToken = "xoxb-slack-bot-token";
const secrets = [...tokens, password, `hanako:${password}`, secretKey, sessionToken, slackToken];

/** Secrets in every form in which a server or a proxy could hand them back. */
const echo = [
  ...secrets,
  ...secrets.map((secret) => Buffer.from(secret).toString("base64")),
  ...secrets.map((secret) => encodeURIComponent(secret)),
].join(" | ");

const credentials = {
  AWS_SECRET_ACCESS_KEY: secretKey,
  AWS_SESSION_TOKEN: sessionToken,
  KINTONE_BASIC_AUTH_USERNAME: "hanako",
  KINTONE_BASIC_AUTH_PASSWORD: password,
};

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
        respond: {
          status: 400,
          headers: { "x-amzn-errortype": "AccessDeniedException" },
          body: { __type: "AccessDeniedException", message: echo },
        },
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
        respond: {
          status: 400,
          headers: { "x-amzn-errortype": "ValidationException" },
          body: { __type: "ValidationException", message: echo },
        },
      });
    },
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
  for (const { when, cause, environment, code } of troubles) {
    test(`when ${when}`, () =>
      withSandbox({ company: { aws: { permissionSets: appliedSets } } }, async (world) => {
        cause(world);
        const format = code === 0 ? "json" : "text";
        const run = await world.cli(`sync --json --log-level debug --log-format ${format}`, {
          ...credentials,
          ...environment,
        });
        expect(run.code).toBe(code);
        expectNoSecret(run, secrets);
        const told = JSON.stringify([world.slack.messages, world.kintone.comments(11)]);
        expectNoSecret({ code, stdout: told, stderr: "" }, secrets);
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
    expect(run.stdout).toMatch(/KINTONE_BASE_URL.*SLACK_CHANNEL|SLACK_CHANNEL.*KINTONE_BASE_URL/);
    expectNoSecret(run, secrets);
  });
});
