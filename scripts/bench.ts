// `npm run bench [-- --json]`: CPU time, peak memory and start-up time, each in processes of its own, with the ratio to
// the limit the project sets itself. Nothing here passes or fails: machines differ.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

interface Limit {
  readonly seconds: number;
  readonly peakMb: number;
}

interface Result {
  readonly case: string;
  readonly seconds: number;
  readonly peakMb: number;
  readonly limit: Limit;
}

const runs = 5;
const measured: readonly (readonly [name: string, size: number, title: string, limit: Limit])[] = [
  ["validate", 10_000, "validate 10,000 records", { seconds: 2, peakMb: 300 }],
  ["plan", 10_000, "plan 10,000 assignments", { seconds: 2, peakMb: 512 }],
  ["plan", 100_000, "plan 100,000 assignments", { seconds: 2, peakMb: 512 }],
];

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function measure(
  program: string,
  name: string,
  size: number,
): { readonly seconds: number; readonly peakMb: number } {
  const results = Array.from({ length: runs }, () => {
    const output = execFileSync(process.execPath, [program, name, String(size)], { encoding: "utf8" });
    return JSON.parse(output) as { seconds: number; peakMb: number };
  });
  return {
    seconds: median(results.map(({ seconds }) => seconds)),
    peakMb: median(results.map(({ peakMb }) => peakMb)),
  };
}

function measureStart(): number {
  return median(
    Array.from({ length: runs }, () => {
      const startedMs = performance.now();
      execFileSync(process.execPath, ["dist/cli.js", "--version"]);
      return (performance.now() - startedMs) / 1_000;
    }),
  );
}

const folder = mkdtempSync(join(tmpdir(), "kintone-sso-sync-bench-"));
const program = join(folder, "bench-cases.mjs");
await build({
  entryPoints: ["scripts/bench-cases.ts"],
  outfile: program,
  bundle: true,
  platform: "node",
  format: "esm",
  mainFields: ["module", "main"],
  logLevel: "warning",
});
const cpu: Result[] = measured.map(([name, size, title, limit]) => ({
  case: title,
  ...measure(program, name, size),
  limit,
}));
rmSync(folder, { recursive: true });
const startSeconds = measureStart();

if (process.argv.includes("--json")) {
  process.stdout.write(
    `${JSON.stringify({ node: process.version, runs, cpu, start: { seconds: startSeconds, limitSeconds: 0.3 } })}\n`,
  );
} else {
  const row = (title: string, value: string, limit: string, ratio: number): string =>
    `${title.padEnd(28)}${value.padStart(12)}${limit.padStart(12)}${ratio.toFixed(2).padStart(8)}\n`;
  process.stdout.write(`Node ${process.version}, median of ${runs} runs\n\n`);
  process.stdout.write(
    `${"".padEnd(28)}${"measured".padStart(12)}${"limit".padStart(12)}${"ratio".padStart(8)}\n`,
  );
  for (const { case: title, seconds, peakMb, limit } of cpu) {
    process.stdout.write(
      row(title, `${seconds.toFixed(2)} s CPU`, `${limit.seconds} s`, seconds / limit.seconds),
    );
    process.stdout.write(
      row("", `${Math.round(peakMb)} MB peak`, `${limit.peakMb} MB`, peakMb / limit.peakMb),
    );
  }
  process.stdout.write(row("start (--version)", `${startSeconds.toFixed(2)} s`, "0.3 s", startSeconds / 0.3));
}
