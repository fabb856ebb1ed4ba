import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { KintoneRestAPIClient } from "@kintone/rest-api-client";
import { WebClient } from "@slack/web-api";
import { expect, onTestFinished, test } from "vitest";

import { companySeed } from "../../src/sandbox/company/company-seed.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/start-sandbox.ts";

async function start(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ seed: companySeed(), ...options });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

test("with the environment alone, the clients of kintone, AWS and Slack reach the sandbox", async () => {
  const { environment, ...servers } = await start();
  const kintone = new KintoneRestAPIClient({
    baseUrl: environment["KINTONE_BASE_URL"] ?? "",
    auth: { apiToken: environment["KINTONE_API_TOKEN"]?.split(",") ?? [] },
    proxy: false,
  });
  const apps = [environment["KINTONE_PERMISSION_SET_APP"], environment["KINTONE_ASSIGNMENT_APP"]];
  const names = await Promise.all(apps.map(async (id = "") => (await kintone.app.getApp({ id })).name));
  expect(names).toEqual(["許可セット", "許可セット割当"]);

  const sts = new STSClient({
    endpoint: environment["AWS_ENDPOINT_URL"] ?? "",
    region: environment["AWS_REGION"] ?? "",
    credentials: {
      accessKeyId: environment["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
  });
  const caller = await sts.send(new GetCallerIdentityCommand({}));
  expect(caller.Account).toBe(companySeed().aws.callerAccount);

  const slack = new WebClient(environment["SLACK_BOT_TOKEN"], {
    slackApiUrl: environment["SLACK_API_URL"] ?? "",
  });
  await slack.apiCall("chat.postMessage", { channel: environment["SLACK_CHANNEL"], text: "x" });
  expect(servers.slack.messages).toHaveLength(1);
});

test("the tokens in the environment can comment but not change records", async () => {
  const { environment, kintone } = await start();
  const client = new KintoneRestAPIClient({
    baseUrl: kintone.url,
    auth: { apiToken: environment["KINTONE_API_TOKEN"]?.split(",") ?? [] },
    proxy: false,
  });
  await client.record.addRecordComment({ app: 10, record: 1, comment: { text: "x" } });
  await expect(client.record.updateRecord({ app: 10, id: 1, record: {} })).rejects.toMatchObject({
    status: 403,
  });
});

test("a port can be asked for, and one that is taken leaves nothing running", async () => {
  const first = await start();
  const taken = Number(new URL(first.slack.url).port);
  await expect(startSandbox({ seed: companySeed(), ports: { slack: taken } })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
  await first.close();
  const second = await start({ ports: { slack: taken } });
  expect(second.slack.url).toBe(first.slack.url);
});
