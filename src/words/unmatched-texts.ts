import type { Language } from "../model/config.ts";
import type { UnmatchedKind } from "../model/desired-state.ts";
import { showValue, showValues } from "./show-value.ts";

/** What is said when most names of a kind match nothing. */
export interface UnmatchedTexts {
  readonly title: string;
  readonly over: string;
  readonly found: (found: UnmatchedKind) => string;
  readonly causes: Readonly<Record<UnmatchedKind["kind"], (found: UnmatchedKind) => string>>;
  readonly untold: string;
}

const kindsEn: Readonly<Record<UnmatchedKind["kind"], string>> = {
  users: "users",
  groups: "groups",
  accounts: "accounts",
  policies: "AWS managed policies",
};

const kindsJa: Readonly<Record<UnmatchedKind["kind"], string>> = {
  users: "ユーザー",
  groups: "グループ",
  accounts: "AWSアカウント",
  policies: "AWS管理ポリシー",
};

const en: UnmatchedTexts = {
  title: "Most names in the records match nothing: check the configuration",
  over: "Most names in the records match something again",
  found: ({ kind, unmatched, of, examples }) =>
    `${unmatched} of the ${of} ${kindsEn[kind]} in the records match nothing in AWS, such as ${showValues(examples, quote).join(", ")}.`,
  causes: {
    users: ({ userTemplate, userMatch }) => {
      if (userMatch !== undefined) return `Most would be found with principals.userMatch: ${userMatch}.`;
      if (userTemplate === undefined)
        return "Check principals.userTemplate, which turns kintone login names into user names, and principals.userMatch.";
      return `Most would be found with principals.userTemplate: "${showValue(userTemplate)}".`;
    },
    groups: () =>
      "Check that the field for groups is the right one, and that groups are synchronised to this Identity Center.",
    accounts: () =>
      "Check that the field for accounts is the right one, and that the credentials belong to the right organization.",
    policies: () => "Check that the field for AWS managed policies is the right one.",
  },
  untold: "The records' authors are not told anything as long as this is so.",
};

const ja: UnmatchedTexts = {
  title: "レコードの名前の多くが見つかりません。設定を確認してください",
  over: "レコードの名前の多くが、また見つかるようになりました",
  found: ({ kind, unmatched, of, examples }) =>
    `レコードにある${kindsJa[kind]}${of}件のうち${unmatched}件が、AWSに見つかりません（${showValues(examples, (value) => `「${showValue(value)}」`).join("")}など）。`,
  causes: {
    users: ({ userTemplate, userMatch }) => {
      if (userMatch !== undefined) return `principals.userMatch: ${userMatch} にすると、多くが見つかります。`;
      if (userTemplate === undefined)
        return "kintoneのログイン名をユーザー名に変える設定 principals.userTemplate と、principals.userMatch を確認してください。";
      return `principals.userTemplate: "${showValue(userTemplate)}" にすると、多くが見つかります。`;
    },
    groups: () =>
      "グループのフィールドの指定が正しいか、グループがこのIAM Identity Centerに同期されているかを確認してください。",
    accounts: () =>
      "アカウントのフィールドの指定が正しいか、認証情報が正しい組織のものかを確認してください。",
    policies: () => "AWS管理ポリシーのフィールドの指定が正しいかを確認してください。",
  },
  untold: "この状態の間は、レコードの担当者には何も知らせません。",
};

function quote(value: string): string {
  return `"${showValue(value)}"`;
}

/** The texts in a language. */
export function unmatchedTexts(language: Language): UnmatchedTexts {
  return language === "ja" ? ja : en;
}
