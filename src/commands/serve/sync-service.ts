import type { AwsConnection } from "../../aws/clients.ts";
import { randomUUID } from "node:crypto";

import type { Language } from "../../model/config.ts";
import type { Pass } from "../../model/pass.ts";
import type { RunReport } from "../../model/run-report.ts";
import { createProcessMemory } from "../../memory/process-memory.ts";
import { connectToAws } from "../../wiring/connect-to-aws.ts";
import type { Logger } from "../../process/logger.ts";
import { isGood } from "../../report/exit-codes.ts";
import { nextTurnOf } from "../../report/timed-records.ts";
import { createLease, type Lease, ownLease } from "./lease.ts";
import { createPassMetrics } from "./pass-metrics.ts";
import { pagesOf } from "./pages/page-sources.ts";
import { createPassHistory } from "./pages/pass-history.ts";
import { createPassQueue, type PassTrigger } from "./pass-queue.ts";
import { createSchedule, type Due, followSchedule } from "./pass-schedule.ts";
import { runPass, type ServiceWiring } from "../../wiring/run-pass.ts";
import { configuredLease, configuredMemory } from "../../wiring/wire.ts";
import { logTexts } from "../../words/log-texts.ts";
import { reportTexts } from "../../words/report-texts.ts";
import { startServiceServer } from "./service-server.ts";

export interface SyncServiceOptions extends ServiceWiring {
  /** Of this program, for the metrics. */
  readonly version?: string;
  /** Called after every pass. */
  readonly onReport?: (report: RunReport) => void;
}

export interface SyncService {
  readonly port: number;
  /** Asks for a pass, as `POST /sync` does. */
  readonly requestPass: () => void;
  /**
   * Begins no further pass and starts no further change. Resolves when nothing is in flight any more: at once while a
   * pass reads, else when what it has started has come to its end and everybody is told.
   */
  readonly stop: () => Promise<void>;
}

/** Runs a pass at once and then on schedule, one at a time, and answers HTTP. Rejects with the system's error when the port cannot be had. */
export async function startSyncService(options: SyncServiceOptions): Promise<SyncService> {
  const { config, secrets, clock, logger } = options;
  const startMs = clock.now();
  const schedule = createSchedule(config.serve.when, config.timezone, startMs);
  const apps = {
    permissionSets: config.kintone.permissionSets.app,
    assignments: config.kintone.assignments.app,
  };
  const metrics = createPassMetrics(apps, options.version);
  const history = createPassHistory(config.language);
  let nextTurnMs = Infinity;
  const onReport = (report: RunReport): void => {
    nextTurnMs = nextTurnOf(report) ?? nextTurnMs;
    history.add(report);
    options.onReport?.(report);
  };
  const connection = connectToAws(options.surroundings, { region: config.identityCenter.region, clock });
  const passes = createPasses({ ...options, onReport }, metrics, connection);
  const lease = leaseOf(options, connection);
  const queue = createPassQueue(passes.run);
  const server = await startServiceServer({
    ...config.serve,
    metrics,
    webhookToken: secrets.webhookToken,
    onSync: queue.onDemand,
    pages: pagesOf(options, history),
    readiness: () => {
      const lastGoodMs = passes.lastGoodMs();
      // Ready to take over: what the passes do is the other instance's to say.
      if (!lease.isHeld()) return { ready: true, lastSuccess: isoOf(lastGoodMs) };
      if (lastGoodMs === undefined) return { ready: false, lastSuccess: null };
      const ready = clock.now() <= schedule.goodUntil(lastGoodMs);
      return { ready, lastSuccess: new Date(lastGoodMs).toISOString() };
    },
  });
  const ended = new AbortController();
  const texts = logTexts(config.language);
  const begin = (): void => {
    if (!lease.isHeld()) logger.info(texts.passElsewhere, { event: "pass-elsewhere" });
    else if (queue.onSchedule() === "running") logger.info(texts.passDue, { event: "pass-due" });
  };
  const leasing = lease.follow(ended.signal, begin);
  const onDue = (due: Due): void => (due === "turn" && lease.isHeld() ? void queue.onDemand() : begin());
  const following = followSchedule(schedule, clock, ended.signal, onDue, () => nextTurnMs);
  return {
    port: server.port,
    requestPass: () => void queue.onDemand(),
    stop: async () => {
      ended.abort();
      const idle = queue.close();
      passes.stop();
      await Promise.all([following, leasing, server.close(), Promise.race([idle, passes.readingStopped])]);
    },
  };
}

function isoOf(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

function leaseOf(wiring: SyncServiceOptions, connection: AwsConnection): Lease {
  const store = configuredLease(wiring, connection);
  return store === undefined ? ownLease : createLease({ store, clock: wiring.clock, holder: randomUUID() });
}

interface Passes {
  /** One pass, from reading to telling. Never rejects. */
  readonly run: (trigger: PassTrigger) => Promise<void>;
  /** When the last good pass ended. */
  readonly lastGoodMs: () => number | undefined;
  readonly stop: () => void;
  /** Resolves when `stop` met a pass that was only reading, which need not be waited for. */
  readonly readingStopped: Promise<void>;
}

function createPasses(
  { onReport, ...wiring }: SyncServiceOptions,
  metrics: ReturnType<typeof createPassMetrics>,
  connection: AwsConnection,
): Passes {
  const { config, clock, logger } = wiring;
  const memoryStore = configuredMemory(wiring, connection) ?? createProcessMemory(config.owner);
  const readingStopped = new AbortController();
  let current = new AbortController();
  let isReading = false;
  let lastGoodMs: number | undefined;
  const run = async (trigger: PassTrigger): Promise<void> => {
    let pass: Pass | undefined;
    // A signal of its own: listeners on one that outlives the pass would pile up.
    current = new AbortController();
    isReading = true;
    logger.info(logTexts(config.language).passBegins, { event: "pass-begins", trigger });
    const report = await runPass({
      ...wiring,
      memoryStore,
      mode: "sync",
      rotates: trigger === "schedule",
      signal: current.signal,
      onRequest: metrics.onRequest,
      onApply: () => {
        isReading = false;
      },
      onPass: (finished) => {
        isReading = false;
        pass = finished;
      },
    });
    metrics.onReport(report, pass);
    if (isGood(report)) lastGoodMs = clock.now();
    logReport(report, logger, config.language);
    onReport?.(report);
  };
  return {
    run,
    lastGoodMs: () => lastGoodMs,
    stop: () => {
      current.abort();
      if (isReading) readingStopped.abort();
    },
    readingStopped: new Promise((resolve) => {
      readingStopped.signal.addEventListener("abort", () => resolve(), { once: true });
    }),
  };
}

/** One line for each pass: what came of it in numbers, and what a person needs to go on. */
function logReport(whole: RunReport, logger: Logger, language: Language): void {
  const { runId, result, counts, apiCalls, ...report } = whole;
  const seconds = (Date.parse(report.finishedAt) - Date.parse(report.startedAt)) / 1000;
  const level = result === "failed" ? "error" : isGood(whole) ? "info" : "warn";
  logger[level](logTexts(language).passEnded(reportTexts(language).results[result]), {
    event: "pass-finished",
    runId,
    result,
    seconds,
    counts,
    apiCalls,
    ...(report.plan === undefined ? {} : { planHash: report.plan.hash }),
    ...(report.violations.length === 0 ? {} : { violations: report.violations }),
    ...(report.error === undefined ? {} : { failure: report.error }),
  });
}
