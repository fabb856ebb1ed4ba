// Run by thousand-passes.e2e.test.ts in a process of its own, with the sandbox's environment: what serve runs, on a clock
// that does not make it wait, as many passes as the argument says. Prints what the process holds, early and late.
import { setTimeout as wait } from "node:timers/promises";

import { loadConfig } from "../../src/config/load-config.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";
import { createLogger } from "../../src/process/logger.ts";
import { startSyncService } from "../../src/commands/serve/sync-service.ts";
import type { Surroundings } from "../../src/process/process-face.ts";
import type { RunReport } from "../../src/model/run-report.ts";

const speed = 10_000;

const [passes = 0, warmUp = 0] = process.argv.slice(2).map(Number);
const surroundings: Surroundings = {
  environment: process.env,
  directory: ".",
  usesProxies: false,
  nodeVersion: process.versions.node,
};
const settings = loadConfig({
  file: undefined,
  environment: process.env,
  flags: { lang: "en", port: 1 },
  readSecretFile: () => new Uint8Array(),
  language: "en",
});
if (!settings.ok) throw new Error(JSON.stringify(settings.problems));

let tellReport: (report: RunReport) => void = () => undefined;
const nextReport = (): Promise<RunReport> =>
  new Promise((resolve) => {
    tellReport = resolve;
  });

const clock = acceleratedClock(speed);
const logger = createLogger({ level: "silent", format: "json", secrets: [], stream: process.stderr });
const { config, secrets } = settings;
const first = nextReport();
const service = await startSyncService({
  config: { ...config, serve: { ...config.serve, port: 0 } },
  secrets,
  surroundings,
  clock,
  logger,
  onReport: (report) => tellReport(report),
});
await first;

const results = new Map<string, number>();
const samples: unknown[] = [];
for (let pass = 1; pass <= passes; pass += 1) {
  const reported = nextReport();
  service.requestPass();
  const { result } = await reported;
  results.set(result, (results.get(result) ?? 0) + 1);
  if (pass % 10 === 0) await (await fetch(`http://127.0.0.1:${service.port}/metrics`)).text();
  if (pass === warmUp || pass === passes) samples.push(await sample());
}
await service.stop();
process.stdout.write(JSON.stringify({ results: Object.fromEntries(results), samples }));

/** What is left once the connections of the last pass have had the time to close. */
async function sample() {
  let handles = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 30; round += 1) {
    await wait(100);
    handles = Math.min(handles, process.getActiveResourcesInfo().length);
  }
  for (let round = 0; round < 3; round += 1) globalThis.gc?.();
  const listeners = process.eventNames().map((name) => process.listenerCount(name));
  return {
    heapMb: process.memoryUsage().heapUsed / 1024 / 1024,
    handles,
    listeners: listeners.reduce((sum, count) => sum + count, 0),
  };
}
