import { describe, expect, it } from "vitest";
import { listEndNews } from "../../src/report/end-news.ts";
import { actualState, desiredState, managedSet, now, production, recordRef, user } from "../builders.ts";
import { applied, assign, unassign } from "./builders.ts";
import { renderGoodNews } from "../../src/report/applied-access.ts";
import { describeFailure } from "../../src/words/failure-texts.ts";
import { findFailureCause } from "../../src/report/failure-causes.ts";

const access = [
  {
    account: "本番 (222222222222)",
    permissionSet: "ReadOnly",
    url: "https://d-1.awsapps.com/start/#/console?account_id=222222222222&role_name=ReadOnly",
  },
];

it("the comment about solved problems and new access reads like this", () => {
  expect(renderGoodNews({ solved: true, access }, "ja")).toMatchInlineSnapshot(`
    "問題は解消しました。レコードの内容を反映しています。
    アクセスできるようになりました。
    ReadOnly × 本番 (222222222222)
    　https://d-1.awsapps.com/start/#/console?account_id=222222222222&role_name=ReadOnly
    [kintone-sso-sync ok]"
  `);
  expect(renderGoodNews({ solved: true, access }, "en")).toMatchInlineSnapshot(`
    "Solved: the record is in order and has been carried out.
    Access is ready:
    ReadOnly × 本番 (222222222222)
    　https://d-1.awsapps.com/start/#/console?account_id=222222222222&role_name=ReadOnly
    [kintone-sso-sync ok]"
  `);
});

it("every link is told up to fifty, and the others are counted", () => {
  const many = Array.from({ length: 53 }, (_, index) => ({
    account: `a${index}`,
    permissionSet: "S",
    url: "https://x",
  }));
  const text = renderGoodNews({ solved: false, access: many }, "en");
  expect(text.match(/https:\/\/x/gu)).toHaveLength(50);
  expect(text).toContain("… and 3 more");
});

it.each([
  [
    "Received a 404 status error: Not supported policy arn:aws:iam::111122223333:policy/team/Reader.",
    "customer-managed-policy-missing",
  ],
  ["Received a 409 status error: Cannot exceed quota for PoliciesPerRole: 10", "too-many-policies"],
  ["Cannot exceed quota for RolesPerAccount: 1000", "too-many-roles"],
  ["Received a 400 status error: MalformedPolicyDocument: Syntax errors in policy.", "policy-invalid"],
  [
    "Received a 404 status error: the USER assignee 1234 was not found in directory d-1",
    "principal-not-found",
  ],
])("AWS's words «%s» mean %s", (message, cause) => {
  const found = findFailureCause({ code: "operation-failed", message });
  expect(found?.cause).toBe(cause);
});

it.each([
  "An unexpected internal service exception was encountered",
  "Rate exceeded",
  "There is a conflicting operation in process.",
])("«%s» is nothing the author of a record can mend", (message) => {
  expect(findFailureCause({ code: "operation-failed", message })).toBeUndefined();
});

it("refused changes are explained like this", () => {
  const causes = [
    "customer-managed-policy-missing",
    "policy-invalid",
    "too-many-policies",
    "principal-not-found",
    "too-many-roles",
  ] as const;
  const all = (language: "ja" | "en") =>
    causes
      .map((cause) =>
        Object.values(
          describeFailure(cause, "ReadOnly  anna → 本番", "arn:aws:iam::1:policy/X", language),
        ).join("\n"),
      )
      .join("\n\n");
  expect(all("ja")).toMatchInlineSnapshot(`
    "「ReadOnly  anna → 本番」を反映できませんでした。アカウントにカスタマー管理ポリシー「arn:aws:iam::1:policy/X」がありません。
    同じ名前とパスのポリシーをそのアカウントに作成するか、許可セットから削除してください。

    「ReadOnly  anna → 本番」を反映できませんでした。インラインポリシーがIAMのポリシーとして正しくありません。
    許可セットのレコードのインラインポリシーを修正してください。

    「ReadOnly  anna → 本番」を反映できませんでした。1つのロールに付けられるポリシーの数を超えています。
    ポリシーを減らすか、そのアカウントでロールあたりのポリシー数の上限緩和を申請してください。

    「ReadOnly  anna → 本番」を反映できませんでした。ユーザーまたはグループがIdentity Centerからなくなっています。
    退職した人や、なくなったグループなら、レコードから外してください。そうでなければ管理者に連絡してください。

    「ReadOnly  anna → 本番」を反映できませんでした。アカウントのロールの数が上限に達しています。
    使っていないロールを削除するか、そのアカウントでロール数の上限緩和を申請してください。"
  `);
  expect(all("en")).toMatchInlineSnapshot(`
    "AWS did not take "ReadOnly  anna → 本番": the account has no customer managed policy arn:aws:iam::1:policy/X.
    Create the policy with the same name and path in that account, or remove it from the permission set.

    AWS did not take "ReadOnly  anna → 本番": the inline policy is not valid for IAM.
    Correct the inline policy in the record of the permission set.

    AWS did not take "ReadOnly  anna → 本番": the account allows fewer policies per role than the permission set has.
    Use fewer policies, or have the quota of managed policies per role raised in that account.

    AWS did not take "ReadOnly  anna → 本番": the user or group has left Identity Center meanwhile.
    Remove somebody who has left, or a group that is gone, from the record. Otherwise ask an administrator.

    AWS did not take "ReadOnly  anna → 本番": the account has as many roles as it may have.
    Delete roles that nobody uses, or have the quota of roles raised in that account."
  `);
});

describe("the end of a record", () => {
  const record = recordRef({ app: "assignments" });
  const desired = { ...desiredState(), permissionSets: [] };
  const actual = actualState({ permissionSets: [managedSet("ReadOnly")] });
  const context = { language: "en", timeZone: "Asia/Tokyo", nowMs: now } as const;
  const news = (state: "in-force" | "over", change: ReturnType<typeof assign>) =>
    listEndNews(
      {
        desired: { ...desired, timed: [{ record, state, period: { expiresMs: now + 3_600_000 } }] },
        actual,
        outcomes: [applied({ ...change, records: [record] })],
      },
      context,
    ).get("assignments/1");

  it("is told with new access, with what open sessions add to it", () => {
    expect(news("in-force", assign("ReadOnly", production, user("anna")))).toBe(
      "It ends 2026-11-20 19:00 JST: the first sync after that stops new sessions, and sessions that are open then can last another hour.",
    );
  });

  it("is told when it has come, with when the last session is over", () => {
    expect(news("over", unassign("ReadOnly", production, user("anna")))).toBe(
      "Access has ended: no new session can begin, and those that are open end by 2026-11-20 19:00 JST.",
    );
  });
});
