import { type CommandComment, decideEvent, type SyncCommand } from "../../github/decide-event.ts";
import { readEvent } from "../../github/read-event.ts";
import type { GithubApi } from "../../github/github-api.ts";
import { includesRole, type RepositoryRole } from "../../github/repository-role.ts";
import type { Language } from "../../model/config.ts";
import type { Mode } from "../../model/pass.ts";
import { type CommandTexts, commandTexts } from "../../words/command-texts.ts";
import type { ActionInputs } from "./action-inputs.ts";
import type { StopSwitch } from "../../tell/keep-pause.ts";
import { replyToComment, type Speaker } from "../../tell/reply-to-comment.ts";

/** The pass that is asked for, and by which comment if by one. */
export interface RequestedPass {
  readonly mode: Mode;
  readonly approve: string | undefined;
  readonly comment: CommandComment | undefined;
  /** What the comment wants of the stop switch, before the pass. */
  readonly stopSwitch?: StopSwitch;
}

export interface EventWorld extends Speaker {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly api: GithubApi;
  /** Of the log. */
  readonly language: Language;
  /** Of a reply: the configured one may take longer to find out. */
  readonly replyLanguage: () => Promise<Language>;
}

export type Received =
  | { readonly kind: "pass"; readonly pass: RequestedPass }
  | { readonly kind: "ignored" }
  | { readonly kind: "refused" };

/**
 * What the event of this run asks for. A command is seen (👀) before anything else happens, and refused (😕 and a reply)
 * when its author lacks the permission.
 */
export async function receiveEvent(inputs: ActionInputs, world: EventWorld): Promise<Received> {
  const asked = await askedFor(inputs, world);
  if (asked.kind !== "command") return asked;
  const { comment } = asked;
  const texts = commandTexts(world.language);
  await world.api.addReaction(comment.id, "eyes").catch((error: unknown) => {
    world.warn(texts.reactionFailed(reasonOf(error)));
  });
  const refusedIn = await refusalOf(asked, inputs, world);
  if (refusedIn === undefined) return passOf(asked);
  const refusal = refusedIn(commandTexts(await world.replyLanguage()));
  world.warn(refusal);
  await replyToComment(comment, { isGood: false, text: refusal }, world);
  return { kind: "refused" };
}

/**
 * The same in the job that acts: of a command it takes nothing from the job that received it, and asks once more for the
 * permission, which may have been taken away while the run waited.
 */
export async function confirmEvent(inputs: ActionInputs, world: EventWorld): Promise<Received> {
  const asked = await askedFor(inputs, world);
  if (asked.kind !== "command") return asked;
  const refusedIn = await refusalOf(asked, inputs, world);
  if (refusedIn === undefined) return passOf(asked);
  world.warn(refusedIn(commandTexts(world.language)));
  return { kind: "refused" };
}

type Asked =
  | Exclude<Received, { kind: "refused" }>
  | { readonly kind: "command"; readonly command: SyncCommand; readonly comment: CommandComment };

async function askedFor(inputs: ActionInputs, { environment, language, say }: EventWorld): Promise<Asked> {
  const name = environment["GITHUB_EVENT_NAME"] ?? "";
  const decision = decideEvent({ name, payload: await readEvent(environment), issue: inputs.issue });
  if (decision.kind === "pass") {
    return { kind: "pass", pass: { mode: inputs.mode, approve: inputs.approve, comment: undefined } };
  }
  if (decision.kind === "command") return decision;
  say(commandTexts(language).ignored[decision.reason]);
  return { kind: "ignored" };
}

function passOf({ command, comment }: Extract<Asked, { kind: "command" }>): Received {
  const approve = command.kind === "approve" ? command.hash : undefined;
  const mode = command.kind === "plan" ? "plan" : "sync";
  return { kind: "pass", pass: { mode, approve, comment, ...switchIn(command, comment) } };
}

function switchIn(
  command: SyncCommand,
  { author: by }: CommandComment,
): { readonly stopSwitch?: StopSwitch } {
  if (command.kind === "resume") return { stopSwitch: { kind: "resume" } };
  return command.kind === "pause" ? { stopSwitch: { kind: "pause", reason: command.reason, by } } : {};
}

/** Whatever the inputs say, an approval and the stop switch take write permission. */
const approvalRole: RepositoryRole = "write";
const needApprovalRole: ReadonlySet<SyncCommand["kind"]> = new Set(["approve", "pause", "resume"] as const);

function neededRole(
  command: SyncCommand,
  { isPrivate }: CommandComment,
  { permission }: ActionInputs,
): RepositoryRole {
  if (needApprovalRole.has(command.kind)) return approvalRole;
  return permission ?? (isPrivate ? "read" : "write");
}

type Refusal = (words: CommandTexts) => string;

/** Why the comment's author may not have what the command asks for; undefined when they may. */
async function refusalOf(
  { command, comment }: Extract<Asked, { kind: "command" }>,
  inputs: ActionInputs,
  { api }: EventWorld,
): Promise<Refusal | undefined> {
  const needed = neededRole(command, comment, inputs);
  const access = await api.readAccess(comment.author).catch(reasonOf);
  if (typeof access === "string") return (words) => words.permissionUnknown(access);
  if (access.userId !== comment.authorId) return (words) => words.anotherAccount;
  if (includesRole(access, needed)) return undefined;
  const name = command.kind === "sync" ? "/sync" : `/sync ${command.kind}`;
  return (words) => words.notPermitted(name, needed, access.roleName);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown";
}
