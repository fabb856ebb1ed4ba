import { createHash, timingSafeEqual } from "node:crypto";
import rateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { addPages, type PagesContent } from "./pages/page-routes.ts";
import type { RenderedMetrics } from "./pass-metrics.ts";

export interface ServiceServerOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly metrics: RenderedMetrics;
  readonly readiness: () => Readiness;
  /** Without one there is no `POST /sync`. */
  readonly webhookToken?: string | undefined;
  /** Addresses of proxies whose word on who sent a request is taken. */
  readonly trustProxy: readonly string[];
  /** Pages for a browser; none without. */
  readonly pages?: PagesContent | undefined;
  /** Asks for a pass. */
  readonly onSync: () => "started" | "promised" | "closed";
}

/** Whether the last good pass is recent enough, and when it ended (ISO 8601 UTC). */
export interface Readiness {
  readonly ready: boolean;
  readonly lastSuccess: string | null;
}

export interface ServiceServer {
  /** The port it listens on. */
  readonly port: number;
  readonly close: () => Promise<void>;
}

const requestTimeoutMs = 10_000;
const syncsPerMinute = 10;

/** Serves `/healthz`, `/readyz`, `/metrics`, with a token `POST /sync`, and `/pages` where they are wanted. Rejects with the system's error when the port cannot be had. */
export async function startServiceServer(options: ServiceServerOptions): Promise<ServiceServer> {
  const server = fastify({
    forceCloseConnections: true,
    requestTimeout: requestTimeoutMs,
    trustProxy: options.trustProxy.length > 0 && [...options.trustProxy],
  });
  // No body is ever looked at: whatever a webhook sends along must not become a fact.
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", (_request, _payload, done) => {
    done(null);
  });
  server.get("/healthz", () => ({ status: "ok" }));
  server.get("/readyz", (_request, reply) => {
    const readiness = options.readiness();
    return reply.code(readiness.ready ? 200 : 503).send(readiness);
  });
  server.get("/metrics", async (_request, reply) =>
    reply.type(options.metrics.contentType).send(await options.metrics.render()),
  );
  await server.register(rateLimit, { global: false });
  if (options.webhookToken !== undefined) addSyncRoute(server, options.webhookToken, options.onSync);
  if (options.pages !== undefined) await addPages(server, { ...options.pages, onSync: options.onSync });
  await server.listen({ host: options.host, port: options.port });
  const address = server.server.address();
  const port = typeof address === "object" && address !== null ? address.port : options.port;
  return { port, close: () => server.close() };
}

const syncAnswers = {
  started: { status: 202, body: { pass: "started" } },
  promised: { status: 202, body: { pass: "promised" } },
  closed: { status: 503, body: { pass: "none", reason: "stopping" } },
} as const;

/** Attempts with a wrong token count against the address that sent them, and never against a sender of the right one, also behind the same proxy. */
function addSyncRoute(server: FastifyInstance, token: string, onSync: ServiceServerOptions["onSync"]): void {
  const isToken = createTokenCheck(token);
  const refuseStrangers = async (request: FastifyRequest, reply: FastifyReply) =>
    isToken(request.headers.authorization)
      ? undefined
      : reply.code(401).header("www-authenticate", "Bearer").send({ error: "unauthorized" });
  server.post(
    "/sync",
    {
      config: {
        rateLimit: {
          max: syncsPerMinute,
          timeWindow: "1 minute",
          keyGenerator: ({ headers, ip }) => (isToken(headers.authorization) ? "token" : `from ${ip}`),
        },
      },
      // After the hook that counts.
      preValidation: refuseStrangers,
    },
    (_request, reply) => {
      const { status, body } = syncAnswers[onSync()];
      return reply.code(status).send(body);
    },
  );
}

/** Compares digests of equal length in constant time, so that the time taken tells nothing of the token. */
function createTokenCheck(token: string): (authorization: string | undefined) => boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  const wanted = digest(`Bearer ${token}`);
  return (authorization = "") =>
    timingSafeEqual(digest(authorization.replace(/^bearer /i, "Bearer ")), wanted);
}
