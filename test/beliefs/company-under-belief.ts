import { closeAwsClients, createAwsClients } from "../../src/aws/clients.ts";
import { createIdentityCenter } from "../../src/aws/identity-center.ts";
import { groupsNamedBy } from "../../src/model/guardrail.ts";
import { ownerTag, recordTag } from "../../src/model/ownership.ts";
import type { Clock, IdentityCenter } from "../../src/ports.ts";
import type { AwsSeed } from "../../src/sandbox/aws/aws-seed.ts";
import { createAwsServices } from "../../src/sandbox/aws/aws-services.ts";
import { otherQuotas, quotasAtSpeed } from "../../src/sandbox/aws/quotas.ts";
import { createSandboxState, type SandboxState } from "../../src/sandbox/aws/sandbox-state.ts";
import { startAwsSandbox } from "../../src/sandbox/aws/start-aws-sandbox.ts";
import type { OtherBeliefs } from "../../src/sandbox/beliefs.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";
import { answerInProcess, type SdkRequest } from "../sandbox/aws/answer-in-process.ts";
import { labIds } from "./labs.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";
import {
  accountIds,
  config,
  foreignSet,
  groupNames,
  owner,
  policyNames,
  protectedSet,
  protectedUser,
  userCodes,
  userName,
} from "../simulation/company.ts";

/** A request that changes something, with what became of it. */
export interface WriteRequest {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly isRefused: boolean;
}

/** The AWS of a company in which some beliefs are wrong, reached through the real adapter. */
export interface CompanyUnderBelief {
  /** What the next pass looks at; in another Region, where one is named. */
  readonly identityCenter: (region?: string) => IdentityCenter;
  readonly clock: Clock;
  readonly state: SandboxState;
  /** Does something just before the next request of the operation is carried out, once. */
  readonly before: (operation: string, act: () => void) => void;
  /** Lets time pass in which nothing happens. */
  readonly letPass: (ms: number) => Promise<void>;
  /** Every write so far. */
  readonly writes: () => readonly WriteRequest[];
  /** Every answer so far, as a text after its operation's name; of a company in memory, where the same story has the same ones. */
  readonly answers: () => readonly string[];
  readonly close: () => Promise<void>;
}

const region = "ap-northeast-1";
const protectedGrant = { accountId: accountIds["Production"] ?? "", userName: userName(protectedUser) };
/** Everybody's grants in the labs, by the set that somebody else made. */
export const labGrants = Object.values(labIds).map((accountId) => ({ accountId, userName: userName("dai") }));
/** AWS managed policies that no record has at first, one of which AWS has withdrawn. */
export const furtherPolicies = Array.from({ length: 21 }, (_, index) => `Further${index + 1}`);
export const withdrawnPolicy = "Withdrawn";
const seed: AwsSeed = {
  primaryRegion: region,
  managementAccount: accountIds["Management"] ?? "",
  callerAccount: "666666666666",
  accounts: [
    ...Object.entries(accountIds).map(([name, id]) => ({ id, name })),
    ...Object.entries(labIds).map(([name, id]) => ({ id, name })),
    { id: "666666666666", name: "Sync" },
  ],
  users: userCodes.map((code) => ({ userName: userName(code), email: userName(code) })),
  groups: groupNames.map((displayName) => ({ displayName, members: [userName("dai")] })),
  managedPolicies: [...policyNames, ...furtherPolicies, withdrawnPolicy].map((name) => ({ name, path: "/" })),
  withdrawnManagedPolicies: [withdrawnPolicy],
  permissionSets: [
    {
      name: foreignSet,
      tags: { managedBy: "ControlTower" },
      assignments: [protectedGrant, ...labGrants],
    },
    { name: protectedSet, tags: { [ownerTag]: owner, [recordTag]: "900" }, assignments: [protectedGrant] },
  ],
};

/** Over HTTP on the loopback interface, a hundred times as fast as AWS; nobody waits for what is let pass. */
export async function companyOverHttp(others: OtherBeliefs): Promise<CompanyUnderBelief> {
  const speed = 100;
  const running = acceleratedClock(speed);
  let passedMs = 0;
  const clock = { ...running, now: () => running.now() + passedMs };
  const sandbox = await startAwsSandbox({
    seed,
    speed,
    others,
    clock: () => performance.now() + passedMs / speed,
  });
  const { identityCenter, close } = adapterOf((at) => clientsAt(clock, sandbox.url, at), clock);
  return {
    clock,
    identityCenter,
    state: sandbox.state,
    before: (operation, act) => {
      const once = onceBefore(operation, act);
      sandbox.failures.add({ match: (request) => once(request.operation), respond: { delayMs: 0 } });
    },
    letPass: (ms) => {
      passedMs += ms;
      return Promise.resolve();
    },
    writes: () =>
      sandbox.requests
        .filter(({ kind }) => kind === "write")
        .map(({ operation, input, status }) => ({
          operation,
          input: input as WriteRequest["input"],
          isRefused: status !== 200,
        })),
    answers: () => [],
    close: async () => {
      close();
      await sandbox.close();
    },
  };
}

/** In this process's memory, on a clock that jumps over every wait. */
export function companyInMemory(others: OtherBeliefs): Promise<CompanyUnderBelief> {
  const clock = createVirtualClock();
  const { caller } = createAwsServices(
    seed,
    quotasAtSpeed(otherQuotas(others), 1),
    () => clock.now(),
    others,
  );
  const writes: WriteRequest[] = [];
  const answers: string[] = [];
  const waiting: ((operation: string | undefined) => boolean)[] = [];
  const requestHandler = {
    handle: async (request: SdkRequest) => {
      await Promise.resolve();
      const target = request.headers["x-amz-target"]?.split(".").at(-1);
      for (const once of waiting) once(target);
      const { operation, input, isRefused, text, response } = answerInProcess(caller, request);
      answers.push(`${operation} ${withoutIdentity(text)}`);
      if (!/^(List|Describe|Get|IsMember|Validate)/u.test(operation))
        writes.push({ operation, input: input as WriteRequest["input"], isRefused });
      return { response };
    },
  };
  const { identityCenter } = adapterOf((at) => {
    const clients = clientsAt(clock, "http://127.0.0.1", at);
    for (const client of Object.values(clients)) Object.assign(client.config, { requestHandler });
    return clients;
  }, clock);
  return Promise.resolve({
    clock,
    identityCenter,
    before: (operation, act) => waiting.push(onceBefore(operation, act)),
    state: createSandboxState(caller.center),
    letPass: (ms) => clock.sleep(ms),
    writes: () => writes,
    answers: () => answers,
    close: () => Promise.resolve(),
  });
}

/** Does something when it is first asked about the operation; always says that nothing is to fail. */
function onceBefore(wanted: string, act: () => void): (operation: string | undefined) => boolean {
  let isDone = false;
  return (operation) => {
    if (operation === wanted && !isDone) {
      isDone = true;
      act();
    }
    return false;
  };
}

type Clients = ReturnType<typeof createAwsClients>;

function clientsAt(clock: Clock, url: string, at: string): Clients {
  return createAwsClients({
    region: at,
    clock,
    pace: config.pace,
    endpointOf: () => url,
    credentials: { accessKeyId: "AKIDSANDBOX", secretAccessKey: "sandbox" },
  });
}

/** The real adapter over clients of each Region that is asked. */
function adapterOf(clientsIn: (region: string) => Clients, clock: Clock) {
  const known = new Map<string, Clients>();
  const clientsOf = (at: string): Clients => {
    const clients = known.get(at) ?? clientsIn(at);
    known.set(at, clients);
    return clients;
  };
  return {
    identityCenter: (at = region): IdentityCenter =>
      createIdentityCenter({
        clients: clientsOf(at),
        clock,
        owner,
        ...config.identityCenter,
        readsMembersOf: groupsNamedBy(config.guardrails),
      }),
    close: () => {
      for (const clients of known.values()) closeAwsClients(clients);
    },
  };
}

/** An answer without what is another each time: when something was made, and the id of a request. */
function withoutIdentity(answer: string): string {
  return answer
    .replaceAll(/\b\d{10}(?:\.\d+)?\b/gu, "TIME")
    .replaceAll(/"RequestId":"[^"]*"/gu, '"RequestId":"ID"');
}
