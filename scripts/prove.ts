// `npm run -s prove -- [simulation|crash|faults|source|peers|attacks|mutation|foreign|beliefs …] [--runs N] [--commands N] [--seed S] [--only TEXT] [--all] [--json]`:
// the proofs at full size; without a name all but the mutation, the foreign clients and the beliefs. Everything is deterministic.
import { faultCases, recordOperations, sweepFaults } from "../test/e2e/fault-sweep.ts";
import { sweepBeliefs } from "../test/beliefs/belief-sweep.ts";
import { sweepCrashes } from "../test/simulation/crash-sweep.ts";
import { simulate } from "../test/simulation/simulate.ts";
import { sweepSources } from "../test/simulation/source-sweep.ts";
import { type ProofOptions, readRequest } from "./prove/read-request.ts";
import { runForeign } from "./prove/foreign/run-foreign.ts";
import { runMutants } from "./prove/run-mutants.ts";
import { type Case, runTests } from "./prove/run-tests.ts";

/** What a proof came to; the one document that `--json` prints. */
interface Proof {
  readonly name: string;
  readonly seed: number;
  readonly cases: number;
  readonly passed: number;
  readonly failed: number;
  readonly seconds: number;
}

interface Options extends ProofOptions {
  readonly say: (line: string) => void;
}

type Counted = Pick<Proof, "cases" | "failed">;

const proofs: Readonly<Record<string, (options: Options) => Promise<Counted>>> = {
  simulation: proveSimulation,
  crash: async ({ only, say }) => count((await sweepCrashes()).filter(named(only)), say),
  source: async ({ only, say }) => count((await sweepSources()).filter(named(only)), say),
  faults: proveFaults,
  // One test for each defect that comparable tools have or had.
  peers: async ({ only, say }) =>
    count((await runTests("test/peer-defects.test.ts")).filter(named(only)), say),
  // One test for each way in that was tried, also in other names and spellings.
  attacks: async ({ only, say }) => count((await runTests("test/attacks")).filter(named(only)), say),
  foreign: proveForeign,
  beliefs: proveBeliefs,
  mutation: async ({ only, say }) => {
    const results = await runMutants(only, ({ name, problem }) => say(`${problem ?? "noticed"}: ${name}`));
    return { cases: results.length, failed: results.filter(({ problem }) => problem !== undefined).length };
  },
};

const usage = `usage: npm run -s prove -- [${Object.keys(proofs).join("|")} …] [options]
  --runs N, --commands N   of the simulation: how many stories of how many steps (10000 and 100); N sequences of foreign (2000);
                           N stories of each of the beliefs in memory (200), and a tenth over HTTP
  --seed S                 of the simulation: its first hundred stories have this seed, each further hundred the next one (1)
  --only TEXT              of the others: only cases whose name contains the text; of foreign: only tools
  --all                    of foreign: fails where one of the tools is not installed
  --json                   one document for each proof`;

function named(text: string): (one: Case) => boolean {
  return ({ name }) => name.includes(text);
}

const runsAtOnce = 100;

async function proveSimulation({ seed: first, runs, commands, say }: Options): Promise<Counted> {
  for (let from = 0; from < runs; from += runsAtOnce) {
    const seed = first + from / runsAtOnce;
    const batch = Math.min(runsAtOnce, runs - from);
    const { failure } = await simulate({ seed, runs: batch, commands });
    if (failure !== undefined) {
      say(`seed ${seed}, run ${failure.run}: ${failure.problem}`);
      for (const step of failure.story) say(`  ${step}`);
      say(`again: npm run -s prove -- simulation --seed ${seed} --runs ${batch} --commands ${commands}`);
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

async function proveForeign({ seed, runs, only, all, say }: Options): Promise<Counted> {
  return count(await runForeign({ sequences: runs, seed, say }, { all, only }), say);
}

async function proveBeliefs({ seed, runs, only, say }: Options): Promise<Counted> {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const stories = { inMemory: runs, overHttp: Math.ceil(runs / 10), demo: true, seed };
  const results: Case[] = [];
  for await (const one of sweepBeliefs(stories, only)) {
    results.push(one);
    if (results.length % 100 === 0) say(`${results.length} cases, ${one.name}`);
  }
  return count(results, say);
}

function count(results: readonly Case[], say: (line: string) => void): Counted {
  const failed = results.filter(({ problems }) => problems.length > 0);
  for (const { name, problems } of failed) say(`${name}: ${problems.join("; ")}`);
  return { cases: results.length, failed: failed.length };
}

async function prove(name: string, options: Options): Promise<Proof> {
  const startedMs = performance.now();
  const { cases, failed } = (await proofs[name]?.(options)) ?? { cases: 0, failed: 0 };
  const seconds = Math.round((performance.now() - startedMs) / 100) / 10;
  return { name, seed: options.seed, cases, passed: cases - failed, failed, seconds };
}

const request = readRequest(process.argv.slice(2), Object.keys(proofs));
if (typeof request === "string") {
  process.stderr.write(`${request}\n${usage}\n`);
  process.exitCode = 2;
} else {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  for (const name of request.names) {
    const proof = await prove(name, { ...request.options, say });
    const { cases, passed, failed, seconds } = proof;
    const line = `${name}: ${cases} cases, ${passed} passed, ${failed} failed, ${seconds} s (seed ${proof.seed})`;
    process.stdout.write(`${request.json ? JSON.stringify(proof) : line}\n`);
    if (cases === 0) say(`${name}: no case has "${request.options.only}" in its name`);
    if (failed > 0 || cases === 0) process.exitCode = 1;
  }
}
