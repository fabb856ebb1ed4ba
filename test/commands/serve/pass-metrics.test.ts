import { describe, expect, it } from "vitest";
import { awsOutcome, kintoneOutcome, slackOutcome } from "../../../src/wiring/count-requests.ts";
import { createPassMetrics } from "../../../src/commands/serve/pass-metrics.ts";
import { passOf, reportOf } from "../../report/builders.ts";

const apps = { permissionSets: 10, assignments: 11 };

async function valuesOf(metrics: ReturnType<typeof createPassMetrics>) {
  const lines = (await metrics.render()).split("\n").filter((line) => line.startsWith("kintone_sso_sync_"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]));
}

describe("metrics", () => {
  it("begin at 0, so that the first failure is an increase", async () => {
    const values = await valuesOf(createPassMetrics(apps));
    expect(values.get('kintone_sso_sync_runs_total{result="failed"}')).toBe(0);
    expect(values.get('kintone_sso_sync_api_requests_total{api="sso",outcome="throttled"}')).toBe(0);
    expect(values.get("kintone_sso_sync_throttled_total")).toBe(0);
    expect(values.get("kintone_sso_sync_last_success_timestamp_seconds")).toBe(0);
  });

  it("say how the last pass ended, what waits for a person, and why passes could not go on", async () => {
    const metrics = createPassMetrics(apps, "1.2.3");
    metrics.onReport({ ...reportOf(passOf({})), issues: [] }, undefined);
    let values = await valuesOf(metrics);
    expect(values.get('kintone_sso_sync_build_info{version="1.2.3"}')).toBe(1);
    expect(values.get('kintone_sso_sync_last_result{result="in-sync"}')).toBe(1);
    expect(values.get("kintone_sso_sync_refused_changes")).toBe(0);
    const error = { code: "aws.throttled", fault: "aws", message: "", hint: "" } as const;
    const { plan: _plan, ...failed } = reportOf(passOf({}));
    metrics.onReport({ ...failed, result: "failed", error }, undefined);
    values = await valuesOf(metrics);
    expect(values.get('kintone_sso_sync_last_result{result="in-sync"}')).toBe(0);
    expect(values.get('kintone_sso_sync_last_result{result="failed"}')).toBe(1);
    expect(values.get('kintone_sso_sync_failures_total{reason="aws.throttled"}')).toBe(1);
    expect(values.get('kintone_sso_sync_failures_total{reason="kintone.unreachable"}')).toBe(0);
  });

  it("count a throttled request of any API in one number as well", async () => {
    const metrics = createPassMetrics(apps);
    metrics.onRequest("sso", "throttled");
    metrics.onRequest("kintone", "throttled");
    metrics.onRequest("kintone", "error");
    const values = await valuesOf(metrics);
    expect(values.get("kintone_sso_sync_throttled_total")).toBe(2);
    expect(values.get('kintone_sso_sync_api_requests_total{api="kintone",outcome="error"}')).toBe(1);
  });

  it("of one process do not mix with those of another service in it", async () => {
    const [first, second] = [createPassMetrics(apps), createPassMetrics(apps)];
    first.onRequest("slack", "ok");
    expect(
      (await valuesOf(second)).get('kintone_sso_sync_api_requests_total{api="slack",outcome="ok"}'),
    ).toBe(0);
  });
});

describe("the outcome of a request", () => {
  it.each([
    [undefined, "ok"],
    ["ThrottlingException", "throttled"],
    ["TooManyRequestsException", "throttled"],
    ["AccessDeniedException", "error"],
  ])("at AWS with the error %s is %s", (name, outcome) => {
    expect(awsOutcome(name)).toBe(outcome);
  });

  it("at kintone is throttled for the status 429, and for the code that goes with it", () => {
    const refused = (status: number, code = "") => ({ kind: "refused", status, code, message: "" }) as const;
    expect([kintoneOutcome(undefined), kintoneOutcome(refused(429)), kintoneOutcome(refused(503))]).toEqual([
      "ok",
      "throttled",
      "error",
    ]);
    expect(kintoneOutcome(refused(520, "GAIA_TO04"))).toBe("throttled");
    expect(kintoneOutcome({ kind: "no-answer", reason: "ECONNRESET" })).toBe("error");
  });

  it("at Slack follows the status, and none is an error", () => {
    expect([200, 429, 500, undefined].map(slackOutcome)).toEqual(["ok", "throttled", "error", "error"]);
  });
});
