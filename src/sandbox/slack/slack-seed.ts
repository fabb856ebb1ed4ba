export interface SlackChannelSeed {
  readonly id: string;
  /** Without the `#`. */
  readonly name: string;
  /** False when the bot is not invited. */
  readonly isMember?: boolean;
  readonly isArchived?: boolean;
}

interface SlackUserSeed {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** What a Slack workspace holds when the sandbox starts. */
export interface SlackSeed {
  /** The bot token that is let in. */
  readonly token: string;
  /** What the bot may do; posting, seeing channels, and finding users by e-mail address when absent. */
  readonly scopes?: readonly string[];
  readonly channels: readonly SlackChannelSeed[];
  readonly users?: readonly SlackUserSeed[];
}
