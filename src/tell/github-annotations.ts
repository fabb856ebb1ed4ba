import type { Language } from "../model/config.ts";
import { groupBy } from "../model/group-by.ts";
import { recordName, type ReportedIssue, type RunReport } from "../model/run-report.ts";
import { type GithubTexts, githubTexts } from "./github-texts.ts";
import { countDone } from "../report/plan-view/count-plan.ts";
import { pauseTexts } from "../words/pause-texts.ts";
import { planTexts } from "../words/plan-texts.ts";
import { type ReportTexts, reportTexts } from "../words/report-texts.ts";
import { showParagraph } from "../words/show-value.ts";
import { renderTarget } from "../report/render-plan-text.ts";
import { safeLine } from "../report/safe-text.ts";

/** GitHub shows ten of each level for a step and drops the others without a word. */
const mostOfALevel = 10;

/**
 * The failures as workflow commands, one a line: errors for whatever failed, warnings for records with issues, ten of
 * each in all, and how many more there are as notices.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function renderAnnotations(report: RunReport, language: Language): readonly string[] {
  const texts = reportTexts(language);
  const github = githubTexts(language).annotations;
  const errors = passErrors(report, texts, github).slice(0, mostOfALevel);
  const warnings = [
    ...stopWarning(report, language, github),
    ...noteWarnings(report, "paused", pauseTexts(language).title),
    ...noteWarnings(report, "made-by-hand", github.madeByHand),
    ...noteWarnings(report, "last-pass-late", github.late),
  ];
  return [
    ...errors,
    ...failedChanges(report, texts, github, mostOfALevel - errors.length),
    ...warnings,
    ...recordWarnings(report, github, mostOfALevel - warnings.length),
  ];
}

type AnnotationTexts = GithubTexts["annotations"];

function passErrors(
  report: RunReport,
  texts: ReportTexts,
  { failed, refused, partlyRefused }: AnnotationTexts,
): readonly string[] {
  const { error, violations } = report;
  const approve = texts.approveLine(report.approval?.command);
  return [
    ...(error === undefined ? [] : [annotation("error", failed, `${error.message} ${error.hint}`)]),
    ...violations.map(({ message }) =>
      annotation("error", report.result === "refused" ? refused : partlyRefused, `${message} ${approve}`),
    ),
  ];
}

function failedChanges(
  { outcomes, plan }: RunReport,
  texts: ReportTexts,
  { changeFailed, moreFailed }: AnnotationTexts,
  most: number,
): readonly string[] {
  const failed = outcomes.filter(({ status }) => status === "failed");
  const shown = failed.slice(0, most);
  const wanted = new Set(shown.map(({ change }) => change));
  const changes = new Map(
    plan?.changes.filter(({ id }) => wanted.has(id)).map((change) => [change.id, change]),
  );
  const lines = shown.map(({ change: id, reason }) => {
    const change = changes.get(id);
    const what =
      change === undefined ? id : `${texts.changeKinds[change.kind]}  ${renderTarget(change.target, texts)}`;
    const why = reason === undefined ? "" : `: ${reason.code}: ${reason.message}`;
    return annotation("error", changeFailed, `${what}${why}`);
  });
  const rest = failed.length - shown.length;
  return rest > 0 ? [...lines, annotation("notice", changeFailed, moreFailed(rest))] : lines;
}

/** A pass that was stopped has nothing failed to show, and yet it is not done. */
function stopWarning(
  { counts, mode, plan, outcomes }: RunReport,
  language: Language,
  { stopped }: AnnotationTexts,
): readonly string[] {
  if (mode === "plan" || counts.skipped === 0 || counts.failed > 0) return [];
  const done = planTexts(language).done(countDone(plan?.changes ?? [], outcomes), counts);
  return [annotation("warning", stopped, done)];
}

/** The notes that operators have to act on. */
function noteWarnings(
  { notes }: RunReport,
  code: RunReport["notes"][number]["code"],
  title: string,
): readonly string[] {
  return notes
    .filter((note) => note.code === code)
    .map(({ message }) => annotation("warning", title, message));
}

function recordWarnings(
  { issues }: RunReport,
  { recordHasIssues, moreRecords }: AnnotationTexts,
  most: number,
): readonly string[] {
  const records = [...groupBy(issues, ({ key }) => key).values()];
  const lines = records.slice(0, most).map((ofRecord) => {
    const name = ofRecord[0] === undefined ? "" : recordName(ofRecord[0]);
    return annotation("warning", recordHasIssues(name), tellIssues(ofRecord));
  });
  const rest = records.length - lines.length;
  return rest > 0 ? [...lines, annotation("notice", "kintone-sso-sync", moreRecords(rest))] : lines;
}

/** A reader of annotations needs to know what is wrong and where; the summary has it with all the details. */
function tellIssues(issues: readonly ReportedIssue[]): string {
  const [first = ""] = issues.map(({ url }) => url);
  const messages = issues.slice(0, mostOfALevel).map(({ message }) => message.split("\n")[0] ?? "");
  return [...messages, first].join(" ");
}

/** One workflow command that shows the message on the run's page; whatever the texts hold, it is one. */
export function annotation(level: "error" | "warning" | "notice", title: string, message: string): string {
  return `::${level} title=${escapeProperty(oneLine(title))}::${escapeData(oneLine(message))}`;
}

function oneLine(text: string): string {
  return safeLine(showParagraph(text));
}

/** The text as the value of a workflow command. https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
export function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
