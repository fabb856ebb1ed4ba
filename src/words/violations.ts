import type { Language } from "../model/config.ts";
import type { GuardName, Violation } from "../model/violation.ts";
import { hasShrunk } from "../model/record-shrink.ts";
import { accountText, type Names } from "../report/names.ts";
import { reportTexts } from "./report-texts.ts";
import { safeLine } from "../report/safe-text.ts";

type Numbers = Readonly<Record<string, number>>;
/** `subjects` is what it is about, ready to read. */
type Text = (numbers: Numbers, subjects: string) => string;

const percent = (ratio: number | undefined): string => `${Math.round((ratio ?? 0) * 1000) / 10} %`;
/** `1 user`, `2 users`. */
const count = (number: number | undefined, one: string, several = `${one}s`): string =>
  `${number} ${number === 1 ? one : several}`;

const removed = (number: number | undefined): string =>
  count(number, "permission set or assignment", "permission sets and assignments");

/** Of two parts, those that are over the limit. */
function shrunkParts(
  n: Numbers,
  { sets, assignments }: { readonly sets: string; readonly assignments: string },
): readonly string[] {
  const isOver = (before = 0, gone = 0): boolean =>
    hasShrunk(before, before - gone, n["maxRecordShrink"] ?? 0);
  return [
    ...(isOver(n["managedSets"], n["setsWithoutRecord"]) ? [sets] : []),
    ...(isOver(n["managedAssignments"], n["revocations"]) ? [assignments] : []),
  ];
}

function shrankEn(n: Numbers): string {
  const parts = shrunkParts(n, {
    sets: `${n["setsWithoutRecord"]} of the ${count(n["managedSets"], "managed permission set")} ${n["setsWithoutRecord"] === 1 ? "has" : "have"} no record any more`,
    assignments: `${n["revocations"]} of the ${count(n["managedAssignments"], "managed assignment")} would go`,
  });
  const share = `${parts.length > 1 ? "each of them " : ""}more than ${percent(n["maxRecordShrink"])} (guards.maxRecordShrink)`;
  return `${parts.join(", and ")}, ${share}; ${count(n["deletions"], "deletion is", "deletions are")} also more than guards.maxDeletions (${n["maxDeletions"]}). Check whether the records are still there.`;
}

function shrankJa(n: Numbers): string {
  const parts = shrunkParts(n, {
    sets: `管理している許可セット${n["managedSets"]}件のうち${n["setsWithoutRecord"]}件にレコードがありません。`,
    assignments: `管理している割り当て${n["managedAssignments"]}件のうち${n["revocations"]}件が解除されるところでした。`,
  });
  const share = `${parts.length > 1 ? "どちらの割合も" : "この割合は"}${percent(n["maxRecordShrink"])}（guards.maxRecordShrink）を超えています`;
  return `${parts.join("")}${share}。削除は合わせて${n["deletions"]}件で、上限の${n["maxDeletions"]}件（guards.maxDeletions）も超えています。レコードの有無を確認してください。`;
}

const en: Readonly<Record<GuardName, Text>> = {
  "source-empty": (n) =>
    `An app has no record at all (permission sets: ${n["permissionSets"]}, assignments: ${n["assignments"]}), and ${removed(n["deletions"])} would be removed. Check the app ids, the query conditions and whether the records are still there.`,
  "source-shrank": (n) =>
    "permissionSetsBefore" in n
      ? `There are far fewer records than before (permission sets: ${n["permissionSetsBefore"]} before, ${n["permissionSets"]} now; assignments: ${n["assignmentsBefore"]} before, ${n["assignments"]} now), and ${removed(n["deletions"])} would be removed. Nothing is removed when an app has lost more than ${percent(n["maxRecordShrink"])} of its records (guards.maxRecordShrink). Check whether the records are still there.`
      : shrankEn(n),
  deletions: (n) =>
    `${count(n["deletions"], "deletion is", "deletions are")} more than guards.maxDeletions (${n["maxDeletions"]}) and more than ${percent(n["maxDeletionRatio"])} of the ${n["managed"]} managed assignments (guards.maxDeletionRatio).`,
  "deletions-per-day": (n) =>
    `${count(n["deletions"], "deletion")} and the ${n["earlier"]} of the last 24 hours are together more than guards.maxDeletionsPerDay (${n["maxDeletionsPerDay"]}) and more than ${percent(n["maxDeletionRatioPerDay"])} of the ${n["managed"]} managed assignments (guards.maxDeletionRatioPerDay).`,
  "users-losing-all-access": (n, subjects) =>
    `${count(n["users"], "user")} would lose their last access (${subjects}); the limit is ${n["maxUsersLosingAllAccess"]} (guards.maxUsersLosingAllAccess).`,
  "last-administrator": (n, subjects) =>
    `${count(n["accounts"], "account")} would lose the last administrator that the records give (AWS accounts: ${subjects}).`,
  "administrator-grants": (n) =>
    `${count(n["grants"], "assignment")} would make somebody administrator of an account, by their permission set's content; the limit of one pass is ${n["maxAdminGrants"]} (guards.maxAdminGrants).`,
  "permission-set-still-named": (n, subjects) =>
    `${count(n["permissionSets"], "permission set")} would be deleted although a record still names ${n["permissionSets"] === 1 ? "it" : "them"}: ${subjects}. This is a mistake in kintone-sso-sync: please report it.`,
  protected: (n, subjects) =>
    `${count(n["changes"], "change")} would write to what must never be written to: ${subjects}. This is a mistake in kintone-sso-sync: please report it.`,
};

const ja: Readonly<Record<GuardName, Text>> = {
  "source-empty": (n) =>
    `レコードが1件もないアプリがあり（許可セット: ${n["permissionSets"]}件、割り当て: ${n["assignments"]}件）、許可セットと割り当てが合わせて${n["deletions"]}件削除されるところでした。アプリID、絞り込み条件、レコードの有無を確認してください。`,
  "source-shrank": (n) =>
    "permissionSetsBefore" in n
      ? `レコードが以前より大きく減っており（許可セット: ${n["permissionSetsBefore"]}件から${n["permissionSets"]}件、割り当て: ${n["assignmentsBefore"]}件から${n["assignments"]}件）、許可セットと割り当てが合わせて${n["deletions"]}件削除されるところでした。アプリのレコードが${percent(n["maxRecordShrink"])}（guards.maxRecordShrink）を超えて減ったときは、何も削除しません。レコードの有無を確認してください。`
      : shrankJa(n),
  deletions: (n) =>
    `削除が${n["deletions"]}件あり、上限の${n["maxDeletions"]}件（guards.maxDeletions）と、管理している割り当て${n["managed"]}件の${percent(n["maxDeletionRatio"])}（guards.maxDeletionRatio）の両方を超えています。`,
  "deletions-per-day": (n) =>
    `今回の削除${n["deletions"]}件と過去24時間の${n["earlier"]}件の合計が、1日の上限の${n["maxDeletionsPerDay"]}件（guards.maxDeletionsPerDay）と、管理している割り当て${n["managed"]}件の${percent(n["maxDeletionRatioPerDay"])}（guards.maxDeletionRatioPerDay）の両方を超えています。`,
  "users-losing-all-access": (n, subjects) =>
    `${n["users"]}人のユーザーがすべてのアクセス権を失います（${subjects}）。上限は${n["maxUsersLosingAllAccess"]}人です（guards.maxUsersLosingAllAccess）。`,
  "last-administrator": (n, subjects) =>
    `${n["accounts"]}個のAWSアカウントで、レコードによる管理者が1人もいなくなります（AWSアカウント: ${subjects}）。`,
  "administrator-grants": (n) =>
    `許可セットの内容から見て、AWSアカウントの管理者を新しく増やす割り当てが${n["grants"]}件あります。1回の同期の上限は${n["maxAdminGrants"]}件です（guards.maxAdminGrants）。`,
  "permission-set-still-named": (n, subjects) =>
    `レコードにまだ名前がある許可セット${n["permissionSets"]}件が削除されるところでした: ${subjects}。kintone-sso-syncの不具合ですので、ご報告ください。`,
  protected: (n, subjects) =>
    `変更してはならない対象への変更が${n["changes"]}件ありました: ${subjects}。kintone-sso-syncの不具合ですので、ご報告ください。`,
};

const catalogue: Readonly<Record<Language, Readonly<Record<GuardName, Text>>>> = { en, ja };

const mostNamed = 10;

/** What the violation is about, as people call it. */
export function violationSubjects(
  { guard, subjects }: Violation,
  names: AccountNames,
): Violation["subjects"] {
  if (guard !== "last-administrator") return subjects;
  return subjects?.map((id) => accountText(id, names.account(id)));
}

type AccountNames = Pick<Names, "account">;

/** Why the plan is refused, in a sentence or two with its numbers. */
export function describeViolation(violation: Violation, language: Language, names: AccountNames): string {
  const { guard, numbers } = violation;
  const subjects = violationSubjects(violation, names) ?? [];
  const named = subjects.slice(0, mostNamed).map(safeLine).join(", ");
  const rest = subjects.length - mostNamed;
  const more = rest > 0 ? ` ${reportTexts(language).morePlaces(rest)}` : "";
  return catalogue[language][guard](numbers, `${named}${more}`);
}
