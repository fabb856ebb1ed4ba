import type { Language } from "../model/config.ts";
import type { ChangeKind, HeldItem, LockedItem, LockReason } from "../model/plan.ts";
import type { TextPosition } from "../model/issue.ts";
import type { SkipReason } from "../model/outcome.ts";
import type { ReportedPlan, RunResult } from "../model/run-report.ts";
import { approvalTexts } from "./approval-texts.ts";
import { keptReasons } from "./kept-reasons.ts";
import { unmanagedReasons } from "./unmanaged-reasons.ts";

/** Everything a report says in words, apart from issues and errors; one catalogue per language. */
export interface ReportTexts {
  readonly changeKinds: Readonly<Record<ChangeKind, string>>;
  /** Clauses that go into what `held` and `locked` say. */
  readonly heldReasons: Readonly<Record<HeldItem["reason"], string>>;
  readonly lockReasons: Readonly<Record<LockReason, string>>;
  readonly unmanagedReasons: (typeof unmanagedReasons)[Language];
  /** What happens to something that is left alone, which is nothing: said first, so that it is not read as the opposite. */
  readonly held: Readonly<Record<HeldItem["would"], (why: string) => string>>;
  readonly locked: Readonly<Record<LockedItem["would"], (why: string) => string>>;
  readonly results: Readonly<Record<RunResult, string>>;
  readonly headings: Readonly<
    Record<
      | "changes"
      | "held"
      | "waiting"
      | "timed"
      | "gated"
      | "locked"
      | "unmanaged"
      | "issues"
      | "notes"
      | "refused"
      | "outcomes",
      string
    >
  >;
  readonly restLine: (
    unchanged: number,
    held: number,
    waiting: number,
    locked: number,
    unmanaged: number,
  ) => string;
  readonly readingLine: (reading: ReportedPlan["reading"]) => string;
  readonly hashLine: (hash: string) => string;
  /** Undefined where no approval can let the plan through. */
  readonly approveLine: (command: string | undefined) => string;
  readonly allAccounts: string;
  /** A permission set whose record gives no readable name. */
  readonly nameless: string;
  readonly record: (id: string) => string;
  readonly noRecord: string;
  readonly skippedBecause: (change: string) => string;
  readonly skipReasons: Readonly<Record<Exclude<SkipReason["code"], "dependency-not-applied">, string>>;
  /** A user or group that has been deleted from the directory, by the name it had. */
  readonly lastKnownAs: (id: string, name: string) => string;
  readonly principalDeleted: string;
  readonly morePlaces: (count: number) => string;
  readonly fix: string;
  readonly example: string;
  readonly notAnalyzed: (policies: number, reason: string) => string;
  /** Beside a record of which nothing can be told. */
  readonly removalsHeld: string;
  readonly position: (position: TextPosition) => string;
}

/** `1 change was`, `2 changes were`. */
function count(number: number, one: string, several: string): string {
  return `${number} ${number === 1 ? one : several}`;
}

const leftAloneEn: ReportTexts["held"] & ReportTexts["locked"] = {
  create: (why) => `not created; would be created, but ${why}`,
  update: (why) => `left as it is; would be updated, but ${why}`,
  delete: (why) => `kept; would be deleted, but ${why}`,
};

const en: ReportTexts = {
  changeKinds: {
    "create-permission-set": "create permission set",
    "tag-permission-set": "take over from a deleted record",
    "begin-provisioning": "note that accounts are to get the new definition",
    "end-provisioning": "note that all accounts have the definition",
    "update-attributes": "update attributes",
    "put-permissions-boundary": "set permissions boundary",
    "delete-permissions-boundary": "remove permissions boundary",
    "put-inline-policy": "set inline policy",
    "delete-inline-policy": "remove inline policy",
    "attach-managed-policy": "attach AWS managed policy",
    "detach-managed-policy": "detach AWS managed policy",
    "attach-customer-managed-policy": "attach customer managed policy",
    "detach-customer-managed-policy": "detach customer managed policy",
    provision: "provision",
    assign: "assign",
    unassign: "unassign",
    "delete-permission-set": "delete permission set",
  },
  heldReasons: {
    ...keptReasons.en,
    "record-has-issues": "its record has issues",
    "permission-set-held": "the permission set's own record has issues",
    "ownership-unproven":
      "its tags do not prove that this service made it: no record tag, or another set has the same one; remove the tag kintone-sso-sync:owner from it, or delete it",
    "owner-tag-missing": "the set was managed here, and its owner tag is missing or names somebody else",
    "denied-by-guardrail":
      "guardrails.enforce is off: existing access that the guardrails deny is only reported, and an administrator decides",
    "still-assigned": "it still has assignments that are left alone",
    "still-named": "an assignment record still names it",
    "not-selected": "--only leaves it out",
  },
  lockReasons: {
    "management-account": "the management account is out of reach: administrators keep it in Terraform",
    "account-not-active": "the account is not active",
    "account-unknown": "the account is not in the organization any more",
    "provisioned-in-management-account": "the set is provisioned in the management account",
    "key-account":
      "who has access to the sync's own account could change the sync: administrators keep it in Terraform",
    "protected-account": "the account is protected",
    "protected-principal": "the user or group is protected",
    "protected-permission-set": "the permission set is protected",
  },
  unmanagedReasons: unmanagedReasons.en,
  held: leftAloneEn,
  locked: leftAloneEn,
  results: {
    "in-sync": "In sync: nothing to do.",
    "removals-waiting": "Nothing to do but removals, which wait for the records that are named with them.",
    applied: "All changes were applied.",
    "partly-applied": "Only part of the changes was applied.",
    refused: "Refused by a guard: nothing was written.",
    "partly-refused": "A guard refuses a part, which waits for a person; the rest goes on.",
    failed: "Failed.",
    "changes-pending": "Changes are pending.",
    paused: "Paused: nothing was written to AWS.",
  },
  headings: {
    changes: "Changes",
    held: "Held (neither created, changed nor deleted)",
    waiting: "Waiting for the user to arrive in Identity Center",
    timed: "Only for a time",
    gated: "Waiting for approval",
    locked: "Locked (out of reach or protected)",
    unmanaged: "Unmanaged (seen and left alone)",
    issues: "Records with issues",
    notes: "Notes",
    refused: "Refused",
    outcomes: "Not applied",
  },
  restLine: (unchanged, held, waiting, locked, unmanaged) =>
    `${unchanged} unchanged, ${held} held, ${waiting} waiting, ${locked} locked, ${unmanaged} unmanaged.`,
  readingLine: ({ pairsRead, pairsAssumed, oldestUnreadPasses }) =>
    `Read in part: ${count(pairsRead, "pair", "pairs")} of account and permission set, ${pairsAssumed} taken as last seen; the oldest part is ${count(oldestUnreadPasses, "pass", "passes")} old.`,
  hashLine: (hash) => `Plan hash: ${hash}`,
  approveLine: (command) =>
    command === undefined
      ? approvalTexts("en").never
      : `After reviewing what is refused, let exactly that through, once and within 24 hours, with: ${command}`,
  allAccounts: "all its accounts",
  nameless: "(a set without a readable name)",
  record: (id) => `record ${id}`,
  noRecord: "no record",
  skippedBecause: (change) => `not tried, because this was not applied: ${change}`,
  skipReasons: {
    "out-of-time":
      "not tried, because the time for one pass (pace.maxMinutes) was over; the next pass goes on",
    stopped: "not tried, because the pass was stopped",
    "changed-since-read":
      "left alone, because somebody else has changed its owner tag or record tag since it was read",
    "principal-exists":
      "left alone, because Identity Center knows the user or group after all: its list was not complete",
    "does-not-stay":
      "not tried, because it was applied in several passes and did not stay as set; it is tried once an hour",
    "account-busy":
      "not tried, because an earlier operation is still going on in the account; the next pass tries again",
  },
  lastKnownAs: (id, name) => `${id} (last known as ${name})`,
  principalDeleted: "deleted from the directory",
  morePlaces: (count) => `… and ${count} more`,
  fix: "How to fix",
  example: "Example",
  removalsHeld:
    "nothing can be told of this record, so that nothing is removed from anybody until it is corrected or deleted",
  notAnalyzed: (policies, reason) =>
    `${count(policies, "inline policy was", "inline policies were")} not checked by IAM Access Analyzer (${reason}). Nothing was held because of that; if it lasts, allow access-analyzer:ValidatePolicy.`,
  position: ({ line, column }) => `(line ${line}, column ${column})`,
};

const ja: ReportTexts = {
  changeKinds: {
    "create-permission-set": "許可セットを作成",
    "tag-permission-set": "削除されたレコードから引き継ぎ",
    "begin-provisioning": "各アカウントへの反映を開始（目印のタグを付与）",
    "end-provisioning": "各アカウントへの反映が完了（目印のタグを更新）",
    "update-attributes": "属性を更新",
    "put-permissions-boundary": "アクセス許可の境界を設定",
    "delete-permissions-boundary": "アクセス許可の境界を解除",
    "put-inline-policy": "インラインポリシーを設定",
    "delete-inline-policy": "インラインポリシーを削除",
    "attach-managed-policy": "AWS管理ポリシーを追加",
    "detach-managed-policy": "AWS管理ポリシーを解除",
    "attach-customer-managed-policy": "カスタマー管理ポリシーを追加",
    "detach-customer-managed-policy": "カスタマー管理ポリシーを解除",
    provision: "アカウントに反映",
    assign: "割り当て",
    unassign: "割り当てを解除",
    "delete-permission-set": "許可セットを削除",
  },
  heldReasons: {
    ...keptReasons.ja,
    "record-has-issues": "レコードに問題があるため",
    "permission-set-held": "許可セットのレコードに問題があるため",
    "ownership-unproven":
      "このサービスが作成したものだとタグから確認できないため。レコードのタグがないか、ほかの許可セットと同じです。タグ kintone-sso-sync:owner を外すか、許可セットを削除してください",
    "owner-tag-missing":
      "このサービスが管理していた許可セットに、所有者のタグがないか、別の所有者のタグが付いているため",
    "denied-by-guardrail":
      "ガードレールで禁止されている既存のアクセス権のため。guardrails.enforce が無効なので報告だけを行い、管理者の判断を待ちます",
    "still-assigned": "変更しない割り当てが残っているため",
    "still-named": "割り当てのレコードにまだ名前が残っているため",
    "not-selected": "--only の対象外のため",
  },
  lockReasons: {
    "management-account": "管理アカウントのため。管理者がTerraformで管理しています",
    "account-not-active": "アカウントが有効ではないため",
    "account-unknown": "アカウントが組織に存在しないため",
    "provisioned-in-management-account": "管理アカウントで使われている許可セットのため",
    "key-account": "同期そのものを変更できるアカウントのため。管理者がTerraformで管理しています",
    "protected-account": "保護されたアカウントのため",
    "protected-principal": "保護されたユーザーまたはグループのため",
    "protected-permission-set": "保護された許可セットのため",
  },
  unmanagedReasons: unmanagedReasons.ja,
  held: {
    create: (why) => `作成せずに保留（${why}）`,
    update: (why) => `更新せずに保留（${why}）`,
    delete: (why) => `削除せずに保留（${why}）`,
  },
  locked: {
    create: (why) => `作成しない（${why}）`,
    update: (why) => `更新しない（${why}）`,
    delete: (why) => `削除しない（${why}）`,
  },
  results: {
    "in-sync": "同期済みです。変更はありません。",
    "removals-waiting": "解除だけが残っています。理由に挙げたレコードが修正されるまで保留しています。",
    applied: "すべての変更を適用しました。",
    "partly-applied": "変更の一部だけを適用しました。",
    refused: "安全のための上限を超えたため中止しました。何も書き込んでいません。",
    "partly-refused": "安全のための上限を超えた一部の変更は、承認待ちです。ほかの変更は続けます。",
    failed: "失敗しました。",
    "changes-pending": "未適用の変更があります。",
    paused: "一時停止中です。AWSには何も書き込んでいません。",
  },
  headings: {
    changes: "変更",
    held: "保留（作成も変更も削除もしない）",
    waiting: "ユーザーの同期待ち",
    timed: "期間のある割り当て",
    gated: "承認待ち",
    locked: "変更不可（権限の範囲外、または保護）",
    unmanaged: "管理外（変更しない）",
    issues: "問題のあるレコード",
    notes: "参考",
    refused: "中止の理由",
    outcomes: "適用できなかった変更",
  },
  restLine: (unchanged, held, waiting, locked, unmanaged) =>
    `変更なし ${unchanged}件、保留 ${held}件、同期待ち ${waiting}件、変更不可 ${locked}件、管理外 ${unmanaged}件`,
  readingLine: ({ pairsRead, pairsAssumed, oldestUnreadPasses }) =>
    `一部のみ読み取り（アカウントと許可セットの組 ${pairsRead}件、前回までの確認どおりとみなしたもの ${pairsAssumed}件、最も古い確認は${oldestUnreadPasses}回前）`,
  hashLine: (hash) => `計画のハッシュ: ${hash}`,
  approveLine: (command) =>
    command === undefined
      ? approvalTexts("ja").never
      : `内容を確認のうえ、中止した変更だけを1回適用するには、24時間以内に次を実行してください: ${command}`,
  allAccounts: "使用中のすべてのアカウント",
  nameless: "（名前を読み取れない許可セット）",
  record: (id) => `レコード ${id}`,
  noRecord: "レコードなし",
  skippedBecause: (change) => `次の変更が適用されなかったため見送り: ${change}`,
  skipReasons: {
    "out-of-time": "1回の最大時間（pace.maxMinutes）に達したため見送り（次回の同期で続行）",
    stopped: "途中で停止したため見送り",
    "changed-since-read":
      "読み取ったあとに所有者またはレコードのタグがほかで変更されたため、何もせずに見送り",
    "principal-exists":
      "削除されたはずのユーザーまたはグループがIdentity Centerに存在するため見送り（一覧が不完全でした）",
    "does-not-stay": "見送りました。何度か適用しても元に戻るため、1時間に1回だけ適用します",
    "account-busy": "以前の処理がこのアカウントで続いているため見送り（次回の同期で再試行します）",
  },
  lastKnownAs: (id, name) => `${id}（最後に確認した名前: ${name}）`,
  principalDeleted: "ディレクトリから削除済み",
  morePlaces: (count) => `… ほか${count}件`,
  fix: "直し方",
  example: "例",
  removalsHeld:
    "このレコードからは何も読み取れないため、修正または削除されるまで、割り当ても許可セットも、いっさい削除しません",
  notAnalyzed: (policies, reason) =>
    `${policies}件のインラインポリシーを、IAM Access Analyzerで確認できませんでした（${reason}）。このために保留したものはありません。続く場合は access-analyzer:ValidatePolicy を許可してください。`,
  position: ({ line, column }) => `（${line}行${column}文字目）`,
};

/** The words of reports in the language. */
export function reportTexts(language: Language): ReportTexts {
  return { ja, en }[language];
}
