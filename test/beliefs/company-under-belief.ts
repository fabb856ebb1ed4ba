import { closeAwsClients, createAwsClients } from "../../src/aws/clients.ts";
import { createIdentityCenter } from "../../src/aws/identity-center.ts";
import { groupsNamedBy } from "../../src/model/guardrail.ts";
import { ownerTag, recordTag } from "../../src/model/ownership.ts";
import type { Clock, IdentityCenter } from "../../src/ports.ts";
import type { AwsSeed } from "../../src/sandbox/aws/aws-seed.ts";
import { createAwsServices } from "../../src/sandbox/aws/aws-services.ts";
import { readAwsRequest } from "../../src/sandbox/aws/protocol/aws-request.ts";
import { otherQuotas, quotasAtSpeed } from "../../src/sandbox/aws/quotas.ts";
import { createSandboxState, type SandboxState } from "../../src/sandbox/aws/sandbox-state.ts";
import { startAwsSandbox } from "../../src/sandbox/aws/start-aws-sandbox.ts";
import type { OtherBeliefs } from "../../src/sandbox/beliefs.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";
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
  readonly identityCenter: () => IdentityCenter;
  readonly clock: Clock;
  readonly state: SandboxState;
  /** Every write so far. */
  readonly writes: () => readonly WriteRequest[];
  readonly close: () => Promise<void>;
}

const region = "ap-northeast-1";
const protectedGrant = { accountId: accountIds["Production"] ?? "", userName: userName(protectedUser) };
const seed: AwsSeed = {
  primaryRegion: region,
  managementAccount: accountIds["Management"] ?? "",
  callerAccount: "666666666666",
  accounts: [
    ...Object.entries(accountIds).map(([name, id]) => ({ id, name })),
    { id: "666666666666", name: "Sync" },
  ],
  users: userCodes.map((code) => ({ userName: userName(code), email: userName(code) })),
  groups: groupNames.map((displayName) => ({ displayName, members: [userName("dai")] })),
  managedPolicies: policyNames.map((name) => ({ name, path: "/" })),
  permissionSets: [
    { name: foreignSet, tags: { managedBy: "ControlTower" }, assignments: [protectedGrant] },
    { name: protectedSet, tags: { [ownerTag]: owner, [recordTag]: "900" }, assignments: [protectedGrant] },
  ],
};

/** Over HTTP on the loopback interface, a hundred times as fast as AWS. */
export async function companyOverHttp(others: OtherBeliefs): Promise<CompanyUnderBelief> {
  const sandbox = await startAwsSandbox({ seed, speed: 100, others });
  const clock = acceleratedClock(100);
  const clients = clientsAt(clock, sandbox.url);
  return {
    ...adapterOf(clients, clock),
    state: sandbox.state,
    writes: () =>
      sandbox.requests
        .filter(({ kind }) => kind === "write")
        .map(({ operation, input, status }) => ({
          operation,
          input: input as WriteRequest["input"],
          isRefused: status !== 200,
        })),
    close: async () => {
      closeAwsClients(clients);
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
  const clients = clientsAt(clock, "http://127.0.0.1");
  const requestHandler = {
    handle: async ({ method, path, query, headers, body }: SdkRequest) => {
      await Promise.resolve();
      const asked = new URLSearchParams(Object.entries(query ?? {})).toString();
      const request = readAwsRequest(caller, {
        method,
        url: asked === "" ? path : `${path}?${asked}`,
        headers,
        body: textOf(body),
      });
      const result = request.carryOut();
      const isRefused = "error" in result;
      if (!/^(List|Describe|Get|IsMember|Validate)/u.test(request.operation)) {
        const { operation, input } = request;
        writes.push({ operation, input: input as WriteRequest["input"], isRefused });
      }
      const answer = isRefused
        ? request.writeError(result.error, "0")
        : request.writeOutput(result.output, "0");
      const text = typeof answer.body === "string" ? answer.body : "";
      return {
        response: { statusCode: answer.status, headers: { ...answer.headers }, body: Buffer.from(text) },
      };
    },
  };
  for (const client of Object.values(clients)) Object.assign(client.config, { requestHandler });
  return Promise.resolve({
    ...adapterOf(clients, clock),
    state: createSandboxState(caller.center),
    writes: () => writes,
    close: () => Promise.resolve(),
  });
}

/** The parts of the SDK's request that a server looks at. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

function textOf(body: unknown): string {
  return typeof body === "string" ? body : Buffer.from((body ?? "") as Uint8Array).toString("utf8");
}

function clientsAt(clock: Clock, url: string): ReturnType<typeof createAwsClients> {
  return createAwsClients({
    region,
    clock,
    pace: config.pace,
    endpointOf: () => url,
    credentials: { accessKeyId: "AKIDSANDBOX", secretAccessKey: "sandbox" },
  });
}

function adapterOf(
  clients: ReturnType<typeof createAwsClients>,
  clock: Clock,
): Pick<CompanyUnderBelief, "identityCenter" | "clock"> {
  return {
    clock,
    identityCenter: () =>
      createIdentityCenter({
        clients,
        clock,
        owner,
        ...config.identityCenter,
        readsMembersOf: groupsNamedBy(config.guardrails),
      }),
  };
}
