import type { Language } from "../model/config.ts";
import type { GateReason, Standing } from "../model/gate.ts";

type TextOfReason = Readonly<Record<GateReason, string>>;

/** What is said of records that wait for approval. */
export interface GateTexts {
  /** With the state as kintone shows it. */
  readonly standings: Readonly<Record<Standing, (state: string) => string>>;
  /** Why it waits though its state is an approved one. */
  readonly reasons: TextOfReason;
  /** To its author: what there is to do. */
  readonly nothingToDo: string;
  readonly toDo: TextOfReason;
  readonly between: string;
  readonly overdue: (records: number, days: number) => string;
  readonly overdueTitle: string;
  readonly overdueOver: string;
  readonly statusInQuery: (key: string, field: string) => string;
  readonly statusInQueryTitle: string;
  readonly statusInQueryOver: string;
}

const texts: Readonly<Record<Language, GateTexts>> = {
  en: {
    standings: {
      approved: (state) => `approved (${state})`,
      pending: (state) => `waits for approval (${state || "no state"})`,
      ended: (state) => `ended (${state})`,
    },
    reasons: {
      edited: "edited after it was approved",
      "perhaps-edited":
        "somebody else than its approver saved it last: it may have been edited after it was approved, which no memory tells",
      "no-approver": "the field for its approver is empty",
      "own-approval": "its approver edited it last",
      "editor-unknown":
        "edited and approved between two syncs, so that nobody can tell whether its approver edited it",
    },
    nothingToDo: "Once it is approved, the next sync carries it out.",
    toDo: {
      edited: "Set it back to an earlier state. Once a sync has seen that, have it approved again.",
      "perhaps-edited": "Have it approved again.",
      "no-approver": "Have an approver enter their name in the field.",
      "own-approval": "Have somebody else approve it.",
      "editor-unknown":
        "Set it back and apply for it once more yourself. Once a sync has seen that, have it approved again.",
    },
    between: ": ",
    overdue: (records, days) =>
      `${records === 1 ? "1 record waits" : `${records} records wait`} for approval for more than ${days} days. What was approved last stays all that time: approve, or reject.`,
    overdueTitle: "kintone-sso-sync: records wait long for approval",
    overdueOver: "kintone-sso-sync: no record waits long for approval any more",
    statusInQuery: (key, field) =>
      `${key} names the status field “${field}”: a record that leaves the query counts as deleted, and its access goes at once. Use a gate instead, which keeps what was approved.`,
    statusInQueryTitle: "kintone-sso-sync: records that leave a status lose their access at once",
    statusInQueryOver: "kintone-sso-sync: the query does not name the status any more",
  },
  ja: {
    standings: {
      approved: (state) => `承認済み（${state}）`,
      pending: (state) => `承認待ち（${state || "状態なし"}）`,
      ended: (state) => `終了（${state}）`,
    },
    reasons: {
      edited: "承認後に編集された",
      "perhaps-edited":
        "最後に保存したのは承認者ではない。承認後に編集された可能性があるが、メモリがないため確認できない",
      "no-approver": "承認者のフィールドが空",
      "own-approval": "最後に編集した人が承認者",
      "editor-unknown": "同期と同期の間に編集と承認の両方が行われ、承認者が編集したのかどうか分からない",
    },
    nothingToDo: "承認されると、次回の同期で自動的に反映します。",
    toDo: {
      edited: "いったん前の状態に戻してください。それを同期が確認したあとで、もう一度承認を受けてください。",
      "perhaps-edited": "もう一度承認を受けてください。",
      "no-approver": "承認者に、フィールドへ名前を入力してもらってください。",
      "own-approval": "別の人に承認してもらってください。",
      "editor-unknown":
        "いったん前の状態に戻し、ご自身でもう一度申請してください。それを同期が確認したあとで、承認を受けてください。",
    },
    between: "：",
    overdue: (records, days) =>
      `${records}件のレコードが、${days}日を超えて承認待ちです。その間、最後に承認された内容が残り続けます。承認するか、却下してください。`,
    overdueTitle: "kintone-sso-sync: 長い間承認待ちのレコードがあります",
    overdueOver: "kintone-sso-sync: 長い間承認待ちのレコードはなくなりました",
    statusInQuery: (key, field) =>
      `${key} の条件に、ステータスのフィールド「${field}」が使われています。条件から外れたレコードは削除と同じ扱いになり、アクセス権がすぐに失われます。承認された内容を残すゲート（gate）を使ってください。`,
    statusInQueryTitle: "kintone-sso-sync: ステータスが変わったレコードのアクセス権が、すぐに失われます",
    statusInQueryOver: "kintone-sso-sync: 条件にステータスのフィールドは使われなくなりました",
  },
};

/** The words for approvals in the language. */
export function gateTexts(language: Language): GateTexts {
  return texts[language];
}
