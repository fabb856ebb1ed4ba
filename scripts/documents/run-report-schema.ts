import * as z from "zod";

// Every description is English / Japanese. What a later version adds is no error: readers pass over what they do not know.

const said = <Type extends z.ZodType>(type: Type, description: string) => type.meta({ description });
const optional = <Type extends z.ZodType>(type: Type, description: string) =>
  said(type, description).optional();

const moment = z.iso.datetime();
const count = z.int().min(0);
const text = z.string();
const records = z.array(z.looseObject({ app: z.int(), record: text }));
const target = z.looseObject({
  permissionSet: text,
  permissionSetArn: text.optional(),
  account: text.optional(),
  accountName: text.optional(),
  principal: z
    .looseObject({
      type: z.enum(["USER", "GROUP"]),
      id: text,
      name: text.optional(),
      lastKnownName: text.optional(),
    })
    .optional(),
});
const item = z.looseObject({ target, would: z.enum(["create", "update", "delete"]), reason: text, records });

const counts = z.looseObject({
  records: said(count, "records read / 読み取ったレコード"),
  changes: said(count, "changes of the plan / 計画の変更"),
  applied: said(count, "changes that were applied / 適用した変更"),
  failed: said(count, "changes that failed / 失敗した変更"),
  knownFailures: said(count, "failures that people have been told of before / すでに伝えた失敗"),
  skipped: said(count, "changes that were not tried / 見送った変更"),
  held: said(count, "what is held because of records / 保留"),
  waiting: said(count, "users who are waited for / 同期待ちのユーザー"),
  unmanaged: said(count, "what is not managed here / 管理外"),
  issues: said(count, "problems of records / レコードの問題"),
  deletions: said(count, "revocations and deleted permission sets / 解除と削除"),
});

const change = z.looseObject({
  id: text,
  kind: text,
  target,
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  makesAdministrator: z.literal(true).optional(),
  undoesByHand: z.literal(true).optional(),
  because: text.optional(),
  definition: z.looseObject({}).optional(),
  records,
});

const plan = z.looseObject({
  hash: said(text, "the same for the same plan / 同じ計画なら同じ値"),
  only: optional(text, "the half that was asked for / 指定した片方"),
  changes: said(
    z.array(change),
    "each with its target, records, `before` and `after`; `makesAdministrator` and `undoesByHand` where it does so / 変更。対象、レコード、変更前と変更後。該当する場合は `makesAdministrator`、`undoesByHand`",
  ),
  effects: optional(
    z.looseObject({}),
    "who becomes an administrator, who loses all access, accounts without administrator / 新しい管理者、すべてを失う人、管理者がいなくなるアカウント",
  ),
  links: optional(z.record(text, text), "the address of each record, by its name / 各レコードのURL"),
  unchanged: said(
    z.looseObject({ permissionSets: count, assignments: count }),
    "what is as records say / 変更のないもの",
  ),
  reading: said(
    z.looseObject({
      mode: z.enum(["full", "partial"]),
      pairsRead: count,
      pairsAssumed: count,
      oldestUnreadPasses: count,
    }),
    "how much of Identity Center was read / 読み取った範囲",
  ),
  held: said(z.array(item), "held, with the reason and the records / 保留。理由とレコード"),
  waiting: said(
    z.array(z.looseObject({ userName: text })),
    "users who are not there yet / まだいないユーザー",
  ),
  timed: optional(
    z.array(z.looseObject({})),
    "records that count only for a time: `not-begun`, `in-force`, `over` / 期間を決めたレコード: `not-begun`、`in-force`、`over`",
  ),
  expansions: optional(
    z.array(z.looseObject({})),
    "records whose entries stand for many accounts / 1つの記述が多くのアカウントを指すレコード",
  ),
  locked: said(z.array(item), "out of reach or protected / 変更不可"),
  unmanaged: said(z.array(z.looseObject({ target, reason: text })), "not managed here / 管理外"),
  keyAccountAccess: optional(
    z.array(target),
    "access to accounts in which the sync could be changed / 同期を変更できるアカウントへのアクセス権",
  ),
});

const violation = z.looseObject({
  guard: said(text, "which guard / ガードの名前"),
  message: said(text, "what it says / 説明"),
  numbers: said(z.record(text, z.number()), "its numbers / 数値"),
  subjects: optional(z.array(text), "what it is about, by name / 対象の名前"),
  refuses: said(z.array(text), "ids of the changes that are not applied / 中止した変更のID"),
});

const approval = z.looseObject({
  code: optional(text, "what approves it / 承認コード"),
  command: optional(text, "what to run to approve it / 承認するコマンド"),
  expiresAt: optional(moment, "until when / 期限"),
  rejected: optional(
    z.looseObject({ reason: text, message: text }),
    "why a given approval does not count / 指定した承認が受け付けられなかった理由",
  ),
});

const outcome = z.looseObject({
  change: said(text, "id of the change / 変更のID"),
  status: said(z.enum(["applied", "failed", "skipped"]), "what became of it / 結果"),
  reason: optional(z.looseObject({ code: text, message: text }), "why not / 理由"),
  doesNotStay: optional(z.literal(true), "it is found undone pass after pass / 適用しても元に戻る"),
  known: optional(z.literal(true), "people have been told before / すでに伝えた"),
  requestId: optional(text, "AWS's / AWSのリクエストID"),
  startedAt: said(moment, "begin / 開始"),
  finishedAt: said(moment, "end / 終了"),
});

const issue = z.looseObject({
  app: said(z.int(), "id of the app / アプリID"),
  record: said(text, "id of the record / レコードID"),
  key: said(text, "joins what is told of one record / 1つのレコードについての情報を結び付けるキー"),
  fingerprint: said(text, "the same for the same problem / 同じ問題なら同じ値"),
  params: said(z.looseObject({}), "what the problem is about / 問題の詳細"),
  code: said(text, "see Records / 「レコード」を参照"),
  severity: said(z.enum(["error", "warning"]), "whether it holds the record / レコードを保留にするか"),
  field: optional(text, "our name of the field / フィールドの名前"),
  fieldLabel: optional(text, "the form's label of it / フォームでの表示名"),
  url: said(text, "of the record / レコードのURL"),
  message: said(text, "the problem / 問題"),
  hint: said(text, "how to mend it / 直し方"),
  example: optional(text, "a right value / 正しい値の例"),
});

const note = z.looseObject({
  app: optional(z.int(), "id of the app / アプリID"),
  record: optional(text, "id of the record / レコードID"),
  code: said(text, "which remark / 注記の種類"),
  url: optional(text, "of the record / レコードのURL"),
  message: said(text, "the remark / 内容"),
});

const error = z.looseObject({
  code: said(text, "what it was / エラーの種類"),
  fault: said(z.enum(["user", "kintone", "aws", "bug"]), "whose turn it is / 対応する側"),
  message: said(text, "what happened / 起きたこと"),
  hint: said(text, "what to do / 対処"),
});

/** What `--json` prints. */
export const runReportSchema = z.looseObject({
  schemaVersion: said(z.literal(1), "of this form / 形式のバージョン"),
  runId: said(text, "of the pass / 同期のID"),
  startedAt: said(moment, "begin / 開始"),
  finishedAt: said(moment, "end / 終了"),
  mode: said(z.enum(["plan", "sync"]), "the command / コマンド"),
  result: said(
    text,
    "`in-sync`, `removals-waiting` (only removals that wait for records), `applied`, `partly-applied`, `partly-refused`, `refused`, `failed`, `changes-pending` or `paused` / `in-sync`、`removals-waiting`（レコードの修正を待つ解除だけが残る）、`applied`、`partly-applied`、`partly-refused`、`refused`、`failed`、`changes-pending`、`paused` のどれか",
  ),
  counts: said(counts, "how much of everything / それぞれの件数"),
  plan: optional(plan, "missing when a read failed / 読み取りに失敗した場合はない"),
  violations: said(z.array(violation), "of the guards / ガードによる中止"),
  approval: optional(approval, "of what is refused / 中止したものの承認"),
  outcomes: said(z.array(outcome), "one per change / 変更ごとの結果"),
  issues: said(z.array(issue), "problems of records / レコードの問題"),
  notes: said(z.array(note), "remarks for operators / 運用担当者への注記"),
  apiCalls: said(
    z.record(text, count),
    "requests by service, every attempt / サービスごとのリクエスト数（再試行も数える）",
  ),
  error: optional(error, "why the pass could not go on / 同期を続けられなかった理由"),
});

/** The keys of a report that are described key by key; what is below them may hold any key, such as the names of records. */
export const openedKeys: ReadonlySet<string> = new Set([
  "counts",
  "plan",
  "violations",
  "approval",
  "outcomes",
  "issues",
  "notes",
  "error",
]);
