import type { SlackChannelSeed, SlackSeed } from "./slack-seed.ts";

export interface SlackMessageContent {
  readonly text: string;
  readonly blocks: readonly unknown[];
  readonly metadata?: unknown;
}

/** A message as it is now, with everything it was before. */
export interface SlackMessage extends SlackMessageContent {
  /** Its id in the channel: seconds since 1970 with six decimals, as text. */
  readonly ts: string;
  /** The channel's id. */
  readonly channel: string;
  readonly thread_ts?: string;
  /** Former contents, the oldest first. */
  readonly edits: readonly SlackMessageContent[];
}

export interface Workspace {
  readonly seed: SlackSeed;
  /** In the order of their posting; an edit replaces the message. */
  readonly messages: SlackMessage[];
  /** When the last message was accepted, in milliseconds since 1970, by channel. */
  readonly lastPosts: Map<string, number>;
  readonly now: () => number;
  /** Messages per second and channel. */
  readonly speed: number;
}

/** A refusal by Slack: mostly HTTP status 200 with an error code. */
export class SlackApiError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, details: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.name = "SlackApiError";
    this.code = code;
    this.details = details;
  }
}

/** Finds a channel by its id, or by its name if that is allowed. Throws channel_not_found, not_in_channel. */
export function findChannel(workspace: Workspace, wanted: string, isNameAllowed: boolean): SlackChannelSeed {
  const name = wanted.replace(/^#/, "");
  const channel = workspace.seed.channels.find(
    (candidate) => candidate.id === wanted || (isNameAllowed && candidate.name === name),
  );
  if (channel === undefined) throw new SlackApiError("channel_not_found");
  if (channel.isArchived === true) throw new SlackApiError("is_archived");
  if (channel.isMember === false) throw new SlackApiError("not_in_channel");
  return channel;
}

/** Makes the next message id: later than all before, unique even within a millisecond. */
export function nextTimestamp(workspace: Workspace): string {
  const micros = workspace.now() * 1000;
  const last = Math.max(0, ...workspace.messages.map(({ ts }) => Math.round(Number(ts) * 1_000_000)));
  return (Math.max(micros, last + 1) / 1_000_000).toFixed(6);
}
