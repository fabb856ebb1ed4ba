import type { Language } from "../model/config.ts";

type ListKind = "accounts" | "groups";

interface ListTexts {
  /** Why a list was not kept current; the reason is a sentence of its own. */
  readonly notKept: (kind: ListKind, variable: string, reason: string) => string;
  readonly noToken: (variable: string) => string;
  /** Groups whose names do not fit, and one of them. */
  readonly tooLong: (groups: number, example: string) => string;
}

const texts: Readonly<Record<Language, ListTexts>> = {
  en: {
    notKept: (kind, variable, reason) =>
      `The list of ${kind === "accounts" ? "AWS accounts" : "groups"} in kintone (${variable}) was not brought up to date; access is not affected. ${reason}`,
    noToken: (variable) =>
      `${variable} is not set: it takes a token for that app alone, with View, Add and Edit records.`,
    tooLong: (groups, example) =>
      `${groups === 1 ? "A group is" : `${groups} groups are`} not in the list of groups in kintone: a name there has at most 64 characters. Give ${groups === 1 ? "it" : "them"} shorter names in Identity Center, or write ${groups === 1 ? "it" : "them"} into a text field (e.g. “${example}”).`,
  },
  ja: {
    notKept: (kind, variable, reason) =>
      `kintoneの${kind === "accounts" ? "AWSアカウント" : "グループ"}一覧（${variable}）を更新できませんでした（アクセス権には影響ありません）。${reason}`,
    noToken: (variable) =>
      `${variable}が設定されていません。そのアプリ専用のAPIトークン（レコード閲覧、追加、編集）を指定してください。`,
    tooLong: (groups, example) =>
      `kintoneのグループ一覧に登録できないグループが${groups}件あります（名前が64文字を超えています。例:「${example}」）。Identity Centerで名前を短くするか、文字列フィールドに直接入力してください。`,
  },
};

/** What is said of the lists that the sync keeps current. */
export function listTexts(language: Language): ListTexts {
  return texts[language];
}
