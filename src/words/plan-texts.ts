import type { Language } from "../model/config.ts";
import type { Done, PlanCounts } from "../report/plan-view/count-plan.ts";

/** What the top of a plan says: how much it is, and what a person looks at first. */
export interface PlanTexts {
  readonly headline: (
    counts: PlanCounts,
    left: { readonly held: number; readonly refused: number },
  ) => string;
  /** A plan as a part of a sentence: sets, assignments, and how many operations of AWS that takes. */
  readonly size: (counts: PlanCounts, operations: number) => string;
  readonly done: (
    done: Done,
    operations: { readonly applied: number; readonly failed: number; readonly skipped: number },
  ) => string;
  /** Below what was done: so many failures are no news. */
  readonly known: (failures: number) => string;
  readonly lookFirst: string;
  /** Above what entries of records stand for that name many accounts. */
  readonly expansions: string;
  readonly newAdministrators: (count: number, people: string, set: string, accounts: string) => string;
  readonly newRunners: (count: number, people: string, set: string, accounts: string) => string;
  readonly withoutAdministrator: (account: string) => string;
  readonly lastAccess: (count: number, people: string) => string;
  readonly removals: (
    set: string,
    lost: {
      readonly isDeleted: boolean;
      readonly assignments: number;
      readonly accounts: number;
      readonly people: string;
    },
  ) => string;
  readonly moreOfKind: (count: number) => string;
  readonly moreAssignments: (count: number) => string;
  /** Of a text that is shown in part. */
  readonly moreLines: (count: number) => string;
  readonly sameLines: (count: number) => string;
  /** Beside the old and the new name of a set. */
  readonly renamed: (principals: number) => string;
}

/** `1 person`, `2 people`. */
function count(number: number, one: string, several = `${one}s`): string {
  return `${number} ${number === 1 ? one : several}`;
}

/** The parts that are not about nothing. */
function join(separator: string, parts: readonly (readonly [number, string])[]): string {
  return parts
    .filter(([number]) => number > 0)
    .map(([, text]) => text)
    .join(separator);
}

function changedSets({ sets, renamed }: PlanCounts): number {
  return sets.created + sets.changed + sets.deleted + renamed;
}

const en: PlanTexts = {
  headline: (counts, { held, refused }) => {
    const { sets, renamed, added, removed, moved, users, groups, newAdministrators } = counts;
    const all = changedSets(counts);
    const kinds = join(", ", [
      [sets.created, `${sets.created} new`],
      [sets.deleted, `${sets.deleted} deleted`],
      [renamed, `${renamed} renamed`],
    ]);
    return join(" · ", [
      [
        all,
        `${count(all, "permission set changes", "permission sets change")}${kinds === "" ? "" : ` (${kinds})`}`,
      ],
      [added, `${count(added, "assignment")} +`],
      [removed, added === 0 ? `${count(removed, "assignment")} −` : `${removed} −`],
      [moved, `${moved} move`],
      [users, count(users, "person", "people")],
      [groups, count(groups, "group")],
      [newAdministrators, count(newAdministrators, "new administrator")],
      [refused, `${refused} refused`],
      [held, `${held} held`],
    ]);
  },
  size: (counts, operations) => {
    const assignments = counts.added + counts.removed + counts.moved;
    const what = join(" and ", [
      [changedSets(counts), count(changedSets(counts), "permission set")],
      [assignments, count(assignments, "assignment")],
    ]);
    return `${what} (${count(operations, "AWS operation")})`;
  },
  done: ({ sets, assignments }, { applied, failed, skipped }) => {
    const what = join(" and ", [
      [sets.all, `${sets.done} of ${count(sets.all, "permission set")}`],
      [assignments.all, `${assignments.done} of ${count(assignments.all, "assignment")}`],
    ]);
    return `Applied ${what} (AWS operations: ${applied} applied, ${failed} failed, ${skipped} not tried).`;
  },
  known: (failures) =>
    `${count(failures, "failure is", "failures are")} as before: operators and authors have been told.`,
  lookFirst: "Look at this first",
  expansions: "What entries stand for today",
  newAdministrators: (number, people, set, accounts) =>
    `${count(number, "new administrator")} by ${set}: ${people} → ${accounts}`,
  newRunners: (number, people, set, accounts) =>
    `may newly run as other roles by ${set} (${number}): ${people} → ${accounts}`,
  withoutAdministrator: (account) => `no administrator is left in ${account}`,
  lastAccess: (number, people) => `${count(number, "person loses", "people lose")} all access: ${people}`,
  removals: (set, { isDeleted, assignments, accounts, people }) => {
    const lost = `${count(assignments, "assignment")} in ${count(accounts, "account")} removed: ${people}`;
    if (!isDeleted) return `${set}: ${lost}`;
    return assignments === 0 ? `${set} is deleted` : `${set} is deleted, ${lost}`;
  },
  moreOfKind: (number) => `… and ${number} more of this kind (--verbose shows all)`,
  moreAssignments: (number) => `… and ${count(number, "assignment")} more (--verbose shows all)`,
  moreLines: (number) => `… and ${count(number, "line")} more (--verbose shows all)`,
  sameLines: (number) => `… ${count(number, "line")} as before`,
  renamed: (principals) =>
    principals === 0
      ? "renamed"
      : `renamed (${count(principals, "user or group moves", "users and groups move")})`,
};

const ja: PlanTexts = {
  headline: (counts, { held, refused }) => {
    const { sets, renamed, added, removed, moved, users, groups, newAdministrators } = counts;
    const all = changedSets(counts);
    const kinds = join("、", [
      [sets.created, `新規${sets.created}`],
      [sets.deleted, `削除${sets.deleted}`],
      [renamed, `名前の変更${renamed}`],
    ]);
    return join(" · ", [
      [all, `許可セットの変更 ${all}件${kinds === "" ? "" : `（${kinds}）`}`],
      [added, `割り当て +${added}件`],
      [removed, added === 0 ? `割り当て −${removed}件` : `−${removed}件`],
      [moved, `移行 ${moved}件`],
      [users, `${users}人`],
      [groups, `${groups}グループ`],
      [newAdministrators, `新しい管理者 ${newAdministrators}`],
      [refused, `承認待ち ${refused}件`],
      [held, `保留 ${held}件`],
    ]);
  },
  size: (counts, operations) => {
    const assignments = counts.added + counts.removed + counts.moved;
    const what = join("、", [
      [changedSets(counts), `許可セット${changedSets(counts)}件`],
      [assignments, `割り当て${assignments}件`],
    ]);
    return `${what}（AWSの操作${operations}回）`;
  },
  done: ({ sets, assignments }, { applied, failed, skipped }) => {
    const what = join("、", [
      [sets.all, `許可セット ${sets.all}件中${sets.done}件`],
      [assignments.all, `割り当て ${assignments.all}件中${assignments.done}件`],
    ]);
    return `適用: ${what}（AWSの操作: 成功${applied}回、失敗${failed}回、見送り${skipped}回）`;
  },
  known: (failures) => `${failures}件の失敗は以前と同じです（運用担当者とレコードの作成者に連絡済み）。`,
  lookFirst: "最初に確認すること",
  expansions: "指定が今日指すアカウント",
  newAdministrators: (number, people, set, accounts) =>
    `${set} で新しく管理者になる（${number}）: ${people} → ${accounts}`,
  newRunners: (number, people, set, accounts) =>
    `${set} で新しくほかのロールとして実行できるようになる（${number}）: ${people} → ${accounts}`,
  withoutAdministrator: (account) => `${account} に管理者がいなくなる`,
  lastAccess: (number, people) => `すべてのアクセス権を失う（${number}人）: ${people}`,
  removals: (set, { isDeleted, assignments, accounts, people }) => {
    const lost = `${accounts}アカウントの割り当て${assignments}件を解除: ${people}`;
    if (!isDeleted) return `${set}: ${lost}`;
    return assignments === 0 ? `${set} を削除` : `${set} を削除、${lost}`;
  },
  moreOfKind: (number) => `… 同じ種類がほか${number}件（--verbose ですべて表示）`,
  moreAssignments: (number) => `… ほか${number}件の割り当て（--verbose ですべて表示）`,
  moreLines: (number) => `… ほか${number}行（--verbose ですべて表示）`,
  sameLines: (number) => `… 変わらない${number}行`,
  renamed: (principals) =>
    principals === 0 ? "名前を変更" : `名前を変更（${principals}件のユーザー・グループが移行）`,
};

/** The words of the top of a plan in the language. */
export function planTexts(language: Language): PlanTexts {
  return { ja, en }[language];
}
