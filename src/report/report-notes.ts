import type { Note } from "../model/policy-finding.ts";
import type { SourceRecords } from "../model/record.ts";
import type { ReportedNote } from "../model/run-report.ts";
import type { ReportTexts } from "./messages/report-texts.ts";
import type { RecordUrl } from "./record-urls.ts";

/** The remarks of a pass, each about one record where it is about one. */
export function reportNotes(
  notes: readonly Note[],
  source: SourceRecords,
  texts: ReportTexts,
  recordUrl: RecordUrl,
): readonly ReportedNote[] {
  return notes.map((note): ReportedNote => {
    if (note.kind === "policies-not-analyzed") {
      return { code: note.kind, message: texts.notAnalyzed(note.count, note.reason) };
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
