import { digest } from "../../src/model/digest.ts";
import { defaultMapping, fieldDefinitions, type AppKind, type FormField } from "../../src/model/fields.ts";
import { type AccountId, permissionSetName, requestId } from "../../src/model/ids.ts";
import type { Issue } from "../../src/model/issue.ts";
import type { FailureReason, Outcome, SkipReason } from "../../src/model/outcome.ts";
import type { Pass } from "../../src/model/pass.ts";
import type { Change, Plan } from "../../src/model/plan.ts";
import type { Reading } from "../../src/model/reading.ts";
import type { RawApp, RawRecord, RecordRef, SourceRecords } from "../../src/model/record.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import { assignmentChangeId, changeId } from "../../src/plan/change-targets.ts";
import { buildRunReport, type ReportContext } from "../../src/report/build-run-report.ts";
import { actualState, assignmentOf, desiredState, now, owner, recordRef, recordUrl } from "../builders.ts";

const labels: Readonly<Record<string, string>> = {
  name: "セット名",
  managed_policies: "AWSのポリシー",
  inline_policy: "ポリシーのJSON",
  permission_set: "許可セット",
  users: "利用者",
  accounts: "AWSアカウント",
};

/** An app as it is read, its form with the default fields. */
function rawApp(kind: AppKind, records: readonly RawRecord[] = []): RawApp {
  const codes = Object.values(fieldDefinitions[kind]).map(({ defaultCode }) => defaultCode);
  const form = codes.map((code): FormField => ({ code, label: labels[code] ?? code, type: "TEXT" }));
  return { kind, appId: kind === "permissionSets" ? 10 : 11, name: kind, form, records };
}

export function sourceOf(
  permissionSets: readonly RawRecord[] = [],
  assignments: readonly RawRecord[] = [],
): SourceRecords {
  return {
    permissionSets: rawApp("permissionSets", permissionSets),
    assignments: rawApp("assignments", assignments),
  };
}

/** A plan of the changes; nothing else happens in it unless told. */
export function planOf(changes: readonly Change[] = [], overrides: Partial<Plan> = {}): Plan {
  return {
    hash: digest(changes.map(({ id }) => id).join(" ")),
    changes,
    unchanged: { permissionSets: 0, assignments: 0 },
    held: [],
    waiting: [],
    locked: [],
    unmanaged: [],
    ...overrides,
  };
}

/** A full read, unless told otherwise. */
export function readingOf(overrides: Partial<Reading> = {}): Reading {
  return {
    mode: "full",
    pairsRead: 0,
    pairsAssumed: 0,
    oldestUnreadPasses: 0,
    seen: { pass: 1, permissionSets: {} },
    ...overrides,
  };
}

/** A pass of a sync that found nothing to do and nothing wrong, unless told otherwise. */
export function passOf(overrides: Partial<Pass> = {}): Pass {
  return {
    mode: "sync",
    runId: "run-1",
    source: sourceOf(),
    actual: actualState(),
    reading: readingOf(),
    desired: desiredState(),
    plan: planOf(),
    notes: [],
    violations: [],
    outcomes: [],
    ...overrides,
  };
}

/** A pass whose records have the issues, in this order. */
export function passWithIssues(issues: readonly Issue[], overrides: Partial<Pass> = {}): Pass {
  return passOf({ desired: { ...desiredState(), issues }, ...overrides });
}

type Principal = Parameters<typeof assignmentOf>[2];

function assignmentChange(kind: "assign" | "unassign") {
  return (
    set: string,
    account: AccountId,
    principal: Principal,
    overrides: Partial<Pick<Change, "dependsOn" | "records">> = {},
  ): Change => {
    const target = assignmentOf(set, account, principal);
    const id = assignmentChangeId(kind, target);
    return { id, kind, target, records: [], dependsOn: [], accounts: [account], ...overrides };
  };
}

export const assign = assignmentChange("assign");
export const unassign = assignmentChange("unassign");

export function createSet(name: string, records: readonly RecordRef[] = [recordRef()]): Change {
  const kind = "create-permission-set";
  const after = {
    attributes: { sessionDurationSeconds: 3_600 },
    tags: { "kintone-sso-sync:owner": owner },
  };
  const target = { permissionSet: permissionSetName(name) };
  return { id: changeId(kind, name), kind, target, after, records, dependsOn: [], accounts: [] };
}

/** A change of the set that is neither its creation nor its deletion. */
export function attachPolicy(name: string, arn: string, dependsOn: readonly string[] = []): Change {
  const kind = "attach-managed-policy";
  const target = { permissionSet: permissionSetName(name) };
  const id = changeId(kind, name, arn);
  return { id, kind, target, after: arn, records: [recordRef()], dependsOn, accounts: [] };
}

export function deleteSet(name: string, dependsOn: readonly string[] = []): Change {
  const kind = "delete-permission-set";
  const target = { permissionSet: permissionSetName(name) };
  return { id: changeId(kind, name), kind, target, records: [], dependsOn, accounts: [] };
}

const times = { startedAtMs: now, finishedAtMs: now + 1_500 };

export function applied(change: Change): Outcome {
  return { change, ...times, status: "applied", requestId: requestId(`request-${change.kind}`) };
}

export function failed(change: Change, reason: Partial<FailureReason> = {}): Outcome {
  const why = { code: "ConflictException", message: "Another change is going on.", ...reason };
  return { change, ...times, status: "failed", reason: why };
}

export function skipped(change: Change, reason: SkipReason = { code: "stopped" }): Outcome {
  return { change, ...times, status: "skipped", reason };
}

export const noCalls: RunReport["apiCalls"] = {
  sso: 0,
  identitystore: 0,
  organizations: 0,
  iam: 0,
  sts: 0,
  accessanalyzer: 0,
  kintone: 0,
  slack: 0,
};

export const context: ReportContext = {
  runId: "run-1",
  startedAtMs: now,
  finishedAtMs: now + 61_250,
  apiCalls: noCalls,
  language: "en",
  timeZone: "Asia/Tokyo",
  fields: defaultMapping,
  recordUrl: ({ app, id }) => recordUrl(recordRef({ app, id })),
};

export function reportOf(pass: Pass, overrides: Partial<ReportContext> = {}): RunReport {
  return buildRunReport(pass, { ...context, ...overrides });
}
