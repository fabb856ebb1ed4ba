import type { SlackChannelSeed } from "./slack-seed.ts";
import { countBlockText, findBlockProblems } from "./find-block-problems.ts";
import {
  findChannel,
  nextTimestamp,
  SlackApiError,
  type SlackMessage,
  type SlackMessageContent,
  type Workspace,
} from "./slack-workspace.ts";

/** Arguments of a method: texts as they came, lists and objects already parsed. */
export type SlackArguments = Readonly<Record<string, unknown>>;

/** Answers a call with what comes beside `ok`, or throws a SlackApiError. */
export interface SlackMethod {
  /** What the bot must have been granted. */
  readonly scope?: string;
  readonly answer: (workspace: Workspace, args: SlackArguments) => Readonly<Record<string, unknown>>;
}

const BOT = { user: "kintone-sso-sync", user_id: "U0SANDBOXBOT", bot_id: "B0SANDBOX" };
const TEAM = { team: "Sandbox", team_id: "T0SANDBOX" };
const MAX_TEXT = 40_000;
/** Not documented; found in practice: https://github.com/slackapi/bolt-js/issues/2509 */
const MAX_BLOCK_TEXT = 13_200;

export const SLACK_METHODS: Readonly<Record<string, SlackMethod>> = {
  "auth.test": { answer: () => ({ url: "https://sandbox.slack.com/", ...TEAM, ...BOT }) },
  "chat.postMessage": { scope: "chat:write", answer: postMessage },
  "chat.update": { scope: "chat:write", answer: updateMessage },
  "conversations.info": { scope: "channels:read", answer: channelInfo },
  "conversations.list": { scope: "channels:read", answer: listChannels },
  "users.lookupByEmail": { scope: "users:read.email", answer: lookupByEmail },
};

function channelInfo({ seed }: Workspace, args: SlackArguments) {
  const channel = seed.channels.find(({ id }) => id === readText(args, "channel"));
  if (channel === undefined) throw new SlackApiError("channel_not_found");
  return { channel: renderChannel(channel) };
}

/** Every channel on one page. */
function listChannels({ seed }: Workspace) {
  return { channels: seed.channels.map(renderChannel), response_metadata: { next_cursor: "" } };
}

function renderChannel({ id, name, isMember = true, isArchived = false }: SlackChannelSeed) {
  return { id, name, is_channel: true, is_private: false, is_member: isMember, is_archived: isArchived };
}

function postMessage(workspace: Workspace, args: SlackArguments) {
  const channel = findChannel(workspace, readText(args, "channel"), true);
  checkPace(workspace, channel.id);
  const content = readContent(args);
  const thread = readText(args, "thread_ts");
  const message: SlackMessage = {
    ts: nextTimestamp(workspace),
    channel: channel.id,
    ...content,
    ...(thread !== "" && { thread_ts: thread }),
    edits: [],
  };
  workspace.messages.push(message);
  return { channel: channel.id, ts: message.ts, message: render(message) };
}

/** Throws ratelimited when the channel got a message just now; what is refused so does not count. */
function checkPace(workspace: Workspace, channel: string): void {
  const now = workspace.now();
  const last = workspace.lastPosts.get(channel) ?? Number.NEGATIVE_INFINITY;
  if (now - last < 1000 / workspace.speed) throw new SlackApiError("ratelimited");
  workspace.lastPosts.set(channel, now);
}

/** A text without blocks takes the blocks away. */
function updateMessage(workspace: Workspace, args: SlackArguments) {
  const channel = findChannel(workspace, readText(args, "channel"), false);
  const index = workspace.messages.findIndex(
    (message) => message.channel === channel.id && message.ts === readText(args, "ts"),
  );
  const before = workspace.messages[index];
  if (before === undefined) throw new SlackApiError("message_not_found");
  const { text, blocks, metadata } = before;
  const former = { text, blocks, ...(metadata !== undefined && { metadata }) };
  const message: SlackMessage = { ...before, ...readContent(args), edits: [...before.edits, former] };
  workspace.messages[index] = message;
  return { channel: channel.id, ts: message.ts, text: message.text, message: render(message) };
}

function lookupByEmail(workspace: Workspace, args: SlackArguments) {
  const email = readText(args, "email").toLowerCase();
  const user = workspace.seed.users?.find((candidate) => candidate.email.toLowerCase() === email);
  if (user === undefined) throw new SlackApiError("users_not_found");
  const { id, name } = user;
  const profile = { email: user.email, real_name: name, display_name: name };
  return {
    user: { id, team_id: TEAM.team_id, name, real_name: name, deleted: false, tz: "Asia/Tokyo", profile },
  };
}

function readContent(args: SlackArguments): SlackMessageContent {
  const text = readText(args, "text");
  const blocks = readBlocks(args);
  if (text === "" && blocks.length === 0) throw new SlackApiError("no_text");
  if (text.length > MAX_TEXT) throw new SlackApiError("msg_too_long");
  const problems = findBlockProblems(blocks);
  if (problems.length > 0)
    throw new SlackApiError("invalid_blocks", {
      errors: problems,
      response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
    });
  if (countBlockText(blocks) > MAX_BLOCK_TEXT) throw new SlackApiError("msg_blocks_too_long");
  const metadata = readMetadata(args);
  return { text, blocks, ...(metadata !== undefined && { metadata }) };
}

function readBlocks(args: SlackArguments): readonly unknown[] {
  const { blocks = [] } = args;
  if (!Array.isArray(blocks)) throw new SlackApiError("invalid_blocks_format");
  return blocks;
}

function readMetadata(args: SlackArguments): unknown {
  const { metadata } = args;
  if (metadata === undefined) return undefined;
  const isObject = typeof metadata === "object" && metadata !== null;
  if (!isObject || !("event_type" in metadata) || !("event_payload" in metadata))
    throw new SlackApiError("invalid_metadata_format");
  return metadata;
}

function readText(args: SlackArguments, name: string): string {
  const value = args[name];
  return typeof value === "string" ? value : "";
}

function render({ ts, text, blocks, thread_ts: thread, edits, metadata }: SlackMessage) {
  return {
    type: "message",
    user: BOT.user_id,
    bot_id: BOT.bot_id,
    ts,
    text,
    ...(blocks.length > 0 && { blocks }),
    ...(thread !== undefined && { thread_ts: thread }),
    ...(metadata !== undefined && { metadata }),
    ...(edits.length > 0 && { edited: { user: BOT.user_id, ts } }),
  };
}
