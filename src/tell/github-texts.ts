import type { Language } from "../model/config.ts";
import type { ReportCounts, ReportedOutcome } from "../model/run-report.ts";

/** What only GitHub is told, beside the words of every report. */
export interface GithubTexts {
  readonly counts: Readonly<Record<keyof ReportCounts, string>>;
  readonly columns: Readonly<
    Record<
      | "permissionSet"
      | "change"
      | "principal"
      | "user"
      | "account"
      | "record"
      | "records"
      | "outcome"
      | "reason"
      | "problem"
      | "guard"
      | "numbers"
      | "note",
      string
    >
  >;
  readonly statuses: Readonly<Record<ReportedOutcome["status"], string>>;
  /** Above the table in which every operation of AWS is a row. */
  readonly operations: string;
  readonly approve: string;
  readonly approveByComment: string;
  readonly run: string;
  readonly annotations: {
    readonly failed: string;
    readonly refused: string;
    readonly partlyRefused: string;
    readonly stopped: string;
    readonly late: string;
    readonly madeByHand: string;
    readonly changeFailed: string;
    readonly recordHasIssues: (record: string) => string;
    readonly moreFailed: (count: number) => string;
    readonly moreRecords: (count: number) => string;
  };
}

const en: GithubTexts = {
  counts: {
    records: "Records",
    changes: "AWS operations",
    deletions: "Deletions",
    applied: "Applied",
    failed: "Failed",
    knownFailures: "As before",
    skipped: "Not tried",
    held: "Held",
    waiting: "Waiting",
    unmanaged: "Unmanaged",
    issues: "Issues",
  },
  columns: {
    permissionSet: "Permission set",
    change: "Change",
    principal: "User or group",
    user: "User",
    account: "AWS account",
    record: "Record",
    records: "Records",
    outcome: "Outcome",
    reason: "Reason",
    problem: "Problem",
    guard: "Guard",
    numbers: "Numbers",
    note: "Note",
  },
  statuses: { applied: "applied", failed: "failed", skipped: "not tried" },
  operations: "AWS operations",
  approve: "After reviewing what is refused, let exactly that through, once and within 24 hours, with:",
  approveByComment:
    "After reviewing what is refused, let exactly that through, once and within 24 hours, with this comment (needs write permission):",
  run: "This run",
  annotations: {
    failed: "kintone-sso-sync: the pass failed",
    refused: "kintone-sso-sync: the plan was refused, nothing was written",
    partlyRefused: "kintone-sso-sync: a part of the plan was refused, the rest was applied",
    late: "kintone-sso-sync: passes have stayed away",
    madeByHand: "kintone-sso-sync: administrator rights made by hand",
    stopped: "kintone-sso-sync: stopped before everything was applied",
    changeFailed: "kintone-sso-sync: a change failed",
    recordHasIssues: (record) => `kintone-sso-sync: issues in record ${record}`,
    moreFailed: (count) => `${count} more ${count === 1 ? "change" : "changes"} failed: see the log`,
    moreRecords: (count) =>
      `${count} more ${count === 1 ? "record has" : "records have"} issues: see the log`,
  },
};

const ja: GithubTexts = {
  counts: {
    records: "レコード",
    changes: "AWSの操作",
    deletions: "うち削除",
    applied: "適用",
    failed: "失敗",
    knownFailures: "既知の失敗",
    skipped: "見送り",
    held: "保留",
    waiting: "同期待ち",
    unmanaged: "管理外",
    issues: "問題",
  },
  columns: {
    permissionSet: "許可セット",
    change: "変更",
    principal: "ユーザーまたはグループ",
    user: "ユーザー",
    account: "AWSアカウント",
    record: "レコード",
    records: "レコード",
    outcome: "結果",
    reason: "理由",
    problem: "問題",
    guard: "上限",
    numbers: "数",
    note: "内容",
  },
  statuses: { applied: "適用", failed: "失敗", skipped: "見送り" },
  operations: "AWSの操作",
  approve: "内容を確認のうえ、中止した変更だけを1回適用するには、24時間以内に次を実行してください。",
  approveByComment:
    "内容を確認のうえ、中止した変更だけを1回適用するには、24時間以内に次のコメントを投稿してください（write権限が必要です）。",
  run: "この実行",
  annotations: {
    failed: "kintone-sso-sync: 同期に失敗しました",
    refused: "kintone-sso-sync: 安全のための上限を超えたため、何も書き込まずに中止しました",
    partlyRefused: "kintone-sso-sync: 安全のための上限を超えた一部の変更だけを止め、残りを適用しました",
    late: "kintone-sso-sync: 同期がしばらく完了していませんでした",
    madeByHand: "kintone-sso-sync: 手作業で付けられた管理者の権限",
    stopped: "kintone-sso-sync: すべてを適用する前に停止しました",
    changeFailed: "kintone-sso-sync: 変更を適用できませんでした",
    recordHasIssues: (record) => `kintone-sso-sync: レコード ${record} に問題があります`,
    moreFailed: (count) => `ほか${count}件の変更を適用できませんでした。ログを確認してください。`,
    moreRecords: (count) => `ほか${count}件のレコードに問題があります。ログを確認してください。`,
  },
};

const catalogue: Readonly<Record<Language, GithubTexts>> = { ja, en };

/** The words for GitHub in the language. */
export function githubTexts(language: Language): GithubTexts {
  return catalogue[language];
}
