import { createAwsServices } from "../../../src/sandbox/aws/aws-services.ts";
import { quotasAtSpeed } from "../../../src/sandbox/aws/quotas.ts";
import { createSandboxState } from "../../../src/sandbox/aws/sandbox-state.ts";
import { answerInProcess, textOf } from "../../../test/sandbox/aws/answer-in-process.ts";
import { type ComparedServer, compareServer } from "./compared-server.ts";
import type { ForeignCase, ForeignOptions, ForeignTool } from "./foreign-tool.ts";
import { type Comparison, explain } from "./known-differences.ts";
import { motoVersion, withMoto } from "./moto-server.ts";
import { type RandomRequest, randomRequests } from "./random-requests.ts";

/** moto's server: the same random sequences of requests, and the same answers but for the known differences. */
export const moto: ForeignTool = {
  name: "moto",
  version: motoVersion,
  run: (options) => withMoto((url) => compareSequences(url, options)),
};

async function compareSequences(
  url: string,
  { sequences, seed, say }: ForeignOptions,
): Promise<readonly ForeignCase[]> {
  const cases: ForeignCase[] = [];
  const seen = new Map<string, number>();
  const ours = createOurs();
  const theirs = createTheirs(url);
  for (let number = 0; number < sequences; number += 1) {
    const sequence = seed * 1_000_000 + number;
    await Promise.all([ours.begin(sequence), theirs.begin(sequence)]);
    const { problem, explained } = await compareSequence(ours, theirs.server, randomRequests(sequence));
    for (const name of explained) seen.set(name, (seen.get(name) ?? 0) + 1);
    cases.push({ name: `moto, sequence ${number}`, problems: problem === undefined ? [] : [problem] });
    if ((number + 1) % 500 === 0) say(`moto: ${number + 1} sequences`);
  }
  for (const [name, times] of seen) say(`moto differs as known: ${name} (${times} times)`);
  return cases;
}

interface Compared {
  readonly explained: readonly string[];
  readonly problem?: string;
}

async function compareSequence(
  ours: Ours,
  theirs: ComparedServer,
  requests: readonly RandomRequest[],
): Promise<Compared> {
  const explained: string[] = [];
  for (const request of requests) {
    const before = ours.assignments();
    const answers = await Promise.all([ours.server.answer(request), theirs.answer(request)]);
    ours.later(60_000);
    const isUnchanged = ours.assignments() === before;
    const comparison = { request, ours: answers[0], theirs: answers[1], isUnchanged };
    if (JSON.stringify(comparison.ours) === JSON.stringify(comparison.theirs)) continue;
    const difference = explain(comparison);
    if (difference === undefined) return { explained, problem: describe(comparison) };
    explained.push(difference.name);
    if (difference.diverges) break;
  }
  return { explained };
}

interface Compare {
  readonly server: ComparedServer;
  /** Begins anew with an empty organization, another one for each number. */
  readonly begin: (number: number) => Promise<void>;
}

interface Ours extends Compare {
  readonly assignments: () => number;
  readonly later: (ms: number) => void;
}

function createOurs(): Ours {
  let nowMs = 0;
  const create = () =>
    createAwsServices(emptyCompany, quotasAtSpeed({}, 1000), () => nowMs).managementAccount;
  let services = create();
  const server = compareServer((request) => Promise.resolve(answerInProcess(services, request).response));
  return {
    server,
    begin: async () => {
      services = create();
      await server.begin();
    },
    assignments: () => createSandboxState(services.center).assignments().length,
    later: (ms) => {
      nowMs += ms;
    },
  };
}

// moto keeps the accounts that this header names apart.
function createTheirs(url: string): Compare {
  let account = "";
  const server = compareServer(async ({ method, path, headers, body }) => {
    const { host: _host, "content-length": _length, ...others } = headers;
    const answer = await fetch(new URL(path, url), {
      method,
      headers: { ...others, "x-moto-account-id": account },
      body: textOf(body),
    });
    return {
      statusCode: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    };
  });
  return {
    server,
    begin: async (number) => {
      account = String(100_000_000_000 + number);
      await server.begin();
    },
  };
}

const emptyCompany = {
  primaryRegion: "ap-northeast-1",
  callerAccount: "111122223333",
  managementAccount: "111122223333",
  accounts: ["333344445555", "444455556666"].map((id) => ({ id, name: `account ${id}` })),
  users: [],
  groups: [],
};

function describe({ request, ours, theirs }: Comparison): string {
  return `${request.operation} ${JSON.stringify(request.input)}: we say ${JSON.stringify(ours)}, moto ${JSON.stringify(theirs)}`;
}
