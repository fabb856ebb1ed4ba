import type { IncomingHttpHeaders } from "node:http";

import fastify, { type FastifyReply, type FastifyRequest } from "fastify";

import {
  createFailureSwitch,
  type FailureSwitch,
  type SandboxAnswer,
  sendThroughFailures,
} from "../failure-switch.ts";
import { SLACK_METHODS, type SlackArguments } from "./slack-methods.ts";
import type { SlackSeed } from "./slack-seed.ts";
import { SlackApiError, type SlackMessage, type Workspace } from "./slack-workspace.ts";

export interface SlackSandboxOptions extends SlackSeed {
  /** Any free port when absent. */
  readonly port?: number;
  /** The address to listen on; the loopback interface when absent. */
  readonly host?: string;
  /** How many messages a channel takes per second; 1, as at Slack, when absent. */
  readonly speed?: number;
  /** A clock in milliseconds since 1970, for tests that move the time themselves. */
  readonly now?: () => number;
}

/** A request that was answered. */
interface SlackRequestEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** Without the token. */
  readonly args: SlackArguments;
  /** The HTTP status, or 0 when the connection was reset. */
  readonly status: number;
}

export interface SlackSandbox {
  /** The value for the client's slackApiUrl. */
  readonly url: string;
  readonly messages: readonly SlackMessage[];
  readonly requests: readonly SlackRequestEntry[];
  readonly failures: FailureSwitch;
  close(): Promise<void>;
}

const DEFAULT_SCOPES: readonly string[] = ["chat:write", "channels:read", "users:read", "users:read.email"];

/** Starts a Slack workspace's Web API on the loopback interface. Throws when the port is taken. */
export async function startSlackSandbox(options: SlackSandboxOptions): Promise<SlackSandbox> {
  const { port = 0, host = "127.0.0.1", speed = 1, now = Date.now, ...seed } = options;
  const workspace: Workspace = { seed, messages: [], lastPosts: new Map(), now, speed };
  const failures = createFailureSwitch();
  const requests: SlackRequestEntry[] = [];
  const server = fastify({ forceCloseConnections: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    done(null, body);
  });
  server.post("/api/:method", async (request, reply) => {
    const { method, args, token } = readCall(request);
    const seen = { service: "slack", operation: method, method: "POST", path: request.url, body: args };
    const sent = await sendThroughFailures(failures, seen, reply, () =>
      answer(workspace, method, args, token),
    );
    requests.push({ at: now(), method, args, status: sent === "reset" ? 0 : sent.status });
    return reply;
  });
  server.setNotFoundHandler((_request, reply: FastifyReply) => reply.code(404).send("Not Found"));
  const address = await server.listen({ host, port });
  return {
    url: `${address.replace("//0.0.0.0:", "//127.0.0.1:")}/api/`,
    messages: workspace.messages,
    requests,
    failures,
    close: () => server.close(),
  };
}

function readCall(request: FastifyRequest): {
  readonly method: string;
  readonly args: SlackArguments;
  readonly token: string | undefined;
} {
  const { method } = request.params as { method: string };
  const body = typeof request.body === "string" ? request.body : "";
  const { token, ...args } = parseArguments(body, request.headers);
  const bearer = /^Bearer (?<token>.+)$/.exec(request.headers.authorization ?? "")?.groups?.["token"];
  return { method, args, token: bearer ?? (typeof token === "string" ? token : undefined) };
}

/** Clients send forms, in which lists and objects are JSON texts; JSON as a whole is taken too. */
function parseArguments(body: string, headers: IncomingHttpHeaders): SlackArguments {
  if (headers["content-type"]?.startsWith("application/json") === true)
    return (parseJson(body) ?? {}) as SlackArguments;
  const args: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(body))
    args[name] = name === "blocks" || name === "metadata" ? (parseJson(value) ?? value) : value;
  return args;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function answer(
  workspace: Workspace,
  name: string,
  args: SlackArguments,
  token: string | undefined,
): SandboxAnswer {
  const scopes = workspace.seed.scopes ?? DEFAULT_SCOPES;
  const headers = { "x-oauth-scopes": scopes.join(",") };
  try {
    authenticate(workspace, token);
    const method = Object.hasOwn(SLACK_METHODS, name) ? SLACK_METHODS[name] : undefined;
    if (method === undefined) throw new SlackApiError("unknown_method");
    const { scope } = method;
    if (scope !== undefined && !scopes.includes(scope))
      throw new SlackApiError("missing_scope", { needed: scope, provided: scopes.join(",") });
    return { status: 200, headers, body: { ok: true, ...method.answer(workspace, args) } };
  } catch (error) {
    if (!(error instanceof SlackApiError)) throw error;
    const body = { ok: false, error: error.code, ...error.details };
    if (error.code !== "ratelimited") return { status: 200, headers, body };
    return { status: 429, headers: { ...headers, "retry-after": "1" }, body };
  }
}

function authenticate(workspace: Workspace, token: string | undefined): void {
  if (token === undefined) throw new SlackApiError("not_authed");
  if (token !== workspace.seed.token) throw new SlackApiError("invalid_auth");
}
