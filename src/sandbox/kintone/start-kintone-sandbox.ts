import type { IncomingHttpHeaders } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";

import { createFailureSwitch, type FailureSwitch, sendThroughFailures } from "../failure-switch.ts";
import { answerRequest, type KintoneRequest, readRequest, refuseRequest } from "./answer-request.ts";
import { type AuthKind, readAuthKind } from "./authenticate.ts";
import { createDomain } from "./kintone-domain.ts";
import { databaseLocked, KintoneApiError } from "./kintone-api-error.ts";
import type { KintoneSeed } from "./kintone-seed.ts";
import { createScreen, type KintoneScreen } from "./kintone-screen.ts";
import { loadSeed } from "./load-seed.ts";
import type { Parameters } from "./request-parameters.ts";

export interface KintoneSandboxOptions {
  readonly seed: KintoneSeed;
  /** Any free port when absent. */
  readonly port?: number;
  /** The address to listen on; the loopback interface when absent. */
  readonly host?: string;
  /** How many times faster than the real service; answers come at once when absent. */
  readonly speed?: number;
  /** PEM texts; serves https, to clients with a certificate of `ca` only if asked to. */
  readonly tls?: {
    readonly key: string;
    readonly cert: string;
    readonly ca?: string;
    readonly requestClientCert?: boolean;
  };
  readonly now?: () => Date;
  /** kintone's own bounds, lowered by tests that want to reach them. */
  readonly limits?: { readonly requestsInFlight?: number; readonly searchMatches?: number };
}

/** A request as it was received. */
interface KintoneRequestEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly operation: string | undefined;
  readonly app: number | undefined;
  readonly parameters: Parameters;
  readonly kind: "read" | "write";
  readonly auth: AuthKind;
  /** The HTTP status: 0 when the connection was reset, undefined until there is an answer. */
  status: number | undefined;
}

/** A browser's request for something that is not the API. */
export interface PageRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What draws pages where kintone has its own. */
export type AnswerPage = (request: PageRequest) => PageAnswer;

export interface KintoneSandbox extends KintoneScreen {
  /** Its host is `localhost`, wherever it listens: the official client takes plain http from no other. */
  readonly url: string;
  /** All requests in the order of their arrival. */
  readonly requests: readonly KintoneRequestEntry[];
  readonly failures: FailureSwitch;
  /** Answers browsers from now on; without it there is the API only. */
  readonly showPages: (answer: AnswerPage) => void;
  close(): Promise<void>;
}

const API_PATH = /^\/(?:k\/(?:guest\/\d+\/)?)?v1\//u;
const REQUESTS_IN_FLIGHT = 100;
const SEARCH_MATCHES = 100_000;
const ANSWER_MS = 100;
const ADD_APP_MS = 20;
const DEPLOY_MS = 3000;
/** Without a speed a deploy is over soon, but never at once. */
const FAST_DEPLOY_MS = 150;

/** Starts a kintone domain, filled from a seed. Throws when the port is taken. */
export async function startKintoneSandbox(options: KintoneSandboxOptions): Promise<KintoneSandbox> {
  const { seed, port = 0, host = "localhost", now = () => new Date(), limits = {} } = options;
  const { speed } = options;
  const domain = createDomain(seed, now, {
    maxMatches: limits.searchMatches ?? SEARCH_MATCHES,
    deployMs: speed === undefined ? FAST_DEPLOY_MS : DEPLOY_MS / speed,
  });
  loadSeed(domain);
  const failures = createFailureSwitch();
  const requests: KintoneRequestEntry[] = [];
  const server = createServer(options.tls);
  const maxInFlight = limits.requestsInFlight ?? REQUESTS_IN_FLIGHT;
  const answerMs = speed === undefined ? 0 : ANSWER_MS / speed;
  let inFlight = 0;
  const oneAtATime = createTurn();
  let answerPage: AnswerPage | undefined;

  const handle = async (raw: FastifyRequest, reply: FastifyReply) => {
    if (answerPage !== undefined && !API_PATH.test(raw.url)) {
      const page = answerPage(readPageRequest(raw));
      return reply.code(page.status).headers(page.headers).send(page.body);
    }
    const request = readRequest(raw.method, raw.url, raw.headers, bodyOf(raw));
    const entry = logRequest(requests, request, now());
    inFlight += 1;
    const running = inFlight;
    void reply.headers({
      "x-concurrencylimit-limit": String(maxInFlight),
      "x-concurrencylimit-running": String(running),
    });
    const seen = { service: "kintone", ...entry, operation: entry.operation ?? "", body: request.parameters };
    try {
      const sent = await sendThroughFailures(failures, seen, reply, async () => {
        if (running > maxInFlight) return refuseRequest(domain, request, tooManyRequests());
        const isAddApp = request.endpoint?.operation === "addApp";
        if (isAddApp && !(await oneAtATime(Math.max(answerMs, ADD_APP_MS))))
          return refuseRequest(domain, request, databaseLocked());
        if (answerMs > 0 && !isAddApp) await sleep(answerMs, undefined, { ref: false });
        return answerRequest(domain, request);
      });
      entry.status = sent === "reset" ? 0 : sent.status;
    } finally {
      inFlight -= 1;
    }
    return reply;
  };

  server.all("/*", handle);
  await server.listen({ host, port });
  const scheme = options.tls === undefined ? "http" : "https";
  return {
    url: `${scheme}://localhost:${readPort(server)}`,
    requests,
    failures,
    showPages: (answer) => {
      answerPage = answer;
    },
    ...createScreen(domain),
    close: () => server.close(),
  };
}

function bodyOf({ body }: { readonly body: unknown }): string {
  return typeof body === "string" ? body : "";
}

function readPageRequest({ method, url, headers, body }: FastifyRequest): PageRequest {
  const [path = "", query] = url.split("?", 2);
  return {
    method,
    path,
    query: new URLSearchParams(query),
    headers,
    body: bodyOf({ body }),
  };
}

/** Takes a turn that lasts so long. What it returns tells at once, with false, that another one has not ended. */
function createTurn(): (ms: number) => Promise<boolean> {
  let isTaken = false;
  return async (ms) => {
    if (isTaken) return false;
    isTaken = true;
    await sleep(ms, undefined, { ref: false });
    isTaken = false;
    return true;
  };
}

function createServer(tls: KintoneSandboxOptions["tls"]): FastifyInstance {
  const common = { bodyLimit: 64 * 1024 * 1024, forceCloseConnections: true } as const;
  const server =
    tls === undefined
      ? fastify(common)
      : (fastify({
          ...common,
          https: {
            key: tls.key,
            cert: tls.cert,
            ...(tls.ca !== undefined && { ca: tls.ca }),
            ...(tls.requestClientCert === true && { requestCert: true, rejectUnauthorized: true }),
          },
        }) as unknown as FastifyInstance);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    done(null, body);
  });
  return server;
}

function logRequest(log: KintoneRequestEntry[], request: KintoneRequest, at: Date): KintoneRequestEntry {
  const { method, path, endpoint, parameters } = request;
  const app = Number(parameters[endpoint?.operation === "getApp" ? "id" : "app"]);
  const entry: KintoneRequestEntry = {
    at: at.getTime(),
    method,
    path,
    operation: endpoint?.operation,
    app: Number.isNaN(app) ? undefined : app,
    parameters,
    kind: method === "GET" ? "read" : "write",
    auth: readAuthKind(request.headers),
    status: undefined,
  };
  log.push(entry);
  return entry;
}

function tooManyRequests(): KintoneApiError {
  return new KintoneApiError(429, "GAIA_TO04", {
    ja: "APIの同時リクエスト数が上限を超えています。",
    en: "The number of concurrent API requests exceeds the limit.",
  });
}

function readPort(server: FastifyInstance): number {
  const address = server.server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
