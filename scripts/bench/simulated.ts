import { createAwsClients } from "../../src/aws/clients.ts";
import { createIdentityCenter } from "../../src/aws/identity-center.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import type { Config } from "../../src/model/config.ts";
import { emptyMemory, type Memory } from "../../src/model/memory.ts";
import type { Pass } from "../../src/model/pass.ts";
import type { Clock, IdentityCenter, RecordSource } from "../../src/ports.ts";
import { type PassOptions, reconcile, type World } from "../../src/pass/reconcile.ts";
import { rememberPass, rememberPlanned } from "../../src/remember/remember-pass.ts";
import { createVirtualClock } from "../../test/fakes/virtual-clock.ts";
import {
  changeCompany,
  type Company,
  type CompanySize,
  createCompany,
  owner,
  recordsOf,
  region,
  seedOf,
} from "./company.ts";
import { createSimulatedAws, prepareSimulation, type SimulatedAws } from "./simulated-aws.ts";

/** What a phase cost, beside the least that AWS demands of anybody. */
interface Phase {
  readonly calls: number;
  readonly seconds: number;
  readonly floorSeconds: number;
  /** Seconds ÷ floor. */
  readonly ratio: number;
}

/**
 * Reading is all before the first change and all after the last one. Its floor is the fewest calls that any reader could
 * make, 20 a second; that of applying the largest of one call a change, operations ÷ 15 × d and the longest queue of an account × d.
 */
export interface SimulatedResult {
  /** Accounts/permission sets/pairs/assignments/users. */
  readonly org: string;
  readonly case: string;
  /** Seconds that an asynchronous operation takes. */
  readonly d: number;
  readonly calls: number;
  readonly seconds: number;
  readonly reading: Phase;
  readonly applying: Phase;
  readonly reads: number;
  readonly writes: number;
  readonly polls: number;
  readonly throttled: number;
  readonly changes: number;
  readonly failed: number;
}

export const companySizes: readonly CompanySize[] = [
  { accounts: 30, sets: 15, pairs: 150, assignments: 600, users: 80 },
  { accounts: 150, sets: 40, pairs: 1_500, assignments: 6_000, users: 300 },
  { accounts: 500, sets: 200, pairs: 5_000, assignments: 20_000, users: 3_000 },
  { accounts: 2_000, sets: 1_000, pairs: 20_000, assignments: 100_000, users: 20_000 },
];
export const companySeed = 20_261_120;
export const changeSeed = 7;
const changes = 500;
const quotaPerSecond = 20;
const crowdPerSecond = 10;
/** https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html */
const outstandingAllowed = 15;

/** Runs every case for every company on a virtual clock; the same figures on every machine. */
export async function runSimulations(
  sizes: readonly CompanySize[],
  onResult: (result: SimulatedResult) => void,
): Promise<void> {
  prepareSimulation();
  for (const size of sizes) {
    const company = createCompany(size, companySeed);
    const spread = changeCompany(company, changes, size.accounts, changeSeed);
    const few = changeCompany(company, changes, 5, changeSeed);
    for (const d of [3, 15]) {
      const run = (name: string, input: Partial<CaseInput>) =>
        runCase({ name, d, before: company, after: company, ...input });
      const first = await run("first pass without memory", {});
      onResult(first.result);
      const { memory } = first;
      onResult((await run("unchanged", { memory })).result);
      onResult((await run("500 changes, spread", { memory, after: spread })).result);
      onResult((await run("500 changes, 5 accounts", { memory, after: few })).result);
      onResult(
        (await run("500 changes, half the quota taken", { memory, after: spread, crowded: true })).result,
      );
    }
  }
}

interface CaseInput {
  readonly name: string;
  readonly d: number;
  /** What Identity Center has, and what the records say. */
  readonly before: Company;
  readonly after: Company;
  readonly memory?: Memory;
  /** Whether somebody else takes half of the quota. */
  readonly crowded?: boolean;
}

/** One pass on the virtual clock, with the adapter that a real pass uses. */
async function runCase(
  input: CaseInput,
): Promise<{ readonly result: SimulatedResult; readonly memory: Memory }> {
  const clock = createVirtualClock();
  const config = benchConfig();
  const seed = seedOf(input.before, { withSets: true });
  const aws = createSimulatedAws({ seed, clock, operationMs: input.d * 1_000 });
  const calls = { reads: 0, writes: 0, polls: 0, throttled: 0 };
  const total = (): number => calls.reads + calls.writes + calls.polls;
  const clients = createAwsClients({
    region,
    clock,
    pace: config.pace,
    // The SDK waits in real time before it tries again; the adapter's own patience is on the clock.
    maxAttempts: 1,
    onRequest: (service, operation, errorName) => {
      if (service !== "sso") return;
      calls[kindOf(operation)] += 1;
      if (errorName === "ThrottlingException") calls.throttled += 1;
    },
  });
  aws.answer(clients);
  const startMs = clock.now();
  // Until the first change, and until the last one has ended.
  const read = { isOver: false, atMs: 0, calls: 0 };
  const applied = { atMs: 0, calls: 0 };
  const pass = await crowdedBy(aws, input.crowded === true ? crowdPerSecond : 0, () =>
    runPass(createIdentityCenter({ clients, clock, owner, region }), recordSourceOf(input.after), clock, {
      ...(input.memory && { loadMemory: () => Promise.resolve(input.memory) }),
      onApply: () => {
        if (!read.isOver) Object.assign(read, { isOver: true, atMs: clock.now(), calls: total() });
        return "go-on";
      },
      onOutcome: () => void Object.assign(applied, { atMs: clock.now(), calls: total() }),
    }),
  );
  if (!read.isOver || applied.atMs === 0) Object.assign(applied, read);
  const seconds = (clock.now() - startMs) / 1_000;
  const applyingSeconds = (applied.atMs - read.atMs) / 1_000;
  const applyingCalls = applied.calls - read.calls;
  const floors = floorsOf(input, pass);
  const applying = phase(applyingCalls, applyingSeconds, floors.applying);
  const reading = phase(total() - applyingCalls, seconds - applyingSeconds, floors.reading);
  const result: SimulatedResult = {
    org: nameOf(input.before.size),
    case: input.name,
    d: input.d,
    calls: total(),
    seconds,
    reading,
    applying,
    ...calls,
    changes: pass.plan.changes.length,
    failed: pass.outcomes.filter(({ status }) => status !== "applied").length,
  };
  return {
    result,
    memory: memoryAfter(input.memory ?? emptyMemory(owner), pass, clock.now()),
  };
}

const benchRun = "bench";

/** The memory as a pass leaves it that has kept what it was about to do as well. */
export function memoryAfter(before: Memory, pass: Pass, nowMs: number): Memory {
  const isApplied = pass.plan.changes.length > 0;
  const kept = isApplied ? rememberPlanned(before, pass, nowMs) : before;
  return rememberPass(kept, pass, nowMs, benchConfig().guards);
}

/** The records of a company, at once. */
export function recordSourceOf(company: Company): RecordSource {
  const source = recordsOf(company);
  return { readAllRecords: async () => source };
}

/** A sync as the commands run it, on records that need no kintone. Throws when it was refused or records were not understood. */
export async function runPass(
  identityCenter: IdentityCenter,
  records: RecordSource,
  clock: Clock,
  options: Pick<PassOptions, "loadMemory" | "onApply" | "onOutcome" | "rotates">,
): Promise<Pass> {
  const world: World = {
    records,
    identityCenter,
    policyAnalyzer: { analyzePolicy: async () => ({ kind: "analyzed", findings: [] }) },
    clock,
  };
  const recordUrl = ({ id }: { readonly id: string }): string => `https://example.cybozu.com/k/${id}`;
  const pass = await reconcile(world, benchConfig(), {
    mode: "sync",
    runId: benchRun,
    recordUrl,
    ...options,
  });
  if (pass.violations.length > 0) throw new Error(JSON.stringify(pass.violations));
  if (pass.desired.issues.length > 0) throw new Error(JSON.stringify(pass.desired.issues.slice(0, 3)));
  return pass;
}

/** Accounts/permission sets/pairs/assignments/users. */
export function nameOf({ accounts, sets, pairs, assignments, users }: CompanySize): string {
  return [accounts, sets, pairs, assignments, users].join("/");
}

async function crowdedBy(
  aws: SimulatedAws,
  requestsPerSecond: number,
  act: () => Promise<Pass>,
): Promise<Pass> {
  const over = new AbortController();
  const crowd = requestsPerSecond === 0 ? undefined : aws.crowd(requestsPerSecond, over.signal);
  try {
    return await act();
  } finally {
    over.abort();
    await crowd;
  }
}

function kindOf(operation: string): "reads" | "writes" | "polls" {
  if (operation.endsWith("Status")) return "polls";
  return /^(List|Describe|Get)/u.test(operation) ? "reads" : "writes";
}

/** The least that AWS demands of anybody, in seconds. */
function floorsOf(
  { before: { size }, memory, crowded = false, d }: CaseInput,
  pass: Pass,
): { readonly reading: number; readonly applying: number } {
  const rate = crowded ? quotaPerSecond - crowdPerSecond : quotaPerSecond;
  const fewest = memory === undefined ? fewestCalls(size) : outlineCalls(size);
  return { reading: fewest / rate, applying: applyFloor(pass, d, rate) };
}

function phase(calls: number, seconds: number, floorSeconds: number): Phase {
  return { calls, seconds, floorSeconds, ratio: floorSeconds === 0 ? 1 : seconds / floorSeconds };
}

/** The fewest calls in which anybody could read all sets, what defines them, and who has them in each account: 100 items a page. */
function fewestCalls({ sets, pairs }: CompanySize): number {
  return 1 + Math.ceil(sets / 100) + 7 * sets + pairs;
}

/** The fewest calls that tell which sets there are, which of them are locked, and what is in progress. */
function outlineCalls({ sets }: CompanySize): number {
  return 1 + Math.ceil(sets / 100) + 1 + 3;
}

function applyFloor(pass: Pass, d: number, rate: number): number {
  const operations = pass.plan.changes.filter(({ accounts }) => accounts.length > 0);
  const queues = new Map<string, number>();
  for (const account of operations.flatMap(({ accounts }) => accounts)) {
    queues.set(account, (queues.get(account) ?? 0) + 1);
  }
  const longest = Math.max(0, ...queues.values());
  return Math.max(pass.plan.changes.length / rate, (operations.length / outstandingAllowed) * d, longest * d);
}

/** The defaults, with guards that let the cases through. */
export function benchConfig(): Config {
  const loaded = loadConfig({
    file: {
      path: "bench.yaml",
      text: [
        "kintone: { baseUrl: 'https://example.cybozu.com', permissionSets: { app: 10 }, assignments: { app: 11 } }",
        `identityCenter: { region: ${region} }`,
        `owner: ${owner}`,
        "guards: { maxDeletions: 1000, maxDeletionsPerDay: 1000, maxUsersLosingAllAccess: 1000 }",
      ].join("\n"),
    },
    environment: { KINTONE_API_TOKEN: "bench" },
    flags: { lang: "en" },
    readSecretFile: () => new Uint8Array(),
    language: "en",
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.config;
}
