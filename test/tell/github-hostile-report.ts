import type { RunReport } from "../../src/model/run-report.ts";
import { noCalls } from "../report/builders.ts";

/** A report that shows the text wherever a user, kintone or AWS can put one. */
export function hostileReport(text: string, overrides: Partial<RunReport> = {}): RunReport {
  const times = { startedAt: "2026-11-20T09:00:00.000Z", finishedAt: "2026-11-20T09:01:00.000Z" };
  const target = {
    permissionSet: text,
    permissionSetArn: text,
    account: text,
    accountName: text,
    principal: { type: "USER", id: text, name: text },
  } as const;
  const { name: _, ...nameless } = target.principal;
  const unnamed = { permissionSet: text, account: text, principal: nameless } as const;
  const records = [{ app: 10, record: text }];
  const about = { target: { permissionSet: text }, records };
  const customer = { name: text, path: text };
  const boundary = { kind: "customer-managed", ...customer };
  const one = { app: 10, record: text, url: "https://example.cybozu.com/k/10/show#record=1" };
  return {
    schemaVersion: 1,
    runId: text,
    ...times,
    mode: "sync",
    result: "partly-applied",
    counts: {
      records: 5,
      changes: 6,
      applied: 1,
      failed: 2,
      knownFailures: 0,
      skipped: 3,
      held: 1,
      waiting: 1,
      unmanaged: 1,
      issues: 2,
      deletions: 1,
    },
    plan: {
      hash: text,
      changes: [
        { id: "1", kind: "assign", target, records },
        { id: "2", kind: "unassign", target: unnamed, records: [] },
        { id: "3", kind: "attach-managed-policy", ...about, after: text },
        { id: "4", kind: "attach-customer-managed-policy", ...about, after: customer },
        { id: "5", kind: "put-permissions-boundary", ...about, before: boundary, after: boundary },
        { id: "6", kind: "put-inline-policy", ...about, before: text, after: text },
      ],
      reading: { mode: "full", pairsRead: 0, pairsAssumed: 0, oldestUnreadPasses: 0 },
      unchanged: { permissionSets: 1, assignments: 1 },
      held: [{ target, would: "delete", reason: "record-has-issues", records }],
      waiting: [{ app: 11, record: text, userName: text }],
      locked: [{ target: unnamed, would: "create", reason: "management-account", records }],
      unmanaged: [{ target, reason: "not-ours" }],
    },
    violations: [
      { guard: "deletions", message: text, numbers: { deletions: 1, maxDeletions: 0 }, refuses: ["1", "2"] },
    ],
    outcomes: [
      { change: "1", status: "applied", requestId: text, ...times },
      { change: "2", status: "failed", reason: { code: text, message: text }, requestId: text, ...times },
      { change: text, status: "failed", reason: { code: text, message: text }, ...times },
      {
        change: "3",
        status: "skipped",
        reason: { code: "dependency-not-applied", message: "2" },
        ...times,
      },
      {
        change: "4",
        status: "skipped",
        reason: { code: "dependency-not-applied", message: text },
        ...times,
      },
      { change: "5", status: "skipped", reason: { code: "stopped", message: "" }, ...times },
    ],
    issues: [
      {
        ...one,
        key: "assignments/7",
        fingerprint: "f1",
        params: {},
        code: "account.unknown",
        severity: "error",
        fieldLabel: text,
        message: `「${text}」の値`,
        hint: text,
        example: text,
      },
      {
        ...one,
        key: "assignments/7",
        fingerprint: "f2",
        params: {},
        code: "policy.json-syntax",
        severity: "warning",
        message: `${text}\n${text.replaceAll("\n", " ")}\n  ^`,
        hint: `a\n${text}`,
      },
    ],
    notes: [
      { code: "policy-finding", ...one, message: text },
      { code: "policies-not-analyzed", message: text },
    ],
    apiCalls: noCalls,
    error: { code: text, fault: "user", message: text, hint: text },
    ...overrides,
  };
}
