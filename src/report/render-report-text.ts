import { changeKinds } from "../model/change-kinds.ts";
import type { Language } from "../model/config.ts";
import type { ReportedChange, ReportedPlan, RunReport } from "../model/run-report.ts";
import type { Paint } from "./paint.ts";
import { type ReportTexts, reportTexts } from "../words/report-texts.ts";
import {
  renderChangeLine,
  renderChanges,
  renderHeld,
  renderItems,
  renderLocked,
  renderTarget,
} from "./render-plan-text.ts";
import { renderIssues } from "./render-issues-text.ts";
import { mostListed } from "../tell/incident.ts";
import { mostUrgentFirst, refusedIn } from "./refused-changes.ts";
import { safeLine } from "./safe-text.ts";

/** The whole report for a person at a terminal or reading a log: what changes, what is left alone and why, what is wrong. */
export function renderReportText(report: RunReport, language: Language, paint: Paint): string {
  const texts = reportTexts(language);
  const sections = [
    report.error === undefined ? [] : [safeLine(report.error.message), safeLine(report.error.hint)],
    report.plan === undefined ? [] : renderChanges(report.plan.changes, texts, paint),
    renderLeftAlone(report, texts, paint),
    renderIssues(report.issues, texts, paint),
    renderNotes(report, texts, paint),
    renderNotApplied(report, texts, paint),
    renderRefusal(report, texts, paint),
    renderSummary(report, texts),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function renderLeftAlone({ plan }: RunReport, texts: ReportTexts, paint: Paint): readonly string[] {
  if (plan === undefined) return [];
  const waiting = plan.waiting.map(
    ({ app, record, userName }) =>
      `  ${safeLine(userName)}  ${paint.dim(`(${texts.record(safeLine(`${app}#${record}`))})`)}`,
  );
  const sections = [
    renderItems(texts.headings.held, plan.held, renderHeld, { texts, paint }),
    waiting.length === 0 ? [] : [paint.heading(texts.headings.waiting), ...waiting],
    renderItems(texts.headings.locked, plan.locked, renderLocked, { texts, paint }),
    renderItems(texts.headings.unmanaged, plan.unmanaged, renderUnmanaged, { texts, paint }),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

function renderUnmanaged({ reason }: ReportedPlan["unmanaged"][number], texts: ReportTexts): string {
  return texts.unmanagedReasons[reason];
}

function renderNotes({ notes }: RunReport, texts: ReportTexts, paint: Paint): readonly string[] {
  if (notes.length === 0) return [];
  const lines = notes.map(({ url, message }) => {
    const where = url === undefined ? "" : `${paint.dim(safeLine(url))} `;
    return `  ${where}${safeLine(message)}`;
  });
  return [paint.heading(texts.headings.notes), ...lines];
}

function renderNotApplied(report: RunReport, texts: ReportTexts, paint: Paint): readonly string[] {
  const changes = new Map(report.plan?.changes.map((change) => [change.id, change]));
  const nameOf = (id: string): string | undefined => {
    const change = changes.get(id);
    return change && `${texts.changeKinds[change.kind]}  ${renderTarget(change.target, texts)}`;
  };
  const lines = report.outcomes
    .filter(({ status }) => status !== "applied")
    .flatMap(({ change, status, reason }) => {
      const what = nameOf(change);
      if (what === undefined) return [];
      const symbol = status === "failed" ? paint.remove("✗") : paint.dim("-");
      return [`  ${symbol} ${what}`, `      ${whyNot(status, reason, { nameOf, texts })}`];
    });
  return lines.length === 0 ? [] : [paint.heading(texts.headings.outcomes), ...lines];
}

function whyNot(
  status: string,
  reason: { readonly code: string; readonly message: string } | undefined,
  {
    nameOf,
    texts,
  }: { readonly nameOf: (changeId: string) => string | undefined; readonly texts: ReportTexts },
): string {
  if (reason === undefined) return "";
  const { code, message } = reason;
  if (status === "failed") return safeLine(`${code}: ${message}`);
  return isSkipCode(code, texts)
    ? texts.skipReasons[code]
    : texts.skippedBecause(nameOf(message) ?? safeLine(message));
}

/** Whether the code by itself says why a change was not tried. */
export function isSkipCode(code: string, { skipReasons }: ReportTexts): code is keyof typeof skipReasons {
  return Object.hasOwn(skipReasons, code);
}

function renderRefusal(report: RunReport, texts: ReportTexts, paint: Paint): readonly string[] {
  const { violations, approval } = report;
  if (violations.length === 0) return [];
  const reasons = violations.map(
    ({ guard, message }) => `  ${paint.remove("✗")} ${guard}: ${safeLine(message)}`,
  );
  const rejected =
    approval?.rejected === undefined ? [] : [`  ${paint.remove("✗")} ${approval.rejected.message}`];
  const refused = report.result === "refused" ? [] : mostUrgentFirst(refusedIn(report));
  const listed = refused.slice(0, mostListed).map((change) => `    ${renderChangeLine(change, texts)}`);
  const rest = refused.length - listed.length;
  return [
    paint.heading(texts.headings.refused),
    ...reasons,
    ...listed,
    ...(rest > 0 ? [`    ${texts.morePlaces(rest)}`] : []),
    ...rejected,
    `  ${texts.approveLine(report.approval?.command)}`,
  ];
}

/** Sets and assignments, each counted once however many changes it takes. */
function countObjects(changes: readonly ReportedChange[]): {
  readonly creates: number;
  readonly updates: number;
} {
  const created = new Set(changes.filter(({ kind }) => kind === "create-permission-set").map(setOf));
  const assigned = changes.filter(({ kind }) => kind === "assign").length;
  const edits = changes.filter(({ kind }) => {
    const { half, removes } = changeKinds[kind];
    return half === "permission-sets" && !removes;
  });
  const updated = new Set(edits.map(setOf).filter((name) => !created.has(name)));
  return { creates: created.size + assigned, updates: updated.size };
}

function setOf({ target }: ReportedChange): string {
  return target.permissionSet;
}

function renderSummary({ plan, counts, result, mode }: RunReport, texts: ReportTexts): readonly string[] {
  if (plan === undefined) return [texts.results[result]];
  const { creates, updates } = countObjects(plan.changes);
  const unchanged = plan.unchanged.permissionSets + plan.unchanged.assignments;
  return [
    texts.planLine(creates, updates, counts.deletions),
    texts.restLine(unchanged, counts.held, counts.waiting, plan.locked.length, counts.unmanaged),
    ...(plan.reading.pairsAssumed === 0 ? [] : [texts.readingLine(plan.reading)]),
    ...(counts.changes === 0 ? [] : [texts.hashLine(plan.hash)]),
    ...(mode === "sync" && result !== "refused" && counts.changes > 0
      ? [texts.outcomeLine(counts.applied, counts.failed, counts.skipped)]
      : []),
    texts.results[result],
  ];
}
