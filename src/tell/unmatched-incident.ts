import type { RunReport } from "../model/run-report.ts";
import { safeLine } from "../report/safe-text.ts";
import type { UnmatchedTexts } from "../words/unmatched-texts.ts";
import type { Incident } from "./incident.ts";

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
