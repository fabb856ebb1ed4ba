import { digest } from "../model/digest.ts";
import type { RunReport } from "../model/run-report.ts";
import { safeLine } from "../report/safe-text.ts";
import type { UnmatchedTexts } from "../words/unmatched-texts.ts";
import type { Incident } from "./incident.ts";

/** Existing access that only the rules of this version deny, as the report's note says; undefined when there is none. */
export function classRulesIncident(
  { notes }: RunReport,
  { title }: { readonly title: string },
): Incident | undefined {
  const note = notes.find(({ code }) => code === "class-rules");
  if (note === undefined) return undefined;
  const message = safeLine(note.message);
  return {
    key: "class-rules",
    fingerprint: digest(message).slice(0, 16),
    message: { title: `⚠️ ${title}`, sections: [message] },
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
