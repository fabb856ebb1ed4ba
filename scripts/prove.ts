// `npm run prove -- [simulation|crash|faults|source|mutation] [--runs N] [--commands N] [--seed S] [--only TEXT] [--json]`:
// the proofs at full size; without a name all but the mutation. Everything is deterministic for a seed.
import { parseArgs } from "node:util";

import { faultCases, recordOperations, sweepFaults } from "../test/e2e/fault-sweep.ts";
import { sweepCrashes } from "../test/simulation/crash-sweep.ts";
import { simulate } from "../test/simulation/simulate.ts";
import { sweepSources } from "../test/simulation/source-sweep.ts";
import { runMutants } from "./prove/run-mutants.ts";

/** What a proof came to; the one document that `--json` prints. */
interface Proof {
  readonly name: string;
  readonly seed: number;
  readonly cases: number;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

interface Options {
  readonly seed: number;
  readonly runs: number;
  readonly commands: number;
  /** Only cases whose name contains the text. */
  readonly only: string;
  readonly say: (line: string) => void;
}

type Counted = Pick<Proof, "cases" | "failed">;

const proofs: Readonly<Record<string, (options: Options) => Promise<Counted>>> = {
  simulation: proveSimulation,
  crash: async ({ say }) => count(await sweepCrashes(), say),
  source: async ({ say }) => count(await sweepSources(), say),
  faults: proveFaults,
  mutation: async ({ only, say }) => {
    const results = await runMutants(only, ({ name, problem }) => say(`${problem ?? "noticed"}: ${name}`));
    return { cases: results.length, failed: results.filter(({ problem }) => problem !== undefined).length };
  },
};

const runsAtOnce = 100;

async function proveSimulation({ seed, runs, commands, say }: Options): Promise<Counted> {
  for (let from = 0; from < runs; from += runsAtOnce) {
    const batch = Math.min(runsAtOnce, runs - from);
    // Each hundred has a seed of its own, so that a failure is told again in seconds.
    const { failure } = await simulate({ seed: seed + from / runsAtOnce, runs: batch, commands });
    if (failure !== undefined) {
      say(`seed ${seed + from / runsAtOnce}, run ${failure.run}: ${failure.problem}`);
      for (const step of failure.story) say(`  ${step}`);
      return { cases: from + failure.run + 1, failed: 1 };
    }
    if ((from + batch) % 1_000 === 0) say(`${from + batch} runs of ${commands} commands`);
  }
  return { cases: runs, failed: 0 };
}

async function proveFaults({ only, say }: Options): Promise<Counted> {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const { operations, end } = await recordOperations();
  const cases = faultCases(operations).filter(({ operation, fault }) =>
    `${operation.service} ${operation.operation}: ${fault}`.includes(only),
  );
  say(`${operations.length} operations, ${cases.length} cases`);
  return count(await sweepFaults(cases, end), say);
}

function count(
  results: readonly { readonly name: string; readonly problems: readonly string[] }[],
  say: (line: string) => void,
): Counted {
  const failed = results.filter(({ problems }) => problems.length > 0);
  for (const { name, problems } of failed) say(`${name}: ${problems.join("; ")}`);
  return { cases: results.length, failed: failed.length };
}

async function prove(name: string, options: Options): Promise<Proof> {
  const startedMs = performance.now();
  const { cases, failed } = (await proofs[name]?.(options)) ?? { cases: 0, failed: 1 };
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
  return { name, seed: options.seed, cases, passed: cases - failed, failed, seconds };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: "string", default: "10000" },
    commands: { type: "string", default: "100" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    json: { type: "boolean", default: false },
  },
});
const names = positionals.length > 0 ? positionals : ["simulation", "crash", "source", "faults"];
const unknown = names.filter((name) => !Object.hasOwn(proofs, name));
if (unknown.length > 0) {
  process.stderr.write(
    `no such proof: ${unknown.join(", ")} (there are ${Object.keys(proofs).join(", ")})\n`,
  );
  process.exitCode = 2;
} else {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const options = {
    seed: Number(values.seed),
    runs: Number(values.runs),
    commands: Number(values.commands),
    only: values.only,
    say,
  };
  for (const name of names) {
    const proof = await prove(name, options);
    const { cases, passed, failed, seconds } = proof;
    const line = `${name}: ${cases} cases, ${passed} passed, ${failed} failed, ${seconds} s (seed ${proof.seed})`;
    process.stdout.write(`${values.json ? JSON.stringify(proof) : line}\n`);
    if (failed > 0) process.exitCode = 1;
  }
}
