import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import type { Mutant } from "./mutant.ts";
import { mutants } from "./mutants.ts";

export interface MutantResult {
  readonly name: string;
  /** Undefined when the test that was to fail did. */
  readonly problem?: string;
}

const copied = [
  "src",
  "test",
  "scripts",
  "schema",
  "docs",
  "package.json",
  "tsconfig.json",
  "README.md",
  "README.ja.md",
];
const copiesAtOnce = 2;

/** The tests of a copy need neither the bundle nor the coverage. */
const configuration = `
import { defineConfig } from "vitest/config";
export default defineConfig({ test: { testTimeout: 120_000, maxWorkers: 1, isolate: false } });
`;

/** Takes every promise out of a copy of the code, one at a time, and runs the tests that must notice. */
export async function runMutants(
  wanted: string | undefined,
  onResult: (result: MutantResult) => void,
): Promise<readonly MutantResult[]> {
  const chosen = mutants.filter(({ name, file }) => `${name} ${file}`.includes(wanted ?? ""));
  const queue = chosen.values();
  const results: MutantResult[] = [];
  const work = async (): Promise<void> => {
    const folder = copyProject();
    try {
      for (const mutant of queue) {
        const problem = await findProblem(folder, mutant);
        const result = { name: mutant.name, ...(problem === undefined ? {} : { problem }) };
        results.push(result);
        onResult(result);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: copiesAtOnce }, work));
  return results;
}

function copyProject(): string {
  const folder = mkdtempSync(join(tmpdir(), "kintone-sso-sync-mutants-"));
  for (const path of copied) cpSync(path, join(folder, path), { recursive: true });
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "vitest.config.ts"), configuration);
  return folder;
}

async function findProblem(folder: string, mutant: Mutant): Promise<string | undefined> {
  const path = join(folder, mutant.file);
  const original = readFileSync(path, "utf8");
  const places = original.split(mutant.before).length - 1;
  if (places !== 1) return `its text occurs ${places} times in ${mutant.file}`;
  writeFileSync(
    path,
    original.replace(mutant.before, () => mutant.after),
  );
  try {
    const failed = await failedTests(folder, mutant.run);
    if (failed === undefined) return "the tests could not be run";
    if (failed.some((name) => name.includes(mutant.fails))) return undefined;
    return failed.length === 0 ? "no test failed" : `other tests failed: ${failed.slice(0, 3).join(" | ")}`;
  } finally {
    writeFileSync(path, original);
  }
}

interface Results {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function failedTests(folder: string, files: readonly string[]): Promise<readonly string[] | undefined> {
  const vitest = resolve("node_modules/vitest/vitest.mjs");
  const output = join(folder, "results.json");
  rmSync(output, { force: true });
  const args = [vitest, "run", "--reporter=json", `--outputFile=${output}`, ...files];
  return new Promise((done) => {
    execFile(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 }, () => {
      try {
        const { testResults } = JSON.parse(readFileSync(output, "utf8")) as Results;
        const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
        if (tests.length === 0) return done(undefined);
        return done(tests.flatMap(({ fullName, status }) => (status === "failed" ? [fullName] : [])));
      } catch {
        return done(undefined);
      }
    });
  });
}
