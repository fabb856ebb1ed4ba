import type { Language } from "../model/config.ts";
import type { HoldReason } from "../model/desired-state.ts";

type KeptReason = Extract<
  HoldReason,
  | "targets-unread"
  | "targets-shrank"
  | "clocks-apart"
  | "end-unknown"
  | "principal-waiting"
  | "waits-for-approval"
  | "person-changed"
>;

/** Why what a record granted is kept, though its author has done nothing wrong: clauses of a sentence. */
export const keptReasons: Readonly<Record<Language, Readonly<Record<KeptReason, string>>>> = {
  en: {
    "waits-for-approval": "its record waits for approval: what was approved last stays",
    "principal-waiting": "a user of the record has not arrived yet",
    "clocks-apart": "the clock here and kintone's are more than five minutes apart: nothing begins or ends",
    "end-unknown":
      "it had an end, and the app has lost the field for it; put the field back, or map it to null",
    "person-changed":
      "somebody else has the name now than when the record was saved; saving the record again gives it to them",
    "targets-unread": "the organizational units that its record names could not be read",
    "targets-shrank":
      "its record stands for many fewer accounts than before, though nobody has edited it; saving the record again confirms that",
  },
  ja: {
    "waits-for-approval": "レコードが承認待ちのため（最後に承認された内容をそのまま残す）",
    "principal-waiting": "レコードのユーザーがまだ同期されていないため",
    "clocks-apart": "ここの時計とkintoneの時計が5分を超えてずれていて、開始も終了もさせないため",
    "end-unknown":
      "終了のあるレコードだったのに、アプリからそのフィールドがなくなったため。フィールドを戻すか、設定でnullにしてください",
    "person-changed":
      "レコードを保存した後に、同じ名前が別の人に付けられたため。その人に付与する場合は、レコードを保存し直してください",
    "targets-unread": "レコードが指すOUを読み取れなかったため",
    "targets-shrank":
      "編集されていないのに、レコードが指すアカウントが大きく減ったため。そのままでよければ、レコードを保存し直してください",
  },
};
