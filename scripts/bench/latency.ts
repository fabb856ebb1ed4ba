import { createAwsClients } from "../../src/aws/clients.ts";
import { createIdentityCenter } from "../../src/aws/identity-center.ts";
import { emptyMemory, type Memory } from "../../src/model/memory.ts";
import type { SourceRecords } from "../../src/model/record.ts";
import type { Clock, IdentityCenter, RecordSource } from "../../src/ports.ts";
import { createVirtualClock } from "../../test/fakes/virtual-clock.ts";
import {
  type Company,
  type CompanySize,
  createCompany,
  grantOne,
  recordsOf,
  region,
  owner,
  seedOf,
} from "./company.ts";
import { createSimulatedAws, prepareSimulation } from "./simulated-aws.ts";
import { benchConfig, companySeed, memoryAfter, nameOf, recordSourceOf, runPass } from "./simulated.ts";

/** How long somebody waits whose record is the only one that has changed since the last pass. */
export interface LatencyResult {
  readonly org: string;
  readonly command: "sync" | "serve";
  /** Seconds that the assignment takes in AWS. */
  readonly d: number;
  /** What kintone takes for each request; 0 shows the side of AWS alone. */
  readonly kintoneMs: number;
  /** Seconds from the begin of the pass until CreateAccountAssignment is sent, and until the access can be used. */
  readonly sentAfter: number;
  readonly usableAfter: number;
  /** Calls to sso-admin until it is sent. */
  readonly calls: number;
}

const cases = [
  ["sync", 0],
  ["serve", 0],
  ["serve", 100],
] as const;
const d = 3;
const recordsPerPage = 500;
/** App and form. */
const requestsBeforeRecords = 2;

/** One grant on the virtual clock for each company, as a scheduled `sync` meets it and as `serve` does when it is asked for a pass. */
export async function runLatency(
  sizes: readonly CompanySize[],
  onResult: (result: LatencyResult) => void,
): Promise<void> {
  prepareSimulation();
  for (const size of sizes) {
    const company = createCompany(size, companySeed);
    const memory = await memoryOf(company);
    for (const [command, kintoneMs] of cases)
      onResult(await grantIn(company, { command, kintoneMs, memory }));
  }
}

/** What a pass leaves that has read everything. */
async function memoryOf(company: Company): Promise<Memory> {
  const clock = createVirtualClock();
  const pass = await runPass(
    centerOf(company, clock, () => undefined),
    recordSourceOf(company),
    clock,
    {},
  );
  return memoryAfter(emptyMemory(owner), pass, clock.now());
}

async function grantIn(
  company: Company,
  { command, kintoneMs, memory }: Pick<LatencyResult, "command" | "kintoneMs"> & { readonly memory: Memory },
): Promise<LatencyResult> {
  const clock = createVirtualClock();
  const startMs = clock.now();
  const secondsFromStart = (): number => (clock.now() - startMs) / 1_000;
  let calls = 0;
  const sent = { after: Number.NaN, calls: 0 };
  let usableAfter = Number.NaN;
  const center = centerOf(company, clock, () => (calls += 1));
  const watched: IdentityCenter = {
    ...center,
    startChange(change, arn) {
      if (change.kind === "assign") Object.assign(sent, { after: secondsFromStart(), calls });
      return center.startChange(change, arn);
    },
  };
  await runPass(watched, answeringAfter(recordsOf(grantOne(company)), clock, kintoneMs), clock, {
    loadMemory: () => Promise.resolve(memory),
    rotates: command === "sync",
    onOutcome: ({ change, status }) => {
      if (change.kind === "assign" && status === "applied") usableAfter = secondsFromStart();
    },
  });
  return {
    org: nameOf(company.size),
    command,
    d,
    kintoneMs,
    sentAfter: sent.after,
    usableAfter,
    calls: sent.calls,
  };
}

function centerOf(company: Company, clock: Clock, onCall: () => void): IdentityCenter {
  const aws = createSimulatedAws({
    seed: seedOf(company, { withSets: true }),
    clock,
    operationMs: d * 1_000,
  });
  const clients = createAwsClients({
    region,
    clock,
    pace: benchConfig().pace,
    maxAttempts: 1,
    onRequest: (service) => void (service === "sso" && onCall()),
  });
  aws.answer(clients);
  return createIdentityCenter({ clients, clock, owner, region });
}

/** kintone, which gives 500 records at a time, one page after another of each app. */
function answeringAfter(source: SourceRecords, clock: Clock, requestMs: number): RecordSource {
  const mostRecords = Math.max(source.permissionSets.records.length, source.assignments.records.length);
  const requests = requestsBeforeRecords + Math.floor(mostRecords / recordsPerPage) + 1;
  return {
    async readAllRecords() {
      if (requestMs > 0) await clock.sleep(requests * requestMs);
      return source;
    },
  };
}
