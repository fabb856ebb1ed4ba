import { classRules } from "../access/judged-class.ts";
import type { Note } from "../model/policy-finding.ts";
import { holdsEverything } from "../model/desired-state.ts";
import type { Pass } from "../model/pass.ts";
import { recordKey, type SourceRecords } from "../model/record.ts";
import type { ReportedNote } from "../model/run-report.ts";
import type { Language } from "../model/config.ts";
import { classRulesTexts } from "../words/class-rules-texts.ts";
import { gateTexts } from "../words/gate-texts.ts";
import { unmatchedTexts } from "../words/unmatched-texts.ts";
import { targetsTexts } from "../words/targets-texts.ts";
import { type ReportTexts, reportTexts } from "../words/report-texts.ts";
import type { RecordUrl } from "./record-urls.ts";

/** The records of which nothing can be told, each once: every removal waits for them. */
export function removalNotes(
  { desired, source }: Pass,
  texts: ReportTexts,
  recordUrl: RecordUrl,
): readonly ReportedNote[] {
  const records = new Map(
    desired.heldAssignments.filter(holdsEverything).map(({ record }) => [recordKey(record), record]),
  );
  return [...records.values()].map((record) => ({
    code: "removals-held",
    app: source[record.app].appId,
    record: record.id,
    url: recordUrl(record),
    message: texts.removalsHeld,
  }));
}

/** The kinds of names that mostly match nothing, with what in the configuration is the likely cause. */
export function unmatchedNotes({ desired }: Pass, language: Language): readonly ReportedNote[] {
  const texts = unmatchedTexts(language);
  return (desired.unmatched ?? []).map((found) => ({
    code: "names-unmatched",
    message: `${texts.found(found)} ${texts.causes[found.kind](found)} ${texts.untold}`,
  }));
}

/** The number of this version's rules of the administrator class, and the sets that stay though only these rules deny them. */
export function keptByClassRules({ desired: { reclassified = [] } }: Pick<Pass, "desired">) {
  return { number: classRules, sets: reclassified };
}

/** Existing access that only the rules of this version deny. */
export function classRulesNotes(pass: Pass, language: Language): readonly ReportedNote[] {
  const { number, sets } = keptByClassRules(pass);
  if (sets.length === 0) return [];
  const { found, accept } = classRulesTexts(language);
  const message = [found(sets), accept(number)].join(language === "ja" ? "" : " ");
  return [{ code: "class-rules", message }];
}

function describeGateNote(
  note: Extract<Note, { readonly kind: "status-in-query" | "approval-overdue" }>,
  language: Language,
): string {
  const texts = gateTexts(language);
  return note.kind === "approval-overdue"
    ? texts.overdue(note.records, note.days)
    : texts.statusInQuery(`kintone.query.${note.app}`, note.field);
}

/** The remarks of a pass, each about one record where it is about one. */
export function reportNotes(
  notes: readonly Note[],
  source: SourceRecords,
  language: Language,
  recordUrl: RecordUrl,
): readonly ReportedNote[] {
  const texts = reportTexts(language);
  return notes.map((note): ReportedNote => {
    if (note.kind === "policies-not-analyzed") {
      return { code: note.kind, message: texts.notAnalyzed(note.count, note.reason) };
    }
    if (note.kind === "places-not-read") {
      return { code: note.kind, message: targetsTexts(language).placesNotRead(note.code) };
    }
    if (note.kind === "status-in-query" || note.kind === "approval-overdue") {
      return { code: note.kind, message: describeGateNote(note, language) };
    }
    const { recordId, finding } = note;
    const where = finding.position === undefined ? "" : ` ${texts.position(finding.position)}`;
    return {
      code: note.kind,
      app: source.permissionSets.appId,
      record: recordId,
      url: recordUrl({ app: "permissionSets", id: recordId }),
      message: `${finding.type} ${finding.issueCode}${where}: ${finding.details}`,
    };
  });
}
