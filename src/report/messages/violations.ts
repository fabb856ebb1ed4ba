import type { Language } from "../../model/config.ts";
import type { GuardName, Violation } from "../../model/violation.ts";
import { safeLine } from "../safe-text.ts";

type Numbers = Readonly<Record<string, number>>;
/** `subjects` is what it is about, ready to read. */
type Text = (numbers: Numbers, subjects: string) => string;

const percent = (ratio: number | undefined): string => `${Math.round((ratio ?? 0) * 1000) / 10} %`;
/** `1 user`, `2 users`. */
const count = (number: number | undefined, one: string, several = `${one}s`): string =>
  `${number} ${number === 1 ? one : several}`;

const en: Readonly<Record<GuardName, Text>> = {
  "source-empty": (n) =>
    `An app has no record at all (permission sets: ${n["permissionSets"]}, assignments: ${n["assignments"]}), and ${count(n["deletions"], "thing")} would be removed. Check the app ids, the query conditions and whether the records are still there.`,
  "source-shrank": (n) =>
    "permissionSetsBefore" in n
      ? `There are far fewer records than before (permission sets: ${n["permissionSetsBefore"]} before, ${n["permissionSets"]} now; assignments: ${n["assignmentsBefore"]} before, ${n["assignments"]} now), and ${count(n["deletions"], "thing")} would be removed. Nothing is removed when an app has lost more than ${percent(n["maxRecordShrink"])} of its records (guards.maxRecordShrink). Check whether the records are still there.`
      : `${n["setsWithoutRecord"]} of the ${count(n["managedSets"], "managed permission set")} no longer have a record, ${n["revocations"]} of the ${count(n["managedAssignments"], "managed assignment")} would go, and ${count(n["deletions"], "deletion")} in all are more than guards.maxDeletions (${n["maxDeletions"]}). Neither part may be more than ${percent(n["maxRecordShrink"])} (guards.maxRecordShrink). Check whether the records are still there.`,
  deletions: (n) =>
    `${count(n["deletions"], "deletion is", "deletions are")} more than guards.maxDeletions (${n["maxDeletions"]}) and more than ${percent(n["maxDeletionRatio"])} of the ${n["managed"]} managed assignments (guards.maxDeletionRatio).`,
  "deletions-per-day": (n) =>
    `${count(n["deletions"], "deletion")} and the ${n["earlier"]} of the last 24 hours are together more than guards.maxDeletionsPerDay (${n["maxDeletionsPerDay"]}) and more than ${percent(n["maxDeletionRatioPerDay"])} of the ${n["managed"]} managed assignments (guards.maxDeletionRatioPerDay).`,
  "users-losing-all-access": (n) =>
    `${count(n["users"], "user")} would lose their last access; the limit is ${n["maxUsersLosingAllAccess"]} (guards.maxUsersLosingAllAccess).`,
  "last-administrator": (n, subjects) =>
    `${count(n["accounts"], "account")} would lose the last administrator that the records give (AWS accounts: ${subjects}).`,
  "administrator-grants": (n) =>
    `${count(n["grants"], "assignment")} would make somebody administrator of an account, by their permission set's content; the limit of one pass is ${n["maxAdminGrants"]} (guards.maxAdminGrants).`,
  "permission-set-still-named": (n, subjects) =>
    `${count(n["permissionSets"], "permission set")} would be deleted although a record still names them: ${subjects}. This is a mistake in kintone-sso-sync: please report it.`,
  protected: (n, subjects) =>
    `${count(n["changes"], "change")} would write to what must never be written to: ${subjects}. This is a mistake in kintone-sso-sync: please report it.`,
};

const ja: Readonly<Record<GuardName, Text>> = {
  "source-empty": (n) =>
    `レコードが1件もないアプリがあり（許可セット: ${n["permissionSets"]}件、割り当て: ${n["assignments"]}件）、${n["deletions"]}件が削除されるところでした。アプリID、絞り込み条件、レコードの有無を確認してください。`,
  "source-shrank": (n) =>
    "permissionSetsBefore" in n
      ? `レコードが以前より大きく減っており（許可セット: ${n["permissionSetsBefore"]}件から${n["permissionSets"]}件、割り当て: ${n["assignmentsBefore"]}件から${n["assignments"]}件）、${n["deletions"]}件が削除されるところでした。アプリのレコードが${percent(n["maxRecordShrink"])}（guards.maxRecordShrink）を超えて減ったときは、何も削除しません。レコードの有無を確認してください。`
      : `管理している許可セット${n["managedSets"]}件のうち${n["setsWithoutRecord"]}件にレコードがなく、管理している割り当て${n["managedAssignments"]}件のうち${n["revocations"]}件が解除されるところでした。削除は合わせて${n["deletions"]}件で、上限の${n["maxDeletions"]}件（guards.maxDeletions）を超えており、どちらかの割合が${percent(n["maxRecordShrink"])}（guards.maxRecordShrink）を超えています。レコードの有無を確認してください。`,
  deletions: (n) =>
    `削除が${n["deletions"]}件あり、上限の${n["maxDeletions"]}件（guards.maxDeletions）と、管理している割り当て${n["managed"]}件の${percent(n["maxDeletionRatio"])}（guards.maxDeletionRatio）の両方を超えています。`,
  "deletions-per-day": (n) =>
    `今回の削除${n["deletions"]}件と過去24時間の${n["earlier"]}件の合計が、1日の上限の${n["maxDeletionsPerDay"]}件（guards.maxDeletionsPerDay）と、管理している割り当て${n["managed"]}件の${percent(n["maxDeletionRatioPerDay"])}（guards.maxDeletionRatioPerDay）の両方を超えています。`,
  "users-losing-all-access": (n) =>
    `${n["users"]}人のユーザーがすべてのアクセス権を失います。上限は${n["maxUsersLosingAllAccess"]}人です（guards.maxUsersLosingAllAccess）。`,
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

/** Why the plan is refused, in a sentence or two with its numbers. */
export function describeViolation({ guard, numbers, subjects = [] }: Violation, language: Language): string {
  const named = subjects.slice(0, mostNamed).map(safeLine).join(", ");
  const rest = subjects.length > mostNamed ? ` … +${subjects.length - mostNamed}` : "";
  return catalogue[language][guard](numbers, `${named}${rest}`);
}
