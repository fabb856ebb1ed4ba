import type { Language } from "../model/config.ts";
import { approvalTexts } from "./approval-texts.ts";

/** Everything that operators' messages say in words, apart from issues, errors and guards. Times and durations come ready to read. */
export interface IncidentTexts {
  readonly passFailed: string;
  readonly guardRefused: string;
  readonly guardRefusedPart: string;
  readonly changesFailed: (changes: number) => string;
  readonly ownershipDoubtful: (sets: number) => string;
  /** What to do about such sets. */
  readonly aboutOwnership: string;
  readonly removalsHeld: (records: number) => string;
  readonly aboutRemovals: string;
  readonly recordsWithIssues: (records: number) => string;
  readonly recordsWithNewIssues: (records: number) => string;
  readonly recovered: {
    readonly passFailed: string;
    readonly guardRefused: string;
    readonly changesFailed: string;
    readonly ownershipDoubtful: string;
    readonly removalsHeld: string;
    readonly commentsFailed: string;
    readonly records: string;
  };
  readonly commentsFailed: string;
  readonly checkComments: string;
  readonly otherReason: string;
  readonly otherError: string;
  readonly otherPlan: string;
  /** Undefined where no approval can let the plan through. */
  readonly approve: (command: string | undefined) => string;
  /** Above what a refused plan would have done. */
  readonly wouldHave: string;
  /** Beside a change that gives a person an administrator's rights. */
  readonly makesAdministrator: string;
  readonly notTried: (changes: number) => string;
  readonly triedAgain: string;
  readonly grantsStay: string;
  readonly recordsInAll: (records: number) => string;
  readonly more: (count: number) => string;
  /** What a thread's reply lists under `New`, `Changed` and `Solved`, and how many are as they were. */
  readonly added: (count: number) => string;
  readonly changed: (count: number) => string;
  readonly solved: (count: number) => string;
  readonly kept: (count: number) => string;
  readonly sinceAndChanged: (since: string, changed: string) => string;
  readonly sinceAndStill: (since: string, now: string) => string;
  /** Below a message that may stand in the channel already. */
  readonly maybeTold: (since: string) => string;
  readonly period: (from: string, to: string, duration: string) => string;
  readonly reminder: (duration: string) => string;
  readonly over: (duration: string) => string;
  readonly duration: (hours: number, minutes: number) => string;
}

/** `1 change`, `2 changes`. */
function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}

const en: IncidentTexts = {
  passFailed: "kintone-sso-sync: the pass failed",
  guardRefused: "kintone-sso-sync: the plan was refused, nothing was written",
  guardRefusedPart: "kintone-sso-sync: a part of the plan was refused, the rest was applied",
  changesFailed: (changes) => `kintone-sso-sync: ${count(changes, "change")} failed`,
  ownershipDoubtful: (sets) =>
    `kintone-sso-sync: ${count(sets, "permission set carries", "permission sets carry")} our tags, and nothing proves that they are ours`,
  aboutOwnership:
    "They are left alone. Find out in CloudTrail who called TagResource. To manage a set whose record is right, run kintone-sso-sync adopt NAME; otherwise remove the tag kintone-sso-sync:owner from it.",
  removalsHeld: (records) =>
    `kintone-sso-sync: nothing is removed, because nothing can be told of ${count(records, "record")}`,
  aboutRemovals:
    "Whatever they asked for before may be theirs: until they are corrected or deleted, no assignment and no permission set is removed, whoever asks for it. Grants go on.",
  recordsWithIssues: (records) =>
    `kintone-sso-sync: ${count(records, "record has issues", "records have issues")}`,
  recordsWithNewIssues: (records) =>
    `kintone-sso-sync: ${count(records, "record has new issues", "records have new issues")}`,
  recovered: {
    passFailed: "kintone-sso-sync: passes go through again",
    guardRefused: "kintone-sso-sync: the plan is not refused any more",
    changesFailed: "kintone-sso-sync: no change fails any more",
    ownershipDoubtful: "kintone-sso-sync: every permission set with our tags is ours again",
    removalsHeld: "kintone-sso-sync: removals are carried out again",
    commentsFailed: "kintone-sso-sync: authors can be told on their records again",
    records: "kintone-sso-sync: every record can be carried out again",
  },
  commentsFailed: "kintone-sso-sync: authors cannot be told on their records",
  checkComments:
    "Check that comments are switched on in the app and that the token may view its records. The sync itself goes on.",
  otherReason: "They cannot be told for another reason now.",
  otherError: "The pass fails for another reason now.",
  otherPlan: "What is refused has changed, and so has the command that approves it.",
  approve: (command) =>
    command === undefined
      ? approvalTexts("en").never
      : `Review it with kintone-sso-sync plan, then let exactly this plan through, once and within 24 hours, with:\n${command}`,
  wouldHave: "What it would have done, removals and new administrators first:",
  makesAdministrator: "makes an administrator",
  notTried: (changes) =>
    `${count(changes, "change that depends on them was", "changes that depend on them were")} not tried.`,
  triedAgain: "The next pass tries again.",
  grantsStay: "What these records granted before stays as it is until they are corrected.",
  recordsInAll: (records) => `${count(records, "record has issues", "records have issues")} in all.`,
  more: (more) => `… and ${more} more`,
  added: (added) => `New: ${added}`,
  changed: (changed) => `Different from before: ${changed}`,
  solved: (solved) => `Solved: ${solved}`,
  kept: (kept) => `As before: ${kept}`,
  sinceAndChanged: (since, changed) => `Since ${since}, last changed ${changed}`,
  sinceAndStill: (since, now) => `Since ${since}, still so ${now}`,
  maybeTold: (since) =>
    `Since ${since}. A message about it may already stand above: Slack's answer to it was lost.`,
  period: (from, to, duration) => `From ${from} to ${to} (${duration})`,
  reminder: (duration) => `Still open after ${duration}.`,
  over: (duration) => `Over after ${duration}.`,
  duration: (hours, minutes) => {
    if (hours === 0) return minutes === 0 ? "less than a minute" : count(minutes, "minute");
    return minutes === 0 ? count(hours, "hour") : `${count(hours, "hour")} ${count(minutes, "minute")}`;
  },
};

const ja: IncidentTexts = {
  passFailed: "kintone-sso-sync: 同期に失敗しました",
  guardRefused: "kintone-sso-sync: 安全のための上限を超えたため、何も書き込まずに中止しました",
  guardRefusedPart: "kintone-sso-sync: 安全のための上限を超えた一部の変更だけを止め、残りを適用しました",
  changesFailed: (changes) => `kintone-sso-sync: ${changes}件の変更に失敗しました`,
  ownershipDoubtful: (sets) =>
    `kintone-sso-sync: このサービスのタグが付いた${sets}件の許可セットについて、このサービスのものだと確認できません`,
  aboutOwnership:
    "これらには何もしません。CloudTrailでTagResourceの実行者を確認してください。レコードのとおりに管理する場合は kintone-sso-sync adopt 名前 を実行し、そうでない場合はタグ kintone-sso-sync:owner を外してください。",
  removalsHeld: (records) =>
    `kintone-sso-sync: ${records}件のレコードから何も読み取れないため、削除をすべて見送っています`,
  aboutRemovals:
    "これまでに何を付与したか分からないため、これらのレコードが修正または削除されるまで、ほかのレコードによるものも含めて、割り当ても許可セットも削除しません。付与は続けます。",
  recordsWithIssues: (records) => `kintone-sso-sync: ${records}件のレコードに問題があります`,
  recordsWithNewIssues: (records) => `kintone-sso-sync: ${records}件のレコードに新しい問題があります`,
  recovered: {
    passFailed: "kintone-sso-sync: 同期が正常に戻りました",
    guardRefused: "kintone-sso-sync: 計画は上限を超えなくなりました",
    changesFailed: "kintone-sso-sync: 変更の失敗はなくなりました",
    ownershipDoubtful: "kintone-sso-sync: 所有者を確認できない許可セットはなくなりました",
    removalsHeld: "kintone-sso-sync: 削除の見送りは終わりました",
    commentsFailed: "kintone-sso-sync: レコードにコメントできるようになりました",
    records: "kintone-sso-sync: すべてのレコードを反映できるようになりました",
  },
  commentsFailed: "kintone-sso-sync: レコードにコメントできません",
  checkComments:
    "アプリのコメント機能が有効か、トークンにレコードの閲覧権限があるかを確認してください。同期そのものは続いています。",
  otherReason: "コメントできない理由が変わりました。",
  otherError: "失敗の理由が変わりました。",
  otherPlan: "中止した計画の内容が変わったため、承認のコマンドも変わりました。",
  approve: (command) =>
    command === undefined
      ? approvalTexts("ja").never
      : `kintone-sso-sync plan で内容を確認のうえ、中止した変更だけを1回適用するには、24時間以内に次を実行してください。\n${command}`,
  wouldHave: "適用されるはずだった変更（削除と、新しく管理者になるものが先）:",
  makesAdministrator: "管理者になる",
  notTried: (changes) => `これらに依存する${changes}件の変更は見送りました。`,
  triedAgain: "次回の同期のときに自動的に再試行します。",
  grantsStay: "修正されるまで、これらのレコードがこれまでに付与したアクセス権はそのまま残ります。",
  recordsInAll: (records) => `問題のあるレコードは全部で${records}件です。`,
  more: (more) => `… ほか${more}件`,
  added: (added) => `新しい問題: ${added}件`,
  changed: (changed) => `内容が変わった問題: ${changed}件`,
  solved: (solved) => `解消した問題: ${solved}件`,
  kept: (kept) => `変わらない問題: ${kept}件`,
  sinceAndChanged: (since, changed) => `発生: ${since}、最終更新: ${changed}`,
  sinceAndStill: (since, now) => `発生: ${since}、${now} の時点で未解消`,
  maybeTold: (since) =>
    `発生: ${since}。Slackの応答が途切れたため、同じ内容のメッセージがすでに投稿されている可能性があります。`,
  period: (from, to, duration) => `${from} から ${to} まで（${duration}）`,
  reminder: (duration) => `${duration}たちましたが、まだ解消していません。`,
  over: (duration) => `${duration}で解消しました。`,
  duration: (hours, minutes) => {
    if (hours === 0) return minutes === 0 ? "1分未満" : `${minutes}分`;
    return minutes === 0 ? `${hours}時間` : `${hours}時間${minutes}分`;
  },
};

const catalogue: Readonly<Record<Language, IncidentTexts>> = { ja, en };

/** The words of operators' messages in the language. */
export function incidentTexts(language: Language): IncidentTexts {
  return catalogue[language];
}
