import type { Language } from "../model/config.ts";
import type { RunReport } from "../model/run-report.ts";
import { type ReportTexts, reportTexts } from "./messages/report-texts.ts";
import type { RecordNotice } from "./record-notices.ts";
import { renderTarget } from "./render-plan-text.ts";

/** One message for the operators' channel; the sections are plain text. */
export interface OperatorMessage {
  readonly title: string;
  readonly sections: readonly string[];
}

const mostListed = 10;

/** What operators must know of a pass; undefined when there is nothing new. Records count once, when their author is told. */
export function buildOperatorMessage(
  report: RunReport,
  newNotices: readonly RecordNotice[],
  recordUrl: (notice: RecordNotice) => string,
  language: Language,
): OperatorMessage | undefined {
  const texts = reportTexts(language);
  const failedChanges = listFailedChanges(report, texts);
  const records = limitList(newNotices.map(recordUrl), texts);
  const title = titleOf(report, newNotices.length, texts);
  if (title === undefined) return undefined;
  const { error, plan, violations } = report;
  const sections = [
    ...(error === undefined ? [] : [`${error.message}\n${error.hint}`]),
    ...violations.map(({ message }) => message),
    ...(violations.length === 0 || plan === undefined ? [] : [texts.approveLine(plan.hash)]),
    ...limitList(failedChanges, texts),
    ...(records.length === 0 ? [] : [`${texts.headings.issues}\n${records.join("\n")}`]),
  ];
  return { title, sections };
}

function titleOf({ result, counts }: RunReport, newNotices: number, texts: ReportTexts): string | undefined {
  if (counts.failed > 0) return texts.slack.changesFailed(counts.failed + counts.skipped);
  if (result === "refused") return texts.slack.refused;
  if (result === "failed") return texts.slack.failed;
  return newNotices > 0 ? texts.slack.recordsWithIssues(newNotices) : undefined;
}

function listFailedChanges({ outcomes, plan }: RunReport, texts: ReportTexts): readonly string[] {
  const changes = new Map(plan?.changes.map((change) => [change.id, change]));
  return outcomes.flatMap(({ change: id, status, reason }) => {
    const change = changes.get(id);
    if (status !== "failed" || change === undefined) return [];
    const what = `${texts.changeKinds[change.kind]}  ${renderTarget(change.target, texts)}`;
    return [`${what}\n${reason?.code ?? ""}: ${reason?.message ?? ""}`];
  });
}

function limitList(lines: readonly string[], texts: ReportTexts): readonly string[] {
  if (lines.length <= mostListed) return lines;
  return [...lines.slice(0, mostListed), texts.morePlaces(lines.length - mostListed)];
}
