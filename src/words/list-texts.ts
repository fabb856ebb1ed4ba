import type { Language } from "../model/config.ts";

type ListKind = "accounts" | "groups";

interface ListTexts {
  /** Why a list was not kept current; the reason is a sentence of its own. */
  readonly notKept: (kind: ListKind, variable: string, reason: string) => string;
  readonly noToken: (variable: string) => string;
}

const texts: Readonly<Record<Language, ListTexts>> = {
  en: {
    notKept: (kind, variable, reason) =>
      `The list of ${kind === "accounts" ? "AWS accounts" : "groups"} in kintone (${variable}) was not brought up to date; access is not affected. ${reason}`,
    noToken: (variable) =>
      `${variable} is not set: it takes a token for that app alone, with View, Add and Edit records.`,
  },
  ja: {
    notKept: (kind, variable, reason) =>
      `kintoneの${kind === "accounts" ? "AWSアカウント" : "グループ"}一覧（${variable}）を更新できませんでした（アクセス権には影響ありません）。${reason}`,
    noToken: (variable) =>
      `${variable}が設定されていません。そのアプリ専用のAPIトークン（レコード閲覧、追加、編集）を指定してください。`,
  },
};

/** What is said of the lists that the sync keeps current. */
export function listTexts(language: Language): ListTexts {
  return texts[language];
}
