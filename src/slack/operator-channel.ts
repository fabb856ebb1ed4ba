import {
  type Logger,
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from "@slack/web-api";

import type { OperatorChannel, OperatorMessage } from "../ports.ts";
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
  const contentOf = ({ title, sections }: OperatorMessage) => ({
    // Shown in notifications and read out by screen readers; the blocks are what people see.
    text: escapeText(title),
    blocks: buildBlocks(title, sections),
    mrkdwn: false,
    parse: "none",
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  });
  return {
    async postMessage(message) {
      const sent = await send(client, "chat.postMessage", { channel, ...contentOf(message) });
      if (sent.kind === "refused") throw new Error(`Slack chat.postMessage: ${sent.reason}`);
      return { channel: sent.channel, messageId: sent.ts };
    },
    async updateMessage(posted, message) {
      const place = { channel: posted.channel, ts: posted.messageId };
      const sent = await send(client, "chat.update", { ...place, ...contentOf(message) });
      if (sent.kind === "sent") return true;
      if (gone.has(sent.reason)) return false;
      throw new Error(`Slack chat.update: ${sent.reason}`);
    },
    async replyInThread(posted, text) {
      const thread = { channel: posted.channel, thread_ts: posted.messageId };
      const sent = await send(client, "chat.postMessage", {
        ...thread,
        ...contentOf({ title: text, sections: [] }),
      });
      if (sent.kind === "refused") throw new Error(`Slack chat.postMessage: ${sent.reason}`);
    },
  };
}

/** The message is not there any more, or may not be edited: a new one has to take its place. */
const gone: ReadonlySet<string> = new Set([
  "message_not_found",
  "cant_update_message",
  "edit_window_closed",
  "channel_not_found",
]);

type Sent =
  | { readonly kind: "sent"; readonly channel: string; readonly ts: string }
  | { readonly kind: "refused"; readonly reason: string };

/** Slack's answer, or its reason when it refuses. The error itself is dropped: it may hold the whole answer. */
async function send(client: WebClient, method: string, message: Record<string, unknown>): Promise<Sent> {
  try {
    const { channel, ts } = await client.apiCall(method, message);
    return { kind: "sent", channel: String(channel), ts: String(ts) };
  } catch (error) {
    return { kind: "refused", reason: reasonOf(error) };
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
