import { describe, expect, it } from "vitest";
import type { Violation } from "../../src/model/violation.ts";
import { describeViolation } from "../../src/words/violations.ts";

const accounts = new Map([["222222222222", "Production"]]);
const names = { account: (id: string) => accounts.get(id) };

function inBoth(violation: Violation): string {
  return [describeViolation(violation, "en", names), describeViolation(violation, "ja", names)].join("\n");
}

describe("a source that shrank by what AWS shows", () => {
  const numbers = {
    setsWithoutRecord: 0,
    managedSets: 7,
    revocations: 40,
    managedAssignments: 50,
    deletions: 40,
    maxDeletions: 5,
    maxRecordShrink: 0.2,
  };

  it("is told by the part that is over the limit and no other", () => {
    expect(inBoth({ guard: "source-shrank", refuses: [], numbers })).toMatchInlineSnapshot(`
      "40 of the 50 managed assignments would go, more than 20 % (guards.maxRecordShrink); 40 deletions are also more than guards.maxDeletions (5). Check whether the records are still there.
      管理している割り当て50件のうち40件が解除されるところでした。この割合は20 %（guards.maxRecordShrink）を超えています。削除は合わせて40件で、上限の5件（guards.maxDeletions）も超えています。レコードの有無を確認してください。"
    `);
    const sets = { ...numbers, setsWithoutRecord: 6, revocations: 2 };
    expect(inBoth({ guard: "source-shrank", refuses: [], numbers: sets })).toMatchInlineSnapshot(`
      "6 of the 7 managed permission sets have no record any more, more than 20 % (guards.maxRecordShrink); 40 deletions are also more than guards.maxDeletions (5). Check whether the records are still there.
      管理している許可セット7件のうち6件にレコードがありません。この割合は20 %（guards.maxRecordShrink）を超えています。削除は合わせて40件で、上限の5件（guards.maxDeletions）も超えています。レコードの有無を確認してください。"
    `);
  });

  it("is told by both parts where both are over the limit", () => {
    const both = { ...numbers, setsWithoutRecord: 6 };
    expect(inBoth({ guard: "source-shrank", refuses: [], numbers: both })).toMatchInlineSnapshot(`
      "6 of the 7 managed permission sets have no record any more, and 40 of the 50 managed assignments would go, each of them more than 20 % (guards.maxRecordShrink); 40 deletions are also more than guards.maxDeletions (5). Check whether the records are still there.
      管理している許可セット7件のうち6件にレコードがありません。管理している割り当て50件のうち40件が解除されるところでした。どちらの割合も20 %（guards.maxRecordShrink）を超えています。削除は合わせて40件で、上限の5件（guards.maxDeletions）も超えています。レコードの有無を確認してください。"
    `);
  });
});

describe("what a refusal says would be removed", () => {
  it("is permission sets and assignments", () => {
    const numbers = { permissionSets: 0, assignments: 9, deletions: 72 };
    expect(inBoth({ guard: "source-empty", refuses: [], numbers })).toMatchInlineSnapshot(`
      "An app has no record at all (permission sets: 0, assignments: 9), and 72 permission sets and assignments would be removed. Check the app ids, the query conditions and whether the records are still there.
      レコードが1件もないアプリがあり（許可セット: 0件、割り当て: 9件）、許可セットと割り当てが合わせて72件削除されるところでした。アプリID、絞り込み条件、レコードの有無を確認してください。"
    `);
    expect(inBoth({ guard: "source-empty", refuses: [], numbers: { ...numbers, deletions: 1 } })).toContain(
      "and 1 permission set or assignment would be removed",
    );
  });
});

describe("whom a refusal is about", () => {
  it("is told by name, ten at most, and how many more there are", () => {
    const subjects = Array.from({ length: 12 }, (_, index) => `user${index + 10}@example.co.jp`);
    const numbers = { users: 12, maxUsersLosingAllAccess: 3 };
    expect(inBoth({ guard: "users-losing-all-access", refuses: [], numbers, subjects }))
      .toMatchInlineSnapshot(`
      "12 users would lose their last access (user10@example.co.jp, user11@example.co.jp, user12@example.co.jp, user13@example.co.jp, user14@example.co.jp, user15@example.co.jp, user16@example.co.jp, user17@example.co.jp, user18@example.co.jp, user19@example.co.jp … and 2 more); the limit is 3 (guards.maxUsersLosingAllAccess).
      12人のユーザーがすべてのアクセス権を失います（user10@example.co.jp, user11@example.co.jp, user12@example.co.jp, user13@example.co.jp, user14@example.co.jp, user15@example.co.jp, user16@example.co.jp, user17@example.co.jp, user18@example.co.jp, user19@example.co.jp … ほか2件）。上限は3人です（guards.maxUsersLosingAllAccess）。"
    `);
  });

  it("is told of accounts by name and id", () => {
    const subjects = ["222222222222", "999999999999"];
    expect(inBoth({ guard: "last-administrator", refuses: [], numbers: { accounts: 2 }, subjects }))
      .toMatchInlineSnapshot(`
      "2 accounts would lose the last administrator that the records give (AWS accounts: Production (222222222222), 999999999999).
      2個のAWSアカウントで、レコードによる管理者が1人もいなくなります（AWSアカウント: Production (222222222222), 999999999999）。"
    `);
  });

  it("says of a last administrator that nobody can tell where no memory tells who gave it", () => {
    const numbers = { accounts: 1, untold: 1 };
    expect(inBoth({ guard: "last-administrator", refuses: [], numbers, subjects: ["999999999999"] }))
      .toMatchInlineSnapshot(`
      "1 account would lose the last administrator that the records give (AWS accounts: 999999999999). Nobody can tell without a memory of earlier passes whether a record gave it or somebody made it by hand.
      1個のAWSアカウントで、レコードによる管理者が1人もいなくなります（AWSアカウント: 999999999999）。以前の同期のメモリがないため、レコードによる管理者か、手作業で付けられたものかはわかりません。"
    `);
  });

  it("counts the new administrators of a day with those before", () => {
    const numbers = { grants: 6, earlier: 20, maxAdminGrantsPerDay: 25 };
    expect(inBoth({ guard: "administrator-grants-per-day", refuses: [], numbers })).toMatchInlineSnapshot(`
      "6 new administrators of accounts would be made, by the content of permission sets, the members of a group counted; with the 20 of the last 24 hours that is more than the limit of a day, 25 (guards.maxAdminGrantsPerDay).
      許可セットの内容から見て、AWSアカウントの管理者が延べ6人増えます（グループはメンバーの人数で数えます）。過去24時間の20人と合わせると、1日の上限の25人（guards.maxAdminGrantsPerDay）を超えます。"
    `);
  });

  it("is one line, whatever a name is", () => {
    const numbers = { users: 1, maxUsersLosingAllAccess: 0 };
    const text = inBoth({
      guard: "users-losing-all-access",
      refuses: [],
      numbers,
      subjects: ["a\n##[error]b\u202e"],
    });
    expect(text.split("\n")).toHaveLength(2);
    expect(text).not.toMatch(/##\[|\u202e/u);
  });
});
