import type { Language } from "../model/config.ts";
import type { RunReport, RunResult } from "../model/run-report.ts";
import { approveComment } from "../report/commands-to-copy.ts";
import { codeBlock, codeSpan, linkTo, prose, tableRow } from "./github-markdown.ts";
import { renderPlanTop } from "./github-plan.ts";
import { githubSections, type Section } from "./github-sections.ts";
import { type GithubTexts, githubTexts } from "./github-texts.ts";
import { type ReportTexts, reportTexts } from "../words/report-texts.ts";

/**
 * GitHub drops a summary of more than 1 MiB as a whole.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
 */
const maxBytes = 900_000;

const signs: Readonly<Record<RunResult, string>> = {
  "in-sync": "✅",
  "removals-waiting": "⏸️",
  applied: "✅",
  "partly-applied": "⚠️",
  "partly-refused": "🛑",
  refused: "🛑",
  failed: "❌",
  "changes-pending": "📝",
  paused: "⏸️",
};

/** A page with more rows takes a browser long, and is not read. */
const mostRows = 2_000;

/**
 * The report as the summary of a GitHub job, in Markdown of at most 900 kB; rows that are too much for it are counted.
 * Texts of users and of AWS are shown as they are, and nothing in them is interpreted.
 */
export function renderGithubSummary(report: RunReport, language: Language): string {
  return renderReport(report, language, {
    maxBytes,
    mostRows,
    approve: (refused, github) => inBlock(github.approve, refused.approval?.command),
  });
}

/**
 * A comment takes 65,536 characters, and who asked for a pass wants to see what came of it; the summary has the rest.
 * https://docs.github.com/en/rest/issues/comments#create-an-issue-comment
 */
const maxReplyBytes = 50_000;
const mostReplyRows = 50;

/** Where a reply stands. */
export interface ReplyPlace {
  readonly runUrl: string;
  /** Only members read it. */
  readonly isPrivate: boolean;
}

/**
 * The report as the one reply to a command on an issue, with the comment that approves a refused plan and the link to the
 * run. Where others than members may read it, it has counts and links and names nothing.
 */
export function renderGithubReply(
  report: RunReport,
  language: Language,
  { runUrl, isPrivate }: ReplyPlace,
): string {
  const body = isPrivate
    ? renderReport(report, language, {
        maxBytes: maxReplyBytes,
        mostRows: mostReplyRows,
        approve: (refused, github) => inBlock(github.approveByComment, approveComment(refused)),
      })
    : renderNameless(report, language);
  return `${body}\n${linkTo(runUrl, githubTexts(language).run)}\n`;
}

/** What came of a pass, without a name of a person, an account, a permission set or a value of a record. */
function renderNameless(report: RunReport, language: Language): string {
  const texts = reportTexts(language);
  const github = githubTexts(language);
  const { error, violations, issues } = report;
  const guards = violations.map(({ guard }) => [codeSpan(guard)]);
  const links = new Set(issues.map(({ app, record, url }) => linkTo(url, `${app}#${record}`)));
  const approve = violations.length === 0 ? undefined : approveComment(report);
  const blocks = [
    titleOf(report, texts),
    ...(error === undefined ? [] : [codeSpan(error.code)]),
    ...renderCounts(report, github),
    ...(guards.length === 0 ? [] : [renderTable([github.columns.guard], guards)]),
    ...(inBlock(github.approveByComment, approve) ?? []),
    ...[...links].slice(0, mostReplyRows).map((link) => `- ${link}`),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function titleOf({ result }: RunReport, texts: ReportTexts): string {
  return `## ${signs[result]} kintone-sso-sync: ${texts.results[result]}`;
}

interface Form {
  readonly maxBytes: number;
  /** Of each section. */
  readonly mostRows: number;
  /** What lets a refused plan through; undefined where nothing does. */
  readonly approve: (report: RunReport, github: GithubTexts) => readonly string[] | undefined;
}

function inBlock(words: string, command: string | undefined): readonly string[] | undefined {
  return command === undefined ? undefined : [words, codeBlock(command)];
}

function renderReport(report: RunReport, language: Language, form: Form): string {
  const texts = reportTexts(language);
  const github = githubTexts(language);
  const blocks = [
    titleOf(report, texts),
    ...renderError(report, texts),
    ...renderPlanTop(report, language, form.maxBytes),
    ...renderCounts(report, github),
    ...renderRefusal(report, github, { texts, form }),
  ];
  let bytesLeft = form.maxBytes - byteLength(blocks.join("\n\n"));
  for (const section of githubSections(report, language)) {
    // Half of what is left: no section takes the place of those below it.
    const block = renderSection(section, { maxBytes: bytesLeft / 2, mostRows: form.mostRows }, texts);
    bytesLeft -= byteLength(block);
    blocks.push(block);
  }
  return `${blocks.join("\n\n")}\n`;
}

/** A configuration can have many problems, and its message names them all. */
const longestError = 10_000;

function renderError({ error }: RunReport, texts: ReportTexts): readonly string[] {
  if (error === undefined) return [];
  return [
    `${codeSpan(error.code)}: ${prose(error.message, longestError)}`,
    `**${texts.fix}:** ${prose(error.hint, longestError)}`,
  ];
}

function renderCounts({ plan, counts }: RunReport, github: GithubTexts): readonly string[] {
  if (plan === undefined) return [];
  const names = Object.keys(github.counts) as (keyof RunReport["counts"])[];
  const columns = names.map((name) => github.counts[name]);
  return [renderTable(columns, [names.map((name) => String(counts[name]))])];
}

function renderRefusal(
  report: RunReport,
  github: GithubTexts,
  { texts, form }: { readonly texts: ReportTexts; readonly form: Form },
): readonly string[] {
  const { violations, approval } = report;
  if (violations.length === 0) return [];
  const { guard, reason, numbers } = github.columns;
  const rows = violations.map((violation) => [
    codeSpan(violation.guard),
    prose(violation.message),
    Object.entries(violation.numbers)
      .map(([name, number]) => codeSpan(`${name}: ${number}`))
      .join("<br>"),
  ]);
  return [
    `### ${texts.headings.refused}`,
    renderTable([guard, reason, numbers], rows),
    ...(approval?.rejected === undefined ? [] : [`**${prose(approval.rejected.message)}**`]),
    ...(form.approve(report, github) ?? [texts.approveLine(undefined)]),
  ];
}

type Room = Pick<Form, "maxBytes" | "mostRows">;

function renderSection(section: Section, { maxBytes, mostRows }: Room, texts: ReportTexts): string {
  const { heading, total, isFolded = false } = section;
  const title = `${heading}: ${total}`;
  const rows = fittingRows(section.rows, { maxBytes: maxBytes - spareBytes, mostRows });
  const rest = total - rows.length;
  return [
    isFolded ? `<details>\n<summary>${title}</summary>` : `### ${title}`,
    renderTable(section.columns, rows),
    ...(rest > 0 ? [texts.morePlaces(rest)] : []),
    ...(isFolded ? ["</details>"] : []),
  ].join("\n\n");
}

/** More than the parts of a section take that are not rows. */
const spareBytes = 1_000;

function fittingRows(rows: Section["rows"], { maxBytes, mostRows }: Room): readonly (readonly string[])[] {
  const fitting: (readonly string[])[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += byteLength(tableRow(row)) + 1;
    if (bytes > maxBytes || fitting.length === mostRows) break;
    fitting.push(row);
  }
  return fitting;
}

/** Columns in which nothing stands are left out. */
function renderTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const used = columns.map((_, index) => rows.some((row) => row[index] !== ""));
  const lines = [columns, columns.map(() => "---"), ...rows];
  return lines.map((cells) => tableRow(cells.filter((_, index) => used[index]))).join("\n");
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
