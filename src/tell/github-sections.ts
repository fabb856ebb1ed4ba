import type { Language } from "../model/config.ts";
import { groupBy } from "../model/group-by.ts";
import {
  recordName,
  type ReportedChange,
  type ReportedIssue,
  type ReportedOutcome,
  type ReportedPlan,
  type RunReport,
} from "../model/run-report.ts";
import { accountCell, changeCell, issueCell, principalCell, recordsCell } from "./github-cells.ts";
import { codeSpan, linkTo, prose } from "./github-markdown.ts";
import { type GithubTexts, githubTexts } from "./github-texts.ts";
import { type ReportTexts, reportTexts } from "../words/report-texts.ts";
import { mostUrgentFirst, refusedIn } from "../report/refused-changes.ts";
import { renderHeld, renderLocked } from "../report/render-plan-text.ts";
import { isSkipCode } from "../report/render-report-text.ts";
import { gatedToShow } from "../report/gated-records.ts";
import { timedToShow } from "../report/timed-records.ts";

type Row = readonly string[];

/** A heading and a table; the cells are Markdown. */
export interface Section {
  readonly heading: string;
  readonly columns: Row;
  /** Made one by one, because not all of them may find room. */
  readonly rows: Iterable<Row>;
  readonly total: number;
  /** Shown only to who asks for it. */
  readonly isFolded?: boolean;
}

interface Words {
  readonly texts: ReportTexts;
  readonly github: GithubTexts;
}

function* eachRow<Item>(items: Iterable<Item>, rowOf: (item: Item) => Row): Generator<Row> {
  for (const item of items) yield rowOf(item);
}

/** Everything of a report that GitHub shows in tables, the most urgent first. */
export function githubSections(report: RunReport, language: Language): readonly Section[] {
  const words = { texts: reportTexts(language), github: githubTexts(language) };
  const { plan } = report;
  const sections = [
    notAppliedSection(report, words),
    issuesSection(report.issues, words),
    ...(plan === undefined ? [] : [changesSection(report, words), ...leftAlone(plan, words)]),
    gatedSection(report, words),
    timedSection(report, words),
    notesSection(report, words),
  ];
  return sections.filter(({ total }) => total > 0);
}

/** In the order in which they are applied, or, while a person is to judge them, in that in which they matter. */
function changesToRead(report: RunReport): readonly ReportedChange[] {
  const changes = report.plan?.changes ?? [];
  const refused = new Set(refusedIn(report));
  return [...mostUrgentFirst([...refused]), ...changes.filter((change) => !refused.has(change))];
}

function changesSection(report: RunReport, { texts, github }: Words): Section {
  const changes = changesToRead(report);
  const { outcomes, plan: { links } = {} } = report;
  const { permissionSet, change, principal, account, records, outcome } = github.columns;
  const statuses = new Map(outcomes.map(({ change: id, status }) => [id, status]));
  const sets = groupBy(changes, ({ target }) => target.permissionSet);
  const inOrder = [...sets.values()].flatMap((ofSet) => ofSet.map((one, index) => ({ one, index })));
  return {
    heading: github.operations,
    columns: [permissionSet, change, principal, account, records, outcome],
    total: changes.length,
    rows: eachRow(inOrder, ({ one, index }) => {
      const [name, ...what] = changeCells(one, texts);
      const status = statuses.get(one.id);
      return [
        index === 0 ? name : "",
        ...what,
        one.because === undefined ? recordsCell(one.records, texts, links) : texts.principalDeleted,
        status === undefined ? "" : github.statuses[status],
      ];
    }),
  };
}

function changeCells(change: ReportedChange, texts: ReportTexts): readonly [string, string, string, string] {
  const { target } = change;
  return [
    codeSpan(target.permissionSet),
    changeCell(change, texts),
    principalCell(target, texts),
    accountCell(target, texts),
  ];
}

function notAppliedSection({ outcomes, plan }: RunReport, { texts, github }: Words): Section {
  const { permissionSet, change, principal, account, outcome, reason } = github.columns;
  const changes = new Map(plan?.changes.map((one) => [one.id, one]));
  const cellsOf = (id: string): Row => {
    const one = changes.get(id);
    return one === undefined ? [codeSpan(id), "", "", ""] : changeCells(one, texts);
  };
  const rows = outcomes.filter(({ status }) => status !== "applied");
  return {
    heading: texts.headings.outcomes,
    columns: [permissionSet, change, principal, account, outcome, reason],
    total: rows.length,
    rows: eachRow(rows, (one) => [
      ...cellsOf(one.change),
      github.statuses[one.status],
      whyNot(one, cellsOf, texts),
    ]),
  };
}

function whyNot(
  { status, reason, requestId }: ReportedOutcome,
  cellsOf: (changeId: string) => Row,
  texts: ReportTexts,
): string {
  if (reason === undefined) return "";
  const { code, message } = reason;
  if (status === "skipped") {
    const cause = (): string =>
      cellsOf(message)
        .filter((cell) => cell !== "")
        .join(" ");
    return isSkipCode(code, texts) ? texts.skipReasons[code] : texts.skippedBecause(cause());
  }
  const request = requestId === undefined ? "" : `<br>${codeSpan(requestId)}`;
  return `${codeSpan(code)}: ${prose(message)}${request}`;
}

function issuesSection(issues: readonly ReportedIssue[], { texts, github }: Words): Section {
  const records = groupBy(issues, ({ key }) => key);
  const inOrder = [...records.values()].flatMap((ofRecord) =>
    ofRecord.map((issue, index) => ({ issue, name: index === 0 ? recordName(issue) : undefined })),
  );
  return {
    heading: texts.headings.issues,
    columns: [github.columns.record, github.columns.problem, texts.fix],
    total: issues.length,
    rows: eachRow(inOrder, ({ issue, name }) => [
      name === undefined ? "" : linkTo(issue.url, name),
      ...issueCell(issue, texts),
    ]),
  };
}

function leftAlone(plan: ReportedPlan, { texts, github }: Words): readonly Section[] {
  const { permissionSet, principal, account, reason, record, records, user } = github.columns;
  const columns = [permissionSet, principal, account, reason, records];
  const item = (
    { target, records: from }: ReportedPlan["held"][number] | ReportedPlan["locked"][number],
    why: string,
  ): Row => [
    codeSpan(target.permissionSet),
    principalCell(target, texts),
    accountCell(target, texts),
    why,
    recordsCell(from, texts, links),
  ];
  const { headings } = texts;
  const { held, waiting, locked, unmanaged, links } = plan;
  return [
    {
      heading: headings.held,
      columns,
      total: held.length,
      rows: eachRow(held, (one) => item(one, renderHeld(one, texts))),
    },
    {
      heading: headings.waiting,
      columns: [user, record],
      total: waiting.length,
      rows: eachRow(waiting, (one) => [codeSpan(one.userName), recordsCell([one], texts, links)]),
    },
    {
      heading: headings.locked,
      columns,
      total: locked.length,
      isFolded: true,
      rows: eachRow(locked, (one) => item(one, renderLocked(one, texts))),
    },
    {
      heading: headings.unmanaged,
      columns: [permissionSet, principal, account, reason],
      total: unmanaged.length,
      isFolded: true,
      rows: eachRow(unmanaged, ({ target, reason: why }) => [
        codeSpan(target.permissionSet),
        principalCell(target, texts),
        accountCell(target, texts),
        texts.unmanagedReasons[why],
      ]),
    },
  ];
}

/** What counts only for a time, and is about to turn or has just turned. */
function timedSection(report: RunReport, { texts, github }: Words): Section {
  const { permissionSet, note, record } = github.columns;
  const timed = timedToShow(report);
  return {
    heading: texts.headings.timed,
    columns: [permissionSet, note, record],
    total: timed.length,
    rows: eachRow(timed, (one) => [
      codeSpan(one.permissionSet ?? ""),
      prose(one.message),
      recordsCell([one], texts, report.plan?.links),
    ]),
  };
}

/** What waits for approval. */
function gatedSection({ plan }: RunReport, { texts, github }: Words): Section {
  const { permissionSet, note, record } = github.columns;
  const gated = gatedToShow(plan?.gated);
  return {
    heading: texts.headings.gated,
    columns: [permissionSet, note, record],
    total: gated.length,
    isFolded: true,
    rows: eachRow(gated, (one) => [
      codeSpan(one.permissionSet ?? ""),
      prose(one.message),
      recordsCell([one], texts, plan?.links),
    ]),
  };
}

function notesSection({ notes }: RunReport, { texts, github }: Words): Section {
  return {
    heading: texts.headings.notes,
    columns: [github.columns.record, github.columns.note],
    total: notes.length,
    isFolded: true,
    rows: eachRow(notes, ({ app, record, url, message }) => {
      const name = record === undefined ? "" : `${app ?? ""}#${record}`;
      return [url === undefined ? codeSpan(name) : linkTo(url, name), prose(message)];
    }),
  };
}
