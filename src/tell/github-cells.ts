import {
  recordName,
  type ReportedChange,
  type ReportedIssue,
  type ReportedRecord,
  type ReportedTarget,
} from "../model/run-report.ts";
import { effectOf, detailOf } from "../report/change-signs.ts";
import { codeSpan, linkTo, prose } from "./github-markdown.ts";
import type { ReportTexts } from "../words/report-texts.ts";
import { accountText } from "../report/names.ts";
import { principalText } from "../report/plan-view/fold-names.ts";

/** What a change does, with the sign that terraform's users know, and the policy it is about. */
export function changeCell(change: ReportedChange, texts: ReportTexts): string {
  const policy = detailOf(change);
  const what = `${signs[effectOf(change.kind)]} ${texts.changeKinds[change.kind]}`;
  return policy === "" ? what : `${what} ${codeSpan(policy)}`;
}

const signs = { create: "➕", update: "✏️", remove: "➖" } as const;

/** Empty where the target is a whole permission set. */
export function principalCell({ principal }: ReportedTarget, texts: ReportTexts): string {
  return principal === undefined ? "" : codeSpan(principalText(principal, texts));
}

/** Empty where the target is a whole permission set. */
export function accountCell({ account, accountName }: ReportedTarget, texts: ReportTexts): string {
  if (account === undefined) return "";
  if (account === "all") return texts.allAccounts;
  return codeSpan(accountText(account, accountName));
}

const mostRecords = 5;

/** The records as `app#record`, each a link where its address is known. */
export function recordsCell(
  records: readonly ReportedRecord[],
  texts: ReportTexts,
  links: Readonly<Record<string, string>> = {},
): string {
  if (records.length === 0) return texts.noRecord;
  const shown = records.slice(0, mostRecords).map((record) => {
    const name = recordName(record);
    return linkTo(Object.hasOwn(links, name) ? (links[name] ?? "") : "", name);
  });
  const rest = records.length - shown.length;
  return [...shown, ...(rest > 0 ? [texts.morePlaces(rest)] : [])].join(", ");
}

const mostLines = 20;

/** The problem and how to mend it. */
export function issueCell(issue: ReportedIssue, texts: ReportTexts): readonly [string, string] {
  const { severity, code, message, hint, example } = issue;
  const sign = severity === "error" ? "❌" : "⚠️";
  const examples = example === undefined ? [] : exampleLines(example, texts);
  const problem = [`${sign} ${problemLines(message).join("<br>")}`, codeSpan(code)];
  return [problem.join("<br>"), [...sentences(hint.split("\n")), ...examples].join("<br>")];
}

function exampleLines(example: string, texts: ReportTexts): readonly string[] {
  const [first = "", ...rest] = verbatim(example.split("\n"));
  return rest.length === 0 ? [`${texts.example}: ${first}`] : [`${texts.example}:`, first, ...rest];
}

/** A message can end in an excerpt with a caret below the place. */
function problemLines(message: string): readonly string[] {
  const lines = message.split("\n");
  if (!/^ *\^$/u.test(lines.at(-1) ?? "")) return sentences(lines);
  return [...sentences(lines.slice(0, -2)), ...verbatim(lines.slice(-2))];
}

function sentences(lines: readonly string[]): readonly string[] {
  return lines.slice(0, mostLines).map((line) => prose(line));
}

function verbatim(lines: readonly string[]): readonly string[] {
  return lines.slice(0, mostLines).map((line) => codeSpan(line));
}
