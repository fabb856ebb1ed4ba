// `npm run bench [-- --only simulated|latency|realtime|cpu|page] [--json]`: how many calls and how long. Simulated time is the same on
// every machine; real time and CPU are not, so nothing here passes or fails.
import { parseArgs } from "node:util";
import { comparableCalls } from "./bench/comparable-tools.ts";
import { type CpuResult, runCpu, runs } from "./bench/cpu.ts";
import { type LatencyResult, runLatency } from "./bench/latency.ts";
import { bigAccessReport } from "../test/report/who-has-what/access-samples.ts";
import { measurePage, pageLimits, type PageResult } from "./bench/page.ts";
import { type RealtimeResult, realtimeSize, runRealtime } from "./bench/realtime.ts";
import {
  changeSeed,
  companySeed,
  companySizes,
  nameOf,
  runSimulations,
  type SimulatedResult,
} from "./bench/simulated.ts";

const { values } = parseArgs({ options: { only: { type: "string" }, json: { type: "boolean" } } });
const parts = ["simulated", "latency", "realtime", "cpu", "page"];
if (values.only !== undefined && !parts.includes(values.only)) {
  process.stderr.write(`--only takes ${parts.join(", ")}\n`);
  process.exit(1);
}
const isWanted = (part: string): boolean => values.only === undefined || values.only === part;
const say = (text: string): void => void (values.json === true || process.stdout.write(`${text}\n`));
const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell, index) => (index < 2 ? String(cell).padEnd(34) : String(cell).padStart(10))).join(" ");
const fixed = (value: number, digits = 1): string => value.toFixed(digits);

say(`Node ${process.version}; seeds: companies ${companySeed}, changes ${changeSeed}`);
const simulated: SimulatedResult[] = [];
const latency: LatencyResult[] = [];
const realtime: RealtimeResult[] = [];
const cpu: CpuResult[] = [];
const pages: PageResult[] = [];

if (isWanted("simulated")) {
  say(
    "\nIn simulated time; sizes are accounts/permission sets/pairs of both/assignments/users, d is seconds per operation",
  );
  say(
    row([
      "org",
      "case",
      "d",
      "calls",
      "reads",
      "writes",
      "polls",
      "throttled",
      "failed",
      "seconds",
      "reading/floor",
      "applying/floor",
    ]),
  );
  await runSimulations(companySizes, (result) => {
    simulated.push(result);
    const { org, case: name, d, calls, reads, writes, polls, throttled, seconds, reading, applying } = result;
    const times = [fixed(seconds), fixed(reading.ratio, 2), fixed(applying.ratio, 2)];
    say(row([org, name, d, calls, reads, writes, polls, throttled, result.failed, ...times]));
  });
  say("\nCalls of comparable tools for a pass without a change, by their formulas");
  for (const size of companySizes) {
    for (const [tool, calls] of Object.entries(comparableCalls(size))) say(row([nameOf(size), tool, calls]));
  }
}
if (isWanted("latency")) {
  say(
    "\nSimulated seconds from the begin of a pass, one record changed, until its grant is sent and can be used",
  );
  say(row(["org", "command, kintone per request", "calls", "sent", "usable"]));
  await runLatency(companySizes, (result) => {
    latency.push(result);
    const { org, command, kintoneMs, calls, sentAfter, usableAfter } = result;
    say(row([org, `${command}, ${kintoneMs} ms`, calls, fixed(sentAfter), fixed(usableAfter)]));
  });
}
if (isWanted("realtime")) {
  say(`\nIn real time over HTTP against the sandbox at AWS's quotas (${nameOf(realtimeSize)})`);
  say(row(["org", "case", "calls", "throttled", "changes", "seconds"]));
  await runRealtime((result) => {
    realtime.push(result);
    say(
      row([result.org, result.case, result.calls, result.throttled, result.changes, fixed(result.seconds)]),
    );
  });
}
if (isWanted("cpu")) {
  say(`\nCPU and memory, median of ${runs} runs, with the limits the project sets itself`);
  say(row(["case", "", "seconds", "limit", "peak MB", "limit"]));
  await runCpu((result) => {
    cpu.push(result);
    const { seconds, peakMb, limit } = result;
    const memory = peakMb === undefined ? [] : [Math.round(peakMb), limit.peakMb ?? ""];
    say(row([result.case, "", fixed(seconds, 2), limit.seconds, ...memory]));
  });
}
if (isWanted("page")) {
  const { bytes, openMs, searchMs } = pageLimits;
  say("\nThe page of who has what in a browser: 500 accounts, 200 sets, 3,000 people, 20,000 assignments");
  const result = await measurePage(bigAccessReport());
  pages.push(result);
  say(row(["", "", "measured", "limit"]));
  say(row(["size, MB", "", fixed(result.bytes / 1e6), fixed(bytes / 1e6)]));
  say(row(["open, ms", "", fixed(result.openMs, 0), openMs]));
  for (const [text, ms] of result.searches) say(row(["search, ms", text, fixed(ms, 0), searchMs]));
  say(row(["elements drawn", "", result.elements]));
}
if (values.json === true)
  process.stdout.write(`${JSON.stringify({ simulated, latency, realtime, cpu, pages })}\n`);
