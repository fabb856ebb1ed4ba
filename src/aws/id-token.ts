import { type Agent, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

import { PassError, type TokenHost } from "../errors.ts";
import type { Clock } from "../ports.ts";
import type { TokenSource } from "./web-identity.ts";

export interface IdTokenOptions {
  readonly clock: Clock;
  /** The agent that reaches an address, through a proxy for instance; undefined: straight there. */
  readonly agentFor?: ((url: string) => Agent | undefined) | undefined;
}

interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

const delaysMs = [1000, 2000, 4000];
const timeoutMs = 10_000;
const longestAnswer = 100_000;

/**
 * Asks the CI system for an OpenID Connect token; an endpoint that is down is tried four times. Throws a PassError that
 * says whether there was no answer or a refusal.
 */
export async function fetchIdToken(source: TokenSource, options: IdTokenOptions): Promise<string> {
  const { host } = source;
  let reason = "";
  for (const delayMs of [...delaysMs, undefined]) {
    const answer = await ask(source, options.agentFor?.(source.url));
    if (typeof answer !== "string") {
      if (answer.status === 200) return tokenIn(host, answer.body);
      if (answer.status < 500 && answer.status !== 429) {
        throw new PassError("aws.token-refused", { host, status: answer.status });
      }
    }
    reason = typeof answer === "string" ? answer : `HTTP ${answer.status}`;
    if (delayMs !== undefined) await options.clock.sleep(delayMs);
  }
  throw new PassError("aws.token-unavailable", { host, reason });
}

function tokenIn(host: TokenHost, body: string): string {
  try {
    const answer = JSON.parse(body) as { readonly value?: unknown; readonly oidcToken?: unknown } | null;
    const token = host === "GitHub" ? answer?.value : answer?.oidcToken;
    if (typeof token === "string" && token !== "") return token;
  } catch {
    // A page of a proxy, for instance.
  }
  throw new PassError("aws.token-unavailable", { host, reason: "an answer without a token" });
}

/** The answer, or why there was none. */
async function ask(source: TokenSource, agent: Agent | undefined): Promise<HttpAnswer | string> {
  try {
    return await send(source, agent);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    return typeof code === "string" ? code : "no answer";
  }
}

function send({ url, host, bearer }: TokenSource, agent: Agent | undefined): Promise<HttpAnswer> {
  const isGithub = host === "GitHub";
  const headers = {
    Accept: "application/json",
    Authorization: `Bearer ${bearer}`,
    // Without it Azure DevOps sends who is not let in to a sign-in page. https://learn.microsoft.com/en-us/python/api/azure-identity/azure.identity.azurepipelinescredential
    ...(isGithub
      ? {}
      : { "Content-Type": "application/json", "Content-Length": "0", "X-TFS-FedAuthRedirect": "Suppress" }),
  };
  const request = url.startsWith("https:") ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = request(
      url,
      { method: isGithub ? "GET" : "POST", headers, signal, ...(agent && { agent }) },
      (answer) => {
        let body = "";
        answer.setEncoding("utf8").on("data", (text: string) => {
          body += text;
          if (body.length > longestAnswer) answer.destroy(new Error("too long"));
        });
        answer.on("end", () => {
          resolve({ status: answer.statusCode ?? 0, body });
        });
        answer.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}
