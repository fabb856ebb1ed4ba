import { changeKinds } from "../model/change-kinds.ts";
import { groupBy } from "../model/group-by.ts";
import type { ReportedChange, ReportedRecord, RunReport } from "../model/run-report.ts";
import { shorten } from "../model/text.ts";
import { mostListed } from "../tell/incident.ts";
import type { IncidentTexts } from "../words/incident-texts.ts";
import type { ReportTexts } from "../words/report-texts.ts";
import { renderChangeLine } from "./render-plan-text.ts";

/** The changes of a plan that a person is to judge: removals and new administrators first, what only follows from others last. */
export function mostUrgentFirst(changes: readonly ReportedChange[]): readonly ReportedChange[] {
  return changes.toSorted((a, b) => rankOf(a) - rankOf(b));
}

function rankOf({ kind, makesAdministrator }: ReportedChange): number {
  const { removes, isHousekeeping } = changeKinds[kind];
  if (makesAdministrator === true || removes) return 0;
  return isHousekeeping ? 2 : 1;
}

/** The changes of the report's plan that a guard refuses. */
export function refusedIn({ plan, violations }: RunReport): readonly ReportedChange[] {
  const refused = new Set(violations.flatMap(({ refuses }) => refuses));
  return (plan?.changes ?? []).filter(({ id }) => refused.has(id));
}

export interface RefusedChangesOptions {
  readonly texts: IncidentTexts;
  readonly reportTexts: ReportTexts;
  readonly recordUrl: (record: ReportedRecord) => string;
}

const longestLine = 240;

/** Beginning of the list of what a refused plan would have done: a section for each record, with its address. */
export function listRefusedChanges(
  changes: readonly ReportedChange[],
  { texts, reportTexts, recordUrl }: RefusedChangesOptions,
): { readonly sections: readonly string[]; readonly links: readonly string[] } {
  const listed = mostUrgentFirst(changes).slice(0, mostListed);
  const rest = changes.length - listed.length;
  const byRecord = groupBy(listed, ({ records: [record] }) => record && recordUrl(record));
  const sections = [...byRecord].map(([url, ofRecord]) =>
    [url ?? reportTexts.noRecord, ...ofRecord.map((change) => lineOf(change, texts, reportTexts))].join("\n"),
  );
  return {
    sections: [
      ...(sections.length === 0 ? [] : [texts.wouldHave]),
      ...sections,
      ...(rest > 0 ? [texts.more(rest)] : []),
    ],
    links: [...byRecord.keys()].filter((url) => url !== undefined),
  };
}

function lineOf(change: ReportedChange, texts: IncidentTexts, reportTexts: ReportTexts): string {
  const notes = [
    ...(change.makesAdministrator === true ? [texts.makesAdministrator] : []),
    ...(change.because === undefined ? [] : [reportTexts.principalDeleted]),
  ];
  const what = shorten(renderChangeLine(change, reportTexts), longestLine);
  return notes.length === 0 ? what : `${what}  (${notes.join(", ")})`;
}
