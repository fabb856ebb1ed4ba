import type { Language } from "../../model/config.ts";
import type { GuardName, Violation } from "../../model/violation.ts";

type Text = (numbers: Readonly<Record<string, number>>) => string;

const percent = (ratio: number | undefined): string => `${Math.round((ratio ?? 0) * 1000) / 10} %`;

const texts: Readonly<Record<GuardName, Readonly<Record<Language, Text>>>> = {
  "source-empty": {
    en: (n) =>
      `An app has no record at all (permission sets: ${n["permissionSets"]}, assignments: ${n["assignments"]}), and ${n["deletions"]} ${n["deletions"] === 1 ? "thing" : "things"} would be removed. Check the app ids, the query conditions and whether the records are still there.`,
    ja: (n) =>
      `レコードが1件もないアプリがあり（許可セット: ${n["permissionSets"]}件、割り当て: ${n["assignments"]}件）、${n["deletions"]}件が削除されるところでした。アプリID、絞り込み条件、レコードの有無を確認してください。`,
  },
  deletions: {
    en: (n) =>
      `${n["deletions"]} ${n["deletions"] === 1 ? "deletion is" : "deletions are"} more than guards.maxDeletions (${n["maxDeletions"]}) and more than ${percent(n["maxDeletionRatio"])} of the ${n["managed"]} managed assignments (guards.maxDeletionRatio).`,
    ja: (n) =>
      `削除が${n["deletions"]}件あり、上限の${n["maxDeletions"]}件（guards.maxDeletions）と、管理している割り当て${n["managed"]}件の${percent(n["maxDeletionRatio"])}（guards.maxDeletionRatio）の両方を超えています。`,
  },
  "users-losing-all-access": {
    en: (n) =>
      `${n["users"]} ${n["users"] === 1 ? "user" : "users"} would lose their last access; the limit is ${n["maxUsersLosingAllAccess"]} (guards.maxUsersLosingAllAccess).`,
    ja: (n) =>
      `${n["users"]}人のユーザーがすべてのアクセス権を失います。上限は${n["maxUsersLosingAllAccess"]}人です（guards.maxUsersLosingAllAccess）。`,
  },
};

/** Why the plan is refused, in one sentence with its numbers. */
export function describeViolation({ guard, numbers }: Violation, language: Language): string {
  return texts[guard][language](numbers);
}
