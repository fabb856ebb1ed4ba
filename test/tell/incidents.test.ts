import { describe, expect, it } from "vitest";
import type { Language } from "../../src/model/config.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import type { Incident, IncidentKey } from "../../src/tell/incident.ts";
import { type IncidentOptions, judgedIncidents } from "../../src/tell/incidents.ts";
import { buildBlocks } from "../../src/slack/message-blocks.ts";
import {
  actualState,
  assignmentOf,
  development,
  directory,
  managedSet,
  now,
  production,
  user,
} from "../builders.ts";
import {
  applied,
  assign,
  createSet,
  deleteSet,
  passOf,
  planOf,
  reportOf,
  skipped,
} from "../report/builders.ts";
import {
  accountTypo,
  changesReport,
  disabledUser,
  failedReport,
  healthyReport,
  incidentsIn,
  layOut,
  mixedRefusal,
  nobody,
  recordsReport,
  refusedReport,
  typos,
  urlOf,
} from "./incident-samples.ts";

const keyOf = (id: number): string => `assignments/${id}`;

function only(report: RunReport, options: Partial<IncidentOptions> = {}): Incident {
  const [incident, ...others] = incidentsIn(report, options);
  if (incident === undefined || others.length > 0) throw new Error("There must be one incident.");
  return incident;
}

function messageOf(report: RunReport, options: Partial<IncidentOptions> = {}): string {
  return layOut(only(report, options).message);
}

const keysOf = (report: RunReport): readonly IncidentKey[] => incidentsIn(report).map(({ key }) => key);

const change = createSet("ReadOnly");

describe("what operators are told of", () => {
  it.each([
    ["everything is in sync", healthyReport()],
    ["everything was applied", reportOf(passOf({ plan: planOf([change]), outcomes: [applied(change)] }))],
    [
      "the pass was stopped",
      reportOf(passOf({ plan: planOf([change]), outcomes: [skipped(change, { code: "stopped" })] })),
    ],
    ["records have nothing but warnings", recordsReport([disabledUser(1), disabledUser(2)])],
  ])("is nothing when %s", (_, report) => {
    expect(incidentsIn(report)).toEqual([]);
  });

  it("is one incident each of what went wrong, the most urgent first", () => {
    expect(keysOf(failedReport())).toEqual(["pass-failed"]);
    const report = { ...changesReport(["anna"]), issues: recordsReport(typos(20)).issues };
    expect(keysOf(report)).toEqual(["changes-failed", "records"]);
    expect(keysOf({ ...refusedReport(), issues: report.issues })).toEqual(["guard-refused", "records"]);
  });
});

describe("a failed pass", () => {
  it("reads well", () => {
    expect(messageOf(failedReport())).toMatchInlineSnapshot(`
      "❌ kintone-sso-sync: the pass failed

      The credentials may not read app 11 (GAIA_NO01).

      In the settings of app 11, under API Token, tick View records, save, and press Update App: until then the change has no effect. With a password, give the user the permission to view the app and all of its records and fields."
    `);
    expect(messageOf(failedReport(undefined, undefined, "ja"), { language: "ja" })).toMatchInlineSnapshot(`
      "❌ kintone-sso-sync: 同期に失敗しました

      アプリ11を読み取る権限がありません（GAIA_NO01）。

      アプリ11の設定の「APIトークン」で「レコード閲覧」にチェックを入れ、保存したあとで「アプリを更新」をクリックしてください。更新するまで変更は反映されません。パスワードを使う場合は、アプリと、そのすべてのレコードとフィールドを閲覧できる権限をユーザーに付与してください。"
    `);
  });

  it("is the same as long as the reason is the same, whatever its words", () => {
    const first = only(failedReport("kintone.unavailable", "Status 502, 3 attempts."));
    expect(only(failedReport("kintone.unavailable", "Status 503, 4 attempts.")).fingerprint).toBe(
      first.fingerprint,
    );
    expect(only(failedReport("aws.throttled")).fingerprint).not.toBe(first.fingerprint);
  });

  it("is told anew in its thread when the reason is another one", () => {
    expect(only(failedReport("aws.throttled", "AWS is busy.")).describeChange("kintone.unavailable")).toBe(
      "The pass fails for another reason now.\nAWS is busy.",
    );
  });

  it("keeps the lines of its reason, each without control characters", () => {
    expect(
      only(failedReport("bug.unexpected", "One\n::error::\u001B[31mtwo\u202E")).message.sections[0],
    ).toBe("One\n: :error:: [31mtwo ");
  });
});

describe("a refused plan", () => {
  it("reads well, with its numbers and the command that approves it", () => {
    expect(messageOf(refusedReport())).toMatchInlineSnapshot(`
      "⛔ kintone-sso-sync: the plan was refused, nothing was written

      6 deletions are more than guards.maxDeletions (5) and more than 10 % of the 9 managed assignments (guards.maxDeletionRatio).

      4 users would lose their last access (anna@example.co.jp, ben@example.co.jp, carol@example.co.jp, dora@example.co.jp); the limit is 3 (guards.maxUsersLosingAllAccess).

      What it would have done, removals and new administrators first:

      no record
      - delete permission set  Audit

      Review it with kintone-sso-sync plan, then let exactly this plan through, once and within 24 hours, with:
      kintone-sso-sync sync --approve 0123456789abcdef0123-ht9z0"
    `);
    expect(messageOf(refusedReport(undefined, 2, "ja"), { language: "ja" })).toMatchInlineSnapshot(`
      "⛔ kintone-sso-sync: 安全のための上限を超えたため、何も書き込まずに中止しました

      削除が6件あり、上限の5件（guards.maxDeletions）と、管理している割り当て9件の10 %（guards.maxDeletionRatio）の両方を超えています。

      4人のユーザーがすべてのアクセス権を失います（anna@example.co.jp, ben@example.co.jp, carol@example.co.jp, dora@example.co.jp）。上限は3人です（guards.maxUsersLosingAllAccess）。

      適用されるはずだった変更（削除と、新しく管理者になるものが先）:

      レコードなし
      - 許可セットを削除  Audit

      kintone-sso-sync plan で内容を確認のうえ、中止した変更だけを1回適用するには、24時間以内に次を実行してください。
      kintone-sso-sync sync --approve 0123456789abcdef0123-ht9z0"
    `);
  });

  it("says what it would have done for each record, removals and new administrators first", () => {
    expect(messageOf(mixedRefusal(3))).toMatchInlineSnapshot(`
      "⛔ kintone-sso-sync: the plan was refused, nothing was written

      6 deletions are more than guards.maxDeletions (5) and more than 10 % of the 9 managed assignments (guards.maxDeletionRatio).

      What it would have done, removals and new administrators first:

      <https://example.cybozu.com/k/11/show#record=7>
      + assign  Admin  dora@example.co.jp → Production (222222222222)  (makes an administrator)

      no record
      - unassign  Legacy  anna@example.co.jp → Production (222222222222)
      - delete permission set  Legacy

      <https://example.cybozu.com/k/11/show#record=8>
      + assign  ReadOnly  user0@example.co.jp → Production (222222222222)
      + assign  ReadOnly  user1@example.co.jp → Production (222222222222)
      + assign  ReadOnly  user2@example.co.jp → Production (222222222222)

      No approval can let this plan through. Correct what the guards name, and the next pass goes on."
    `);
    expect(messageOf(mixedRefusal(1, "ja"), { language: "ja" })).toMatchInlineSnapshot(`
      "⛔ kintone-sso-sync: 安全のための上限を超えたため、何も書き込まずに中止しました

      削除が6件あり、上限の5件（guards.maxDeletions）と、管理している割り当て9件の10 %（guards.maxDeletionRatio）の両方を超えています。

      適用されるはずだった変更（削除と、新しく管理者になるものが先）:

      <https://example.cybozu.com/k/11/show#record=7>
      + 割り当て  Admin  dora@example.co.jp → Production (222222222222)  (管理者になる)

      レコードなし
      - 割り当てを解除  Legacy  anna@example.co.jp → Production (222222222222)
      - 許可セットを削除  Legacy

      <https://example.cybozu.com/k/11/show#record=8>
      + 割り当て  ReadOnly  user0@example.co.jp → Production (222222222222)

      この計画は承認しても適用できません。理由に示されたものを修正すると、次回の同期から再開します。"
    `);
  });

  it("lists ten changes and how many more there are, and links to the records it lists", () => {
    const { message } = only(mixedRefusal(300));
    const listed = message.sections.join("\n").split("\n");
    expect(listed.filter((line) => /^[-+~] /u.test(line))).toHaveLength(10);
    expect(listed).toContain("… and 293 more");
    expect(message.links).toEqual([urlOf(7), urlOf(8)]);
    expect(buildBlocks(message).length).toBeLessThan(20);
  });

  it("is another one when the plan or the guards are others", () => {
    const { fingerprint } = only(refusedReport());
    expect(only(refusedReport()).fingerprint).toBe(fingerprint);
    expect(only(refusedReport("ffff456789abcdef0123")).fingerprint).not.toBe(fingerprint);
    expect(only(refusedReport(undefined, 1)).fingerprint).not.toBe(fingerprint);
  });

  it("is the same one a minute later, when another code approves it", () => {
    const [first, later] = [refusedReport(), refusedReport(undefined, 2, "en", now + 60_000)];
    expect(later.approval?.code).not.toBe(first.approval?.code);
    expect(only(later).fingerprint).toBe(only(first).fingerprint);
  });

  it("says that nobody can approve it where that is so, and offers no command", () => {
    const violations = [
      {
        guard: "protected",
        numbers: { changes: 1 },
        subjects: ["assign:A/1/USER/u"],
        refuses: [deleteSet("Audit").id],
      },
    ] as const;
    const report = reportOf(passOf({ plan: planOf([deleteSet("Audit")]), violations }));
    expect(messageOf(report)).toContain("No approval can let this plan through");
    expect(messageOf(report)).not.toContain("--approve");
  });

  it("tells in its thread the command that approves it now", () => {
    expect(only(refusedReport("ffff456789abcdef0123", 1)).describeChange("old")).toMatchInlineSnapshot(`
      "What is refused has changed, and so has the command that approves it.
      6 deletions are more than guards.maxDeletions (5) and more than 10 % of the 9 managed assignments (guards.maxDeletionRatio).
      Review it with kintone-sso-sync plan, then let exactly this plan through, once and within 24 hours, with:
      kintone-sso-sync sync --approve ffff456789abcdef0123-ht9z0"
    `);
  });
});

describe("failed changes", () => {
  it("read well", () => {
    expect(messageOf(changesReport(["anna", "ben"]))).toMatchInlineSnapshot(`
      "⚠️ kintone-sso-sync: 2 changes failed

      assign  ReadOnly  anna@example.co.jp → Production (222222222222)
      ConflictException: Another change is going on.

      assign  ReadOnly  ben@example.co.jp → Production (222222222222)
      ConflictException: Another change is going on.

      1 change that depends on them was not tried.

      The next pass tries again."
    `);
    expect(messageOf(changesReport(["anna", "ben"], { language: "ja" }), { language: "ja" }))
      .toMatchInlineSnapshot(`
        "⚠️ kintone-sso-sync: 2件の変更に失敗しました

        割り当て  ReadOnly  anna@example.co.jp → Production (222222222222)
        ConflictException: Another change is going on.

        割り当て  ReadOnly  ben@example.co.jp → Production (222222222222)
        ConflictException: Another change is going on.

        これらに依存する1件の変更は見送りました。

        次回の同期のときに自動的に再試行します。"
      `);
  });

  it("are ten at most, and how many more there are", () => {
    const names = Array.from({ length: 25 }, (_, index) => `user${index}`);
    const { title, sections } = only(changesReport(names)).message;
    expect(title).toContain("25 changes failed");
    expect(sections[9]).toContain("user-user9 → Production");
    expect(sections[10]).toBe("… and 15 more");
    expect(only(changesReport(names.slice(0, 10))).message.sections.join("\n")).not.toContain("more");
  });

  it("are the same whatever their order, and others when one fails for another reason", () => {
    const { fingerprint } = only(changesReport(["anna", "ben"]));
    expect(only(changesReport(["ben", "anna"])).fingerprint).toBe(fingerprint);
    expect(only(changesReport(["anna"])).fingerprint).not.toBe(fingerprint);
    expect(only(changesReport(["anna", "ben"], { code: "AccessDenied" })).fingerprint).not.toBe(fingerprint);
  });

  it("tell in their thread which are new, which have another reason and how many are solved", () => {
    const before = only(changesReport(["anna", "ben"])).fingerprint;
    expect(only(changesReport(["ben", "carol"])).describeChange(before)).toMatchInlineSnapshot(`
      "New: 1
      • assign  ReadOnly  user-carol → Production (222222222222)
         ConflictException: Another change is going on.
      Solved: 1
      As before: 1"
    `);
    expect(only(changesReport(["ben"], { code: "AccessDenied" })).describeChange(before))
      .toMatchInlineSnapshot(`
        "Different from before: 1
        • assign  ReadOnly  ben@example.co.jp → Production (222222222222)
           AccessDenied: Another change is going on.
        Solved: 1"
      `);
  });

  it("cannot fill the message with one long reason", () => {
    const report = changesReport(["anna"], { code: "x".repeat(5_000) });
    expect(only(report).message.sections[0]?.length).toBeLessThan(600);
  });
});

describe("records with issues", () => {
  const issues = [accountTypo(1), nobody(1), accountTypo(2, "<!channel>"), disabledUser(3)];

  it("read well, each with its address", () => {
    expect(messageOf(recordsReport(issues))).toMatchInlineSnapshot(`
      "⚠️ kintone-sso-sync: 2 records have issues

      <https://example.cybozu.com/k/11/show#record=1>
      ✗ The AWS account "Prodction" in "AWSアカウント" was not found.  account.unknown
      ✗ "利用者" is empty, and neither a user nor a group is named.  assignment.no-principals

      <https://example.cybozu.com/k/11/show#record=2>
      ✗ The AWS account "<!channel>" in "AWSアカウント" was not found.  account.unknown

      What these records granted before stays as it is until they are corrected."
    `);
    expect(messageOf(recordsReport(issues, "ja"), { language: "ja" })).toMatchInlineSnapshot(`
      "⚠️ kintone-sso-sync: 2件のレコードに問題があります

      <https://example.cybozu.com/k/11/show#record=1>
      ✗ 「AWSアカウント」の「Prodction」というAWSアカウントが見つかりません。  account.unknown
      ✗ 「利用者」が空で、割り当てる相手のユーザーもグループも指定されていません。  assignment.no-principals

      <https://example.cybozu.com/k/11/show#record=2>
      ✗ 「AWSアカウント」の「<!channel>」というAWSアカウントが見つかりません。  account.unknown

      修正されるまで、これらのレコードがこれまでに付与したアクセス権はそのまま残ります。"
    `);
  });

  it("are one digest, however many there are: ten addresses, the newest first, and a count", () => {
    const newlyTold = new Set([keyOf(24), keyOf(25)]);
    const { message } = only(recordsReport(typos(25)), { newlyTold });
    expect(message.title).toBe("⚠️ kintone-sso-sync: 25 records have issues");
    expect(message.links).toEqual([24, 25, 1, 2, 3, 4, 5, 6, 7, 8].map((id) => urlOf(id)));
    expect(message.sections.map((section) => section.split("\n")[0])).toEqual([
      ...(message.links ?? []),
      "… and 15 more",
      "What these records granted before stays as it is until they are corrected.",
    ]);
  });

  it("show three issues of a record at most, each on one short line", () => {
    const long = Array.from({ length: 5 }, () => accountTypo(1, `a\nb${"c".repeat(5_000)}`));
    const lines = only(recordsReport(long)).message.sections[0]?.split("\n") ?? [];
    expect(lines).toHaveLength(5);
    expect(lines.at(-1)).toBe("… and 2 more");
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(300);
  });

  it("mention the authors whose addresses are known, of the records that are listed, once", () => {
    const authors = new Map([
      [keyOf(1), "anna@example.com"],
      [keyOf(2), "anna@example.com"],
      [keyOf(3), "ben@example.com"],
      [keyOf(11), "carol@example.com"],
    ]);
    expect(only(recordsReport(typos(11)), { authors }).message.mentions).toEqual([
      "anna@example.com",
      "ben@example.com",
    ]);
    expect(only(recordsReport(typos(11))).message).not.toHaveProperty("mentions");
  });

  it("are the same whatever their order and words, and others when a record has another issue", () => {
    const { fingerprint } = only(recordsReport([accountTypo(1), accountTypo(2)]));
    expect(only(recordsReport([accountTypo(2), accountTypo(1, "Sandbox")])).fingerprint).toBe(fingerprint);
    expect(only(recordsReport([accountTypo(1), accountTypo(2), disabledUser(2)])).fingerprint).toBe(
      fingerprint,
    );
    expect(only(recordsReport([accountTypo(1), nobody(2)])).fingerprint).not.toBe(fingerprint);
    expect(only(recordsReport([accountTypo(1)])).fingerprint).not.toBe(fingerprint);
  });

  it("tell in their thread which are new, which are different and which are solved", () => {
    const before = only(recordsReport([accountTypo(1), accountTypo(2), accountTypo(3)])).fingerprint;
    const now = recordsReport([nobody(2), accountTypo(3), accountTypo(4)]);
    expect(only(now).describeChange(before)).toMatchInlineSnapshot(`
      "New: 1
      • 11#4
      Different from before: 1
      • 11#2
      Solved: 1
      • 11#1
      As before: 1"
    `);
    expect(only(now, { language: "ja" }).describeChange(before)).toMatchInlineSnapshot(`
      "新しい問題: 1件
      • 11#4
      内容が変わった問題: 1件
      • 11#2
      解消した問題: 1件
      • 11#1
      変わらない問題: 1件"
    `);
  });

  it("list no more than ten in the thread either", () => {
    const lines = only(recordsReport(typos(30)))
      .describeChange("")
      .split("\n");
    expect(lines).toHaveLength(12);
    expect([lines[0], lines[11]]).toEqual(["New: 30", "… and 20 more"]);
  });

  it("are those that are new alone when nobody remembers what was told of the others", () => {
    const newlyTold = new Set([keyOf(2)]);
    expect(messageOf(recordsReport(typos(3)), { newlyTold, onlyNew: true })).toMatchInlineSnapshot(`
      "⚠️ kintone-sso-sync: 1 record has new issues

      <https://example.cybozu.com/k/11/show#record=2>
      ✗ The AWS account "Prodction" in "AWSアカウント" was not found.  account.unknown

      3 records have issues in all.

      What these records granted before stays as it is until they are corrected."
    `);
    expect(incidentsIn(recordsReport(typos(3)), { onlyNew: true })).toEqual([]);
    const withWarning = recordsReport([...typos(3), disabledUser(7)]);
    expect(incidentsIn(withWarning, { newlyTold: new Set([keyOf(7)]), onlyNew: true })).toEqual([]);
  });
});

describe("authors who cannot be told", () => {
  const disabled =
    "GET record/comments.json (assignments): 400 GAIA_RE03 The comment feature is disabled in this app.";
  const refused = "POST record/comment.json (permissionSets): 403 GAIA_NO01 No permission.";
  const told = (language: Language, commentFailures: readonly string[]) =>
    incidentsIn(healthyReport(language), { language, commentFailures });

  it("are an incident that tells why and what to check", () => {
    const [english, ...others] = told("en", [disabled, refused]);
    expect(others).toEqual([]);
    expect(layOut(english?.message ?? { title: "", sections: [] })).toMatchInlineSnapshot(`
      "⚠️ kintone-sso-sync: authors cannot be told on their records

      • GET record/comments.json (assignments): 400 GAIA_RE03 The comment feature is disabled in this app.
      • POST record/comment.json (permissionSets): 403 GAIA_NO01 No permission.

      Check that comments are switched on in the app and that the token may view its records. The sync itself goes on.

      The next pass tries again."
    `);
    const [japanese] = told("ja", [disabled]);
    expect(layOut(japanese?.message ?? { title: "", sections: [] })).toMatchInlineSnapshot(`
      "⚠️ kintone-sso-sync: レコードにコメントできません

      • GET record/comments.json (assignments): 400 GAIA_RE03 The comment feature is disabled in this app.

      アプリのコメント機能が有効か、トークンにレコードの閲覧権限があるかを確認してください。同期そのものは続いています。

      次回の同期のときに自動的に再試行します。"
    `);
  });

  it("are the same incident as long as the reasons are, and their thread tells of other ones", () => {
    const [first] = told("en", [disabled]);
    const [second] = told("en", [refused]);
    expect(told("en", [disabled])[0]?.fingerprint).toBe(first?.fingerprint);
    expect(second?.fingerprint).not.toBe(first?.fingerprint);
    expect(second?.describeChange(first?.fingerprint ?? "")).toBe(
      `They cannot be told for another reason now.\n• ${refused}`,
    );
  });
});

describe("access to the account that the sync runs in", () => {
  const assignments = [assignmentOf("ReadOnly", production, user("anna"))];
  const given = (isOpen: boolean) => {
    const keyAccounts = { ids: new Set([production]), isOpen };
    const actual = actualState({
      permissionSets: [managedSet("ReadOnly")],
      assignments,
      directory: directory({ keyAccounts }),
    });
    return reportOf(passOf({ actual }));
  };

  it("is an incident with names, and a remark of the report", () => {
    const [incident] = incidentsIn(given(false));
    expect(incident?.key).toBe("key-account-access");
    expect(incident?.message.sections[0]).toContain(
      "anna@example.co.jp: ReadOnly, Production (222222222222)",
    );
    expect(given(false).notes).toMatchObject([{ code: "key-account-access" }]);
  });

  it("is none where the configuration opens the account", () => {
    expect(incidentsIn(given(true))).toEqual([]);
    expect(given(true).notes).toEqual([]);
  });
});

describe("an incident that is not there", () => {
  const grant = assign("ReadOnly", production, user("anna"));
  const other = assign("ReadOnly", development, user("anna"));
  const stopped = reportOf(
    passOf({ plan: planOf([grant, other]), outcomes: [applied(grant), skipped(other, { code: "stopped" })] }),
  );
  const held = {
    target: { permissionSet: "ReadOnly", account: production },
    would: "create",
    reason: "not-selected",
    records: [],
  } as const;
  const half = reportOf(passOf({ plan: planOf([], { held: [held] }) }));
  const always = [
    "paused",
    "made-by-hand",
    "memory-lost",
    "class-rules",
    "status-in-query",
    "approval-overdue",
    "pass-failed",
    "key-account-access",
    "ownership-doubtful",
    "owner-tag-gone",
    "names-unmatched",
    "removals-held",
    "comments-failed",
    "many-ends",
    "ends-soon",
    "targets-moved",
    "records",
  ] as const;
  const all: readonly IncidentKey[] = [...always, "guard-refused", "changes-failed", "does-not-stay"];

  it.each<[string, RunReport, readonly IncidentKey[]]>([
    ["everything after a pass with nothing to do", healthyReport(), all],
    ["everything after a pass whose changes were tried", changesReport(["anna"]), all],
    ["the failed pass alone after one that could not read", failedReport(), ["pass-failed"]],
    ["not the failed changes after a refusal", refusedReport(), [...always, "guard-refused"]],
    ["not the failed changes after a stopped pass", stopped, [...always, "guard-refused"]],
    ["neither changes nor refusal after a half of the plan", half, always],
  ])("is over: %s", (_, report, over) => {
    expect([...judgedIncidents(report)].toSorted()).toEqual(over.toSorted());
  });
});

describe("in both languages", () => {
  it.each<Language>(["en", "ja"])("no text is missing or empty (%s)", (language) => {
    const reports = [
      failedReport(),
      refusedReport(undefined, 2, language),
      changesReport(["anna"], { language }),
      recordsReport(typos(12), language),
    ];
    for (const report of reports) {
      const { message, describeChange } = only(report, { language });
      const texts = [message.title, ...message.sections, describeChange("gone:1")];
      expect(texts.filter((text) => text.trim() === "" || /undefined|\[object|NaN/.test(text))).toEqual([]);
    }
  });
});
