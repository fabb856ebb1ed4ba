import {
  type Logger,
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from "@slack/web-api";

export interface SlackSettings {
  readonly token: string;
  /** Another address than Slack's own, for a gateway or a sandbox. */
  readonly apiUrl?: string;
  /** The wait before the first of three repetitions; it doubles each time. */
  readonly retryWaitMs?: number;
  readonly timeoutMs?: number;
  /** Called for every request sent, the repeated ones too. */
  readonly onRequest?: () => void;
}

/** What Slack answered, or why it did not do it: Slack's own code, or what happened on the way. */
export type SlackAnswer =
  | { readonly kind: "done"; readonly content: Readonly<Record<string, unknown>> }
  | { readonly kind: "refused"; readonly reason: string };

/** Calls one method of Slack's Web API. Never throws. */
export type CallSlack = (method: string, args: Readonly<Record<string, unknown>>) => Promise<SlackAnswer>;

/** The reason when something else answers, such as a proxy's sign-in page. */
export const notSlack = "not Slack's answer";

const retries = 3;
/** The longest that a pass is held up when Slack says for how long not to come back. */
const maxRetryAfterSeconds = 30;

/** Calls with a bot token, which is in no answer and no log. A call takes a minute at most, repetitions included. */
export function createSlackCaller({
  token,
  apiUrl,
  retryWaitMs = 1_000,
  timeoutMs = 10_000,
  onRequest,
}: SlackSettings): CallSlack {
  const client = new WebClient(token, {
    ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
    timeout: timeoutMs,
    // Slack's default goes on for half an hour.
    retryConfig: { retries, factor: 2, minTimeout: retryWaitMs },
    rejectRateLimitedCalls: false,
    logger: silentLogger,
    fetch: (url, init) => {
      onRequest?.();
      return fetchWithinReason(url, init);
    },
  });
  return async (method, args) => {
    try {
      // The client types what every answer has; the rest depends on the method.
      return { kind: "done", content: { ...(await client.apiCall(method, { ...args })) } };
    } catch (error) {
      // The error itself is dropped: it may hold the whole answer.
      return { kind: "refused", reason: reasonOf(error) };
    }
  };
}

/** The client waits as long as Slack asks it to. Without the header it gives up at once. */
const fetchWithinReason: NonNullable<WebClientOptions["fetch"]> = async (url, init) => {
  const response = await fetch(url, init);
  const isRefused = response.status === 429;
  if (!isRefused || Number(response.headers.get("retry-after")) <= maxRetryAfterSeconds) return response;
  await response.body?.cancel();
  return new Response(null, { status: response.status });
};

const tooManyMessages = "too many messages at once";

function reasonOf(error: unknown): string {
  if (error instanceof WebAPIPlatformError) {
    // Instead of an error code there may be a whole page of HTML.
    return /^[a-z_0-9]{1,64}$/.test(error.data.error) ? error.data.error : notSlack;
  }
  if (error instanceof WebAPIHTTPError) return `HTTP ${error.statusCode}`;
  if (error instanceof WebAPIRequestError) return networkReasonOf(error.original);
  return tooManyMessages;
}

function networkReasonOf({ name, message, cause }: Error): string {
  // The client wraps its own complaint as if the network had failed.
  if (message.startsWith("A rate limit was exceeded")) return tooManyMessages;
  if (name === "TimeoutError") return "no answer in time";
  const code: unknown =
    typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" && /^[A-Z_0-9]{1,64}$/.test(code) ? code : "no answer";
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
