import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";

import { cliTexts } from "../../src/commands/cli-texts.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import { runCli, type RunningCli } from "./run-cli.ts";
import { readers } from "./small-company.ts";
import {
  grantsIn,
  requestsOf,
  type World,
  withSandbox,
  type WorldOptions,
  writesTo,
} from "./with-sandbox.ts";

const token = "a-token-that-nobody-guesses";

interface Service extends World {
  readonly running: RunningCli;
  readonly url: string;
  readonly sync: () => Promise<unknown>;
  /** The metrics by name and labels. */
  readonly metrics: () => Promise<Readonly<Record<string, number>>>;
  /** Resolves once so many passes are over. */
  readonly passes: (count: number) => Promise<void>;
}

async function serving<Result>(
  options: WorldOptions,
  use: (service: Service) => Promise<Result>,
): Promise<Result> {
  return withSandbox(options, async (world) => {
    const running = await world.startCli("serve --port 0 --lang en --log-format json", {
      KINTONE_SSO_SYNC_WEBHOOK_TOKEN: token,
    });
    const url = `http://127.0.0.1:${await listeningPort(running)}`;
    const metrics = async () => {
      const lines = (await (await fetch(`${url}/metrics`)).text()).split("\n");
      const values = lines.filter((line) => line.startsWith("kintone_sso_sync_"));
      return Object.fromEntries(
        values.map((line) => [line.slice(17, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]),
      );
    };
    const countPasses = async (): Promise<number> =>
      Object.entries(await metrics()).reduce(
        (sum, [name, value]) => (name.startsWith("runs_total") ? sum + value : sum),
        0,
      );
    try {
      return await use({
        ...world,
        running,
        url,
        metrics,
        sync: async () =>
          (
            await fetch(`${url}/sync`, { method: "POST", headers: { authorization: `Bearer ${token}` } })
          ).json(),
        passes: async (count) => {
          while ((await countPasses()) < count) await wait(20);
        },
      });
    } finally {
      running.signal("SIGKILL");
    }
  });
}

/** The port that the log names once the service listens. */
async function listeningPort(running: RunningCli): Promise<string> {
  const line = /Listening on 127\.0\.0\.1, port (\d+)\./u;
  await running.shows(line);
  return line.exec(running.logged())?.[1] ?? "";
}

const logLines = (text: string): readonly Record<string, unknown>[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe("serve", () => {
  test("runs a pass at once, becomes ready, and counts what it did", () =>
    serving({}, async ({ passes, metrics, url, running, aws, kintone, slack }) => {
      expect((await fetch(`${url}/readyz`)).status).toBe(503);
      await passes(1);
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      expect(grantsIn({ aws, kintone, slack } as World)).toHaveLength(5);
      expect(await metrics()).toMatchObject({
        'runs_total{result="applied"}': 1,
        'runs_total{result="failed"}': 0,
        'operations_total{kind="assign",result="applied"}': 5,
        'records{app="permission-sets",state="ok"}': 2,
        'records{app="assignments",state="ok"}': 2,
        'records{app="assignments",state="invalid"}': 0,
        run_duration_seconds_count: 1,
        throttled_total: 0,
        // Read once to plan, and once more before the first write.
        'api_requests_total{api="kintone",outcome="ok"}': 12,
      });
      running.signal("SIGTERM");
      const { code, stderr } = await running.ended;
      expect(code).toBe(0);
      expect(logLines(stderr).filter(({ result }) => result !== undefined)).toMatchObject([
        { level: "info", result: "applied", counts: { changes: 9, applied: 9 } },
      ]);
    }));

  test("follows a pass by exactly one more when it is asked for during it", () =>
    serving({ speed: 10 }, async ({ sync, passes, metrics, aws, kintone, running }) => {
      await running.reaches(requestsOf(aws.failures, "CreateAccountAssignment", 1));
      expect([await sync(), await sync(), await sync()]).toEqual([
        { pass: "promised" },
        { pass: "promised" },
        { pass: "promised" },
      ]);
      await passes(2);
      await wait(300);
      expect(await metrics()).toMatchObject({
        'runs_total{result="applied"}': 1,
        'runs_total{result="in-sync"}': 1,
      });
      // Two apps, twice in the pass that writes and once in the one that does not.
      expect(kintone.requests.filter(({ operation }) => operation === "getApp")).toHaveLength(6);
      expect(await sync()).toEqual({ pass: "started" });
      await passes(3);
    }));

  test("follows what it has started to its end on SIGTERM, and leaves with exit code 0", () =>
    serving({ speed: 10 }, async (service) => {
      await service.running.reaches(requestsOf(service.aws.failures, "CreateAccountAssignment", 1));
      service.running.signal("SIGTERM");
      const { code, stderr } = await service.running.ended;
      expect(code).toBe(0);
      expect(stderr).toContain("Leaving");
      const line = logLines(stderr).find(({ result }) => result !== undefined);
      const { applied } = (line ?? {})["counts"] as RunReport["counts"];
      expect(applied).toBeGreaterThan(0);
      expect(writesTo(service)).toHaveLength(applied);
    }));

  test("leaves at once when SIGTERM comes while a pass is only reading", () =>
    withSandbox({}, async (world) => {
      world.kintone.failures.add({ match: { operation: "getRecords" }, respond: { delayMs: 600_000 } });
      const reading = requestsOf(world.kintone.failures, "getRecords", 1);
      const running = await world.startCli("serve --port 0 --lang en");
      await running.reaches(reading);
      running.signal("SIGTERM");
      const { code, stderr } = await running.ended;
      expect(code).toBe(0);
      // Else it would have waited for the answer as long as a service can.
      expect(stderr).not.toContain(cliTexts("en").leftUnfinished);
      expect(writesTo(world)).toEqual([]);
    }));

  test("is not ready, and goes on, when a pass fails; operators get one message, not one per pass", () =>
    serving(
      { config: "slack: { channel: C0AWSACCESS }" },
      async ({ sync, passes, metrics, url, kintone, slack }) => {
        await passes(1);
        kintone.failures.add({
          match: { operation: "getApp" },
          respond: { status: 403, body: { code: "CB_NO02", id: "x", message: "no" } },
        });
        for (const pass of [2, 3, 4]) {
          await sync();
          await passes(pass);
        }
        expect(await metrics()).toMatchObject({ 'runs_total{result="failed"}': 3 });
        expect((await fetch(`${url}/healthz`)).status).toBe(200);
        // The last good pass is still within three intervals.
        expect((await fetch(`${url}/readyz`)).status).toBe(200);
        expect(slack.messages).toHaveLength(1);
      },
    ));

  test("stops at once with every problem when the configuration cannot work", async () => {
    const { code, stderr } = await runCli(["serve", "--lang", "en"], {
      config: "serve: { intervalMinutes: 0, schedule: never, port: 70000 }\n",
      environment: { KINTONE_SSO_SYNC_WEBHOOK_TOKEN: "short" },
    });
    expect(code).toBe(1);
    for (const path of ["serve.intervalMinutes", "serve.schedule", "serve.port", "kintone.baseUrl"])
      expect(stderr).toContain(`${path}: `);
    expect(stderr).toContain("KINTONE_SSO_SYNC_WEBHOOK_TOKEN: Must have 20 characters or more");
  });

  test("says so when it cannot have the port", () =>
    serving({}, async ({ cli, url }) => {
      const { code, stderr } = await cli(`serve --lang en --port ${new URL(url).port}`);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringContaining("Cannot listen") as string,
      });
    }));

  test("never shows the webhook token", () =>
    serving({ company: { assignments: [{ ...readers, users: [token] }] } }, async ({ passes, running }) => {
      await passes(1);
      running.signal("SIGTERM");
      const { stdout, stderr } = await running.ended;
      expect(stdout + stderr).not.toContain(token);
    }));
});
