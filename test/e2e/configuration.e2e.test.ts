import { describe, expect, test } from "vitest";

import { runCli } from "./run-cli.ts";
import { countRequests, reportIn, withSandbox } from "./with-sandbox.ts";

describe.concurrent("a wrong configuration", () => {
  test("is told with all its problems at once, and no request is sent", () =>
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
      expect(countRequests(world)).toBe(0);
    }));

  test("is told in one sentence and what to do, in Japanese for a tenant of cybozu.com", async () => {
    const run = await runCli(["plan"], { environment: { KINTONE_BASE_URL: "https://example.cybozu.com" } });
    expect(run.code).toBe(1);
    const [message, hint, ...rest] = run.stdout.split("\n");
    expect(message).toMatch(/設定.*kintone\.permissionSets\.app.*KINTONE_API_TOKEN/);
    expect(hint).toMatch(/もう一度実行/);
    expect(rest).toEqual(["", "失敗しました。", ""]);
    expect(run.stderr).toBe("");
  });

  test("that is named with --config and cannot be read is told with its path", () =>
    withSandbox({}, async (world) => {
      const run = await world.cli("sync --config no-such-file.yaml --lang en");
      expect(run.code).toBe(1);
      expect(run.stdout).toContain("no-such-file.yaml: The configuration file cannot be read");
      expect(countRequests(world)).toBe(0);
    }));
});
