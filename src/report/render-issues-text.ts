import { groupBy } from "../model/group-by.ts";
import { recordName, type ReportedIssue } from "../model/run-report.ts";
import type { Look } from "./render-plan-text.ts";
import { safeLine, safeLines } from "./safe-text.ts";

/** So many records with the same problem are enough to see what kind of problem it is. */
const mostOfOneKind = 5;

/** Issues grouped by record, each with the record's address; how to mend a kind of problem is told once, and of many of a kind the rest is counted. */
export function renderIssues(issues: readonly ReportedIssue[], look: Look): readonly string[] {
  if (issues.length === 0) return [];
  const kinds = [...groupBy(issues, ({ code }) => code).values()];
  const most = look.verbose ? Number.POSITIVE_INFINITY : mostOfOneKind;
  const shown = new Set(kinds.flatMap((ofKind) => ofKind.slice(0, most)));
  const told = new Set<string>();
  const records = groupBy(
    issues.filter((issue) => shown.has(issue)),
    ({ key }) => key,
  );
  const groups = [...records.values()].flatMap((ofRecord) => [
    `  ${safeLine(ofRecord[0]?.url ?? "")}`,
    ...ofRecord.flatMap((issue) => renderIssue(issue, told, look)),
  ]);
  const rest = kinds.map((ofKind) => ofKind.slice(most)).filter((left) => left.length > 0);
  return [
    look.paint.heading(look.texts.headings.issues),
    ...groups,
    ...rest.flatMap((left) => renderRest(left, look)),
  ];
}

function renderIssue(issue: ReportedIssue, told: Set<string>, { texts, paint }: Look): readonly string[] {
  const sign = issue.severity === "error" ? paint.remove("✗") : paint.update("!");
  const [first = "", ...rest] = issue.message.split("\n");
  const advice = [
    ...renderPart(texts.fix, issue.hint),
    ...(issue.example === undefined ? [] : renderPart(texts.example, issue.example)),
  ];
  const known = `${issue.code} ${advice.join("\n")}`;
  const isNew = !told.has(known);
  told.add(known);
  return [
    `    ${sign} ${safeLine(first)}  ${paint.dim(issue.code)}`,
    ...rest.flatMap((line) => safeLines(line)).map((line) => `      ${line}`),
    ...(isNew ? advice : []),
  ];
}

const mostNames = 10;

function renderRest(left: readonly ReportedIssue[], { texts, paint }: Look): readonly string[] {
  const names = [...new Set(left.map(recordName))];
  const shown = names.slice(0, mostNames).join(", ");
  const more = names.length > mostNames ? ", …" : "";
  return [`  ${texts.morePlaces(left.length)}: ${paint.dim(left[0]?.code ?? "")}  ${safeLine(shown)}${more}`];
}

function renderPart(title: string, text: string): readonly string[] {
  if (!text.includes("\n")) return [`      ${title}: ${safeLine(text)}`];
  return [`      ${title}:`, ...safeLines(text).map((line) => `      ${line}`)];
}
