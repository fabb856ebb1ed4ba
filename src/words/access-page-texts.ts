import type { Language } from "../model/config.ts";

/** What only the page of who has what says; `#` stands for a number. */
export interface PageTexts {
  readonly title: string;
  /** The title where the changes of a plan are marked. */
  readonly marked: string;
  readonly marks: Readonly<Record<"added" | "removed", string>>;
  readonly change: string;
  readonly onlyChanges: string;
  readonly group: string;
  readonly search: string;
  readonly all: string;
  readonly administrators: string;
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
  readonly starts: string;
  readonly expires: string;
  readonly lastUsed: string;
  /** Who changed the record last. */
  readonly owner: string;
  readonly noOwner: string;
  readonly disabled: string;
  readonly noPerson: string;
  readonly found: string;
  readonly moreAccounts: string;
  readonly moreSets: string;
  readonly moreLines: string;
  readonly reset: string;
  readonly cell: string;
  readonly paper: string;
  readonly onePaper: string;
  readonly sheetPerAccount: string;
  readonly sheetPerOwner: string;
  readonly print: string;
  readonly needsScript: string;
}

const en: PageTexts = {
  title: "Who has what",
  marked: "All access, with what changes",
  marks: { added: "+ added", removed: "− removed" },
  change: "Change",
  onlyChanges: "only what changes",
  group: "group",
  search: "Search: person, account, permission set, record",
  all: "all",
  administrators: "administrators",
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
  starts: "From",
  expires: "Until",
  lastUsed: "Last used",
  owner: "Record last changed by",
  noOwner: "No record",
  disabled: "disabled",
  noPerson: "no person",
  found: "# found",
  moreAccounts: "Show # more accounts",
  moreSets: "Show # more permission sets",
  moreLines: "Show # more accesses",
  reset: "Show all",
  cell: "people",
  paper: "On paper",
  onePaper: "what is shown",
  sheetPerAccount: "one sheet for each account",
  sheetPerOwner: "one sheet for each person who changed the records last",
  print: "Print",
  needsScript: "This page needs JavaScript, which is inside this file; nothing is loaded from elsewhere.",
};

const ja: PageTexts = {
  title: "だれが何をできるか",
  marked: "すべてのアクセス権と変更",
  marks: { added: "＋ 追加", removed: "− 削除" },
  change: "変更",
  onlyChanges: "変更のみ",
  group: "グループ",
  search: "検索: ユーザー、アカウント、許可セット、レコード",
  all: "すべて",
  administrators: "管理者",
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
  starts: "利用開始",
  expires: "利用終了",
  lastUsed: "最終利用",
  owner: "レコードの最終更新者",
  noOwner: "レコードなし",
  disabled: "無効",
  noPerson: "該当者なし",
  found: "#件",
  moreAccounts: "アカウントをさらに#件表示",
  moreSets: "許可セットをさらに#件表示",
  moreLines: "アクセス権をさらに#件表示",
  reset: "すべて表示",
  cell: "人",
  paper: "印刷の単位",
  onePaper: "表示中の内容",
  sheetPerAccount: "アカウントごとに1枚",
  sheetPerOwner: "レコードの最終更新者ごとに1枚",
  print: "印刷",
  needsScript:
    "このページにはJavaScriptが必要です（このファイルに含まれており、外部からは何も読み込みません）。",
};

/** The words of the page in the language. */
export function pageTexts(language: Language): PageTexts {
  return { ja, en }[language];
}
