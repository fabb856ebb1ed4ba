import { randomUUID } from "node:crypto";

import fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import { createFailureSwitch, sendThroughFailures } from "../failure-switch.ts";
import type { OtherBeliefs } from "../beliefs.ts";
import type { FailureSwitch, SandboxAnswer } from "../failure-switch.ts";
import { readAwsRequest } from "./protocol/aws-request.ts";
import type { AwsRequest } from "./protocol/aws-request.ts";
import type { AwsSeed } from "./aws-seed.ts";
import { createAwsServices, managementAccessKeyId } from "./aws-services.ts";
import type { AwsServices, Credentials } from "./aws-services.ts";
import { otherQuotas, quotasAtSpeed } from "./quotas.ts";
import type { Quotas } from "./quotas.ts";
import { createSandboxState } from "./sandbox-state.ts";
import type { SandboxState } from "./sandbox-state.ts";

export interface AwsSandboxOptions {
  readonly seed: AwsSeed;
  /** The port to listen on; any free one by default. */
  readonly port?: number;
  /** The address to listen on; the loopback interface by default. */
  readonly host?: string;
  /** How many times as fast as the real services: rates are multiplied and durations divided by it. 1 by default. */
  readonly speed?: number;
  /** Limits and durations other than the published ones, before `speed` is applied. */
  readonly quotas?: Partial<Quotas>;
  /** A clock in milliseconds, for tests that move the time themselves. */
  readonly clock?: () => number;
  /** The only long-term key whose signatures are let in; without it any key is, and no signature is looked at. */
  readonly credentials?: Credentials;
  /** What no description settles, played the other way. */
  readonly others?: OtherBeliefs;
}

/** A request that was answered. */
interface RequestLogEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  /** The HTTP status, or 0 when the connection was reset. */
  readonly status: number;
  /** The name of the error the service gave; a failure that a rule put in its place has only a status. */
  readonly error?: string;
  readonly kind: "read" | "write";
}

export interface AwsSandbox {
  /** Where all the services are: the value for AWS_ENDPOINT_URL. */
  readonly url: string;
  /** Every request so far, in the order of the answers. */
  readonly requests: readonly RequestLogEntry[];
  readonly state: SandboxState;
  readonly failures: FailureSwitch;
  close(): Promise<void>;
}

/** Starts the AWS services of a seeded organization on the loopback interface. */
export async function startAwsSandbox(options: AwsSandboxOptions): Promise<AwsSandbox> {
  const others: OtherBeliefs = options.others ?? new Set();
  const quotas = quotasAtSpeed({ ...otherQuotas(others), ...options.quotas }, options.speed ?? 1);
  const { caller, managementAccount } = createAwsServices(
    options.seed,
    quotas,
    options.clock ?? (() => performance.now()),
    others,
  );
  const services = { ...caller, ...(options.credentials && { credentials: options.credentials }) };
  const servicesOf = (request: FastifyRequest) =>
    isManagement(request.headers.authorization) ? managementAccount : services;
  const failures = createFailureSwitch();
  const requests: RequestLogEntry[] = [];
  const server = createServer(async (request, reply) => {
    const entry = await serve(servicesOf(request), failures, request, reply);
    requests.push({ at: Math.round(services.center.epochMs(services.center.timeline.now())), ...entry });
  });
  const address = await server.listen({ host: options.host ?? "127.0.0.1", port: options.port ?? 0 });
  return {
    url: address.replace("//0.0.0.0:", "//127.0.0.1:"),
    requests,
    state: createSandboxState(services.center),
    failures,
    close: () => server.close(),
  };
}

function isManagement(authorization: string | undefined): boolean {
  return authorization?.includes(`Credential=${managementAccessKeyId}/`) === true;
}

function createServer(
  handle: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
): FastifyInstance {
  const server = fastify({ forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    done(null, body);
  });
  server.all("*", async (request, reply) => {
    await handle(request, reply);
    return reply;
  });
  return server;
}

async function serve(
  services: AwsServices,
  failures: FailureSwitch,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<Omit<RequestLogEntry, "at">> {
  const read = readAwsRequest(services, {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: typeof request.body === "string" ? request.body : "",
  });
  const { service, operation, input } = read;
  let error: string | undefined;
  const sent = await sendThroughFailures(
    failures,
    { service, operation, method: request.method, path: request.url, body: input },
    reply,
    () => {
      const { answer, code } = carryOut(read);
      error = code;
      return answer;
    },
  );
  const kind = /^(List|Describe|Get|IsMember|Validate|AssumeRole)/.test(operation) ? "read" : "write";
  const status = sent === "reset" ? 0 : sent.status;
  return { service, operation, input, status, kind, ...(error === undefined ? {} : { error }) };
}

function carryOut(request: AwsRequest): { answer: SandboxAnswer; code?: string } {
  const requestId = randomUUID();
  const result = request.carryOut();
  if ("output" in result) return { answer: request.writeOutput(result.output, requestId) };
  return { answer: request.writeError(result.error, requestId), code: result.error.code };
}
