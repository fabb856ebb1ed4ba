import { setTimeout as sleep } from "node:timers/promises";

import type { FastifyReply } from "fastify";

/** A request as a sandbox server saw it, before anything was done with it. */
export interface SandboxRequest {
  readonly service?: string;
  readonly operation?: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** What a sandbox server sends back: text and bytes go out as they are, anything else as JSON. */
export interface SandboxAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * How a request is made to fail: another answer, a connection reset, no answer ever, or only a delay. `stale` lets a
 * request through the first time, and gives the same request that same answer ever after.
 */
type FailureResponse =
  | SandboxAnswer
  | { readonly reset: true }
  | { readonly silent: true }
  | { readonly delayMs: number }
  | { readonly stale: true };

/** What becomes of a request in place of an answer. */
type NoAnswer = { readonly reset: true } | { readonly silent: true };

/** Which requests a rule is about; of an object, every member given must be equal. */
type FailureMatch =
  | ((request: SandboxRequest) => boolean)
  | Partial<Pick<SandboxRequest, "service" | "operation" | "method" | "path">>;

/**
 * One way to fail. Matching requests are counted per rule, from 1. Without `nth` and `times` every one of them is
 * affected; `nth` alone means only that one, `times` alone the first so many, both together `times` from `nth` on.
 * In the phase "before" (the default) nothing has happened yet; "after" means the effect takes place and its answer
 * is lost.
 */
interface FailureRule {
  readonly match: FailureMatch;
  readonly nth?: number;
  readonly times?: number;
  readonly phase?: "before" | "after";
  readonly respond: FailureResponse;
}

/** The rules in force; a server asks it once per request, tests add rules and clear them. */
export interface FailureSwitch {
  add(rule: FailureRule): void;
  clear(): void;
  /** Counts the request against every rule and returns the rules that affect it, in the order they were added. */
  take(request: SandboxRequest): FailureRule[];
}

/** Creates a switch without rules, that is, one that lets everything succeed. */
export function createFailureSwitch(): FailureSwitch {
  const counted: { rule: FailureRule; seen: number }[] = [];
  return {
    add: (rule) => {
      counted.push({ rule, seen: 0 });
    },
    clear: () => {
      counted.length = 0;
    },
    take: (request) => {
      const affecting: FailureRule[] = [];
      for (const entry of counted) {
        if (!matches(entry.rule.match, request)) continue;
        entry.seen += 1;
        if (affects(entry.rule, entry.seen)) affecting.push(entry.rule);
      }
      return affecting;
    },
  };
}

/**
 * Carries a request out under the failure switch and sends the answer: `answer` is what the server does when nothing
 * fails, and is not called when a rule of the phase "before" answers in its place.
 */
export async function sendThroughFailures(
  failures: FailureSwitch,
  request: SandboxRequest,
  reply: FastifyReply,
  answer: () => SandboxAnswer | Promise<SandboxAnswer>,
): Promise<SandboxAnswer | "reset"> {
  const rules = failures.take(request);
  const before = await firstResponse(rules.filter((rule) => rule.phase !== "after"));
  if (before !== undefined) return send(reply, before);
  const stale = rules.find(({ respond }) => "stale" in respond);
  const regular = stale === undefined ? await answer() : await answerOnce(stale, request, answer);
  const after = await firstResponse(rules.filter((rule) => rule.phase === "after"));
  return send(reply, after ?? regular);
}

const firstAnswers = new WeakMap<FailureRule, Map<string, SandboxAnswer>>();

/** The answer that the same request got first since the rule is in force. */
async function answerOnce(
  rule: FailureRule,
  { service, operation, path, body }: SandboxRequest,
  answer: () => SandboxAnswer | Promise<SandboxAnswer>,
): Promise<SandboxAnswer> {
  const answers = firstAnswers.get(rule) ?? new Map<string, SandboxAnswer>();
  firstAnswers.set(rule, answers);
  const key = JSON.stringify([service, operation, path, body]);
  const first = answers.get(key) ?? (await answer());
  answers.set(key, first);
  return first;
}

function matches(match: FailureMatch, request: SandboxRequest): boolean {
  if (typeof match === "function") return match(request);
  return (["service", "operation", "method", "path"] as const).every(
    (member) => match[member] === undefined || match[member] === request[member],
  );
}

function affects(rule: FailureRule, seen: number): boolean {
  const first = rule.nth ?? 1;
  const times = rule.times ?? (rule.nth === undefined ? Number.POSITIVE_INFINITY : 1);
  return seen >= first && seen < first + times;
}

async function firstResponse(rules: readonly FailureRule[]): Promise<SandboxAnswer | NoAnswer | undefined> {
  for (const { respond } of rules) {
    if ("stale" in respond) continue;
    if (!("delayMs" in respond)) return respond;
    // Unreferenced: a delayed answer must not keep a process alive whose server is closed.
    await sleep(respond.delayMs, undefined, { ref: false });
  }
  return undefined;
}

function send(reply: FastifyReply, response: SandboxAnswer | NoAnswer): SandboxAnswer | "reset" {
  if ("status" in response) return sendAnswer(reply, response);
  reply.hijack();
  if ("reset" in response) reply.raw.socket?.resetAndDestroy();
  return "reset";
}

function sendAnswer(reply: FastifyReply, response: SandboxAnswer): SandboxAnswer {
  const { status, headers, body } = response;
  const isRaw = body === undefined || typeof body === "string" || Buffer.isBuffer(body);
  if (!isRaw && headers?.["content-type"] === undefined)
    void reply.header("content-type", "application/json");
  // Not awaited: the caller learns what was sent before the client can.
  void reply
    .status(status)
    .headers(headers ?? {})
    .send(isRaw ? body : JSON.stringify(body));
  return response;
}
