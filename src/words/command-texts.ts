import type { Language } from "../model/config.ts";
import { codeSpan } from "../tell/github-markdown.ts";

/** What is said about commands on an issue, in the log and in replies (Markdown). */
export interface CommandTexts {
  readonly ignored: Readonly<
    Record<
      | "another-event"
      | "unreadable"
      | "not-created"
      | "pull-request"
      | "no-issue-configured"
      | "another-issue"
      | "bot"
      | "app"
      | "not-a-command",
      string
    >
  >;
  /** A role that is wrong in the inputs is none of the person's business. */
  readonly notPermitted: (command: string, needed: string, found: string) => string;
  readonly permissionUnknown: (reason: string) => string;
  readonly anotherAccount: string;
  readonly noReport: string;
  readonly reactionFailed: (reason: string) => string;
  readonly replyFailed: (reason: string) => string;
  readonly invalidInput: (name: string, allowed: string) => string;
}

const texts: Readonly<Record<Language, CommandTexts>> = {
  en: {
    ignored: {
      "another-event":
        "Nothing to do: a pass starts on schedule, workflow_dispatch, repository_dispatch or a command, and on no other event.",
      unreadable: "Nothing to do: the event is not a comment as GitHub sends it.",
      "not-created": "Nothing to do: only a new comment is a command, not an edited or deleted one.",
      "pull-request": "Nothing to do: comments on pull requests are no commands.",
      "no-issue-configured": "Nothing to do: no issue for commands is configured (input “issue”).",
      "another-issue": "Nothing to do: commands count on the configured issue only (input “issue”).",
      bot: "Nothing to do: comments by bots are no commands.",
      app: "Nothing to do: a comment that an app wrote in the name of a person is no command.",
      "not-a-command":
        "Nothing to do: the comment is not “/sync”, “/sync plan”, “/sync approve CODE”, “/sync pause REASON” or “/sync resume”.",
    },
    notPermitted: (command, needed, found) =>
      `${codeSpan(command)} needs the ${codeSpan(needed)} permission on this repository; you have ${codeSpan(found)}. Ask an administrator of the repository for it, or somebody who has it to comment. Nothing was done.`,
    permissionUnknown: (reason) =>
      `Your permission on this repository could not be asked for (${codeSpan(reason)}), so nothing was done. Comment again in a few minutes; if it lasts, an administrator has to look at the run.`,
    anotherAccount:
      "The login name of the comment's author belongs to another account by now, so nothing was done. Comment again from the account that has the permission.",
    noReport:
      "The pass did not come to its end and left no report. The log of the run says more; the next pass goes on from wherever this one stopped.",
    reactionFailed: (reason) => `The reaction could not be left on the comment (${reason}).`,
    replyFailed: (reason) =>
      `The reply could not be posted (${reason}); the job summary has all of it. The token needs “issues: write”.`,
    invalidInput: (name, allowed) => `Input “${name}” must be ${allowed}.`,
  },
  ja: {
    ignored: {
      "another-event":
        "対象外のイベントです。同期を始めるのは、schedule、workflow_dispatch、repository_dispatch、コマンドのコメントだけです。",
      unreadable: "対象外のイベントです。GitHubが送るコメントの形式ではありません。",
      "not-created": "対象外のコメントです。編集や削除には反応せず、新しいコメントだけを受け付けます。",
      "pull-request": "対象外のコメントです。プルリクエストへのコメントは受け付けません。",
      "no-issue-configured":
        "対象外のコメントです。コマンドを受け付けるissueが設定されていません（入力「issue」）。",
      "another-issue": "対象外のコメントです。コマンドは設定したissueでだけ受け付けます（入力「issue」）。",
      bot: "対象外のコメントです。ボットのコメントは受け付けません。",
      app: "対象外のコメントです。アプリが利用者の名前で書いたコメントは受け付けません。",
      "not-a-command":
        "対象外のコメントです。コマンドは「/sync」「/sync plan」「/sync approve CODE」「/sync pause 理由」「/sync resume」のいずれかだけです。",
    },
    notPermitted: (command, needed, found) =>
      `${codeSpan(command)} には、このリポジトリの ${codeSpan(needed)} 権限が必要です（現在の権限: ${codeSpan(found)}）。リポジトリの管理者に権限を依頼するか、権限のある人にコメントを依頼してください。何も実行していません。`,
    permissionUnknown: (reason) =>
      `このリポジトリでの権限を確認できなかったため（${codeSpan(reason)}）、何も実行していません。数分後にもう一度コメントしてください。続く場合は、リポジトリの管理者が実行のログを確認してください。`,
    anotherAccount:
      "コメントした人のログイン名は、現在は別のアカウントのものです。何も実行していません。権限のあるアカウントでもう一度コメントしてください。",
    noReport:
      "同期が最後まで進まず、レポートがありません。実行のログを確認してください。次回の同期は、中断したところから続けます。",
    reactionFailed: (reason) => `コメントにリアクションを付けられませんでした（${reason}）。`,
    replyFailed: (reason) =>
      `返信を投稿できませんでした（${reason}）。内容はジョブサマリーにあります。トークンには「issues: write」が必要です。`,
    invalidInput: (name, allowed) => `入力「${name}」には ${allowed} を指定してください。`,
  },
};

/** The words in the language. */
export function commandTexts(language: Language): CommandTexts {
  return texts[language];
}
