import type { Language } from "../model/config.ts";
import { groupBy } from "../model/group-by.ts";
import {
  recordName,
  type ReportedExpansion,
  type ReportedOutcome,
  type ReportedPlan,
  type RunReport,
} from "../model/run-report.ts";
import type { ReportTexts } from "../words/report-texts.ts";
import { renderChangeLine } from "./render-plan-text.ts";
import type { Paint } from "./paint.ts";
import { countDone, countObjects, countPlan } from "./plan-view/count-plan.ts";
import { findDangers } from "./plan-view/find-dangers.ts";
import { extentOf } from "./plan-view/fold-names.ts";
import { listChanges } from "./plan-view/list-changes.ts";
import {
  type Look,
  renderHeld,
  renderItems,
  renderLocked,
  renderPlanLines,
  renderRecords,
  renderTarget,
} from "./render-plan-text.ts";
import { renderIssues } from "./render-issues-text.ts";
import { mostListed } from "../tell/incident.ts";
import { mostUrgentFirst, refusedIn } from "./refused-changes.ts";
import { safeLine } from "./safe-text.ts";
import { gatedToShow } from "./gated-records.ts";
import { timedToShow } from "./timed-records.ts";

/** How much of a report is shown. */
export interface TextOptions {
  /** Every name and every line. */
  readonly verbose?: boolean;
  /** The reader has just seen the plan. */
  readonly isPlanKnown?: boolean;
}

/** The whole report for a person at a terminal or reading a log: how much changes and what to look at first, what is left alone and why, what is wrong. */
export function renderReportText(
  report: RunReport,
  language: Language,
  paint: Paint,
  { verbose = false, isPlanKnown = false }: TextOptions = {},
): string {
  const look: Look = { ...extentOf(language, verbose), paint, links: report.plan?.links ?? {} };
  const sections = [
    report.error === undefined ? [] : renderError(report.error),
    ...(isPlanKnown ? [] : [...renderPlan(report, look), renderLeftAlone(report, look)]),
    ...(isPlanKnown ? [] : [renderIssues(report.issues, look), renderNotes(report, look)]),
    renderNotApplied(report, look),
    renderRefusal(report, look),
    renderSummary(report, look),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

/** Several problems of the configuration have a line each; what services answer has one, so that it cannot pretend to be ours. */
function renderError({ code, message, hint }: NonNullable<RunReport["error"]>): readonly string[] {
  const lines = code === "config.invalid" ? message.split("\n") : [message];
  return [...lines.map(safeLine), safeLine(hint)];
}

/** Just how it ended, in a line or a few. */
export function renderReportEnd(report: RunReport, language: Language, paint: Paint): string {
  const look: Look = { ...extentOf(language, false), paint, links: {} };
  return `${renderSummary(report, look).join("\n")}\n`;
}

/** How much it is and what is dangerous; then set by set what changes. */
function renderPlan(report: RunReport, look: Look): readonly (readonly string[])[] {
  const { plan } = report;
  if (plan === undefined || plan.changes.length === 0) return [];
  const { paint, texts } = look;
  const top = [paint.heading(headlineOf(report, look)), ...renderPlanLines(findDangers(plan, look), look)];
  return [
    top,
    [paint.heading(texts.headings.changes), ...renderPlanLines(listChanges(plan.changes, look), look)],
  ];
}

/** The plan in one line: sets, assignments, people, new administrators, and what is held. */
export function headlineOf(report: RunReport, { words }: { readonly words: Look["words"] }): string {
  const { plan, counts } = report;
  if (plan === undefined) return "";
  return words.headline(countPlan(plan), { held: counts.held, refused: countObjects(refusedIn(report)) });
}

function renderLeftAlone(report: RunReport, look: Look): readonly string[] {
  const { plan } = report;
  if (plan === undefined) return [];
  const { texts, paint } = look;
  const waiting = plan.waiting.map(
    ({ app, record, userName }) =>
      `  ${safeLine(userName)}  ${paint.dim(`(${texts.record(safeLine(`${app}#${record}`))})`)}`,
  );
  const sections = [
    renderItems(texts.headings.held, plan.held, renderHeld, look),
    waiting.length === 0 ? [] : [paint.heading(texts.headings.waiting), ...waiting],
    renderGated(report, look),
    renderTimed(report, look),
    renderExpansions(report, look),
    renderItems(texts.headings.locked, plan.locked, renderLocked, look),
    renderItems(texts.headings.unmanaged, plan.unmanaged, renderUnmanaged, look),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

function renderTimed(report: RunReport, look: Look): readonly string[] {
  const { texts, paint } = look;
  const lines = timedToShow(report).map((one) => {
    const about = `${safeLine(one.message)} ${renderRecords([recordName(one)], look)}`;
    return `  ${safeLine(one.permissionSet ?? "")}  ${paint.dim(about)}`;
  });
  return lines.length === 0 ? [] : [paint.heading(texts.headings.timed), ...lines];
}

function renderGated({ plan }: RunReport, look: Look): readonly string[] {
  const { texts, paint, verbose } = look;
  const all = gatedToShow(plan?.gated);
  if (all.length === 0) return [];
  const shown = verbose ? all : all.slice(0, mostListed);
  const rest = all.length - shown.length;
  const lines = shown.map((one) => {
    const about = `${safeLine(one.message)} ${renderRecords([recordName(one)], look)}`;
    return `  ${safeLine(one.permissionSet ?? "")}  ${paint.dim(about)}`;
  });
  return [
    paint.heading(texts.headings.gated),
    ...lines,
    ...(rest > 0 ? [`  ${texts.morePlaces(rest)}`] : []),
  ];
}

/** What AWS has changed comes first; of the others not all are shown. */
function renderExpansions({ plan }: RunReport, look: Look): readonly string[] {
  const { texts, words, paint, verbose } = look;
  const all = plan?.expansions ?? [];
  if (all.length === 0) return [];
  const isMoved = (one: ReportedExpansion): boolean => (one.added ?? one.removed) !== undefined;
  const sorted = [...all.filter(isMoved), ...all.filter((one) => !isMoved(one))];
  const shown = verbose ? sorted : sorted.slice(0, mostListed);
  const rest = sorted.length - shown.length;
  const lines = shown.map((one) => {
    const about = `${safeLine(one.message)} ${renderRecords([recordName(one)], look)}`;
    return `  ${safeLine(one.permissionSet ?? "")}  ${paint.dim(about)}`;
  });
  return [paint.heading(words.expansions), ...lines, ...(rest > 0 ? [`  ${texts.morePlaces(rest)}`] : [])];
}

function renderUnmanaged({ reason }: ReportedPlan["unmanaged"][number], texts: ReportTexts): string {
  return texts.unmanagedReasons[reason];
}

function renderNotes({ notes }: RunReport, { texts, paint }: Look): readonly string[] {
  if (notes.length === 0) return [];
  const lines = notes.map(({ url, message }) => {
    const where = url === undefined ? "" : `${paint.dim(safeLine(url))} `;
    return `  ${where}${safeLine(message)}`;
  });
  return [paint.heading(texts.headings.notes), ...lines];
}

/** Of many that were not applied for one reason the first ones stand for all. */
const mostOfOneReason = 3;

function renderNotApplied(report: RunReport, look: Look): readonly string[] {
  const { texts, paint, verbose } = look;
  const changes = new Map(report.plan?.changes.map((change) => [change.id, change]));
  const nameOf = (id: string): string | undefined => {
    const change = changes.get(id);
    return change && `${texts.changeKinds[change.kind]}  ${renderTarget(change.target, texts)}`;
  };
  const notApplied = report.outcomes.filter(
    ({ status, change }) => status !== "applied" && changes.has(change),
  );
  const byReason = groupBy(notApplied, ({ status, reason }) =>
    JSON.stringify([status, whyNot(status, reason, { nameOf, texts })]),
  );
  const lines = [...byReason.values()].flatMap((alike) =>
    renderAlike(alike, { texts, paint, verbose, nameOf }),
  );
  return lines.length === 0 ? [] : [paint.heading(texts.headings.outcomes), ...lines];
}

interface Naming extends Pick<Look, "texts" | "paint" | "verbose"> {
  readonly nameOf: (id: string) => string | undefined;
}

function renderAlike(
  alike: readonly ReportedOutcome[],
  { texts, paint, verbose, nameOf }: Naming,
): readonly string[] {
  const [first] = alike;
  if (first === undefined) return [];
  const { status, reason } = first;
  const symbol = status === "failed" ? paint.remove("✗") : paint.dim("-");
  const most = verbose || alike.length <= mostOfOneReason + 1 ? alike.length : mostOfOneReason;
  const rest = alike.length - most;
  return [
    ...alike.slice(0, most).map(({ change }) => `  ${symbol} ${nameOf(change) ?? ""}`),
    ...(rest > 0 ? [`  ${symbol} ${texts.morePlaces(rest)}`] : []),
    `      ${whyNot(status, reason, { nameOf, texts })}`,
  ];
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

function renderRefusal(report: RunReport, { texts, paint }: Look): readonly string[] {
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

function renderSummary(report: RunReport, look: Look): readonly string[] {
  const { plan, counts, result, mode } = report;
  const { texts, words } = look;
  if (plan === undefined) return [texts.results[result]];
  const unchanged = plan.unchanged.permissionSets + plan.unchanged.assignments;
  const isWritten = mode === "sync" && result !== "refused";
  return [
    ...(counts.changes === 0 ? [] : [headlineOf(report, look)]),
    texts.restLine(unchanged, counts.held, counts.waiting, plan.locked.length, counts.unmanaged),
    ...(plan.reading.pairsAssumed === 0 ? [] : [texts.readingLine(plan.reading)]),
    ...(counts.changes === 0 ? [] : [texts.hashLine(plan.hash)]),
    ...(isWritten && counts.changes > 0
      ? [words.done(countDone(plan.changes, report.outcomes), counts)]
      : []),
    ...(counts.knownFailures === 0 ? [] : [words.known(counts.knownFailures)]),
    texts.results[result],
  ];
}
