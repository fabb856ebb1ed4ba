import type { Language } from "../model/config.ts";

/** What the pages of `serve` say in words. */
export interface ServicePageTexts {
  readonly title: string;
  readonly needsScript: string;
  readonly passes: string;
  readonly issues: string;
  readonly access: string;
  readonly plan: string;
  readonly mine: string;
  readonly time: string;
  readonly result: string;
  readonly changes: string;
  readonly noPass: string;
  readonly earlier: string;
  readonly syncNow: string;
  readonly syncStarted: string;
  readonly syncPromised: string;
  readonly noIssues: string;
  readonly record: string;
  readonly problem: string;
  readonly fix: string;
  readonly asOf: (time: string) => string;
  readonly readAccess: string;
  readonly aboutReading: string;
  readonly makePlan: string;
  readonly aboutPlan: string;
  readonly person: string;
  readonly show: string;
  readonly nobody: (name: string) => string;
  readonly account: string;
  readonly set: string;
  readonly via: string;
  readonly direct: string;
  readonly signIn: string;
  readonly token: string;
  readonly wrongToken: string;
  readonly signOut: string;
  readonly refused: string;
  readonly failed: string;
}

const en: ServicePageTexts = {
  title: "kintone-sso-sync",
  needsScript: "This page needs JavaScript, which is inside it; nothing is loaded from elsewhere.",
  passes: "Last passes",
  issues: "Records with issues",
  access: "Who has what",
  plan: "Dry run",
  mine: "One person's access",
  time: "Ended",
  result: "Result",
  changes: "Changes",
  noPass: "No pass has ended yet.",
  earlier: "Earlier passes",
  syncNow: "Sync now",
  syncStarted: "A pass has begun.",
  syncPromised: "A pass is running; one more follows it.",
  noIssues: "No record has an issue.",
  record: "Record",
  problem: "What is wrong",
  fix: "How to fix",
  asOf: (time) => `As of ${time}.`,
  readAccess: "Read now",
  aboutReading: "Everything is read anew, which takes up to a few minutes. Nothing is written.",
  makePlan: "Plan now",
  aboutPlan: "Reads everything and shows what a sync would do now. Nothing is written.",
  person: "User name, e-mail address or display name",
  show: "Show",
  nobody: (name) => `${name} has no access, or is not known.`,
  account: "AWS account",
  set: "Permission set",
  via: "Via",
  direct: "direct",
  signIn: "Sign in",
  token: "Token",
  wrongToken: "This is not the token.",
  signOut: "Sign out",
  refused: "This request does not come from a page of this site. Go back and try again.",
  failed: "It could not be read:",
};

const ja: ServicePageTexts = {
  title: "kintone-sso-sync",
  needsScript: "このページの表示にはJavaScriptが必要です（ページ内に含まれ、外部からは何も読み込みません）。",
  passes: "最近の同期",
  issues: "問題のあるレコード",
  access: "だれが何をできるか",
  plan: "試行（書き込みなし）",
  mine: "1人のアクセス権",
  time: "終了",
  result: "結果",
  changes: "変更",
  noPass: "まだ1回も同期が終わっていません。",
  earlier: "以前の同期",
  syncNow: "今すぐ同期",
  syncStarted: "同期を始めました。",
  syncPromised: "同期中です。終わったあとに、もう1回同期します。",
  noIssues: "問題のあるレコードはありません。",
  record: "レコード",
  problem: "問題",
  fix: "直し方",
  asOf: (time) => `${time} 時点`,
  readAccess: "読み取る",
  aboutReading: "すべてを読み取り直すため、数分かかることがあります。何も書き込みません。",
  makePlan: "計画を作成",
  aboutPlan: "すべてを読み取り、今同期した場合に行われることを表示します。何も書き込みません。",
  person: "ユーザー名、メールアドレス、または表示名",
  show: "表示",
  nobody: (name) => `「${name}」にはアクセス権がないか、該当するユーザーがいません。`,
  account: "AWSアカウント",
  set: "許可セット",
  via: "経由",
  direct: "直接",
  signIn: "サインイン",
  token: "トークン",
  wrongToken: "トークンが違います。",
  signOut: "サインアウト",
  refused: "このサイトのページからのリクエストではありません。前のページに戻ってやり直してください。",
  failed: "読み取れませんでした:",
};

/** The words of the pages of `serve` in the language. */
export function servicePageTexts(language: Language): ServicePageTexts {
  return { ja, en }[language];
}
