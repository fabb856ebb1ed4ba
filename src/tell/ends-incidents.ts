import { recordName, type ReportedTimed, type RunReport } from "../model/run-report.ts";
import { safeLine } from "../report/safe-text.ts";
import { timedToShow } from "../report/timed-records.ts";
import type { EndsTexts } from "../words/ends-texts.ts";
import type { IncidentTexts } from "../words/incident-texts.ts";
import { type Incident, limitList } from "./incident.ts";

/** The days to come on which a large part of all assignments ends, as the report's notes say; undefined when there are none. */
export function manyEndsIncident({ notes }: RunReport, texts: EndsTexts): Incident | undefined {
  const lines = notes.flatMap(({ code, message }) => (code === "many-ends" ? [safeLine(message)] : []));
  if (lines.length === 0) return undefined;
  return {
    key: "many-ends",
    fingerprint: lines.join("\n"),
    message: { title: `📅 ${texts.manyTitle}`, sections: lines },
    describeChange: () => lines.join("\n"),
  };
}

/** What ends within a week: one message, and one line in its thread a day. */
export function endsSoonIncident(
  report: RunReport,
  texts: EndsTexts,
  { more }: IncidentTexts,
): Incident | undefined {
  const soon = timedToShow(report).filter(({ state }) => state === "in-force");
  if (soon.length === 0) return undefined;
  const line = (one: ReportedTimed): string =>
    safeLine(`${recordName(one)} ${one.permissionSet ?? ""}: ${one.message}`);
  const title = texts.soonTitle(soon.length);
  return {
    key: "ends-soon",
    // A day, so that what is added during one is told of in the next.
    fingerprint: report.finishedAt.slice(0, "2026-03-31".length),
    message: { title: `📅 ${title}`, sections: limitList(soon.map(line), more) },
    describeChange: () => title,
  };
}
