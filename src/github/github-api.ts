import { setTimeout as wait } from "node:timers/promises";
import { fetchDirectly, fetchFailure } from "../network/fetch-directly.ts";
import { doubledMs, repeat } from "../network/repeat.ts";
import type { RepositoryAccess } from "./repository-role.ts";

export type Reaction = "eyes" | "rocket" | "confused";

/** One repository on GitHub. Every function throws a GithubError with a safe message when GitHub refuses or is silent. */
export interface GithubApi {
  addReaction(commentId: number, reaction: Reaction): Promise<void>;
  postComment(issue: number, body: string): Promise<void>;
  readAccess(login: string): Promise<RepositoryAccess>;
}

export interface GithubSettings {
  /** GITHUB_API_URL. */
  readonly apiUrl: string;
  /** `owner/name` */
  readonly repository: string;
  readonly token: string;
  /** Of one attempt. */
  readonly timeoutMs?: number;
  /** The wait before the second of three attempts; it doubles. */
  readonly retryWaitMs?: number;
}

/** GitHub did not do what it was asked for. */
export class GithubError extends Error {}

/**
 * Three endpoints and nothing installed: a command is answered from the sources, before any dependency is there.
 * https://docs.github.com/en/rest/reactions/reactions#create-reaction-for-an-issue-comment
 */
export function createGithubApi(settings: GithubSettings): GithubApi {
  return {
    addReaction: async (commentId, content) => {
      await request(settings, { path: `/issues/comments/${commentId}/reactions`, body: { content } });
    },
    postComment: async (issue, body) => {
      await request(settings, { path: `/issues/${issue}/comments`, body: { body }, once: true });
    },
    readAccess: async (login) => {
      const answer = await request(settings, {
        path: `/collaborators/${encodeURIComponent(login)}/permission`,
      });
      const { role_name: roleName, permission, user } = answer;
      const userId = typeof user === "object" && user !== null && "id" in user ? user.id : undefined;
      if (typeof roleName !== "string" || typeof permission !== "string" || typeof userId !== "number")
        throw new GithubError("the answer names no permission");
      return { roleName, permission, userId };
    },
  };
}

interface Call {
  /** Below the repository's address. */
  readonly path: string;
  /** Sent by POST; without one it is a GET. */
  readonly body?: object;
  /** A repetition would do it twice: it is only repeated when GitHub has surely not done it. */
  readonly once?: boolean;
}

const attempts = 3;

async function request(settings: GithubSettings, call: Call): Promise<Readonly<Record<string, unknown>>> {
  const { retryWaitMs = 1_000 } = settings;
  const answer = await repeat<Answer>({
    attempt: () => send(settings, call),
    waitAfter: (refused, attempt) => {
      if (refused.kind === "done" || attempt === attempts) return undefined;
      const again = refused.again === "always" || (refused.again === "harmless" && call.once !== true);
      return again ? Math.max(doubledMs(retryWaitMs, attempt), refused.waitMs ?? 0) : undefined;
    },
    sleep: (ms) => wait(ms),
  });
  if (answer.kind === "done") return answer.content;
  throw new GithubError(answer.reason);
}

type Answer =
  | { readonly kind: "done"; readonly content: Readonly<Record<string, unknown>> }
  | {
      readonly kind: "refused";
      readonly reason: string;
      /** Whether to try again; `harmless` when it may have been done all the same. */
      readonly again: "always" | "harmless" | "never";
      readonly waitMs?: number;
    };

async function send(
  { apiUrl, repository, token, timeoutMs = 10_000 }: GithubSettings,
  { path, body }: Call,
): Promise<Answer> {
  try {
    const address = `${apiUrl.replace(/\/+$/u, "")}/repos/${repository}${path}`;
    const init = {
      method: body === undefined ? "GET" : "POST",
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "user-agent": "kintone-sso-sync",
        "x-github-api-version": "2022-11-28",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const response = await fetchDirectly(address, init, { timeoutMs });
    const text = await response.text();
    return response.ok ? { kind: "done", content: parse(text) } : refusalOf(response);
  } catch (error) {
    return { kind: "refused", ...silenceOf(error) };
  }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** The longest that a pass is held up when GitHub says for how long not to come back. */
const maxRetryAfterMs = 30_000;

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
function refusalOf({ status, headers }: Response): Answer {
  const reason = `HTTP ${status}`;
  const waitMs = Number(headers.get("retry-after") ?? Number.NaN) * 1_000;
  if (status === 429 || (status === 403 && !Number.isNaN(waitMs))) {
    if (waitMs > maxRetryAfterMs) return { kind: "refused", reason, again: "never" };
    return { kind: "refused", reason, again: "always", waitMs: Number.isNaN(waitMs) ? 0 : waitMs };
  }
  return { kind: "refused", reason, again: status >= 500 ? "harmless" : "never" };
}

function silenceOf(error: unknown): { readonly reason: string; readonly again: "always" | "harmless" } {
  const reason = fetchFailure(error);
  return { reason, again: reason === "ECONNREFUSED" ? "always" : "harmless" };
}
