import { groupBy } from "../model/group-by.ts";
import type { ReportedIssue } from "../model/run-report.ts";
import type { ReportTexts } from "../words/report-texts.ts";
import type { Paint } from "./paint.ts";
import { safeLine, safeLines } from "./safe-text.ts";

/** Issues grouped by record, each with the record's address. */
export function renderIssues(
  issues: readonly ReportedIssue[],
  texts: ReportTexts,
  paint: Paint,
): readonly string[] {
  if (issues.length === 0) return [];
  const groups = [...groupBy(issues, ({ key }) => key).values()].flatMap((ofRecord) => [
    `  ${safeLine(ofRecord[0]?.url ?? "")}`,
    ...ofRecord.flatMap((issue) => renderIssue(issue, texts, paint)),
  ]);
  return [paint.heading(texts.headings.issues), ...groups];
}

function renderIssue(issue: ReportedIssue, texts: ReportTexts, paint: Paint): readonly string[] {
  const sign = issue.severity === "error" ? paint.remove("✗") : paint.update("!");
  const [first = "", ...rest] = issue.message.split("\n");
  return [
    `    ${sign} ${safeLine(first)}  ${paint.dim(issue.code)}`,
    ...rest.flatMap((line) => safeLines(line)).map((line) => `      ${line}`),
    ...renderPart(texts.fix, issue.hint),
    ...(issue.example === undefined ? [] : renderPart(texts.example, issue.example)),
  ];
}

function renderPart(title: string, text: string): readonly string[] {
  if (!text.includes("\n")) return [`      ${title}: ${safeLine(text)}`];
  return [`      ${title}:`, ...safeLines(text).map((line) => `      ${line}`)];
}
