import { digest } from "../model/digest.ts";
import type { RunReport } from "../model/run-report.ts";
import { safeLine } from "../report/safe-text.ts";
import type { UnmatchedTexts } from "../words/unmatched-texts.ts";
import type { Incident, IncidentKey } from "./incident.ts";

/** What one of the report's notes says that operators have to know; undefined when there is none. */
export function noteIncident(
  { notes }: RunReport,
  key: Extract<IncidentKey, "class-rules" | "status-in-query" | "approval-overdue">,
  title: string,
): Incident | undefined {
  const lines = notes.flatMap(({ code, message }) => (code === key ? [safeLine(message)] : []));
  if (lines.length === 0) return undefined;
  const message = lines.join("\n");
  return {
    key,
    fingerprint: digest(message).slice(0, 16),
    message: { title: `⚠️ ${title}`, sections: lines },
    describeChange: () => message,
  };
}

/** Names that mostly match nothing, as the report's notes say; undefined when there are none. */
export function unmatchedIncident({ notes }: RunReport, texts: UnmatchedTexts): Incident | undefined {
  const lines = notes.flatMap(({ code, message }) => (code === "names-unmatched" ? [safeLine(message)] : []));
  if (lines.length === 0) return undefined;
  return {
    key: "names-unmatched",
    // Not the numbers: they change with every record.
    fingerprint: String(lines.length),
    message: { title: `⚠️ ${texts.title}`, sections: lines },
    describeChange: () => lines.join("\n"),
  };
}
