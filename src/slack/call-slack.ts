import { setTimeout as wait } from "node:timers/promises";

import {
  type Logger,
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from "@slack/web-api";

import { fetchDirectly, fetchFailure } from "../network/fetch-directly.ts";
import { doubledMs, repeat } from "../network/repeat.ts";

export interface SlackSettings extends SlackPatience {
  readonly token: string;
  /** Another address than Slack's own, for a gateway or a sandbox. */
  readonly apiUrl?: string;
  /** Called for every request once it is over, the repeated ones too, with the HTTP status unless no answer came. */
  readonly onRequest?: (status?: number) => void;
}

/** How long Slack is waited for. */
export interface SlackPatience {
  /** The wait before the first of three repetitions; it doubles each time. */
  readonly retryWaitMs?: number;
  readonly timeoutMs?: number;
}

/** What Slack answered, or why it did not do it: Slack's own code, or what happened on the way. */
export type SlackAnswer =
  | { readonly kind: "done"; readonly content: Readonly<Record<string, unknown>> }
  | {
      readonly kind: "refused";
      readonly reason: string;
      /** `delayed`: it never got there, and may in a moment. `unknown`: Slack may have done it, and only its answer was lost. */
      readonly fate: "not-done" | "delayed" | "unknown";
    };

/** Calls one method of Slack's Web API. Never throws. */
export type CallSlack = (method: string, args: Readonly<Record<string, unknown>>) => Promise<SlackAnswer>;

/** The reason when something else answers, such as a proxy's sign-in page. */
export const notSlack = "not Slack's answer";

const retries = 3;
/** The longest that a pass is held up when Slack says for how long not to come back. */
const maxRetryAfterSeconds = 30;

/**
 * Calls with a bot token, which is in no answer and no log. A call takes a minute at most, repetitions included. Slack
 * knows no way to post the same thing twice without effect, so a message is sent again only when it was certainly not taken.
 */
export function createSlackCaller({
  token,
  apiUrl,
  retryWaitMs = 1_000,
  timeoutMs = 10_000,
  onRequest,
}: SlackSettings): CallSlack {
  const clientWith = (repetitions: number) =>
    new WebClient(token, {
      ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
      timeout: timeoutMs,
      // Slack's default goes on for half an hour.
      retryConfig: { retries: repetitions, factor: 2, minTimeout: retryWaitMs },
      rejectRateLimitedCalls: false,
      logger: silentLogger,
      fetch: async (url, init) => {
        try {
          const response = await fetchWithinReason(url, init);
          onRequest?.(response.status);
          return response;
        } catch (error) {
          onRequest?.();
          throw error;
        }
      },
    });
  const patient = clientWith(retries);
  const careful = clientWith(0);
  const callWith = async (
    client: WebClient,
    method: string,
    args: Readonly<Record<string, unknown>>,
  ): Promise<SlackAnswer> => {
    try {
      // The client types what every answer has; the rest depends on the method.
      return { kind: "done", content: { ...(await client.apiCall(method, { ...args })) } };
    } catch (error) {
      // The error itself is dropped: it may hold the whole answer.
      const reason = reasonOf(error);
      return { kind: "refused", reason, fate: fateOf(error, reason) };
    }
  };
  return async (method, args) => {
    if (method !== "chat.postMessage") return callWith(patient, method, args);
    return repeat<SlackAnswer>({
      attempt: () => callWith(careful, method, args),
      waitAfter: (answer, count) => {
        const isDelayed = answer.kind === "refused" && answer.fate === "delayed";
        if (!isDelayed || count > retries) return undefined;
        // The client itself has waited for as long as Slack asks where there are too many messages.
        return answer.reason === tooManyMessages ? 0 : doubledMs(retryWaitMs, count);
      },
      sleep: (ms) => wait(ms),
    });
  };
}

/** The client waits as long as Slack asks it to. Without the header it gives up at once. */
const fetchWithinReason: NonNullable<WebClientOptions["fetch"]> = async (url, init) => {
  // The client's own signal ends it in time.
  const response = await fetchDirectly(url, init ?? {}, {});
  const isRefused = response.status === 429;
  if (!isRefused || Number(response.headers.get("retry-after")) <= maxRetryAfterSeconds) return response;
  return new Response(null, { status: response.status });
};

const tooManyMessages = "too many messages at once";

/** Reasons with which a request certainly came to nothing, and which may be over in a moment. */
const delays: ReadonlySet<string> = new Set([
  tooManyMessages,
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** With these Slack may have done a part: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const halfDone: ReadonlySet<string> = new Set(["fatal_error", "internal_error", notSlack]);

function fateOf(error: unknown, reason: string): "not-done" | "delayed" | "unknown" {
  if (error instanceof WebAPIPlatformError) return halfDone.has(reason) ? "unknown" : "not-done";
  if (error instanceof WebAPIHTTPError) return "unknown";
  if (error instanceof WebAPIRequestError) return delays.has(reason) ? "delayed" : "unknown";
  return "not-done";
}

function reasonOf(error: unknown): string {
  if (error instanceof WebAPIPlatformError) {
    // Instead of an error code there may be a whole page of HTML.
    return /^[a-z_0-9]{1,64}$/.test(error.data.error) ? error.data.error : notSlack;
  }
  if (error instanceof WebAPIHTTPError) return `HTTP ${error.statusCode}`;
  if (error instanceof WebAPIRequestError) return networkReasonOf(error.original);
  return tooManyMessages;
}

function networkReasonOf(error: Error): string {
  // The client wraps its own complaint as if the network had failed.
  return error.message.startsWith("A rate limit was exceeded") ? tooManyMessages : fetchFailure(error);
}

const ignore = (): void => undefined;

/** Standard output belongs to the run report, and what the client logs is not free of secrets. */
const silentLogger: Logger = {
  debug: ignore,
  info: ignore,
  warn: ignore,
  error: ignore,
  setLevel: ignore,
  setName: ignore,
  getLevel: () => LogLevel.ERROR,
};
