import type { Language } from "../model/config.ts";
import type { SizeMemory } from "../model/memory.ts";
import type { ReportedNote } from "../model/run-report.ts";
import { authorTexts } from "../words/author-texts.ts";
import { renderTime } from "./render-time.ts";

/** Three times the usual interval: GitHub starts scheduled runs late now and then, and drops some. */
const latestMinutes = 30;

interface Told {
  readonly startedAtMs: number;
  readonly language: Language;
  readonly timeZone: string;
}

/** The remark that good passes have stayed away for more than 30 minutes; undefined when they have not, or that is not known. */
export function lastPassNote(
  memory: SizeMemory | undefined,
  { startedAtMs, language, timeZone }: Told,
): ReportedNote | undefined {
  const lastMs = Date.parse(memory?.lastGoodRead?.at ?? "");
  if (Number.isNaN(lastMs) || startedAtMs - lastMs <= latestMinutes * 60_000) return undefined;
  const message = authorTexts(language).lastPassLate(renderTime(lastMs, timeZone), latestMinutes);
  return { code: "last-pass-late", message };
}
