import type { CommandComment } from "../github/decide-event.ts";
import { type GithubApi, GithubError } from "../github/github-api.ts";
import type { Language } from "../model/config.ts";
import { commandTexts } from "../words/command-texts.ts";

/** Where a person reads what happens. */
export interface Speaker {
  readonly say: (text: string) => void;
  /** Shown on the run's page as well. */
  readonly warn: (text: string) => void;
}

export interface Reply {
  readonly isGood: boolean;
  /** Markdown. */
  readonly text: string;
}

/** Ends a command with 🚀 or 😕 and one reply. GitHub's trouble is a warning: it cannot undo or fail a pass. */
export async function replyToComment(
  comment: CommandComment,
  { isGood, text }: Reply,
  { api, language, warn }: Speaker & { readonly api: GithubApi; readonly language: Language },
): Promise<void> {
  const texts = commandTexts(language);
  await api.addReaction(comment.id, isGood ? "rocket" : "confused").catch((error: unknown) => {
    warn(texts.reactionFailed(reasonOf(error)));
  });
  await api.postComment(comment.issue, text).catch((error: unknown) => {
    warn(texts.replyFailed(reasonOf(error)));
  });
}

function reasonOf(error: unknown): string {
  return error instanceof GithubError ? error.message : "unknown";
}
