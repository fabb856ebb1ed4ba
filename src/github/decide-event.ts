/** What a comment asks for. */
export type SyncCommand =
  | { readonly kind: "sync" }
  | { readonly kind: "plan" }
  | { readonly kind: "approve"; readonly hash: string }
  /** Empty where no reason is given: in an emergency that must do. */
  | { readonly kind: "pause"; readonly reason: string }
  | { readonly kind: "resume" };

/** The comment with the command, as much of it as an answer needs. */
export interface CommandComment {
  readonly id: number;
  /** Number of the issue. */
  readonly issue: number;
  /** Login name of who wrote it. */
  readonly author: string;
  /** GitHub's number for that account, which a later account of the same name does not have. */
  readonly authorId: number;
  /** Whether only members see the repository, as far as the event proves it. */
  readonly isPrivate: boolean;
}

export type IgnoredReason =
  | "another-event"
  | "unreadable"
  | "not-created"
  | "pull-request"
  | "no-issue-configured"
  | "another-issue"
  | "bot"
  | "app"
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
 * The events that start a pass as the inputs ask for it: each takes write permission, or is the schedule's. Others, like one
 * of a pull request, may come from every user who can open one.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows
 */
const passEvents: ReadonlySet<string> = new Set(["schedule", "workflow_dispatch", "repository_dispatch"]);

/**
 * What an event asks for. Of comments only a new one counts that is nothing but a command, by a person, on the configured
 * issue. https://docs.github.com/en/webhooks/webhook-events-and-payloads#issue_comment
 */
export function decideEvent({ name, payload, issue }: GithubEvent): EventDecision {
  if (passEvents.has(name)) return { kind: "pass" };
  if (name !== "issue_comment") return { kind: "ignored", reason: "another-event" };
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
  /** Written by an app in the name of a person. */
  readonly isApp: boolean;
  readonly body: string;
}

function reasonToIgnore(event: CommentEvent, issue: number | undefined): IgnoredReason | undefined {
  if (event.action !== "created") return "not-created";
  if (event.isPullRequest) return "pull-request";
  if (issue === undefined) return "no-issue-configured";
  if (event.issue !== issue) return "another-issue";
  if (event.isBot) return "bot";
  return event.isApp ? "app" : undefined;
}

const approvePattern = /^\/sync approve `?(?<hash>[0-9a-f]{32}(?:-[0-9a-z]{1,12})?)`?$/u;

const pausePattern = /^\/sync pause(?: (?=.)|$)(?<reason>[^\r\n]{0,300})$/u;

/** What phones make of a hyphen. */
const dashes = /[\u2010-\u2015\u2212]/gu;

/**
 * The whole comment is the command: a sentence that merely quotes one asks for nothing. It counts however a phone or a
 * Japanese input method writes it: with capital or full-width letters, more blanks than one, another dash, the code as code.
 */
function readCommand(body: string): SyncCommand | undefined {
  const text = body
    .normalize("NFKC")
    .trim()
    .replaceAll(/[ \t]+/gu, " ");
  const word = text.replace(/^\/sync(?: plan| approve| pause| resume)?(?=\s|$)/iu, (start) =>
    start.toLowerCase(),
  );
  if (word === "/sync") return { kind: "sync" };
  if (word === "/sync plan") return { kind: "plan" };
  if (word === "/sync resume") return { kind: "resume" };
  const reason = pausePattern.exec(word)?.groups?.["reason"];
  if (reason !== undefined) return { kind: "pause", reason };
  const hash = approvePattern.exec(word.replaceAll(dashes, "-"))?.groups?.["hash"];
  return hash === undefined ? undefined : { kind: "approve", hash };
}

/** Whether the event proves that only members see the repository: not public, and not of the whole enterprise either. */
export function isOfPrivateRepository(payload: unknown): boolean {
  return fieldsOf(fieldsOf(payload)["repository"])["visibility"] === "private";
}

type Fields = Readonly<Record<string, unknown>>;

function readCommentEvent(payload: unknown): CommentEvent | undefined {
  const { action, issue: issueValue, comment: commentValue } = fieldsOf(payload);
  const issue = fieldsOf(issueValue);
  const comment = fieldsOf(commentValue);
  const { login, type, id: authorId } = fieldsOf(comment["user"]);
  const { number } = issue;
  const { id, body } = comment;
  const app = comment["performed_via_github_app"];
  const numbers = typeof number === "number" && typeof id === "number" && typeof authorId === "number";
  const texts = typeof action === "string" && typeof body === "string" && typeof login === "string";
  if (!numbers || !texts || login === "") return undefined;
  return {
    action,
    id,
    issue: number,
    author: login,
    authorId,
    isPrivate: isOfPrivateRepository(payload),
    body,
    isPullRequest: issue["pull_request"] !== undefined,
    isBot: type !== "User" || login.endsWith("[bot]"),
    isApp: app !== undefined && app !== null,
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
