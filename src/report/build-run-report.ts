import type { Language } from "../model/config.ts";
import type { FieldMapping } from "../model/fields.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Mode, Pass } from "../model/pass.ts";
import { isDeletion } from "../model/change-kinds.ts";
import type { Plan } from "../model/plan.ts";
import type { RecordRef } from "../model/record.ts";
import type { Violation } from "../model/violation.ts";
import {
  type ApiCalls,
  recordName,
  type ReportCounts,
  type ReportedChange,
  type ReportedEffects,
  type ReportedItem,
  type ReportedOutcome,
  type ReportedPlan,
  type ReportedRecord,
  type RunReport,
  type ReportHead,
} from "../model/run-report.ts";
import { definitionsBefore } from "../access/definitions-after.ts";
import { judgePlan, type PlanEffects } from "../access/judge-plan.ts";
import { approveCommand, type GivenOptions } from "./commands-to-copy.ts";
import { approvalTexts } from "../words/approval-texts.ts";
import { describePause } from "../words/pause-texts.ts";
import { describeViolation, violationSubjects } from "../words/violations.ts";
import { reportGated } from "./gated-records.ts";
import { byHandNotes } from "./made-by-hand.ts";
import { keyAccountAccess, keyAccountNotes } from "./key-account-access.ts";
import { reportTexts } from "../words/report-texts.ts";
import { indexNames, type Names, reportTarget } from "./names.ts";
import { reportIssues } from "./report-issues.ts";
import { reportOutcomes } from "./report-outcomes.ts";
import { resultOf } from "./result-of.ts";
import { classRulesNotes, removalNotes, reportNotes, unmatchedNotes } from "./report-notes.ts";
import type { RecordUrl } from "./record-urls.ts";
import { movedNotes, reportExpansions } from "./target-expansions.ts";
import { manyEndsNotes, reportTimed } from "./timed-records.ts";

/** What a report needs besides the pass. */
export interface ReportContext {
  readonly runId: string;
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
  readonly apiCalls: ApiCalls;
  readonly language: Language;
  /** In which people read times. */
  readonly timeZone: string;
  readonly fields: FieldMapping;
  readonly recordUrl: RecordUrl;
  /** What the pass was started with; what lets a refused plan through is started with the same. */
  readonly given?: GivenOptions | undefined;
}

/** The report of a pass that went through, whatever came of its changes. */
export function buildRunReport(pass: Pass, context: ReportContext): RunReport {
  const { violations, source } = pass;
  const outcomes = reportOutcomes(pass, context.finishedAtMs);
  const names = indexNames(pass.actual.directory, pass.lastKnownNames);
  const appOf = ({ app, id }: RecordRef): ReportedRecord => ({ app: source[app].appId, record: id });
  const plan = reportPlan(pass, { ...context, names, appOf });
  return {
    ...reportHead(pass.mode, context),
    result: resultOf(pass, outcomes),
    counts: countAll(pass, outcomes),
    plan,
    violations: violations.map((violation) => reportViolation(violation, names, context.language)),
    ...reportApproval(pass, context),
    outcomes,
    issues: reportIssues(pass.desired.issues, source, context, names),
    notes: [
      ...approvalNotes(pass, context.language),
      ...pauseNotes(pass, context),
      ...byHandNotes({ mode: pass.mode, plan, outcomes }, context.language),
      ...unmatchedNotes(pass, context.language),
      ...manyEndsNotes(pass, context.language),
      ...classRulesNotes(pass, context.language),
      ...movedNotes(pass.desired.expansions, { ...context, names, appOf }),
      ...keyAccountNotes(pass, names, context.language),
      ...removalNotes(pass, reportTexts(context.language), context.recordUrl),
      ...reportNotes(pass.notes, source, context.language, context.recordUrl),
    ],
    apiCalls: context.apiCalls,
  };
}

function reportViolation(
  violation: Violation,
  names: Names,
  language: Language,
): RunReport["violations"][number] {
  const { guard, numbers, refuses } = violation;
  const subjects = violationSubjects(violation, names);
  return {
    guard,
    message: describeViolation(violation, language, names),
    numbers,
    ...(subjects === undefined ? {} : { subjects }),
    refuses,
  };
}

function reportApproval(
  { violations, approval, rejectedApproval: reason, only }: Pass,
  { language, given = {} }: ReportContext,
): { readonly approval?: NonNullable<RunReport["approval"]> } {
  if (violations.length === 0) return {};
  return {
    approval: {
      ...(approval && {
        code: approval.code,
        command: approveCommand(approval.code, given, only),
        expiresAt: isoTime(approval.expiresAtMs),
      }),
      ...(reason && { rejected: { reason, message: approvalTexts(language).rejections[reason] } }),
    },
  };
}

function pauseNotes({ paused }: Pass, { language, timeZone }: ReportContext): RunReport["notes"] {
  if (paused === undefined) return [];
  return [{ code: "paused", message: describePause(paused, language, timeZone) }];
}

function approvalNotes({ grantedApproval }: Pass, language: Language): RunReport["notes"] {
  if (grantedApproval === undefined) return [];
  const { guards, code } = grantedApproval;
  return [{ code: "plan-approved", message: approvalTexts(language).granted(guards.join(", "), code) }];
}

/** The report of a pass that could not go on. */
export function buildFailedReport(
  mode: Mode,
  error: NonNullable<RunReport["error"]>,
  context: ReportContext,
): RunReport {
  return {
    ...reportHead(mode, context),
    result: "failed",
    counts: nothingCounted,
    violations: [],
    outcomes: [],
    issues: [],
    notes: [],
    apiCalls: context.apiCalls,
    error,
  };
}

function reportHead(mode: Mode, { runId, startedAtMs, finishedAtMs }: ReportContext): ReportHead {
  return {
    schemaVersion: 1,
    runId,
    startedAt: isoTime(startedAtMs),
    finishedAt: isoTime(finishedAtMs),
    mode,
  };
}

const nothingCounted: ReportCounts = {
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
};

const isoTime = (ms: number): string => new Date(ms).toISOString();

function countAll({ source, plan, desired }: Pass, outcomes: readonly ReportedOutcome[]): ReportCounts {
  const withStatus = (wanted: Outcome["status"]): number =>
    outcomes.filter(({ status }) => status === wanted).length;
  const isFailure = ({ status, doesNotStay }: ReportedOutcome): boolean =>
    status === "failed" || doesNotStay === true;
  return {
    records: source.permissionSets.records.length + source.assignments.records.length,
    changes: plan.changes.length,
    applied: withStatus("applied"),
    failed: withStatus("failed"),
    knownFailures: outcomes.filter((one) => one.known === true && isFailure(one)).length,
    skipped: withStatus("skipped"),
    held: plan.held.length,
    waiting: plan.waiting.length,
    unmanaged: plan.unmanaged.length,
    issues: desired.issues.length,
    deletions: plan.changes.filter(isDeletion).length,
  };
}

/** Names a record as the app's id and its own. */
type AppOf = (record: RecordRef) => ReportedRecord;

interface PlanNames {
  readonly recordUrl: RecordUrl;
  readonly language: Language;
  readonly timeZone: string;
  readonly names: Names;
  readonly appOf: AppOf;
}

function reportPlan(pass: Pass, context: PlanNames): ReportedPlan {
  const { names, appOf, recordUrl } = context;
  const { plan, only, reading, actual, desired, given } = pass;
  const effects = judgePlan({ changes: plan.changes, actual, given });
  const definitions = definitionsBefore(actual.permissionSets);
  const item = <Reason extends string>(
    one: Omit<ReportedItem<Reason>, "target" | "records"> & Pick<Plan["held"][number], "target" | "records">,
  ): ReportedItem<Reason> => ({
    target: reportTarget(one.target, names),
    would: one.would,
    reason: one.reason,
    records: one.records.map(appOf),
  });
  const definitionOf = ({ kind, target }: Plan["changes"][number]): Pick<ReportedChange, "definition"> => {
    const definition = definitions.get(target.permissionSet);
    return kind === "delete-permission-set" && definition !== undefined ? { definition } : {};
  };
  const named = [...plan.changes, ...plan.held, ...plan.locked].flatMap(({ records }) => records);
  const gated = desired.gated ?? [];
  const waiting = [...plan.waiting, ...desired.timed, ...gated, ...desired.expansions].map(
    ({ record }) => record,
  );
  return {
    hash: plan.hash,
    ...(only === undefined ? {} : { only }),
    ...keyAccountAccess(actual, names),
    changes: plan.changes.map((change) => ({
      ...reportChange(change, names, appOf),
      ...definitionOf(change),
      ...(effects.becomesAdministrator.has(change.id) ? { makesAdministrator: true as const } : {}),
      ...(effects.undoesByHand.has(change.id) ? { undoesByHand: true as const } : {}),
    })),
    effects: reportEffects(effects, names),
    links: Object.fromEntries(
      [...named, ...waiting].map((record) => [recordName(appOf(record)), recordUrl(record)]),
    ),
    unchanged: plan.unchanged,
    reading: {
      mode: reading.mode,
      pairsRead: reading.pairsRead,
      pairsAssumed: reading.pairsAssumed,
      oldestUnreadPasses: reading.oldestUnreadPasses,
    },
    held: plan.held.map(item),
    waiting: plan.waiting.map(({ record, userName }) => ({ ...appOf(record), userName })),
    ...(desired.timed.length === 0 ? {} : { timed: reportTimed(desired.timed, context) }),
    ...(gated.length === 0 ? {} : { gated: reportGated(gated, context) }),
    ...(desired.expansions.length === 0 ? {} : { expansions: reportExpansions(desired.expansions, context) }),
    locked: plan.locked.map(item),
    unmanaged: plan.unmanaged.map(({ target, reason }) => ({ target: reportTarget(target, names), reason })),
  };
}

function reportEffects(effects: PlanEffects, names: Names): ReportedEffects {
  const { newAdministrators, newRunners, losesAll, accountsWithoutAdministrator } = effects;
  return {
    newAdministrators: newAdministrators.map(({ assignment, changes }) => ({
      target: reportTarget(assignment, names),
      changes,
    })),
    newRunners: newRunners.map((assignment) => ({ target: reportTarget(assignment, names) })),
    losesAll: losesAll.map(({ user, changes }) => ({ user: user.userName, changes })),
    accountsWithoutAdministrator: accountsWithoutAdministrator.map(({ account, changes }) => {
      const accountName = names.account(account);
      return { account, ...(accountName === undefined ? {} : { accountName }), changes };
    }),
  };
}

/** One change with the names that are known. */
export function reportChange(change: Plan["changes"][number], names: Names, appOf: AppOf): ReportedChange {
  const { id, kind, before, after } = change;
  const because = change.kind === "unassign" ? change.because : undefined;
  return {
    id,
    kind,
    target: reportTarget(change.target, names),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(because === undefined ? {} : { because }),
    records: change.records.map(appOf),
  };
}
