import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";

import { startMonitor } from "../heartbeat/monitor.ts";
import { createSignedMemory } from "../../src/memory/signed-memory.ts";
import { emptyMemory } from "../../src/model/memory.ts";
import { expectNoSecret } from "./secrets.ts";
import { appliedSets } from "./small-company.ts";
import { reportIn, withSandbox } from "./with-sandbox.ts";

const inSync = { company: { aws: { permissionSets: appliedSets } } };

async function monitorOf(status?: number) {
  const monitor = await startMonitor(status);
  onTestFinished(() => monitor.close());
  return monitor;
}

/** Rules that leave nothing to remark. */
const guarded =
  "guardrails: { default: deny, rules: [{ name: ordinary, effect: allow, administratorClass: false }] }";

describe("a dead or late schedule is noticed", () => {
  test("the monitor hears of the start and the end of a sync, and nothing of a plan; its address is a secret", () =>
    withSandbox(inSync, async (world) => {
      const monitor = await monitorOf();
      const environment = { KINTONE_SSO_SYNC_HEARTBEAT: monitor.url };
      await world.cli("plan", environment);
      expect(monitor.pings).toEqual([]);
      const good = await world.cli("sync --json --log-level debug", environment);
      expect(monitor.pings).toEqual(["POST /ping/0f5f-secret/start", "POST /ping/0f5f-secret"]);
      expectNoSecret(good, [monitor.url]);

      const failing = { ...environment, KINTONE_BASE_URL: "http://localhost:1" };
      const failed = await world.cli("sync --log-level debug", failing);
      expect(failed.code).toBe(1);
      expect(monitor.pings.slice(2)).toEqual(["POST /ping/0f5f-secret/start", "POST /ping/0f5f-secret/fail"]);
      expectNoSecret(failed, [monitor.url]);
    }));

  test("a monitor that is down changes nothing but one line in the log", () =>
    withSandbox(inSync, async (world) => {
      const monitor = await monitorOf(503);
      const run = await world.cli("sync --json", { KINTONE_SSO_SYNC_HEARTBEAT: monitor.url });
      expect(run.code).toBe(0);
      expect(reportIn(run).result).toBe("in-sync");
      expect(run.stderr.match(/heartbeat did not get through.*HTTP 503/gu)).toHaveLength(1);
      expectNoSecret(run, [monitor.url]);
    }));

  test("the report says that the last good pass is long ago, until there is a new one", () =>
    withSandbox({ ...inSync, config: guarded }, async (world) => {
      const folder = await mkdtemp(join(tmpdir(), "memory-"));
      onTestFinished(() => rm(folder, { recursive: true }));
      const path = join(folder, "memory.json");
      const lastGoodRead = { at: "2026-01-02T03:04:05Z", permissionSets: 2, assignments: 2 };
      const tokens = (world.environment["KINTONE_API_TOKEN"] ?? "").split(",");
      const signed = createSignedMemory(
        "e2e",
        tokens.map((secret) => ({ kind: "random", secret })),
        Date.now,
      );
      const text = signed.write({ ...emptyMemory("e2e"), lastGoodRead }, Date.now());
      await writeFile(path, typeof text === "string" ? text : text.code);
      const environment = { KINTONE_SSO_SYNC_MEMORY: path };

      const late = reportIn(await world.cli("sync --json --lang en", environment));
      expect(late.notes).toEqual([
        { code: "last-pass-late", message: expect.stringContaining("2026-01-02 12:04 JST") as string },
      ]);
      const next = reportIn(await world.cli("sync --json", environment));
      expect(next.notes).toEqual([]);
    }));
});
