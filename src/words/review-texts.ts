import type { Language } from "../model/config.ts";
import type { Decision, RoundCounts } from "../reviews/round.ts";
import type { SheetProblem } from "../reviews/sheet.ts";

/** An access as a reviewer reads of it. */
export interface NamedAccess {
  readonly person: string;
  readonly set: string;
  readonly account: string;
  /** The group that it is through. */
  readonly via: string | undefined;
}

/** Where people decide: the sheet or the app, and how one line of it is named. */
export interface ReviewPlace {
  readonly name: string;
  readonly lineText: (line: number) => string;
}

/** What the reviews of who has what say in words. */
export interface ReviewTexts {
  readonly started: (count: number, sheet: string, round: string, due: string) => string;
  readonly startedInApp: (
    count: number,
    filled: { readonly added: number; readonly url: string },
    round: string,
    due: string,
  ) => string;
  readonly goesOn: (sheet: string, round: string) => string;
  readonly noToken: string;
  readonly missingInApp: (count: number, due: string) => string;
  readonly sheetLine: (sheet: string, line: number) => string;
  readonly otherRound: (round: string, due: string) => string;
  readonly unreadable: (file: string) => string;
  readonly changedByHand: (file: string) => string;
  readonly missing: (file: string) => string;
  readonly notADate: string;
  readonly notJson: string;
  readonly sheetProblem: (place: ReviewPlace, problem: SheetProblem) => string;
  readonly nothingTaken: string;
  readonly finishedChanged: (place: ReviewPlace, lines: readonly number[]) => string;
  readonly progress: (counts: RoundCounts) => string;
  readonly due: (due: string, days: number) => string;
  readonly finished: (time: string) => string;
  readonly byOwner: string;
  readonly noOwner: string;
  readonly open: (count: number) => string;
  readonly decisions: Readonly<Record<Decision, string>>;
  readonly toChange: string;
  readonly noRecord: string;
  readonly access: (access: NamedAccess) => string;
  readonly decidedBy: (reviewer: string, comment: string) => string;
  readonly removed: (time: string, request: string) => string;
  readonly draft: string;
  readonly comment: (due: string, lines: readonly string[]) => string;
  readonly neverRemoves: string;
}

/** `1 line`, `2 lines`. */
function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}

const en: ReviewTexts = {
  started: (lines, sheet, round, due) =>
    `${count(lines, "access", "accesses")} to review by ${due}. Fill in decision (keep, remove or ask), reviewer and comment in ${sheet}, then run: review collect ${round}`,
  startedInApp: (lines, { added, url }, round, due) =>
    `${count(lines, "access", "accesses")} to review by ${due}, ${added} of them added to ${url}. People choose decision (keep, remove or ask) there, and kintone keeps who and when; then run: review collect ${round}`,
  noToken:
    "The reviews are in a kintone app, and there is no token for it: set KINTONE_REVIEWS_API_TOKEN (View and Add records), or take kintone.reviews out of the configuration for a sheet.",
  missingInApp: (lines, due) =>
    `${count(lines, "line is", "lines are")} missing in the app and count as open. review start --due ${due} adds them again.`,
  sheetLine: (sheet, line) => `${sheet}, line ${line}`,
  goesOn: (sheet, round) =>
    `This round has begun already: ${sheet} is left as it is. See how far it is with: review status ${round}`,
  otherRound: (round, due) => `${round} holds a round that is due on ${due}. Name another file with --round.`,
  unreadable: (file) => `${file} is not the file of a round.`,
  changedByHand: (file) =>
    `${file} was changed by something else than this program: its hash does not fit. Take it from your backup.`,
  missing: (file) => `${file} cannot be read. Begin a round with review start.`,
  notADate: "It must be a day such as 2026-12-31.",
  notJson: "The file's name must end in .json; the sheet stands beside it and ends in .csv.",
  sheetProblem: ({ name, lineText }, problem) => {
    switch (problem.kind) {
      case "no-column":
        return `${name} lacks the columns ${problem.columns.join(", ")}.`;
      case "not-a-decision":
        return `${lineText(problem.line)}: “${problem.text}” is no decision. Write keep, remove or ask.`;
      case "no-reviewer":
        return `${lineText(problem.line)}: who decided this is missing. Fill in reviewer.`;
      case "unknown-key":
        return `${lineText(problem.line)}: its key is not one of this round. Undo what was changed in the column key.`;
      case "twice":
        break;
    }
    return `${problem.lines.map(lineText).join("; ")}: these are about the same access. Leave one of them.`;
  },
  nothingTaken: "Nothing was taken over.",
  finishedChanged: ({ lineText }, lines) =>
    `The round is finished, and what was decided stays. These say something else now: ${lines.map(lineText).join("; ")}. Begin a new round to decide anew.`,
  progress: ({ all, undecided, decided, removed }) =>
    `${all - undecided} of ${count(all, "access", "accesses")} decided: ${decided.keep} keep, ${decided.remove} remove (${removed} removed so far), ${decided.ask} ask. ${undecided} open.`,
  due: (due, days) =>
    days < 0
      ? `Due ${due}: ${count(-days, "day")} ago.`
      : `Due ${due}: ${days === 0 ? "today" : `${count(days, "day")} left`}.`,
  finished: (time) => `Finished ${time}.`,
  byOwner: "Still open, by who changed the record last",
  noOwner: "nobody: no record asks for it",
  open: (lines) => count(lines, "access", "accesses"),
  decisions: { keep: "keep", remove: "remove", ask: "ask" },
  toChange: "Records to change",
  noRecord: "No record asks for these: they have to be removed where they were given",
  access: ({ person, set, account, via }) =>
    `${person}: ${set} in ${account}${via === undefined ? "" : ` (through the group ${via})`}`,
  decidedBy: (reviewer, comment) => `decided by ${reviewer}${comment === "" ? "" : `: ${comment}`}`,
  removed: (time, request) => `removed ${time}${request === "" ? "" : `, request ${request}`}`,
  draft: "Draft of a comment",
  comment: (due, lines) =>
    [
      `In the review of access that is due on ${due}, this was decided to be removed:`,
      ...lines.map((line) => `- ${line}`),
      "Please take it out of this record. The next sync then takes the access away.",
    ].join("\n"),
  neverRemoves: "Nothing was taken away and no comment was posted: records are changed by people.",
};

const ja: ReviewTexts = {
  started: (lines, sheet, round, due) =>
    `${due}までに確認するアクセス権は${lines}件です。${sheet} の decision（keep、remove、ask）、reviewer、comment の列に記入し、次を実行してください: review collect ${round}`,
  startedInApp: (lines, { added, url }, round, due) =>
    `${due}までに確認するアクセス権は${lines}件です（${added}件を ${url} に追加しました）。アプリで「判定」（維持、削除、確認）を選んでください。だれがいつ選んだかはkintoneが記録します。その後、次を実行してください: review collect ${round}`,
  noToken:
    "棚卸しのアプリのトークンがありません。KINTONE_REVIEWS_API_TOKEN（レコード閲覧、レコード追加）を設定してください。シートで行う場合は、設定ファイルから kintone.reviews を削除してください。",
  missingInApp: (lines, due) =>
    `${lines}件のレコードがアプリにないため、未判定として数えます。review start --due ${due} で追加し直せます。`,
  sheetLine: (sheet, line) => `${sheet} の${line}行目`,
  goesOn: (sheet, round) =>
    `この棚卸しは開始済みです（${sheet} には触れていません）。進み具合の確認: review status ${round}`,
  otherRound: (round, due) =>
    `${round} には、期限が${due}の棚卸しがあります。--round で別のファイルを指定してください。`,
  unreadable: (file) => `${file} は棚卸しのファイルではありません。`,
  changedByHand: (file) =>
    `${file} がこのプログラム以外によって変更されています（ハッシュが一致しません）。バックアップから戻してください。`,
  missing: (file) => `${file} を読み込めません。review start で棚卸しを開始してください。`,
  notADate: "2026-12-31 のような日付を指定してください。",
  notJson: "ファイル名の末尾は .json にしてください（シートは同じ場所に .csv で作成されます）。",
  sheetProblem: ({ name, lineText }, problem) => {
    switch (problem.kind) {
      case "no-column":
        return `${name} に ${problem.columns.join("、")} の列がありません。`;
      case "not-a-decision":
        return `${lineText(problem.line)}: 「${problem.text}」は判定として使えません。keep（維持）、remove（削除）、ask（確認）のどれかを入力してください。`;
      case "no-reviewer":
        return `${lineText(problem.line)}: 判定した人（reviewer）が入力されていません。`;
      case "unknown-key":
        return `${lineText(problem.line)}: key がこの棚卸しのものではありません。key の列の変更を元に戻してください。`;
      case "twice":
        break;
    }
    return `${problem.lines.map(lineText).join("、")}は、同じアクセス権の行です。1行だけ残してください。`;
  },
  nothingTaken: "判定は何も取り込んでいません。",
  finishedChanged: ({ lineText }, lines) =>
    `この棚卸しは完了しており、判定は変更できません。次のものの内容が異なります: ${lines.map(lineText).join("、")}。判定し直すには、新しい棚卸しを開始してください。`,
  progress: ({ all, undecided, decided, removed }) =>
    `${all}件中${all - undecided}件を判定済み: 維持 ${decided.keep}件、削除 ${decided.remove}件（うち削除済み ${removed}件）、確認 ${decided.ask}件。未判定 ${undecided}件。`,
  due: (due, days) =>
    days < 0
      ? `期限 ${due}（${-days}日超過）`
      : `期限 ${due}（${days === 0 ? "今日まで" : `あと${days}日`}）`,
  finished: (time) => `完了: ${time}`,
  byOwner: "未判定のもの（レコードの最終更新者ごと）",
  noOwner: "該当者なし（どのレコードにもない）",
  open: (lines) => `${lines}件`,
  decisions: { keep: "維持", remove: "削除", ask: "確認" },
  toChange: "変更するレコード",
  noRecord: "どのレコードにもないため、付与した場所で削除する必要があるもの",
  access: ({ person, set, account, via }) =>
    `${person}: ${account} の ${set}${via === undefined ? "" : `（グループ ${via} 経由）`}`,
  decidedBy: (reviewer, comment) => `判定: ${reviewer}${comment === "" ? "" : `「${comment}」`}`,
  removed: (time, request) => `削除済み ${time}${request === "" ? "" : `（リクエスト ${request}）`}`,
  draft: "コメントの下書き",
  comment: (due, lines) =>
    [
      `アクセス権の棚卸し（期限 ${due}）で、次のアクセス権は不要と判定されました。`,
      ...lines.map((line) => `- ${line}`),
      "このレコードから外してください。次の同期でアクセス権が解除されます。",
    ].join("\n"),
  neverRemoves: "アクセス権の解除もコメントの投稿もしていません。レコードの変更は人が行います。",
};

/** The words of reviews in the language. */
export function reviewTexts(language: Language): ReviewTexts {
  return { ja, en }[language];
}
