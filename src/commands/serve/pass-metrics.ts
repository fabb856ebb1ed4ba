import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { AppKind } from "../../model/fields.ts";
import { changeKinds } from "../../model/change-kinds.ts";
import type { Pass } from "../../model/pass.ts";
import { type ReportedOutcome, type RunReport, type RunResult } from "../../model/run-report.ts";
import { refusedIn } from "../../report/refused-changes.ts";
import { isGood } from "../../report/exit-codes.ts";
import type { OnRequest, RequestOutcome } from "../../wiring/count-requests.ts";
import { passErrorCodes } from "../../words/pass-errors.ts";

/** What Prometheus gets to know of the passes of one process. */
export interface PassMetrics extends RenderedMetrics {
  readonly onRequest: OnRequest;
  /** Counts a finished pass. `pass` is missing when a read failed. */
  readonly onReport: (report: RunReport, pass: Pass | undefined) => void;
}

/** What a scrape gets. */
export interface RenderedMetrics {
  readonly contentType: string;
  /** Prometheus' text format. */
  readonly render: () => Promise<string>;
}

const prefix = "kintone_sso_sync_";
const results: readonly RunResult[] = [
  "in-sync",
  "removals-waiting",
  "paused",
  "applied",
  "partly-applied",
  "partly-refused",
  "refused",
  "failed",
];
const apis = [
  "sso",
  "identitystore",
  "organizations",
  "iam",
  "sts",
  "accessanalyzer",
  "kintone",
  "slack",
] as const;
const requestOutcomes: readonly RequestOutcome[] = ["ok", "error", "throttled"];
const durationBuckets = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 1800, 3600];
/** The commands' words for the two apps. */
const appLabels: Readonly<Record<AppKind, string>> = {
  permissionSets: "permission-sets",
  assignments: "assignments",
};

/** Everything is there in every label from the start, so that the first increase is seen as one. */
export function createPassMetrics(apps: Readonly<Record<AppKind, number>>, version = "unknown"): PassMetrics {
  const registry = new Registry();
  const metrics = createMetrics(registry);
  beginAtZero(metrics);
  metrics.build.set({ version }, 1);
  return {
    onRequest: (api, outcome) => {
      metrics.requests.inc({ api, outcome });
      if (outcome === "throttled") metrics.throttled.inc();
    },
    onReport: (report, pass) => {
      metrics.runs.inc({ result: report.result });
      metrics.duration.observe((Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 1000);
      if (isGood(report)) metrics.lastSuccess.set(Date.parse(report.finishedAt) / 1000);
      showLastPass(report, metrics);
      countOperations(report, metrics.operations);
      if (pass !== undefined) countRecords(report, pass, apps, metrics.records);
    },
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}

type Metrics = ReturnType<typeof createMetrics>;

function beginAtZero(metrics: Metrics): void {
  for (const result of results) {
    metrics.runs.inc({ result }, 0);
    metrics.lastResult.set({ result }, 0);
  }
  for (const api of apis) for (const outcome of requestOutcomes) metrics.requests.inc({ api, outcome }, 0);
  for (const reason of passErrorCodes) metrics.failures.inc({ reason }, 0);
  for (const kind of Object.keys(changeKinds)) {
    for (const result of ["applied", "failed", "skipped"]) metrics.operations.inc({ kind, result }, 0);
  }
  for (const app of Object.values(appLabels)) {
    for (const state of ["ok", "invalid", "waiting"]) metrics.records.set({ app, state }, 0);
  }
  for (const severity of severities) metrics.issues.set({ severity }, 0);
}

const severities = ["error", "warning"] as const;

/** What the last pass left: how it ended, and what waits for a person. What a failed pass does not know stays as it was. */
function showLastPass(report: RunReport, metrics: Metrics): void {
  for (const result of results) metrics.lastResult.set({ result }, Number(report.result === result));
  if (report.error !== undefined) metrics.failures.inc({ reason: report.error.code });
  if (report.plan === undefined) return;
  metrics.refused.set(refusedIn(report).length);
  metrics.held.set(report.counts.held);
  for (const severity of severities) {
    metrics.issues.set({ severity }, report.issues.filter((issue) => issue.severity === severity).length);
  }
}

function createMetrics(registry: Registry) {
  return { ...createGauges(registry), ...createCounters(registry) };
}

/** What is so now. */
function createGauges(registry: Registry) {
  const registers = [registry];
  return {
    lastSuccess: new Gauge({
      name: `${prefix}last_success_timestamp_seconds`,
      help: "When the last good pass ended, in seconds since 1970; 0 before the first",
      registers,
    }),
    lastResult: new Gauge({
      name: `${prefix}last_result`,
      help: "1 for how the last pass ended, 0 for every other end",
      labelNames: ["result"],
      registers,
    }),
    refused: new Gauge({
      name: `${prefix}refused_changes`,
      help: "Changes that guards refused in the last pass that read everything",
      registers,
    }),
    held: new Gauge({
      name: `${prefix}held_changes`,
      help: "What the last pass that read everything left alone because of records that cannot be trusted",
      registers,
    }),
    issues: new Gauge({
      name: `${prefix}issues`,
      help: "Problems of records in the last pass that read everything",
      labelNames: ["severity"],
      registers,
    }),
    build: new Gauge({
      name: `${prefix}build_info`,
      help: "1, with what is running",
      labelNames: ["version"],
      registers,
    }),
    records: new Gauge({
      name: `${prefix}records`,
      help: "Records in the last pass that read them",
      labelNames: ["app", "state"],
      registers,
    }),
  };
}

/** What has happened since the start. */
function createCounters(registry: Registry) {
  const registers = [registry];
  return {
    failures: new Counter({
      name: `${prefix}failures_total`,
      help: "Passes that could not go on, by why",
      labelNames: ["reason"],
      registers,
    }),
    runs: new Counter({ name: `${prefix}runs_total`, help: "Passes", labelNames: ["result"], registers }),
    operations: new Counter({
      name: `${prefix}operations_total`,
      help: "Changes of passes, by kind and what became of them",
      labelNames: ["kind", "result"],
      registers,
    }),
    requests: new Counter({
      name: `${prefix}api_requests_total`,
      help: "Requests, every attempt",
      labelNames: ["api", "outcome"],
      registers,
    }),
    throttled: new Counter({
      name: `${prefix}throttled_total`,
      help: "Requests of any API that were refused because there were too many",
      registers,
    }),
    duration: new Histogram({
      name: `${prefix}run_duration_seconds`,
      help: "How long passes took",
      buckets: durationBuckets,
      registers,
    }),
  };
}

function countOperations({ plan, outcomes }: RunReport, operations: Counter<"kind" | "result">): void {
  const kinds = new Map(plan?.changes.map(({ id, kind }) => [id, kind]));
  const kindOf = ({ change }: ReportedOutcome): string => kinds.get(change) ?? "unknown";
  for (const outcome of outcomes) operations.inc({ kind: kindOf(outcome), result: outcome.status });
}

/** A record with an error is invalid whatever else it is. */
function countRecords(
  { issues, plan }: RunReport,
  { source }: Pass,
  apps: Readonly<Record<AppKind, number>>,
  records: Gauge<"app" | "state">,
): void {
  const errors = issues.filter(({ severity }) => severity === "error");
  for (const kind of ["permissionSets", "assignments"] as const) {
    const ofApp = ({ app }: { readonly app: number }): boolean => app === apps[kind];
    const invalid = new Set(errors.filter(ofApp).map(({ record }) => record));
    const waiting = new Set(plan?.waiting.filter(ofApp).map(({ record }) => record));
    for (const record of invalid) waiting.delete(record);
    const app = appLabels[kind];
    records.set({ app, state: "invalid" }, invalid.size);
    records.set({ app, state: "waiting" }, waiting.size);
    records.set({ app, state: "ok" }, source[kind].records.length - invalid.size - waiting.size);
  }
}
