import { readFile } from "node:fs/promises";
import { type CommandComment, decideEvent, type SyncCommand } from "../../github/decide-event.ts";
import type { GithubApi } from "../../github/github-api.ts";
import { includesRole, type RepositoryAccess, type RepositoryRole } from "../../github/repository-role.ts";
import type { Language } from "../../model/config.ts";
import type { Mode } from "../../model/pass.ts";
import { type CommandTexts, commandTexts } from "../../words/command-texts.ts";
import type { ActionInputs } from "./action-inputs.ts";
import { replyToComment, type Speaker } from "../../tell/reply-to-comment.ts";

/** The pass that is asked for, and by which comment if by one. */
export interface RequestedPass {
  readonly mode: Mode;
  readonly approve: string | undefined;
  readonly comment: CommandComment | undefined;
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
 * unless its author is proven to have the permission it takes.
 */
export async function receiveEvent(inputs: ActionInputs, world: EventWorld): Promise<Received> {
  const texts = commandTexts(world.language);
  const name = world.environment["GITHUB_EVENT_NAME"] ?? "";
  const payload = await readPayload(world.environment["GITHUB_EVENT_PATH"]);
  const decision = decideEvent({ name, payload, issue: inputs.issue });
  if (decision.kind === "pass") {
    return { kind: "pass", pass: { mode: inputs.mode, approve: inputs.approve, comment: undefined } };
  }
  if (decision.kind === "ignored") {
    world.say(texts.ignored[decision.reason]);
    return { kind: "ignored" };
  }
  return receiveCommand(decision.command, decision.comment, { inputs, world, texts });
}

async function readPayload(path: string | undefined): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path ?? "", "utf8")) as unknown;
  } catch {
    return undefined;
  }
}

/** Whatever the inputs say, an approval takes write permission. */
const approvalRole: RepositoryRole = "write";

async function receiveCommand(
  command: SyncCommand,
  comment: CommandComment,
  {
    inputs,
    world,
    texts,
  }: { readonly inputs: ActionInputs; readonly world: EventWorld; readonly texts: CommandTexts },
): Promise<Received> {
  const { api } = world;
  await api.addReaction(comment.id, "eyes").catch((error: unknown) => {
    world.warn(texts.reactionFailed(reasonOf(error)));
  });
  const needed = command.kind === "approve" ? approvalRole : inputs.permission;
  const access = await api.readAccess(comment.author).catch(reasonOf);
  if (typeof access !== "string" && includesRole(access, needed)) {
    const approve = command.kind === "approve" ? command.hash : undefined;
    return { kind: "pass", pass: { mode: command.kind === "plan" ? "plan" : "sync", approve, comment } };
  }
  const words = commandTexts(await world.replyLanguage());
  const refusal = describeRefusal(access, words, { command, needed });
  world.warn(refusal);
  await replyToComment(comment, { isGood: false, text: refusal }, world);
  return { kind: "refused" };
}

function describeRefusal(
  access: RepositoryAccess | string,
  texts: CommandTexts,
  { command, needed }: { readonly command: SyncCommand; readonly needed: RepositoryRole },
): string {
  if (typeof access === "string") return texts.permissionUnknown(access);
  const name = command.kind === "sync" ? "/sync" : `/sync ${command.kind}`;
  return texts.notPermitted(name, needed, access.roleName);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : "unknown";
}
