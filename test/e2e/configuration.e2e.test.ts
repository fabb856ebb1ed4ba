import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { runCli } from "./run-cli.ts";
import { countRequests, reportIn, withSandbox } from "./with-sandbox.ts";

describe.concurrent("a wrong configuration", () => {
  test("is told with all its problems at once, in Slack too, and nothing else is sent", () =>
    withSandbox({}, async (world) => {
      const { environment } = world;
      const config = [
        "guards: { maxDeletions: -1, maxDeletion: 3 }",
        "identityCenter: { expectedAccount: 111122223333 }",
        "principals: { userTemplate: nobody }",
        "timezone: Asia/Tokio",
      ].join("\n");
      const run = await runCli(["sync", "--json", "--lang", "en"], {
        environment: { ...environment, KINTONE_API_TOKEN: "", KINTONE_ASSIGNMENT_APP: "10" },
        config,
      });
      expect(run.code).toBe(1);
      const { result, error } = reportIn(run);
      expect({ result, code: error?.code }).toEqual({ result: "failed", code: "config.invalid" });
      for (const path of [
        "guards.maxDeletions",
        "guards.maxDeletion:",
        "identityCenter.expectedAccount",
        "principals.userTemplate",
        "timezone",
        "KINTONE_API_TOKEN",
        "KINTONE_ASSIGNMENT_APP",
      ]) {
        expect(error?.message).toContain(path);
      }
      expect([...world.kintone.requests, ...world.aws.requests]).toEqual([]);
      const [message, ...others] = world.slack.messages;
      expect(others).toEqual([]);
      expect(message?.text).toBe("❌ kintone-sso-sync: the pass failed");
      expect(JSON.stringify(message?.blocks)).toContain("guards.maxDeletions");
    }));

  test("is one message in Slack however many passes it lasts, and that one is edited when it is over", (context) =>
    withSandbox({}, async (world) => {
      const folder = await mkdtemp(join(tmpdir(), "configuration-"));
      context.onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const memory = { KINTONE_SSO_SYNC_MEMORY: join(folder, "memory.json") };
      const wrong = { ...memory, KINTONE_API_TOKEN: "" };
      for (let count = 0; count < 3; count += 1) await world.cli("sync --lang en", wrong);
      expect(world.slack.messages).toHaveLength(1);
      expect((await world.cli("plan --lang en", wrong)).code).toBe(1);
      expect((await world.cli("sync --lang en", memory)).code).toBe(0);
      expect(world.slack.messages.filter(({ thread_ts }) => thread_ts === undefined)).toMatchObject([
        { text: "✅ kintone-sso-sync: passes go through again" },
      ]);
    }));

  test("is not told in Slack where Slack's own part is wrong", () =>
    withSandbox({}, async (world) => {
      const run = await world.cli("sync --lang en", { SLACK_CHANNEL: "two words" });
      expect(run.code).toBe(1);
      expect(countRequests(world)).toBe(0);
    }));

  test("is told, one problem a line, and what to do, in Japanese for a tenant of cybozu.com", async () => {
    const run = await runCli(["plan"], { environment: { KINTONE_BASE_URL: "https://example.cybozu.com" } });
    expect(run.code).toBe(1);
    const [count, ...lines] = run.stdout.split("\n");
    expect(count).toBe("設定に問題が5件あります。");
    const [hint, ...rest] = lines.slice(5);
    expect(lines.slice(0, 5).join("\n")).toMatch(/kintone\.permissionSets\.app(.|\n)*KINTONE_API_TOKEN/);
    expect(hint).toMatch(/もう一度実行/);
    expect(rest).toEqual(["", "失敗しました。", ""]);
    expect(run.stderr).toBe("");
  });

  test("that is named with --config and cannot be read is told with its path", () =>
    withSandbox({}, async (world) => {
      const run = await world.cli("sync --config no-such-file.yaml --lang en");
      expect(run.code).toBe(1);
      expect(run.stdout).toContain("no-such-file.yaml: There is no such file.");
      expect(countRequests(world)).toBe(0);
    }));
});
