/** What somebody asked for in a comment. */
export type SyncCommand =
  | { readonly kind: "sync" }
  | { readonly kind: "plan" }
  | { readonly kind: "approve"; readonly hash: string };

/** The comment with the command, as much of it as an answer needs. */
export interface CommandComment {
  readonly id: number;
  /** Number of the issue. */
  readonly issue: number;
  /** Login name of who wrote it. */
  readonly author: string;
}

export type IgnoredReason =
  | "unreadable"
  | "not-created"
  | "pull-request"
  | "no-issue-configured"
  | "another-issue"
  | "bot"
  | "not-a-command";

export type EventDecision =
  /** A schedule, a dispatch: a pass as the inputs ask for it. */
  | { readonly kind: "pass" }
  | { readonly kind: "command"; readonly command: SyncCommand; readonly comment: CommandComment }
  | { readonly kind: "ignored"; readonly reason: IgnoredReason };

interface GithubEvent {
  /** GITHUB_EVENT_NAME. */
  readonly name: string;
  /** What the file that GITHUB_EVENT_PATH names holds. */
  readonly payload: unknown;
  /** The one issue where commands count; undefined for none. */
  readonly issue: number | undefined;
}

/**
 * What an event asks for. Of comments only a new one counts that is nothing but a command, by a person, on the configured
 * issue. https://docs.github.com/en/webhooks/webhook-events-and-payloads#issue_comment
 */
export function decideEvent({ name, payload, issue }: GithubEvent): EventDecision {
  if (name !== "issue_comment") return { kind: "pass" };
  const event = readCommentEvent(payload);
  if (event === undefined) return { kind: "ignored", reason: "unreadable" };
  const reason = reasonToIgnore(event, issue);
  if (reason !== undefined) return { kind: "ignored", reason };
  const command = readCommand(event.body);
  if (command === undefined) return { kind: "ignored", reason: "not-a-command" };
  return { kind: "command", command, comment: event };
}

interface CommentEvent extends CommandComment {
  readonly action: string;
  readonly isPullRequest: boolean;
  readonly isBot: boolean;
  readonly body: string;
}

function reasonToIgnore(event: CommentEvent, issue: number | undefined): IgnoredReason | undefined {
  if (event.action !== "created") return "not-created";
  if (event.isPullRequest) return "pull-request";
  if (issue === undefined) return "no-issue-configured";
  if (event.issue !== issue) return "another-issue";
  return event.isBot ? "bot" : undefined;
}

const approvePattern = /^\/sync approve (?<hash>[0-9a-f]{32}(?:-[0-9a-z]{1,12})?)$/u;

/** The whole comment is the command: a sentence that merely quotes one asks for nothing. */
function readCommand(body: string): SyncCommand | undefined {
  const text = body.trim();
  if (text === "/sync") return { kind: "sync" };
  if (text === "/sync plan") return { kind: "plan" };
  const hash = approvePattern.exec(text)?.groups?.["hash"];
  return hash === undefined ? undefined : { kind: "approve", hash };
}

type Fields = Readonly<Record<string, unknown>>;

function readCommentEvent(payload: unknown): CommentEvent | undefined {
  const { action, issue: issueValue, comment: commentValue } = fieldsOf(payload);
  const issue = fieldsOf(issueValue);
  const comment = fieldsOf(commentValue);
  const { login, type } = fieldsOf(comment["user"]);
  const { number } = issue;
  const { id, body } = comment;
  const numbers = typeof number === "number" && typeof id === "number";
  const texts = typeof action === "string" && typeof body === "string" && typeof login === "string";
  if (!numbers || !texts || login === "") return undefined;
  return {
    action,
    id,
    issue: number,
    author: login,
    body,
    isPullRequest: issue["pull_request"] !== undefined,
    isBot: type !== "User" || login.endsWith("[bot]"),
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
