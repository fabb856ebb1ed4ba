import { describe, expect, test } from "vitest";

import type { RunReport } from "../../src/model/run-report.ts";
import { runCli, startCli } from "./run-cli.ts";
import { reportIn } from "./with-sandbox.ts";

/** What a real deployment has in its environment; a demo must not touch it. */
const production = {
  KINTONE_BASE_URL: "https://example.cybozu.com",
  KINTONE_API_TOKEN: "aProductionToken",
  KINTONE_PERMISSION_SET_APP: "1",
  AWS_PROFILE: "production",
  AWS_REGION: "us-east-1",
  AWS_ENDPOINT_URL_SSO_ADMIN: "http://localhost:1",
  SLACK_BOT_TOKEN: "xoxb-production",
  HTTPS_PROXY: "http://localhost:1",
};

const productionConfig = `
kintone: { guestSpaceId: 5, permissionSets: { app: 7, fields: { name: title } } }
identityCenter: { expectedAccount: "999999999999" }
guards: { maxDeletion: 1 }
`;

interface DemoOutput {
  readonly passes: readonly RunReport[];
  readonly comments: readonly { readonly mentions: readonly string[]; readonly text: string }[];
  readonly slackMessages: readonly object[];
}

describe.concurrent("without any account", () => {
  test("demo --json prints one document with three passes, the comments and the Slack messages", async () => {
    const run = await runCli(["demo", "--json"], { environment: production, config: productionConfig });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
    const { passes, comments, slackMessages, ...others } = reportIn(run) as unknown as DemoOutput;
    expect(others).toEqual({});
    expect(passes.map(({ result }) => result)).toEqual(["applied", "applied", "in-sync"]);
    expect(passes.map(({ schemaVersion }) => schemaVersion)).toEqual([1, 1, 1]);
    const [first, second, third] = passes;
    expect(first?.outcomes).toHaveLength(first?.plan?.changes.length ?? -1);
    expect(second?.counts).toMatchObject({ applied: 6, deletions: 1 });
    expect(third?.outcomes).toEqual([]);
    expect(comments.map(({ mentions }) => mentions.length)).toEqual(comments.map(() => 1));
    expect(new Set(comments.map(({ text }) => text)).size).toBe(3);
    expect(slackMessages.length).toBeGreaterThan(0);
  });

  test("demo prints what the passes did, the comments and the Slack messages for a person", async () => {
    const run = await runCli(["demo"], { environment: { KINTONE_SSO_SYNC_LANG: "ja" } });
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: "" });
    const headings = [...run.stdout.matchAll(/^━━ (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual([
      expect.stringContaining("1回目"),
      expect.stringContaining("2回目"),
      expect.stringContaining("3回目"),
      "レコードへのコメント",
      "運用担当者のSlackチャンネルへのメッセージ",
      "次にすること",
    ]);
    const [, third = ""] = /━━ 3回目[^\n]*\n\n(.*?)\n\n━━/su.exec(run.stdout) ?? [];
    expect(third.split("\n").length).toBeLessThanOrEqual(3);
    expect(run.stdout).toMatch(/^ {2}10#8 {2}@takahashi\.kenta$/m);
    expect(run.stdout).toMatch(/^ {2}C0AWSACCESS$/m);
  });

  test("sandbox prints the environment with which sync works, keeps its ports to itself, and ends with SIGTERM", async () => {
    const sandbox = await startCli(["sandbox", "--lang", "en"], { environment: production });
    await sandbox.shows(/KINTONE_SSO_SYNC_USER_TEMPLATE/u);
    const exports = [...sandbox.printed().matchAll(/^export (\w+)='([^']*)'$/gm)];
    expect(exports).toHaveLength(sandbox.printed().trim().split("\n").length);
    const environment = Object.fromEntries(exports.map(([, name = "", value = ""]) => [name, value]));

    const { port } = new URL(environment["KINTONE_BASE_URL"] ?? "");
    const another = await runCli(["sandbox", "--port", port, "--lang", "en"]);
    expect({ code: another.code, stdout: another.stdout }).toEqual({ code: 1, stdout: "" });
    expect(another.stderr).toMatch(new RegExp(`^Port ${port} is taken .*--port.*\\n$`));

    const run = await runCli(["sync", "--only", "permission-sets", "--json"], { environment });
    expect(run.code).toBe(0);
    expect(reportIn(run)).toMatchObject({ result: "applied", counts: { failed: 0, skipped: 0 } });

    sandbox.signal("SIGTERM");
    const ended = await sandbox.ended;
    expect(ended.code).toBe(0);
    expect(ended.stderr).toContain("The sandbox is up.");
  });
});
