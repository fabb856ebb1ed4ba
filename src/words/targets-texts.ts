import type { Language } from "../model/config.ts";

/** What is said of entries of records that stand for many accounts. */
export interface TargetsTexts {
  readonly standsFor: (entries: number, accounts: number) => string;
  /** Accounts that AWS has added and taken out, by name. */
  readonly moved: (added: string, removed: string) => string;
  /** With the code of the error. */
  readonly placesNotRead: (code: string) => string;
  readonly movedTitle: string;
  readonly movedOver: string;
}

const texts: Readonly<Record<Language, TargetsTexts>> = {
  en: {
    standsFor: (entries, accounts) =>
      `${entries} ${entries === 1 ? "entry" : "entries"} → ${accounts} ${accounts === 1 ? "account" : "accounts"}`,
    moved: (added, removed) =>
      `changed in AWS, not by an edit (${[added === "" ? "" : `+ ${added}`, removed === "" ? "" : `− ${removed}`].filter((text) => text !== "").join("; ")})`,
    placesNotRead: (code) =>
      `The organizational units could not be read (${code}): what records that name them granted stays, and they grant nothing new. Allow organizations:ListRoots, ListOrganizationalUnitsForParent and ListAccountsForParent.`,
    movedTitle:
      "kintone-sso-sync: access changes because accounts were moved, renamed, made or closed in AWS",
    movedOver: "kintone-sso-sync: no access changes because of accounts any more",
  },
  ja: {
    standsFor: (entries, accounts) => `${entries}件の指定 → ${accounts}アカウント`,
    moved: (added, removed) =>
      `編集ではなくAWSでの変更による（${[added === "" ? "" : `追加: ${added}`, removed === "" ? "" : `除外: ${removed}`].filter((text) => text !== "").join("、")}）`,
    placesNotRead: (code) =>
      `OU（組織単位）を読み取れませんでした（${code}）。OUを指定したレコードが付与したアクセス権はそのまま残し、新しい割り当ては行いません。organizations:ListRoots、ListOrganizationalUnitsForParent、ListAccountsForParentの権限を確認してください。`,
    movedTitle:
      "kintone-sso-sync: AWSアカウントの移動、名前の変更、作成、閉鎖によって、アクセス権が変わります",
    movedOver: "kintone-sso-sync: アカウントの変更によるアクセス権の変更は終わりました",
  },
};

/** The words for such entries in the language. */
export function targetsTexts(language: Language): TargetsTexts {
  return texts[language];
}
