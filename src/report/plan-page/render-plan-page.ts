import {
  recordName,
  type ReportedPlan,
  type ReportedRecord,
  type RunReport,
} from "../../model/run-report.ts";
import { type PlanPageTexts, planPageTexts } from "../../words/plan-page-texts.ts";
import { pageDataOf } from "../access-page/page-data.ts";
import { pageFunctions } from "../access-page/page-script.ts";
import { searchFunctions } from "../access-page/page-search.ts";
import type { MarkedAccess } from "./marked-access.ts";
import { drawFunctions } from "../pages/draw-page.ts";
import { element, link, type PageNode, table } from "../pages/page-node.ts";
import { renderShell } from "../pages/render-shell.ts";
import { type PageReader, serviceStyle } from "../pages/service-pages.ts";
import { findDangers } from "../plan-view/find-dangers.ts";
import { type Extent, extentOf } from "../plan-view/fold-names.ts";
import { listChanges } from "../plan-view/list-changes.ts";
import type { PlanLine } from "../plan-view/plan-line.ts";
import { headlineOf, renderReportEnd } from "../render-report-text.ts";
import { renderHeld, renderLocked, renderTarget } from "../render-plan-text.ts";
import { plainPaint } from "../paint.ts";
import { renderTime } from "../render-time.ts";
import { type MatrixCell, planMatrix } from "./plan-matrix.ts";

interface Look extends Extent {
  readonly page: PlanPageTexts;
  readonly links: NonNullable<ReportedPlan["links"]>;
}

/** A plan, or what came of it, as one HTML file that works without a network: what is dangerous first, then where what changes, then all changes. */
export function renderPlanPage(report: RunReport, reader: PageReader, access?: MarkedAccess): string {
  const { language, timeZone } = reader;
  const page = planPageTexts(language);
  const look: Look = { ...extentOf(language, true), page, links: report.plan?.links ?? {} };
  const title = report.mode === "plan" ? page.plan : page.sync;
  const data: readonly PageNode[] = [
    element("h1", {}, `kintone-sso-sync: ${title}`),
    ...planTop(report, look, extentOf(language)),
    element("p", {}, page.asOf(renderTime(Date.parse(report.finishedAt), timeZone))),
    element("pre", { tabindex: "0", "aria-label": title }, renderReportEnd(report, language, plainPaint)),
    ...refusal(report, look),
    ...planBody(report.plan, look),
    ...leftAlone(report, look),
    ...issuesAndNotes(report, look),
  ];
  const { needsScript } = page;
  const below = access && {
    data: pageDataOf(access.report, reader, access.marks),
    functions: pageFunctions,
    tools: searchFunctions,
  };
  return renderShell({
    language,
    title,
    needsScript,
    data,
    functions: drawFunctions,
    style,
    ...(below && { below }),
  }).html;
}

/** How much it is, and what to look at first. */
function planTop(report: RunReport, look: Look, short: Extent): readonly PageNode[] {
  const { plan, error } = report;
  if (error !== undefined)
    return [element("p", { role: "alert", class: "danger" }, `${error.message} ${error.hint}`)];
  if (plan === undefined || plan.changes.length === 0) return [element("p", {}, look.page.nothing)];
  const [heading, ...dangers] = findDangers(plan, short);
  return [
    element("p", { class: "headline" }, headlineOf(report, look)),
    ...(heading === undefined
      ? []
      : [
          element("h2", {}, heading.text),
          element("ul", { class: "danger" }, ...dangers.map(({ text }) => element("li", {}, text))),
        ]),
  ];
}

function refusal({ violations, approval }: RunReport, { texts }: Look): readonly PageNode[] {
  if (violations.length === 0) return [];
  return [
    element("h2", {}, texts.headings.refused),
    element(
      "ul",
      { class: "danger" },
      ...violations.map(({ guard, message }) => element("li", {}, `${guard}: ${message}`)),
    ),
    ...(approval?.rejected === undefined ? [] : [element("p", {}, approval.rejected.message)]),
    element("p", {}, texts.approveLine(approval?.command)),
  ];
}

function planBody(plan: ReportedPlan | undefined, look: Look): readonly PageNode[] {
  if (plan === undefined || plan.changes.length === 0) return [];
  return [
    ...matrixNodes(plan, look),
    element("h2", {}, look.texts.headings.changes),
    element(
      "div",
      { class: "lines" },
      ...listChanges(plan.changes, look).map((line) => lineNode(line, look)),
    ),
  ];
}

function matrixNodes(plan: ReportedPlan, look: Look): readonly PageNode[] {
  const { page } = look;
  const { sets, rows } = planMatrix(plan, look);
  const fates = { new: page.isNew, changes: page.changes, goes: page.goes } as const;
  const itself = sets.map(({ itself: fate }) => (fate === undefined ? "" : fates[fate]));
  return [
    table(
      page.matrix,
      [page.account, ...sets.map(({ name }) => name)],
      [
        ...(itself.every((text) => text === "") ? [] : [[page.setItself, ...itself]]),
        ...rows.map(({ account, cells }): readonly PageNode[] => [
          account,
          ...cells.map((cell) => cellNode(cell, page)),
        ]),
      ],
    ),
    element("p", {}, page.legend),
  ];
}

function cellNode(cell: MatrixCell | undefined, page: PlanPageTexts): PageNode {
  if (cell === undefined) return "";
  const { added, removed, makesAdministrator } = cell;
  const counts = [...(added === 0 ? [] : [`+${added}`]), ...(removed === 0 ? [] : [`−${removed}`])].join(" ");
  if (!makesAdministrator) return counts;
  return element("strong", { class: "administrator" }, `${counts} ★ ${page.administrator}`);
}

const classes = { "+": "create", "-": "danger", "!": "danger", "~": "update", "=": "head", " ": "" } as const;

function lineNode({ sign, depth, text, records = [] }: PlanLine, { links, texts }: Look): PageNode {
  const about = records.flatMap((name) => [" ", recordLink(name, links, texts.record(name))]);
  return element(
    "div",
    { class: `line ${classes[sign]} depth${Math.min(depth, 3)}` },
    `${sign} ${text}`,
    ...about,
  );
}

function recordLink(name: string, links: Look["links"], text: string): PageNode {
  const address = Object.hasOwn(links, name) ? links[name] : undefined;
  return address === undefined ? text : link(text, address);
}

function recordLinks(records: readonly ReportedRecord[], { links, texts }: Look): PageNode {
  const names = records.map(recordName);
  return element("div", {}, ...names.flatMap((name) => [recordLink(name, links, texts.record(name)), " "]));
}

function leftAlone({ plan }: RunReport, look: Look): readonly PageNode[] {
  if (plan === undefined) return [];
  const { texts, page } = look;
  const columns = [page.what, page.why, page.record];
  const held = plan.held.map((item): readonly PageNode[] => [
    renderTarget(item.target, texts),
    renderHeld(item, texts),
    recordLinks(item.records, look),
  ]);
  const locked = plan.locked.map((item): readonly PageNode[] => [
    renderTarget(item.target, texts),
    renderLocked(item, texts),
    recordLinks(item.records, look),
  ]);
  const waiting = plan.waiting.map((item): readonly PageNode[] => [
    item.userName,
    "",
    recordLinks([item], look),
  ]);
  return [
    ...tableOf(texts.headings.held, columns, held),
    ...tableOf(texts.headings.waiting, columns, waiting),
    ...tableOf(texts.headings.locked, columns, locked),
  ];
}

function issuesAndNotes({ issues, notes }: RunReport, { texts, page }: Look): readonly PageNode[] {
  const rows = issues.map((issue): readonly PageNode[] => [
    link(recordName(issue), issue.url),
    issue.message,
    issue.hint,
  ]);
  return [
    ...tableOf(texts.headings.issues, [page.record, page.what, page.fix], rows),
    ...(notes.length === 0
      ? []
      : [element("h2", {}, texts.headings.notes), element("ul", {}, ...notes.map((note) => noteNode(note)))]),
  ];
}

/** An address in a text may lead anywhere: only that of the record is a link. */
function noteNode({ message, url, app, record }: RunReport["notes"][number]): PageNode {
  const isOfRecord = url !== undefined && app !== undefined && record !== undefined;
  const about = isOfRecord ? [link(recordName({ app, record }), url), " "] : [];
  return element("li", {}, ...about, message);
}

function tableOf(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly PageNode[])[],
): readonly PageNode[] {
  return rows.length === 0 ? [] : [table(caption, columns, rows)];
}

const style = `${serviceStyle}
.headline{font-weight:700;font-size:1.1rem}
.danger{color:var(--alarm)}
.create{color:var(--add)}
.update{color:var(--edit)}
:root{--add:#116329;--edit:#7d4e00}
@media(prefers-color-scheme:dark){:root{--add:#7ee2a0;--edit:#f0c674}}
.lines{font:.9rem/1.5 ui-monospace,"Noto Sans Mono CJK JP",monospace;overflow-wrap:anywhere;white-space:pre-wrap}
.depth1{font-weight:700;margin-top:.5rem}
.depth2{padding-inline-start:1.5rem}
.depth3{padding-inline-start:3rem}
`;
