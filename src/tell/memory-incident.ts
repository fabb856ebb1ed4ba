import type { Language } from "../model/config.ts";
import { digest } from "../model/digest.ts";
import type { RunReport } from "../model/run-report.ts";
import { safeLine } from "../report/safe-text.ts";
import { memoryTexts } from "../words/memory-texts.ts";
import type { Incident } from "./incident.ts";

/** That what was kept as the memory did not count, and why; undefined when it did, or there was none. */
export function memoryIncident({ notes }: RunReport, language: Language): Incident | undefined {
  const note = notes.find(({ code }) => code === "memory-lost");
  if (note === undefined) return undefined;
  const message = safeLine(note.message);
  return {
    key: "memory-lost",
    fingerprint: digest(message).slice(0, 16),
    message: { title: `⚠️ ${memoryTexts(language).lostTitle}`, sections: [message] },
    describeChange: () => message,
  };
}
