import type { Language } from "../model/config.ts";
import { digest } from "../model/digest.ts";
import type { RunReport } from "../model/run-report.ts";
import { safeLine } from "../report/safe-text.ts";
import { pauseTexts } from "../words/pause-texts.ts";
import type { Incident } from "./incident.ts";

/** That passes write nothing to AWS, and why; undefined when they do. Operators are reminded of it as long as it is so. */
export function pauseIncident({ notes }: RunReport, language: Language): Incident | undefined {
  const note = notes.find(({ code }) => code === "paused");
  if (note === undefined) return undefined;
  const message = safeLine(note.message);
  return {
    key: "paused",
    fingerprint: digest(message).slice(0, 16),
    message: { title: `⏸️ ${pauseTexts(language).title}`, sections: [message] },
    describeChange: () => message,
  };
}
