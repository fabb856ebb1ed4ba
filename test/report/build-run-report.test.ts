import { describe, expect, it } from "vitest";
import { createIssue } from "../../src/model/issue.ts";
import { requestId } from "../../src/model/ids.ts";
import type { Outcome } from "../../src/model/outcome.ts";
import type { Pass } from "../../src/model/pass.ts";
import type { Change } from "../../src/model/plan.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import { buildFailedReport } from "../../src/report/build-run-report.ts";
import {
  actualState,
  directory,
  group,
  production,
  rawAssignment,
  rawPermissionSet,
  recordRef,
  user,
} from "../builders.ts";
import {
  applied,
  assign,
  attachPolicy,
  context,
  createSet,
  deleteSet,
  failed,
  noCalls,
  passOf,
  passWithIssues,
  planOf,
  reportOf,
  skipped,
  sourceOf,
  unassign,
} from "./builders.ts";
import { companyPass } from "./company-pass.ts";

const anna = user("anna");
const ben = user("ben");
const assignmentRef = (id: string) => recordRef({ app: "assignments", id });

describe("the counts of a report", () => {
  const changes = [
    createSet("ReadOnly"),
    assign("ReadOnly", production, anna),
    unassign("Audit", production, ben),
    unassign("Audit", production, group("Auditors")),
    deleteSet("Audit"),
  ] as const;
  const target = { permissionSet: "Held" };

  it("are one of each kind of thing, and deletions are revocations and deleted sets", () => {
    const [create, grant, revocation, other, deletion] = changes;
    const plan = planOf(changes, {
      held: [
        { target, would: "update", reason: "record-has-issues", records: [] },
        { target, would: "delete", reason: "still-assigned", records: [] },
      ],
      waiting: ["carol", "dora", "emil"].map((login) => ({ record: assignmentRef("3"), userName: login })),
      unmanaged: Array.from({ length: 4 }, () => ({ target, reason: "not-ours" as const })),
      locked: [{ target, would: "update", reason: "management-account", records: [] }],
    });
    const pass = passWithIssues([createIssue("field.required", recordRef(), "name", {})], {
      plan,
      source: sourceOf([rawPermissionSet(), rawPermissionSet()], [rawAssignment()]),
      outcomes: [
        applied(create),
        applied(grant),
        failed(revocation),
        applied(other),
        skipped(deletion, { code: "dependency-not-applied", changeId: revocation.id }),
      ],
    });
    expect(reportOf(pass).counts).toEqual({
      records: 3,
      changes: 5,
      applied: 3,
      failed: 1,
      knownFailures: 0,
      skipped: 1,
      held: 2,
      waiting: 3,
      unmanaged: 4,
      issues: 1,
      deletions: 3,
    });
  });

  it("say that nothing was applied when only a plan was made", () => {
    const { counts } = reportOf(passOf({ mode: "plan", plan: planOf(changes) }));
    expect(counts).toMatchObject({ changes: 5, applied: 0, failed: 0, skipped: 0 });
  });

  it("agree with the lists of the same report", async () => {
    const { counts, plan, outcomes, issues } = reportOf(await companyPass());
    const withStatus = (status: string) => outcomes.filter((outcome) => outcome.status === status).length;
    expect(counts).toEqual({
      records: 9,
      changes: plan?.changes.length,
      applied: withStatus("applied"),
      failed: withStatus("failed"),
      knownFailures: 0,
      skipped: withStatus("skipped"),
      held: plan?.held.length,
      waiting: plan?.waiting.length,
      unmanaged: plan?.unmanaged.length,
      issues: issues.length,
      deletions: plan?.changes.filter(({ kind }) => /^(unassign|delete-permission-set)$/u.test(kind)).length,
    });
  });
});

describe("the result of a pass", () => {
  const [one, two] = [assign("ReadOnly", production, anna), assign("ReadOnly", production, ben)];
  const violations = [{ guard: "deletions" as const, numbers: { deletions: 6 }, refuses: [one.id] }];
  type Row = readonly [
    result: RunReport["result"],
    when: string,
    mode: Pass["mode"],
    changes: readonly Change[],
    outcomes: readonly Outcome[],
    violations: Pass["violations"],
  ];
  const rows: readonly Row[] = [
    ["in-sync", "a plan has no changes", "plan", [], [], []],
    ["in-sync", "a sync has no changes", "sync", [], [], []],
    ["changes-pending", "a plan has changes", "plan", [one], [], []],
    ["refused", "a guard refuses a sync", "sync", [one], [], violations],
    ["refused", "a guard refuses a plan", "plan", [one], [], violations],
    ["partly-refused", "a guard refuses one of two changes", "sync", [one, two], [applied(two)], violations],
    ["partly-refused", "what is not refused fails", "sync", [one, two], [failed(two)], violations],
    ["partly-refused", "a guard refuses a part of a plan", "plan", [one, two], [], violations],
    ["applied", "every change was applied", "sync", [one, two], [applied(one), applied(two)], []],
    ["partly-applied", "a change failed", "sync", [one, two], [applied(one), failed(two)], []],
    ["partly-applied", "a change was not tried", "sync", [one, two], [applied(one), skipped(two)], []],
    ["partly-applied", "no change was tried", "sync", [one, two], [skipped(one), skipped(two)], []],
    ["failed", "every change failed", "sync", [one, two], [failed(one), failed(two)], []],
    ["failed", "what did not fail was not tried", "sync", [one, two], [failed(one), skipped(two)], []],
  ];

  it.each(rows)("is %s when %s", (result, _, mode, changes, outcomes, broken) => {
    const pass = passOf({ mode, plan: planOf(changes), outcomes, violations: broken });
    expect(reportOf(pass)).toMatchObject({ result, mode });
  });

  it("is in-sync though records have issues", () => {
    const pass = passWithIssues([createIssue("field.required", recordRef(), "name", {})]);
    expect(reportOf(pass).result).toBe("in-sync");
  });
});

describe("a report", () => {
  it("has its times in ISO 8601 and UTC, to the millisecond", () => {
    const change = assign("ReadOnly", production, anna);
    const report = reportOf(passOf({ plan: planOf([change]), outcomes: [applied(change)] }));
    expect(report).toMatchObject({
      schemaVersion: 1,
      runId: "run-1",
      startedAt: "2026-11-20T09:00:00.000Z",
      finishedAt: "2026-11-20T09:01:01.250Z",
      outcomes: [{ startedAt: "2026-11-20T09:00:00.000Z", finishedAt: "2026-11-20T09:00:01.500Z" }],
    });
  });

  it("names the accounts, users and groups of its targets", () => {
    const changes = [
      assign("ReadOnly", production, anna),
      assign("ReadOnly", production, group("Developers")),
    ];
    expect(reportOf(passOf({ plan: planOf(changes) })).plan?.changes.map(({ target }) => target)).toEqual([
      {
        permissionSet: "ReadOnly",
        account: production,
        accountName: "Production",
        principal: { type: "USER", id: "user-anna", name: "anna@example.co.jp" },
      },
      {
        permissionSet: "ReadOnly",
        account: production,
        accountName: "Production",
        principal: { type: "GROUP", id: "group-Developers", name: "Developers" },
      },
    ]);
  });

  it("leaves out a name that the directory does not have", () => {
    const actual = actualState({ directory: directory({ accounts: [], users: [] }) });
    const plan = planOf([assign("ReadOnly", production, anna)]);
    expect(reportOf(passOf({ actual, plan })).plan?.changes[0]?.target).toStrictEqual({
      permissionSet: "ReadOnly",
      account: production,
      principal: { type: "USER", id: "user-anna" },
    });
  });

  it("does not take a group for a user of the same id", () => {
    const actual = actualState({ directory: directory({ groups: [{ id: anna.id, displayName: "Twins" }] }) });
    const plan = planOf([assign("ReadOnly", production, { id: anna.id, displayName: "Twins" })]);
    expect(reportOf(passOf({ actual, plan })).plan?.changes[0]?.target.principal?.name).toBe("Twins");
  });

  it("names records by the app's id in kintone, the same record number in two apps apart", () => {
    const records = [recordRef({ id: "5" }), assignmentRef("5")];
    const plan = planOf([assign("ReadOnly", production, anna, { records })], {
      waiting: [{ record: assignmentRef("6"), userName: "carol" }],
    });
    const report = reportOf(passOf({ plan }));
    expect(report.plan?.changes[0]?.records).toEqual([
      { app: 10, record: "5" },
      { app: 11, record: "5" },
    ]);
    expect(report.plan?.waiting).toEqual([{ app: 11, record: "6", userName: "carol" }]);
  });

  it("tells of a change what it was before and what it is after, and only that", () => {
    const [create, attach] = [createSet("ReadOnly"), attachPolicy("ReadOnly", "arn:aws:iam::aws:policy/A")];
    const changes = reportOf(passOf({ plan: planOf([create, attach]) })).plan?.changes;
    expect(changes?.[0]?.after).toEqual(create.after);
    expect(changes?.[1]).toStrictEqual({
      id: attach.id,
      kind: "attach-managed-policy",
      target: { permissionSet: "ReadOnly" },
      after: "arn:aws:iam::aws:policy/A",
      records: [{ app: 10, record: "1" }],
    });
  });

  it("tells of an outcome AWS's request, and the reason why a change was not applied", () => {
    const [one, two, three, four] = ["anna", "ben", "carol", "dora"].map((login) =>
      assign("ReadOnly", production, user(login)),
    ) as [Change, Change, Change, Change];
    const outcomes = [
      applied(one),
      failed(two, { requestId: requestId("request-2") }),
      skipped(three, { code: "dependency-not-applied", changeId: two.id }),
      skipped(four),
    ];
    const told = reportOf(passOf({ plan: planOf([one, two, three, four]), outcomes })).outcomes;
    const times = { startedAt: expect.any(String), finishedAt: expect.any(String) };
    expect(told).toStrictEqual([
      { change: one.id, status: "applied", requestId: "request-assign", ...times },
      {
        change: two.id,
        status: "failed",
        reason: { code: "ConflictException", message: "Another change is going on." },
        requestId: "request-2",
        ...times,
      },
      {
        change: three.id,
        status: "skipped",
        reason: { code: "dependency-not-applied", message: two.id },
        ...times,
      },
      { change: four.id, status: "skipped", reason: { code: "stopped", message: "" }, ...times },
    ]);
  });

  it("tells an issue in words, with the field's label in the form and the record's address", () => {
    const issue = createIssue("session-duration.invalid", recordRef({ id: "7" }), "sessionDuration", {
      value: "8時間",
    });
    expect(reportOf(passWithIssues([issue])).issues).toEqual([
      {
        code: "session-duration.invalid",
        severity: "error",
        app: 10,
        record: "7",
        field: "sessionDuration",
        fieldLabel: "session_duration",
        url: "https://example.cybozu.com/k/10/show#record=7",
        message: expect.stringContaining('"8時間"'),
        hint: expect.any(String),
        example: expect.any(String),
        key: "permissionSets/7",
        fingerprint: expect.any(String),
        params: { value: "8時間" },
      },
    ]);
  });

  it("finds a field's label by the code that the field is mapped to", () => {
    const issue = createIssue("field.required", recordRef(), "name", {});
    const fields = {
      ...context.fields,
      permissionSets: { ...context.fields.permissionSets, name: "inline_policy" },
    };
    expect(reportOf(passWithIssues([issue]), { fields }).issues[0]?.fieldLabel).toBe("ポリシーのJSON");
  });

  it("leaves out field and label of an issue about a whole record, and the label of a field that the form lacks", () => {
    const whole = createIssue("field.required", recordRef(), undefined, {});
    const unlabelled = createIssue("field.required", recordRef(), "name", {});
    const fields = { ...context.fields, permissionSets: { ...context.fields.permissionSets, name: null } };
    const [first, second] = reportOf(passWithIssues([whole, unlabelled]), { fields }).issues;
    expect(first).not.toHaveProperty("field");
    expect(first).not.toHaveProperty("fieldLabel");
    expect(second).toMatchObject({ field: "name" });
    expect(second).not.toHaveProperty("fieldLabel");
  });

  it("calls an issue that does not hold its record a warning", () => {
    const issue = createIssue("account.management", assignmentRef("1"), "accounts", { value: "Management" });
    expect(reportOf(passWithIssues([issue])).issues[0]?.severity).toBe("warning");
  });

  it("tells issues, violations and notes in the chosen language", () => {
    const pass = passWithIssues([createIssue("field.required", recordRef(), "name", {})], {
      plan: planOf([deleteSet("Audit")]),
      violations: [
        { guard: "users-losing-all-access", numbers: { users: 4, maxUsersLosingAllAccess: 3 }, refuses: [] },
      ],
      notes: [{ kind: "policies-not-analyzed", count: 2, reason: "AccessDeniedException" }],
    });
    const [ja, en] = [reportOf(pass, { language: "ja" }), reportOf(pass, { language: "en" })];
    expect(ja.issues[0]?.message).toContain("「セット名」");
    expect(en.issues[0]?.message).toContain('"セット名"');
    expect(ja.violations[0]?.message).toContain("4人のユーザー");
    expect(en.violations[0]?.message).toContain("4 users");
    expect(ja.notes[0]?.message).toContain("2件のインラインポリシー");
    expect(en.notes[0]?.message).toContain("2 inline policies");
  });

  it("carries the numbers of a violation", () => {
    const numbers = { permissionSets: 0, assignments: 9, deletions: 4 };
    const { violations } = reportOf(
      passOf({ violations: [{ guard: "source-empty", numbers, refuses: [] }] }),
    );
    expect(violations).toMatchObject([{ guard: "source-empty", numbers }]);
  });

  it("names all that a violation is about, accounts with their ids", () => {
    const users = Array.from({ length: 12 }, (_, index) => `user${index + 10}@example.co.jp`);
    const { violations } = reportOf(
      passOf({
        violations: [
          { guard: "users-losing-all-access", numbers: { users: 12 }, subjects: users, refuses: [] },
          { guard: "last-administrator", numbers: { accounts: 1 }, subjects: [production], refuses: [] },
        ],
      }),
    );
    expect(violations.map(({ subjects }) => subjects)).toEqual([users, [`Production (${production})`]]);
  });

  it("notes a finding about a policy with the record it is in", () => {
    const finding = {
      type: "WARNING",
      issueCode: "MISSING_VERSION",
      details: "Add a version.",
      learnMoreLink: "https://docs.aws.amazon.com/",
      position: { line: 3, column: 7 },
    } as const;
    const { position: _, ...withoutPosition } = finding;
    const notes = [finding, withoutPosition].map(
      (one) => ({ kind: "policy-finding", recordId: "2", finding: one }) as const,
    );
    expect(reportOf(passOf({ notes })).notes).toEqual([
      {
        code: "policy-finding",
        app: 10,
        record: "2",
        url: "https://example.cybozu.com/k/10/show#record=2",
        message: "WARNING MISSING_VERSION (line 3, column 7): Add a version.",
      },
      expect.objectContaining({ message: "WARNING MISSING_VERSION: Add a version." }),
    ]);
  });

  it("carries the number of requests to each service", () => {
    const apiCalls = { ...noCalls, sso: 120, kintone: 4 };
    expect(reportOf(passOf(), { apiCalls }).apiCalls).toEqual(apiCalls);
  });

  it("survives JSON without loss", async () => {
    const report = reportOf(await companyPass());
    expect(JSON.parse(JSON.stringify(report))).toStrictEqual(report);
  });

  it("is the same text for the same pass", async () => {
    const [one, other] = [await companyPass(), await companyPass()];
    expect(JSON.stringify(reportOf(one))).toBe(JSON.stringify(reportOf(other)));
  });
});

describe("the report of a pass that could not go on", () => {
  const error = {
    code: "aws.no-instance",
    fault: "user" as const,
    message: "There is no instance.",
    hint: "Check the region.",
  };
  const report = buildFailedReport("sync", error, { ...context, apiCalls: { ...noCalls, sts: 1 } });

  it("has the error, the times and the requests, and nothing of a plan", () => {
    expect(report).toEqual({
      schemaVersion: 1,
      runId: "run-1",
      startedAt: "2026-11-20T09:00:00.000Z",
      finishedAt: "2026-11-20T09:01:01.250Z",
      mode: "sync",
      result: "failed",
      counts: {
        records: 0,
        changes: 0,
        applied: 0,
        failed: 0,
        knownFailures: 0,
        skipped: 0,
        held: 0,
        waiting: 0,
        unmanaged: 0,
        issues: 0,
        deletions: 0,
      },
      violations: [],
      outcomes: [],
      issues: [],
      notes: [],
      apiCalls: { ...noCalls, sts: 1 },
      error,
    });
    expect(report).not.toHaveProperty("plan");
  });

  it("survives JSON without loss", () => {
    expect(JSON.parse(JSON.stringify(report))).toStrictEqual(report);
  });
});
