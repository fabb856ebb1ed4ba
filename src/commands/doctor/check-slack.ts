import type { Config } from "../../model/config.ts";
import type { CheckOutcome } from "./checks.ts";
import type { SlackSettings } from "../../slack/call-slack.ts";
import { type ChannelLook, lookAtChannel, lookAtToken } from "../../slack/look-at-slack.ts";
import { type Check, found } from "./run-checks.ts";

const token = { check: "slack-token" } as const;

/** Looks at the bot token, its scopes and the operators' channel; posts nothing. */
export function slackChecks(
  settings: SlackSettings | undefined,
  { slack, notify }: Config,
): readonly Check[] {
  if (settings === undefined || slack === undefined) {
    return [{ subject: token, look: () => Promise.resolve(found("skipped", "slack.not-configured", {})) }];
  }
  let scopes: readonly string[] = [];
  const needed = ["chat:write", ...(notify.slackMentionAuthor ? ["users:read.email"] : [])];
  return [
    {
      subject: token,
      look: async () => {
        const look = await lookAtToken(settings);
        if (look.kind === "refused") return found("failed", "slack.refused", { reason: look.reason });
        scopes = look.scopes;
        return found("passed", "slack.token", { team: look.team, user: look.user });
      },
    },
    {
      subject: { check: "slack-scopes" },
      after: token,
      look: () => {
        const missing = needed.filter((scope) => !scopes.includes(scope)).join(", ");
        const outcome =
          missing === ""
            ? found("passed", "slack.scopes", { scopes: scopes.join(", ") })
            : found("failed", "slack.scopes-missing", { missing });
        return Promise.resolve(outcome);
      },
    },
    {
      subject: { check: "slack-channel" },
      after: token,
      look: async () => judgeChannel(await lookAtChannel(settings, slack.channel), slack.channel, scopes),
    },
  ];
}

/** A public channel can be written to without an invitation. https://docs.slack.dev/reference/scopes/chat.write.public */
const writesAnywhere = "chat:write.public";

function judgeChannel(look: ChannelLook, channel: string, scopes: readonly string[]): CheckOutcome {
  if ("reason" in look) return found("failed", "slack.refused", { reason: look.reason });
  if (!("name" in look)) {
    return look.kind === "unseen"
      ? found("skipped", "slack.unseen", {})
      : found("failed", "slack.not-found", { channel });
  }
  const { kind, name } = look;
  if (kind === "archived") return found("failed", "slack.archived", { name });
  if (kind === "joined") return found("passed", "slack.joined", { name });
  return scopes.includes(writesAnywhere)
    ? found("passed", "slack.open", { name })
    : found("failed", "slack.not-joined", { name });
}
