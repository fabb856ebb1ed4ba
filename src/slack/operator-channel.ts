import {
  type ChatPostMessageArguments,
  type Logger,
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from "@slack/web-api";

import type { OperatorChannel } from "../ports.ts";
import { buildBlocks, escapeText } from "./message-blocks.ts";

export interface OperatorChannelSettings {
  readonly token: string;
  readonly channel: string;
  /** Another address than Slack's own, for a gateway or a sandbox. */
  readonly apiUrl?: string;
  /** The wait before the first of three repetitions; it doubles each time. */
  readonly retryWaitMs?: number;
  readonly timeoutMs?: number;
  /** Called for every request sent, the repeated ones too. */
  readonly onRequest?: () => void;
}

const retries = 3;
/** The longest that a pass is held up when Slack says for how long not to come back. */
const maxRetryAfterSeconds = 30;

/** Posts to one Slack channel with a bot token (`chat:write`). Throws an Error that tells Slack's reason, never the token. */
export function createOperatorChannel({
  token,
  channel,
  apiUrl,
  retryWaitMs = 1_000,
  timeoutMs = 10_000,
  onRequest,
}: OperatorChannelSettings): OperatorChannel {
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
  return {
    postMessage: async (title, sections) => {
      const refusal = await send(client, {
        channel,
        // Shown in notifications and read out by screen readers; the blocks are what people see.
        text: escapeText(title),
        blocks: buildBlocks(title, sections),
        mrkdwn: false,
        parse: "none",
        link_names: false,
        unfurl_links: false,
        unfurl_media: false,
      });
      if (refusal !== undefined) throw new Error(`Slack chat.postMessage: ${refusal}`);
    },
  };
}

/** Slack's reason when it does not take the message. The error itself is dropped: it may hold the whole answer. */
async function send(client: WebClient, message: ChatPostMessageArguments): Promise<string | undefined> {
  try {
    await client.apiCall("chat.postMessage", { ...message });
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
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
    return /^[a-z_0-9]{1,64}$/.test(error.data.error) ? error.data.error : "not Slack's answer";
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
