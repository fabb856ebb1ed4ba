import type { Language } from "../model/config.ts";

/** What only the page of who has what says; `#` stands for a number. */
export interface PageTexts {
  readonly title: string;
  readonly search: string;
  readonly allClasses: string;
  readonly administrators: string;
  readonly allSources: string;
  readonly source: string;
  readonly kind: string;
  readonly matrix: string;
  readonly list: string;
  readonly account: string;
  readonly set: string;
  readonly person: string;
  readonly via: string;
  readonly direct: string;
  readonly records: string;
  readonly lastUsed: string;
  readonly allAccounts: string;
  readonly disabled: string;
  readonly noPerson: string;
  readonly found: string;
  readonly more: string;
  readonly reset: string;
  readonly cell: string;
  readonly needsScript: string;
}

const en: PageTexts = {
  title: "Who has what",
  search: "Search: person, account, permission set, record",
  allClasses: "all",
  administrators: "administrators",
  allSources: "all",
  source: "Asked for by",
  kind: "Class",
  matrix: "People by account and permission set",
  list: "Access",
  account: "AWS account",
  set: "Permission set",
  person: "Person",
  via: "Via",
  direct: "direct",
  records: "Records",
  lastUsed: "Last used",
  allAccounts: "all",
  disabled: "disabled",
  noPerson: "no person",
  found: "# found",
  more: "Show # more",
  reset: "Show all",
  cell: "people",
  needsScript: "This page needs JavaScript, which is inside this file; nothing is loaded from elsewhere.",
};

const ja: PageTexts = {
  title: "だれが何をできるか",
  search: "検索: ユーザー、アカウント、許可セット、レコード",
  allClasses: "すべて",
  administrators: "管理者",
  allSources: "すべて",
  source: "由来",
  kind: "区分",
  matrix: "アカウントと許可セットごとの人数",
  list: "アクセス権",
  account: "AWSアカウント",
  set: "許可セット",
  person: "ユーザー",
  via: "経由",
  direct: "直接",
  records: "レコード",
  lastUsed: "最終利用",
  allAccounts: "すべて",
  disabled: "無効",
  noPerson: "該当者なし",
  found: "#件",
  more: "さらに#件を表示",
  reset: "すべて表示",
  cell: "人",
  needsScript:
    "このページにはJavaScriptが必要です（このファイルに含まれており、外部からは何も読み込みません）。",
};

/** The words of the page in the language. */
export function pageTexts(language: Language): PageTexts {
  return { ja, en }[language];
}
