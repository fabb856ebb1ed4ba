import * as z from "zod";

import { createSlackCaller, notSlack, type SlackAnswer, type SlackSettings } from "./call-slack.ts";

/** What a bot token is good for, or Slack's reason to refuse it. */
export type TokenLook =
  | {
      readonly kind: "accepted";
      readonly team: string;
      readonly user: string;
      readonly scopes: readonly string[];
    }
  | { readonly kind: "refused"; readonly reason: string };

/** How a channel stands to the bot. Unseen: the token may not look. */
export type ChannelLook =
  | { readonly kind: "joined" | "not-joined" | "archived"; readonly name: string }
  | { readonly kind: "not-found" | "unseen" }
  | { readonly kind: "refused"; readonly reason: string };

const tokenSchema = z.object({
  team: z.string(),
  user: z.string(),
  response_metadata: z.object({ scopes: z.array(z.string()).catch([]) }),
});
const channelSchema = z.object({
  id: z.string(),
  name: z.string(),
  is_member: z.boolean().catch(false),
  is_archived: z.boolean().catch(false),
});
const infoSchema = z.object({ channel: channelSchema });
const listSchema = z.object({
  channels: z.array(channelSchema),
  response_metadata: z.object({ next_cursor: z.string().catch("") }).catch({ next_cursor: "" }),
});

/** Asks Slack who the token is and what it may do; posts nothing. https://docs.slack.dev/reference/methods/auth.test */
export async function lookAtToken(settings: SlackSettings): Promise<TokenLook> {
  const answer = await createSlackCaller(settings)("auth.test", {});
  const content = contentOf(answer, tokenSchema);
  if ("reason" in content) return { kind: "refused", reason: content.reason };
  const { team, user, response_metadata: metadata } = content.value;
  return { kind: "accepted", team, user, scopes: metadata.scopes };
}

/** Finds the channel by its id or its name, as far as `channels:read` and `groups:read` let it. https://docs.slack.dev/reference/methods/conversations.info */
export async function lookAtChannel(settings: SlackSettings, channel: string): Promise<ChannelLook> {
  const call = createSlackCaller(settings);
  if (!/^[CG][A-Z0-9]{6,}$/u.test(channel)) return findByName(call, channel.replace(/^#/u, ""));
  const content = contentOf(await call("conversations.info", { channel }), infoSchema);
  return "reason" in content ? lookOf(content.reason) : describe(content.value.channel);
}

const pageSize = 200;
const mostPages = 50;

async function findByName(call: ReturnType<typeof createSlackCaller>, name: string): Promise<ChannelLook> {
  let cursor = "";
  for (let page = 0; page < mostPages; page += 1) {
    const args = {
      types: "public_channel,private_channel",
      limit: pageSize,
      ...(cursor !== "" && { cursor }),
    };
    const content = contentOf(await call("conversations.list", args), listSchema);
    if ("reason" in content) return lookOf(content.reason);
    const found = content.value.channels.find((channel) => channel.name === name);
    if (found !== undefined) return describe(found);
    cursor = content.value.response_metadata.next_cursor;
    if (cursor === "") break;
  }
  return { kind: "not-found" };
}

function describe({ name, ...channel }: z.infer<typeof channelSchema>): ChannelLook {
  if (channel.is_archived) return { kind: "archived", name };
  return { kind: channel.is_member ? "joined" : "not-joined", name };
}

function lookOf(reason: string): ChannelLook {
  if (reason === "channel_not_found") return { kind: "not-found" };
  return reason === "missing_scope" ? { kind: "unseen" } : { kind: "refused", reason };
}

function contentOf<Content>(
  answer: SlackAnswer,
  schema: z.ZodType<Content>,
): { readonly value: Content } | { readonly reason: string } {
  if (answer.kind === "refused") return { reason: answer.reason };
  const { success, data } = schema.safeParse(answer.content);
  return success ? { value: data } : { reason: notSlack };
}
