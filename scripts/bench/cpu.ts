import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

export interface CpuResult {
  readonly case: string;
  /** CPU time; for the start-up, time on the wall. */
  readonly seconds: number;
  /** Missing for the start-up. */
  readonly peakMb?: number;
  readonly limit: { readonly seconds: number; readonly peakMb?: number };
}

export const runs = 5;
const measured = [
  ["validate", 10_000, "validate 10,000 records", { seconds: 2, peakMb: 300 }],
  ["plan", 10_000, "plan 10,000 assignments", { seconds: 2, peakMb: 512 }],
  ["plan", 100_000, "plan 100,000 assignments", { seconds: 2, peakMb: 512 }],
] as const;

/** CPU time and peak memory, each run in a process of its own, and the start-up time of the bundle. */
export async function runCpu(onResult: (result: CpuResult) => void): Promise<void> {
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
  try {
    for (const [name, size, title, limit] of measured)
      onResult({ case: title, ...measure(program, name, size), limit });
  } finally {
    rmSync(folder, { recursive: true });
  }
  onResult({ case: "start (--version)", seconds: measureStart(), limit: { seconds: 0.3 } });
}

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
