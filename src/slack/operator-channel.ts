import { AnswerLostError } from "../errors.ts";
import type { OperatorMessage } from "../model/operator-message.ts";
import type { OperatorChannel, PostedMessage } from "../ports.ts";
import { createSlackCaller, notSlack, type SlackAnswer, type SlackSettings } from "./call-slack.ts";
import { createUserFinder } from "./find-users.ts";
import { buildBlocks, escapeText, type MessageContent } from "./message-blocks.ts";

export interface OperatorChannelSettings extends SlackSettings {
  /** Id, or name. */
  readonly channel: string;
}

/** Addresses in `links` can be followed where they are a whole line of a section. */
type LinkedMessage = OperatorMessage & { readonly links?: readonly string[] };

/**
 * One Slack channel, written to with a bot token (`chat:write`; `users:read.email` for mentions). Throws an Error that
 * tells Slack's reason, never the token.
 */
export function createOperatorChannel({ channel, ...settings }: OperatorChannelSettings): OperatorChannel {
  const call = createSlackCaller(settings);
  const findUsers = createUserFinder(call);
  const contentOf = async ({ mentions = [], ...message }: LinkedMessage) => {
    const userIds = await findUsers(mentions);
    return slackContent({ ...message, userIds }, message.title);
  };
  return {
    async postMessage(message: LinkedMessage) {
      const answer = await call("chat.postMessage", {
        channel,
        ...(await contentOf(message)),
        ...noPreviews,
      });
      return readPosted(answer);
    },
    async updateMessage(posted, message: LinkedMessage) {
      const place = { channel: posted.channel, ts: posted.messageId };
      const answer = await call("chat.update", { ...place, ...(await contentOf(message)) });
      if (answer.kind === "done") return true;
      if (gone.has(answer.reason)) return false;
      throw new Error(`Slack chat.update: ${answer.reason}`);
    },
    async replyInThread(posted, text) {
      const [firstLine = ""] = text.split("\n");
      const answer = await call("chat.postMessage", {
        channel: posted.channel,
        thread_ts: posted.messageId,
        ...slackContent({ title: "", sections: [text] }, firstLine),
        ...noPreviews,
      });
      readPosted(answer);
    },
    async checkReachable() {
      const answer = await call("auth.test", {});
      if (answer.kind === "refused") throw new Error(`Slack auth.test: ${answer.reason}`);
    },
  };
}

/** The message is not there any more, or cannot be edited: a new one has to take its place. https://docs.slack.dev/reference/methods/chat.update */
const gone: ReadonlySet<string> = new Set([
  "message_not_found",
  "cant_update_message",
  "edit_window_closed",
  "channel_not_found",
  "not_in_channel",
  "is_archived",
  "is_inactive",
]);

const noPreviews = { mrkdwn: false, unfurl_links: false, unfurl_media: false };

/** The blocks are what people see; the text is shown in notifications and read out by screen readers. */
function slackContent(content: MessageContent, text: string) {
  return { text: escapeText(text), blocks: buildBlocks(content), parse: "none", link_names: false };
}

function readPosted(answer: SlackAnswer): PostedMessage {
  if (answer.kind === "refused") {
    const message = `Slack chat.postMessage: ${answer.reason}`;
    throw answer.fate === "unknown" ? new AnswerLostError(message) : new Error(message);
  }
  const { channel, ts } = answer.content;
  if (typeof channel !== "string" || typeof ts !== "string") {
    throw new AnswerLostError(`Slack chat.postMessage: ${notSlack}`);
  }
  return { channel, messageId: ts };
}
