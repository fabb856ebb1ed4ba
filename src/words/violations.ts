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
    hasShrunk(before, before - gone, {
      count: n["maxRecordsLost"] ?? 0,
      ratio: n["maxRecordShrink"] ?? 0,
      cap: Infinity,
    });
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

/** What was lost of how much: the limits go by the fewest assignments of the last day. */
const ofManagedEn = (n: Numbers): string =>
  "managedNow" in n
    ? `the fewest managed assignments of the last 24 hours (${n["managed"]}; now ${n["managedNow"]})`
    : `the ${count(n["managed"], "managed assignment")}`;
const ofManagedJa = (n: Numbers): string =>
  "managedNow" in n
    ? `管理している割り当て（現在${n["managedNow"]}件、過去24時間の最少は${n["managed"]}件）`
    : `管理している割り当て${n["managed"]}件`;

function deletionsEn(n: Numbers): string {
  const { deletions = 0, maxDeletions, maxDeletionRatio, deletionCap = Infinity, lost } = n;
  if (lost !== undefined) {
    return `${count(lost, "assignment")} would go, more than ${percent(n["maxShareOfAll"])} of all ${n["managedNow"] ?? n["managed"]} (guards.maxShareOfAll).`;
  }
  const what = count(deletions, "deletion is", "deletions are");
  if (deletions > deletionCap) return `${what} more than guards.deletionCap (${deletionCap}).`;
  return `${what} more than guards.maxDeletions (${maxDeletions}) and more than ${percent(maxDeletionRatio)} of ${ofManagedEn(n)} (guards.maxDeletionRatio).`;
}

function deletionsJa(n: Numbers): string {
  const { deletions = 0, maxDeletions, maxDeletionRatio, deletionCap = Infinity, lost } = n;
  if (lost !== undefined) {
    return `管理している割り当て${n["managedNow"] ?? n["managed"]}件のうち${lost}件がなくなり、全体の${percent(n["maxShareOfAll"])}（guards.maxShareOfAll）を超えます。`;
  }
  if (deletions > deletionCap)
    return `削除が${deletions}件あり、上限の${deletionCap}件（guards.deletionCap）を超えています。`;
  return `削除が${deletions}件あり、上限の${maxDeletions}件（guards.maxDeletions）と、${ofManagedJa(n)}の${percent(maxDeletionRatio)}（guards.maxDeletionRatio）の両方を超えています。`;
}

function deletionsOfDayEn(n: Numbers): string {
  const { deletions = 0, earlier = 0, deletionCapPerDay: cap = Infinity } = n;
  const what = `${count(deletions, "deletion")} and the ${earlier} of the last 24 hours are together more than`;
  if (deletions + earlier > cap) return `${what} guards.deletionCapPerDay (${cap}).`;
  return `${what} guards.maxDeletionsPerDay (${n["maxDeletionsPerDay"]}) and more than ${percent(n["maxDeletionRatioPerDay"])} of ${ofManagedEn(n)} (guards.maxDeletionRatioPerDay).`;
}

function deletionsOfDayJa(n: Numbers): string {
  const { deletions = 0, earlier = 0, deletionCapPerDay: cap = Infinity } = n;
  const what = `今回の削除${deletions}件と過去24時間の${earlier}件の合計が、`;
  if (deletions + earlier > cap)
    return `${what}1日の上限の${cap}件（guards.deletionCapPerDay）を超えています。`;
  return `${what}1日の上限の${n["maxDeletionsPerDay"]}件（guards.maxDeletionsPerDay）と、${ofManagedJa(n)}の${percent(n["maxDeletionRatioPerDay"])}（guards.maxDeletionRatioPerDay）の両方を超えています。`;
}

/** How many of those who had access are gone from the directory or disabled. */
function directoryShrankEn(n: Numbers, subjects: string): string {
  const { disabled = 0, deleted = 0, earlier = 0, withAccess = 0, peopleGoneCap = Infinity } = n;
  const parts = [
    ...(disabled === 0 ? [] : [`${count(disabled, "person was", "people were")} disabled (${subjects})`]),
    ...(deleted === 0 ? [] : [`${count(deleted, "user or group was", "users and groups were")} deleted`]),
  ];
  const before = earlier === 0 ? "" : `, after ${earlier} within the last 24 hours`;
  const limit =
    disabled + deleted + earlier > peopleGoneCap
      ? `that is more than guards.peopleGoneCap (${peopleGoneCap})`
      : `that is more than guards.maxPeopleGone (${n["maxPeopleGone"]}) and more than ${percent(n["maxPeopleGoneRatio"])} (guards.maxPeopleGoneRatio) of the ${withAccess} with access`;
  return `In the directory ${parts.join(" and ")}${before}; ${limit}. What they had is not removed until a person has looked. Check the directory and its synchronisation.`;
}

function directoryShrankJa(n: Numbers, subjects: string): string {
  const { disabled = 0, deleted = 0, earlier = 0, withAccess = 0, peopleGoneCap = Infinity } = n;
  const parts = [
    ...(disabled === 0 ? [] : [`${disabled}人のユーザーが無効になり（${subjects}）`]),
    ...(deleted === 0 ? [] : [`${deleted}件のユーザーまたはグループが削除され`]),
  ];
  const before = earlier === 0 ? "" : `（過去24時間にほか${earlier}件）`;
  const limit =
    disabled + deleted + earlier > peopleGoneCap
      ? `上限の${peopleGoneCap}件（guards.peopleGoneCap）を超えています`
      : `上限の${n["maxPeopleGone"]}件（guards.maxPeopleGone）と、アクセス権を持つ${withAccess}件の${percent(n["maxPeopleGoneRatio"])}（guards.maxPeopleGoneRatio）の両方を超えています`;
  return `ディレクトリで${parts.join("、")}ました${before}。${limit}。確認されるまで、該当する割り当てだけ解除を見送ります。ディレクトリとその同期を確認してください。`;
}

const en: Readonly<Record<GuardName, Text>> = {
  "directory-shrank": directoryShrankEn,
  "source-empty": (n) =>
    `An app has no record at all (permission sets: ${n["permissionSets"]}, assignments: ${n["assignments"]}), and ${removed(n["deletions"])} would be removed. Check the app ids, the query conditions and whether the records are still there.`,
  "source-shrank": (n) =>
    "permissionSetsBefore" in n
      ? `There are far fewer records than before (permission sets: ${n["permissionSetsBefore"]} before, ${n["permissionSets"]} now; assignments: ${n["assignmentsBefore"]} before, ${n["assignments"]} now), and ${removed(n["deletions"])} would be removed. Nothing is removed when an app has lost more than ${percent(n["maxRecordShrink"])} of its records (guards.maxRecordShrink) and more than ${n["maxRecordsLost"]} (guards.maxRecordsLost), or more than ${n["recordsLostCap"]} (guards.recordsLostCap); nothing at all is written when fewer than half are left. Check whether the records are still there.`
      : shrankEn(n),
  deletions: deletionsEn,
  "deletions-per-day": deletionsOfDayEn,
  "users-losing-all-access": (n, subjects) =>
    `${count(n["users"], "user")} would lose their last access (${subjects}); the limit is ${n["maxUsersLosingAllAccess"]} (guards.maxUsersLosingAllAccess).`,
  "last-administrator": (n, subjects) =>
    `${count(n["accounts"], "account")} would lose the last administrator that the records give (AWS accounts: ${subjects}).${"untold" in n ? " Nobody can tell without a memory of earlier passes whether a record gave it or somebody made it by hand." : ""}`,
  "administrator-grants": (n) =>
    `${count(n["grants"], "new administrator")} of accounts would be made, by the content of permission sets, the members of a group counted; the limit of one pass is ${n["maxAdminGrants"]} (guards.maxAdminGrants).`,
  "administrator-grants-per-day": (n) =>
    `${count(n["grants"], "new administrator")} of accounts would be made, by the content of permission sets, the members of a group counted; with the ${n["earlier"]} of the last 24 hours that is more than the limit of a day, ${n["maxAdminGrantsPerDay"]} (guards.maxAdminGrantsPerDay).`,
  "new-version": (n, subjects) =>
    `This is a new version, and it plans ${count(n["changes"], "change")} without another reason: no record was edited, and nothing seen in AWS has changed (permission sets: ${subjects}). The version before left them as they are.`,
  "permission-set-still-named": (n, subjects) =>
    `${count(n["permissionSets"], "permission set")} would be deleted although a record still names ${n["permissionSets"] === 1 ? "it" : "them"}: ${subjects}. This is a mistake in kintone-sso-sync: please report it.`,
  protected: (n, subjects) =>
    `${count(n["changes"], "change")} would write to what must never be written to: ${subjects}. This is a mistake in kintone-sso-sync: please report it.`,
};

const ja: Readonly<Record<GuardName, Text>> = {
  "directory-shrank": directoryShrankJa,
  "source-empty": (n) =>
    `レコードが1件もないアプリがあり（許可セット: ${n["permissionSets"]}件、割り当て: ${n["assignments"]}件）、許可セットと割り当てが合わせて${n["deletions"]}件削除されるところでした。アプリID、絞り込み条件、レコードの有無を確認してください。`,
  "source-shrank": (n) =>
    "permissionSetsBefore" in n
      ? `レコードが以前より大きく減っており（許可セット: ${n["permissionSetsBefore"]}件から${n["permissionSets"]}件、割り当て: ${n["assignmentsBefore"]}件から${n["assignments"]}件）、許可セットと割り当てが合わせて${n["deletions"]}件削除されるところでした。アプリのレコードが${percent(n["maxRecordShrink"])}（guards.maxRecordShrink）かつ${n["maxRecordsLost"]}件（guards.maxRecordsLost）を超えて、または${n["recordsLostCap"]}件（guards.recordsLostCap）を超えて減ったときは、何も削除しません。半分より少なくなったときは、何も変更しません。レコードの有無を確認してください。`
      : shrankJa(n),
  deletions: deletionsJa,
  "deletions-per-day": deletionsOfDayJa,
  "users-losing-all-access": (n, subjects) =>
    `${n["users"]}人のユーザーがすべてのアクセス権を失います（${subjects}）。上限は${n["maxUsersLosingAllAccess"]}人です（guards.maxUsersLosingAllAccess）。`,
  "last-administrator": (n, subjects) =>
    `${n["accounts"]}個のAWSアカウントで、レコードによる管理者が1人もいなくなります（AWSアカウント: ${subjects}）。${"untold" in n ? "以前の同期のメモリがないため、レコードによる管理者か、手作業で付けられたものかはわかりません。" : ""}`,
  "administrator-grants": (n) =>
    `許可セットの内容から見て、AWSアカウントの管理者が延べ${n["grants"]}人増えます（グループはメンバーの人数で数えます）。1回の同期の上限は${n["maxAdminGrants"]}人です（guards.maxAdminGrants）。`,
  "administrator-grants-per-day": (n) =>
    `許可セットの内容から見て、AWSアカウントの管理者が延べ${n["grants"]}人増えます（グループはメンバーの人数で数えます）。過去24時間の${n["earlier"]}人と合わせると、1日の上限の${n["maxAdminGrantsPerDay"]}人（guards.maxAdminGrantsPerDay）を超えます。`,
  "new-version": (n, subjects) =>
    `新しいバージョンになり、ほかに理由のない変更が${n["changes"]}件あります。レコードは編集されておらず、AWSにも変化は見つかりません（許可セット: ${subjects}）。前のバージョンでは、今のままにしていました。`,
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

interface AccountNames {
  readonly account: Names["account"];
}

/** Why the plan is refused, in a sentence or two with its numbers. */
export function describeViolation(violation: Violation, language: Language, names: AccountNames): string {
  const { guard, numbers } = violation;
  const subjects = violationSubjects(violation, names) ?? [];
  const named = subjects.slice(0, mostNamed).map(safeLine).join(", ");
  const rest = subjects.length - mostNamed;
  const more = rest > 0 ? ` ${reportTexts(language).morePlaces(rest)}` : "";
  return catalogue[language][guard](numbers, `${named}${more}`);
}
