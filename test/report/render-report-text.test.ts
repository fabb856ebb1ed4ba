import { describe, expect, it } from "vitest";
import { noPaint } from "../../src/process/terminal.ts";
import type { Language } from "../../src/model/config.ts";
import { createIssue } from "../../src/model/issue.ts";
import type { Pass } from "../../src/model/pass.ts";
import { buildFailedReport } from "../../src/report/build-run-report.ts";
import type { Paint } from "../../src/report/paint.ts";
import { renderReportText } from "../../src/report/render-report-text.ts";
import { production, recordRef, user } from "../builders.ts";
import {
  applied,
  assign,
  attachPolicy,
  context,
  createSet,
  deleteSet,
  failed,
  passOf,
  passWithIssues,
  planOf,
  reportOf,
  skipped,
  unassign,
} from "./builders.ts";
import { companyConfig, companyPass } from "./company-pass.ts";

const strict = { guards: { ...companyConfig.guards, maxDeletions: 1, maxUsersLosingAllAccess: 0 } };

function textOf(pass: Pass, language: Language = "en", paint: Paint = noPaint): string {
  return renderReportText(reportOf(pass, { language }), language, paint);
}

/** The lines of the section with the heading, without it. */
function section(text: string, heading: string): readonly string[] {
  const part = text.split("\n\n").find((lines) => lines.startsWith(`${heading}\n`));
  return part?.trimEnd().split("\n").slice(1) ?? [];
}

describe("the text of a whole report", () => {
  it("reads well in Japanese", async () => {
    expect(textOf(await companyPass(), "ja")).toMatchInlineSnapshot(`
      "許可セットの変更 3件（新規1、削除1） · 割り当て +4件 · −2件 · 1人 · 2グループ · 保留 2件
      最初に確認すること
        ! Legacy を削除、1アカウントの割り当て2件を解除: anna@example.co.jp, Auditors

      変更
        - Legacy  許可セットを削除  (レコードなし)
          - 割り当てを解除 ×2  anna@example.co.jp, Auditors → Development (333333333333)  (レコードなし)
        ~ Audit  (レコード 10#2)
          + AWS管理ポリシーを追加  arn:aws:iam::aws:policy/job-function/Billing
          ~ 属性を更新  session_duration "PT1H" → "PT8H"
        + ReadOnly  許可セットを作成  (レコード 10#1)
          + session_duration "PT1H"
          ~ インラインポリシーを設定
            + {
            +   "Version": "2012-10-17",
            +   "Statement": {
            +     "Effect": "Deny",
            +     "Action": "s3:GetObject",
            +     "Resource": "*"
            +   }
            + }
          + AWS管理ポリシーを追加  arn:aws:iam::aws:policy/ReadOnlyAccess
          + 割り当て ×4  anna@example.co.jp, Developers → Development (333333333333), Production (222222222222)  (レコード 11#1)

      保留（作成も変更も削除もしない）
        Audit  dora@example.co.jp → Development (333333333333)  削除せずに保留（レコードに問題があるため） (レコード 11#4)
        Deploy  更新せずに保留（レコードに問題があるため） (レコード 10#3)

      ユーザーの同期待ち
        carol@example.co.jp  (レコード 11#3)

      変更不可（権限の範囲外、または保護）
        Network  更新しない（管理アカウントで使われている許可セットのため） (レコード 10#4)
        ReadOnly  ben@example.co.jp → Management (111111111111)  作成しない（管理アカウントのため。管理者がTerraformで管理しています） (レコード 11#5)

      管理外（変更しない）
        AWSAdministratorAccess  このサービスの管理外

      問題のあるレコード
        https://example.cybozu.com/k/10/show#record=3
          ✗ 「ポリシーのJSON」のJSONに誤りがあります。4行目の23文字目: この後ろにカンマ（,）がありません。  policy.json-syntax
            |     { "Effect": "Allow" "Action": "s3:GetObject", "Resource":
            |                       ^
            直し方: この位置の後ろに , を入力してください。
            例: "Effect": "Allow", "Action": "s3:GetObject"
        https://example.cybozu.com/k/11/show#record=4
          ✗ 「AWSアカウント」の「Prodction」というAWSアカウントが見つかりません。  account.unknown
            直し方:
            | 「Production」の入力誤りではありませんか。
            | 12桁のアカウントIDか、アカウント名を正確に入力してください。大文字と小文字は区別されます。
            例: 123456789012
        https://example.cybozu.com/k/11/show#record=5
          ! 「AWSアカウント」の「Management」は、組織の管理アカウントです。  account.management
            直し方: 管理アカウントの割り当ては管理者がTerraformで管理しているため、ここでは変更しません。必要な場合は管理者に連絡してください。このレコードのほかの内容は反映します。

      参考
        1件のインラインポリシーを、IAM Access Analyzerで確認できませんでした（AccessDeniedException）。このために保留したものはありません。続く場合は access-analyzer:ValidatePolicy を許可してください。

      適用できなかった変更
        ✗ 割り当てを解除  Legacy  Auditors → Development (333333333333)
            operation-failed: Received a 404 status error.
        - 許可セットを削除  Legacy
            次の変更が適用されなかったため見送り: 割り当てを解除  Legacy  Auditors → Development (333333333333)

      許可セットの変更 3件（新規1、削除1） · 割り当て +4件 · −2件 · 1人 · 2グループ · 保留 2件
      変更なし 1件、保留 2件、同期待ち 1件、変更不可 2件、管理外 1件
      計画のハッシュ: 0137a6859be352c62d7c12a9f24472a5
      適用: 許可セット 3件中2件、割り当て 6件中5件（AWSの操作: 成功13回、失敗1回、見送り1回）
      変更の一部だけを適用しました。
      "
    `);
  });

  it("reads well in English", async () => {
    expect(textOf(await companyPass(), "en")).toMatchInlineSnapshot(`
      "3 permission sets change (1 new, 1 deleted) · 4 assignments + · 2 − · 1 person · 2 groups · 2 held
      Look at this first
        ! Legacy is deleted, 2 assignments in 1 account removed: anna@example.co.jp, Auditors

      Changes
        - Legacy  delete permission set  (no record)
          - unassign ×2  anna@example.co.jp, Auditors → Development (333333333333)  (no record)
        ~ Audit  (record 10#2)
          + attach AWS managed policy  arn:aws:iam::aws:policy/job-function/Billing
          ~ update attributes  session_duration "PT1H" → "PT8H"
        + ReadOnly  create permission set  (record 10#1)
          + session_duration "PT1H"
          ~ set inline policy
            + {
            +   "Version": "2012-10-17",
            +   "Statement": {
            +     "Effect": "Deny",
            +     "Action": "s3:GetObject",
            +     "Resource": "*"
            +   }
            + }
          + attach AWS managed policy  arn:aws:iam::aws:policy/ReadOnlyAccess
          + assign ×4  anna@example.co.jp, Developers → Development (333333333333), Production (222222222222)  (record 11#1)

      Held (neither created, changed nor deleted)
        Audit  dora@example.co.jp → Development (333333333333)  kept; would be deleted, but its record has issues (record 11#4)
        Deploy  left as it is; would be updated, but its record has issues (record 10#3)

      Waiting for the user to arrive in Identity Center
        carol@example.co.jp  (record 11#3)

      Locked (out of reach or protected)
        Network  left as it is; would be updated, but the set is provisioned in the management account (record 10#4)
        ReadOnly  ben@example.co.jp → Management (111111111111)  not created; would be created, but the management account is out of reach: administrators keep it in Terraform (record 11#5)

      Unmanaged (seen and left alone)
        AWSAdministratorAccess  not managed here

      Records with issues
        https://example.cybozu.com/k/10/show#record=3
          ✗ The JSON in "ポリシーのJSON" is not valid. In line 4, column 23, a comma (,) is missing after this.  policy.json-syntax
            |     { "Effect": "Allow" "Action": "s3:GetObject", "Resource":
            |                       ^
            How to fix: Enter , after this place.
            Example: "Effect": "Allow", "Action": "s3:GetObject"
        https://example.cybozu.com/k/11/show#record=4
          ✗ The AWS account "Prodction" in "AWSアカウント" was not found.  account.unknown
            How to fix: Did you mean "Production"? Enter the 12-digit account id or the exact account name. Upper and lower case matter.
            Example: 123456789012
        https://example.cybozu.com/k/11/show#record=5
          ! "Management" in "AWSアカウント" is the management account of the organization.  account.management
            How to fix: Administrators manage its assignments in Terraform, so they are left alone here. Ask an administrator if you need one. The rest of this record is carried out.

      Notes
        1 inline policy was not checked by IAM Access Analyzer (AccessDeniedException). Nothing was held because of that; if it lasts, allow access-analyzer:ValidatePolicy.

      Not applied
        ✗ unassign  Legacy  Auditors → Development (333333333333)
            operation-failed: Received a 404 status error.
        - delete permission set  Legacy
            not tried, because this was not applied: unassign  Legacy  Auditors → Development (333333333333)

      3 permission sets change (1 new, 1 deleted) · 4 assignments + · 2 − · 1 person · 2 groups · 2 held
      1 unchanged, 2 held, 1 waiting, 2 locked, 1 unmanaged.
      Plan hash: 0137a6859be352c62d7c12a9f24472a5
      Applied 2 of 3 permission sets and 5 of 6 assignments (AWS operations: 13 applied, 1 failed, 1 not tried).
      Only part of the changes was applied.
      "
    `);
  });

  it("ends in Japanese with why a plan was refused and how to let it through", async () => {
    const text = textOf(await companyPass({}, strict), "ja");
    expect(text.slice(text.indexOf("中止の理由"))).toMatchInlineSnapshot(`
      "中止の理由
        ✗ deletions: 削除が2件あり、上限の1件（guards.maxDeletions）と、管理している割り当て4件の10 %（guards.maxDeletionRatio）の両方を超えています。
          - 割り当てを解除  Legacy  Auditors → Development (333333333333)
          - 許可セットを削除  Legacy
        内容を確認のうえ、中止した変更だけを1回適用するには、24時間以内に次を実行してください: kintone-sso-sync sync --approve 1d80cb4ba28fd20729cb710d0e8e3c2c-ht9z0

      許可セットの変更 3件（新規1、削除1） · 割り当て +4件 · −2件 · 1人 · 2グループ · 承認待ち 2件 · 保留 2件
      変更なし 1件、保留 2件、同期待ち 1件、変更不可 2件、管理外 1件
      計画のハッシュ: 0137a6859be352c62d7c12a9f24472a5
      適用: 許可セット 3件中2件、割り当て 6件中5件（AWSの操作: 成功13回、失敗0回、見送り0回）
      安全のための上限を超えた一部の変更は、承認待ちです。ほかの変更は続けます。
      "
    `);
  });

  it("ends in English with why a plan was refused and how to let it through", async () => {
    const text = textOf(await companyPass({}, strict), "en");
    expect(text.slice(text.indexOf("Refused\n"))).toMatchInlineSnapshot(`
      "Refused
        ✗ deletions: 2 deletions are more than guards.maxDeletions (1) and more than 10 % of the 4 managed assignments (guards.maxDeletionRatio).
          - unassign  Legacy  Auditors → Development (333333333333)
          - delete permission set  Legacy
        After reviewing what is refused, let exactly that through, once and within 24 hours, with: kintone-sso-sync sync --approve 1d80cb4ba28fd20729cb710d0e8e3c2c-ht9z0

      3 permission sets change (1 new, 1 deleted) · 4 assignments + · 2 − · 1 person · 2 groups · 2 refused · 2 held
      1 unchanged, 2 held, 1 waiting, 2 locked, 1 unmanaged.
      Plan hash: 0137a6859be352c62d7c12a9f24472a5
      Applied 2 of 3 permission sets and 5 of 6 assignments (AWS operations: 13 applied, 0 failed, 0 not tried).
      A guard refuses a part, which waits for a person; the rest goes on.
      "
    `);
  });

  it("is short when there is nothing to do", () => {
    expect(textOf(passOf({ plan: planOf([], { unchanged: { permissionSets: 2, assignments: 40 } }) })))
      .toMatchInlineSnapshot(`
        "42 unchanged, 0 held, 0 waiting, 0 locked, 0 unmanaged.
        In sync: nothing to do.
        "
      `);
  });

  it("ends with one line feed, has no line with white space at its end, and never two empty lines in a row", async () => {
    for (const language of ["ja", "en"] as const) {
      const text = textOf(await companyPass(), language);
      expect(text).toMatch(/[^\n]\n$/u);
      expect(text).not.toMatch(/[^\S\n]$/mu);
      expect(text).not.toContain("\n\n\n");
    }
  });
});

describe("the text of a pass that could not go on", () => {
  it("says why, what to do, and that it failed", () => {
    const error = {
      code: "aws.no-instance",
      fault: "user" as const,
      message: "There is no instance.",
      hint: "Check the region.",
    };
    const text = renderReportText(buildFailedReport("plan", error, context), "en", noPaint);
    expect(text).toBe("There is no instance.\nCheck the region.\n\nFailed.\n");
  });
});

describe("the sign of a change", () => {
  const grant = assign("ReadOnly", production, user("anna"));
  const target = { permissionSet: createSet("Audit").target.permissionSet };
  const about = { target, records: [], dependsOn: [], accounts: [] };
  const attributes = { sessionDurationSeconds: 3_600 };
  const boundary = { kind: "aws-managed", arn: "arn:aws:iam::aws:policy/A" } as const;
  const policy = { name: "Deploy", path: "/sales/" };

  it.each([
    ["+ Audit  create permission set", createSet("Audit")],
    ["+ assign  anna@example.co.jp → Production (222222222222)", grant],
    ["+ attach AWS managed policy  arn:aws:iam::aws:policy/A", attachPolicy("Audit", boundary.arn)],
    [
      "+ attach customer managed policy  /sales/Deploy",
      { ...about, id: "1", kind: "attach-customer-managed-policy", after: policy },
    ],
    [
      '~ update attributes  relay_state "" → "https://console.aws.amazon.com/"',
      {
        ...about,
        id: "1",
        kind: "update-attributes",
        before: attributes,
        after: { ...attributes, relayState: "https://console.aws.amazon.com/" },
      },
    ],
    [
      "~ take over from a deleted record",
      { ...about, id: "1", kind: "tag-permission-set", before: {}, after: {} },
    ],
    ["~ set inline policy", { ...about, id: "1", kind: "put-inline-policy", after: "{}" }],
    [
      "~ set permissions boundary  arn:aws:iam::aws:policy/A",
      { ...about, id: "1", kind: "put-permissions-boundary", after: boundary },
    ],
    [
      "~ set permissions boundary  arn:aws:iam::aws:policy/A → customer:/sales/Deploy",
      {
        ...about,
        id: "1",
        kind: "put-permissions-boundary",
        before: boundary,
        after: { kind: "customer-managed", ...policy },
      },
    ],
    [
      "~ provision  Production (222222222222)",
      { ...about, id: "1", kind: "provision", target: { ...target, account: production } },
    ],
    [
      "~ provision  all its accounts",
      { ...about, id: "1", kind: "provision", target: { ...target, account: "all" } },
    ],
    ["- remove inline policy", { ...about, id: "1", kind: "delete-inline-policy", before: "{}" }],
    [
      "- remove permissions boundary  arn:aws:iam::aws:policy/A",
      { ...about, id: "1", kind: "delete-permissions-boundary", before: boundary },
    ],
    [
      "- detach AWS managed policy  arn:aws:iam::aws:policy/A",
      { ...about, id: "1", kind: "detach-managed-policy", before: boundary.arn },
    ],
    [
      "- detach customer managed policy  /sales/Deploy",
      { ...about, id: "1", kind: "detach-customer-managed-policy", before: policy },
    ],
    [
      "- unassign  anna@example.co.jp → Production (222222222222)",
      unassign("Audit", production, user("anna")),
    ],
    ["- Audit  delete permission set", deleteSet("Audit")],
  ] as const)("is that of: %s", (line, change) => {
    const lines = section(textOf(passOf({ plan: planOf([change]) })), "Changes");
    const told = lines.map((text) => text.replace(/ {2}\((no record|record [^)]*)\)$/u, "").trim());
    expect(told).toContain(line);
  });
});

describe("the summary", () => {
  it("counts a set once, however many changes it takes, and every assignment", () => {
    const arn = "arn:aws:iam::aws:policy/A";
    const changes = [
      createSet("New"),
      attachPolicy("New", arn),
      attachPolicy("Old", arn),
      attachPolicy("Old", `${arn}B`),
      assign("New", production, user("anna")),
      assign("New", production, user("ben")),
      unassign("Old", production, user("ben")),
      deleteSet("Gone"),
    ];
    const text = textOf(passOf({ mode: "plan", plan: planOf(changes) }));
    expect(text).toContain(
      "\n3 permission sets change (1 new, 1 deleted) · 2 assignments + · 1 − · 2 people\n",
    );
  });

  it("says what was applied only after a sync that wrote", () => {
    const change = deleteSet("Audit");
    const plan = planOf([change]);
    const violations = [{ guard: "deletions" as const, numbers: {}, refuses: [change.id] }];
    const line = "Applied 1 of 1 permission set (AWS operations: 1 applied, 0 failed, 0 not tried).\n";
    expect(textOf(passOf({ plan, outcomes: [applied(change)] }))).toContain(line);
    expect(textOf(passOf({ plan, mode: "plan" }))).not.toContain("Applied");
    expect(textOf(passOf({ plan, violations }))).not.toContain("Applied");
    expect(textOf(passOf())).not.toContain("Applied");
  });

  it("has the hash of a plan that has changes", () => {
    expect(
      textOf(passOf({ plan: planOf([deleteSet("Audit")], { hash: "0123456789abcdef0123" }) })),
    ).toContain("Plan hash: 0123456789abcdef0123\n");
    expect(textOf(passOf())).not.toContain("hash");
  });
});

describe("what was not applied", () => {
  const create = createSet("ReadOnly");
  const grant = assign("ReadOnly", production, user("anna"));

  it("is told with AWS's reason, and with the change that another one waited for in words", () => {
    const outcomes = [
      failed(create, { code: "ServiceQuotaExceededException", message: "Too many\nsets." }),
      skipped(grant, { code: "dependency-not-applied", changeId: create.id }),
    ];
    expect(section(textOf(passOf({ plan: planOf([create, grant]), outcomes })), "Not applied")).toEqual([
      "  ✗ create permission set  ReadOnly",
      "      ServiceQuotaExceededException: Too many sets.",
      "  - assign  ReadOnly  anna@example.co.jp → Production (222222222222)",
      "      not tried, because this was not applied: create permission set  ReadOnly",
    ]);
  });

  it("is told as not tried after a stop", () => {
    const pass = passOf({ plan: planOf([create]), outcomes: [skipped(create)] });
    expect(section(textOf(pass), "Not applied")).toEqual([
      "  - create permission set  ReadOnly",
      "      not tried, because the pass was stopped",
    ]);
  });
});

describe("records with issues", () => {
  it("are told one by one, each with its address and all its issues", () => {
    const [one, two] = [recordRef({ id: "7" }), recordRef({ app: "assignments", id: "7" })];
    const pass = passWithIssues([
      createIssue("field.required", one, "name", {}),
      createIssue("assignment.no-principals", two, "users", {}),
      createIssue("session-duration.out-of-range", one, "sessionDuration", { value: "24" }),
    ]);
    const lines = section(textOf(pass), "Records with issues");
    const outline = lines.filter((line) => !/^ {6}/u.test(line));
    expect(outline.map((line) => line.replace(/^( +\S+) .* {2}/u, "$1 "))).toEqual([
      "  https://example.cybozu.com/k/10/show#record=7",
      "    ✗ field.required",
      "    ✗ session-duration.out-of-range",
      "  https://example.cybozu.com/k/11/show#record=7",
      "    ✗ assignment.no-principals",
    ]);
  });

  it("have a milder sign where the rest of the record is carried out", () => {
    const issue = createIssue("account.management", recordRef(), "accounts", { value: "Management" });
    expect(textOf(passWithIssues([issue]))).toMatch(/^ {4}! .* {2}account\.management$/mu);
  });

  it("keep the lines of a hint apart", () => {
    const issue = createIssue("user.unknown", recordRef(), "users", { value: "yamda", waitedMinutes: 90 });
    const lines = section(textOf(passWithIssues([issue]), "ja"), "問題のあるレコード");
    expect(lines.slice(2, 5)).toEqual([
      "      直し方:",
      "      | 次の点を確認してください。",
      "      | ・ログイン名のつづりに誤りがないか",
    ]);
  });

  it("show the caret of an excerpt below its place", () => {
    const issue = createIssue("policy.character-not-allowed", recordRef(), "inlinePolicy", {
      line: 3,
      column: 15,
      character: "開 (U+958B)",
      excerpt: '      "Sid": "開発者",\n              ^',
    });
    const lines = section(textOf(passWithIssues([issue])), "Records with issues");
    const [line = "", caret = ""] = lines.filter((one) => one.includes("| "));
    expect(line.charAt(caret.indexOf("^"))).toBe("開");
  });
});

describe("colours", () => {
  const tagged: Paint = {
    heading: (text) => `<b>${text}</b>`,
    create: (text) => `<g>${text}</g>`,
    update: (text) => `<y>${text}</y>`,
    remove: (text) => `<r>${text}</r>`,
    dim: (text) => `<d>${text}</d>`,
    link: (text) => text,
  };

  it("are nowhere in a text without paint", async () => {
    expect(textOf(await companyPass())).not.toContain("\u001B");
  });

  it("change nothing of the text", async () => {
    for (const options of [{}, strict]) {
      const pass = await companyPass({}, options);
      const text = textOf(pass, "en", tagged);
      expect(text.replaceAll(/<\/?[bgyrd]>/gu, "")).toBe(textOf(pass));
    }
  });

  it("tell creates, updates and deletes apart and make headings stand out", async () => {
    const text = textOf(await companyPass(), "en", tagged);
    expect(text).toContain("<g>+ ReadOnly  create permission set</g>");
    expect(text).toContain('<y>~ update attributes  session_duration "PT1H" → "PT8H"</y>');
    expect(text).toContain("<r>- Legacy  delete permission set</r>");
    expect(text).toContain("<b>Held (neither created, changed nor deleted)</b>");
  });
});
