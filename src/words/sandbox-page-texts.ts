import type { Language } from "../model/config.ts";

/** What the pages of the sandbox say in words. */
export interface SandboxPageTexts {
  readonly title: string;
  readonly needsScript: string;
  readonly about: string;
  readonly stepsTitle: string;
  readonly steps: readonly string[];
  readonly start: string;
  readonly portal: string;
  readonly channel: (name: string) => string;
  readonly actingAs: string;
  readonly switchPerson: string;
  readonly sync: string;
  readonly syncNow: string;
  readonly syncing: string;
  readonly synced: (time: string, result: string) => string;
  readonly neverSynced: string;
  readonly report: string;
  readonly newRecord: string;
  readonly records: string;
  readonly noRecords: string;
  readonly record: (app: string, id: number) => string;
  readonly edit: string;
  readonly remove: string;
  readonly save: string;
  readonly field: string;
  readonly value: string;
  readonly number: string;
  readonly comments: string;
  readonly commentCount: string;
  readonly noComments: string;
  readonly comment: string;
  readonly send: string;
  readonly saidBy: (name: string, time: string) => string;
  readonly to: (names: string) => string;
  readonly status: string;
  readonly next: string;
  readonly row: (table: string, number: number) => string;
  readonly none: string;
  readonly messages: string;
  readonly noMessages: string;
  readonly edited: string;
  readonly answer: string;
  readonly mayEnter: (name: string) => string;
  readonly others: string;
  readonly noAccess: string;
  readonly account: string;
  readonly set: string;
  readonly via: string;
  readonly direct: string;
  readonly person: string;
  readonly asked: (account: string, set: string) => string;
  readonly notAsked: (account: string, set: string) => string;
  readonly notFound: string;
  readonly refused: string;
}

const en: SandboxPageTexts = {
  title: "Sandbox",
  needsScript: "This page needs JavaScript, which is inside it; nothing is loaded from elsewhere.",
  about:
    "A made-up company: its apps, its Slack channel and its access portal. Nothing here reaches kintone, Slack or AWS.",
  stepsTitle: "Try this",
  steps: [
    "Choose who you are, open the app of the assignments, and add a record with the account shop-qa, which does not exist.",
    "Press “Sync now”.",
    "Open your record: a comment says what is wrong and how to mend it. The operators read of it in their channel.",
    "Edit the record: choose the account sandbox instead.",
    "Press “Sync now” again: a comment says that it is solved, and the access portal offers the account.",
  ],
  start: "Start",
  portal: "Access portal",
  channel: (name) => `Channel #${name}`,
  actingAs: "You are",
  switchPerson: "Switch",
  sync: "Sync",
  syncNow: "Sync now",
  syncing: "A sync is running. This page shows its result when it ends.",
  synced: (time, result) => `${time} · ${result}`,
  neverSynced: "Nothing has been synced from this page yet.",
  report: "What the sync says",
  newRecord: "New record",
  records: "Records",
  noRecords: "There is no record yet.",
  record: (app, id) => `${app}: record ${id}`,
  edit: "Edit",
  remove: "Delete",
  save: "Save",
  field: "Field",
  value: "Value",
  number: "Record",
  comments: "Comments",
  commentCount: "Comments",
  noComments: "Nobody has commented.",
  comment: "Your comment",
  send: "Comment",
  saidBy: (name, time) => `${name}, ${time}`,
  to: (names) => `To ${names}`,
  status: "State",
  next: "Who acts next",
  row: (table, number) => `${table}, row ${number}`,
  none: "none",
  messages: "Messages",
  noMessages: "Nobody has written anything.",
  edited: "edited",
  answer: "in a thread",
  mayEnter: (name) => `What ${name} may enter`,
  others: "Everybody",
  noAccess: "No account.",
  account: "AWS account",
  set: "Permission set",
  via: "Via",
  direct: "direct",
  person: "Person",
  asked: (account, set) =>
    `You may enter ${account} with ${set}. The real portal would open its console now.`,
  notAsked: (account, set) => `You may not enter ${account} with ${set}.`,
  notFound: "There is no such page here.",
  refused: "This request does not come from a page of the sandbox.",
};

const ja: SandboxPageTexts = {
  title: "サンドボックス",
  needsScript: "このページの表示にはJavaScriptが必要です（ページ内に含まれ、外部からは何も読み込みません）。",
  about:
    "架空の会社のアプリ、Slackチャンネル、アクセスポータルです。実際のkintone、Slack、AWSには接続しません。",
  stepsTitle: "試してみる",
  steps: [
    "自分がだれかを選び、割り当てのアプリを開いて、実在しないアカウント shop-qa のレコードを追加します。",
    "「今すぐ同期」を押します。",
    "レコードを開くと、何が問題でどう直すかがコメントで届いています。運用担当者のチャンネルにも知らせが届きます。",
    "レコードを編集し、代わりにアカウント sandbox を選びます。",
    "もう一度「今すぐ同期」を押すと、解決したことがコメントで届き、アクセスポータルにアカウントが現れます。",
  ],
  start: "はじめに",
  portal: "アクセスポータル",
  channel: (name) => `チャンネル #${name}`,
  actingAs: "操作する人",
  switchPerson: "切り替える",
  sync: "同期",
  syncNow: "今すぐ同期",
  syncing: "同期しています。終わると、このページに結果を表示します。",
  synced: (time, result) => `${time} · ${result}`,
  neverSynced: "このページからはまだ同期していません。",
  report: "同期の結果",
  newRecord: "レコードを追加",
  records: "レコード",
  noRecords: "レコードはまだありません。",
  record: (app, id) => `${app}: レコード${id}`,
  edit: "編集",
  remove: "削除",
  save: "保存",
  field: "項目",
  value: "内容",
  number: "レコード",
  comments: "コメント",
  commentCount: "コメント数",
  noComments: "コメントはありません。",
  comment: "コメントを書く",
  send: "コメントする",
  saidBy: (name, time) => `${name}（${time}）`,
  to: (names) => `宛先: ${names}`,
  status: "状態",
  next: "次に操作する人",
  row: (table, number) => `${table} ${number}行目`,
  none: "なし",
  messages: "メッセージ",
  noMessages: "メッセージはありません。",
  edited: "編集済み",
  answer: "スレッドへの返信",
  mayEnter: (name) => `${name}さんが使えるアカウント`,
  others: "全員",
  noAccess: "使えるアカウントはありません。",
  account: "AWSアカウント",
  set: "許可セット",
  via: "経由",
  direct: "直接",
  person: "人",
  asked: (account, set) =>
    `${account} を ${set} で使えます。実際のポータルでは、ここでコンソールが開きます。`,
  notAsked: (account, set) => `${account} を ${set} で使うことはできません。`,
  notFound: "ここには、そのページはありません。",
  refused: "サンドボックスのページからのリクエストではありません。",
};

/** The words of the sandbox's pages in the language. */
export function sandboxPageTexts(language: Language): SandboxPageTexts {
  return { ja, en }[language];
}
