import type { Language } from "../model/config.ts";
import type { LoadedMemory } from "../model/memory.ts";
import type { ReportedNote } from "../model/run-report.ts";
import { describeMemoryLoss, memoryTexts } from "../words/memory-texts.ts";

/** The remark on a memory that does not count, and on a service that has none; `loaded` is undefined where no store is. */
export function memoryNote(loaded: LoadedMemory | undefined, language: Language): ReportedNote | undefined {
  if (loaded === undefined) return { code: "no-memory", message: memoryTexts(language).none };
  if (loaded.kind !== "lost") return undefined;
  return { code: "memory-lost", message: describeMemoryLoss(loaded.loss, language) };
}
