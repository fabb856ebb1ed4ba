import type { Language } from "../model/config.ts";

interface AuthorTexts {
  readonly solved: string;
  readonly usable: string;
  readonly moreLinks: (count: number) => string;
  /** What operators read when authors could not be told. */
  readonly commentsFailed: (records: number, reason: string) => string;
  /** What operators read when Slack is told without a memory. */
  readonly slackRepeats: string;
  readonly auditNotWritten: (path: string, reason: string) => string;
  readonly lastPassLate: (last: string, minutes: number) => string;
  readonly readLimit: (records: number, limit: number) => string;
}

const texts: Readonly<Record<Language, AuthorTexts>> = {
  en: {
    solved: "Solved: the record is in order and has been carried out.",
    usable: "Access is ready:",
    moreLinks: (count) => `… and ${count} more`,
    commentsFailed: (records, reason) =>
      `${records === 1 ? "The author of 1 record" : `The authors of ${records} records`} could not be told (${reason}). Check that comments are switched on in the app and that the token may view its records.`,
    slackRepeats:
      "Without a memory the Slack message is posted again in every pass until it is over. Configure `memory` so that there is one message, which is edited.",
    auditNotWritten: (path, reason) =>
      `Lines are missing in the audit ${path} (${reason}). The pass went on; this report has its outcomes. Check the path, its permissions and the space left.`,
    lastPassLate: (last, minutes) =>
      `The last good sync before this pass was at ${last}, more than ${minutes} minutes earlier: the schedule is late or off, or passes failed. Look at the earlier runs and at the schedule.`,
    readLimit: (records, limit) =>
      `${records} records are left for later passes: one pass looks at the earlier comments of ${limit} records at most, takes two minutes for it at most, and gives up on an app that has refused five times.`,
  },
  ja: {
    solved: "問題は解消しました。レコードの内容を反映しています。",
    usable: "アクセスできるようになりました。",
    moreLinks: (count) => `… ほか${count}件`,
    commentsFailed: (records, reason) =>
      `${records}件のレコードにコメントできませんでした（${reason}）。アプリのコメント機能が有効か、トークンにレコードの閲覧権限があるかを確認してください。`,
    slackRepeats:
      "`memory` が設定されていないため、同じSlackのメッセージが解消するまで同期のたびに投稿されます。`memory` を設定すると、1件のメッセージを書き換えるようになります。",
    auditNotWritten: (path, reason) =>
      `監査 ${path} に書き込めなかった行があります（${reason}）。同期は続行しました。結果はこのレポートにあります。パス、権限、空き容量を確認してください。`,
    lastPassLate: (last, minutes) =>
      `この回より前に正常に完了した同期は${last}で、${minutes}分以上前です。スケジュールの遅れや停止、または失敗が続いていた可能性があります。以前の実行結果とスケジュールを確認してください。`,
    readLimit: (records, limit) =>
      `${records}件のレコードは次回以降の同期に回しました。1回の同期で過去のコメントを確認するのは${limit}件、2分までで、5回拒否されたアプリはそこで打ち切ります。`,
  },
};

export function authorTexts(language: Language): AuthorTexts {
  return texts[language];
}
