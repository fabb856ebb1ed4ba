import type { Language } from "../model/config.ts";

/** What a comment on a record says around its problems. */
export interface CommentTexts {
  readonly held: string;
  /** Where something that the record may have granted exists. */
  readonly heldAsItWas: string;
  readonly refused: string;
  readonly notYet: string;
  readonly warningsOnly: string;
  readonly waitsForApproval: string;
  readonly closing: string;
  readonly approvalClosing: string;
  readonly more: (count: number) => string;
}

const texts: Readonly<Record<Language, CommentTexts>> = {
  en: {
    held: "This record has not been carried out yet. Please correct the following and save it.",
    heldAsItWas:
      "This record has not been carried out yet. Please correct the following and save it. What it granted before stays as it is until then.",
    refused:
      "Please look at the following. The changes of this record are not in AWS yet: they wait for an administrator's approval.",
    notYet: "Please look at the following. Not all changes of this record are in AWS yet.",
    warningsOnly: "This record was carried out, except for the following.",
    waitsForApproval:
      "This record waits for approval. What was approved last stays as it is, and nothing new is granted.",
    approvalClosing: "There is no need to reply.",
    closing: "Once you have corrected and saved it, the next sync carries it out. There is no need to reply.",
    more: (lines) => `(${lines === 1 ? "1 more line is" : `${lines} more lines are`} left out.)`,
  },
  ja: {
    held: "このレコードはまだ反映されていません。下記を修正して保存してください。",
    heldAsItWas:
      "このレコードはまだ反映されていません。下記を修正して保存してください。修正されるまで、これまでに付与したアクセス権はそのまま残ります。",
    refused:
      "次の点を確認してください。このレコードの変更はまだAWSに反映されていません（管理者の承認待ち）。",
    notYet: "次の点を確認してください。このレコードには、まだAWSに反映されていない変更があります。",
    warningsOnly: "このレコードは、次の点を除いて反映しました。",
    waitsForApproval:
      "このレコードは承認待ちです。最後に承認された内容をそのまま残し、新しい割り当ては行いません。",
    approvalClosing: "返信は不要です。",
    closing: "修正して保存すると、次回の同期で自動的に反映します。返信は不要です。",
    more: (count) => `（ほか${count}行を省略しました。）`,
  },
};

/** The words of comments in the language. */
export function commentTexts(language: Language): CommentTexts {
  return texts[language];
}
