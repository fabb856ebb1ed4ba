import type { Language } from "../model/config.ts";
import type { RunReport } from "../model/run-report.ts";
import { listUndoneByHand } from "../report/made-by-hand.ts";
import { byHandTexts } from "../words/by-hand-texts.ts";
import type { IncidentTexts } from "../words/incident-texts.ts";
import { reportTexts } from "../words/report-texts.ts";
import { type Incident, limitList } from "./incident.ts";

/**
 * Administrators made by hand that this pass has undone; undefined when there was nothing. It is over in
 * the pass after that: its lines are the fingerprint, so that the message still says then what it was.
 */
export function byHandIncident(
  report: RunReport,
  texts: IncidentTexts,
  language: Language,
): Incident | undefined {
  const { undone } = listUndoneByHand(report, reportTexts(language));
  if (undone.length === 0) return undefined;
  const { title, about } = byHandTexts(language);
  const listed = limitList(undone, texts.more);
  const lines = listed.join("\n");
  return {
    key: "made-by-hand",
    fingerprint: listed.join("; "),
    message: { title: `⚠️ ${title(undone.length)}`, sections: [lines, about] },
    describeChange: () => lines,
  };
}
