import type { Language } from "../model/config.ts";
import type { RunReport } from "../model/run-report.ts";
import { findDangers } from "../report/plan-view/find-dangers.ts";
import { extentOf } from "../report/plan-view/fold-names.ts";
import { listChanges } from "../report/plan-view/list-changes.ts";
import type { PlanLine } from "../report/plan-view/plan-line.ts";
import { headlineOf } from "../report/render-report-text.ts";
import { diffBlock, prose } from "./github-markdown.ts";

const mostLines = 400;

/** How much a plan is, what to look at first, and set by set what changes, in the colours of a diff; at most a quarter of the bytes. */
export function renderPlanTop(report: RunReport, language: Language, maxBytes: number): readonly string[] {
  const { plan } = report;
  if (plan === undefined || plan.changes.length === 0) return [];
  const extent = extentOf(language);
  const [, ...dangers] = findDangers(plan, extent);
  const bullets = dangers.map(({ text }) => `- ⚠️ ${prose(text)}`);
  const lines = fitting(listChanges(plan.changes, extent).map(lineOf), maxBytes / 4);
  return [
    `**${headlineOf(report, extent)}**`,
    ...(bullets.length === 0 ? [] : [`**${extent.words.lookFirst}**`, bullets.join("\n")]),
    ...(lines.length === 0
      ? []
      : [`<details>\n<summary>${extent.texts.headings.changes}</summary>`, diffBlock(lines), "</details>"]),
  ];
}

/** GitHub takes the first character of a line for its sign. */
function lineOf({ sign, depth, text, records = [] }: PlanLine): string {
  const about =
    records.length === 0 ? "" : `  (${records.slice(0, 3).join(", ")}${records.length > 3 ? ", …" : ""})`;
  return `${sign === "=" ? " " : sign}${"  ".repeat(depth)} ${text}${about}`;
}

function fitting(lines: readonly string[], maxBytes: number): readonly string[] {
  const encoder = new TextEncoder();
  let bytes = 0;
  const tooMuch = lines.findIndex((line, index) => {
    bytes += encoder.encode(line).length + 1;
    return bytes > maxBytes || index === mostLines;
  });
  return tooMuch === -1 ? lines : [...lines.slice(0, tooMuch), " …"];
}
