import type { MemoryStore } from "../ports.ts";
import { decodeMemory, encodeMemory, largestMemoryBytes } from "../remember/decode-memory.ts";

/** The owner's memory inside this process. It is kept as the text a file would hold, so that it means the same and holds on to nothing of a pass. */
export function createProcessMemory(owner: string): MemoryStore {
  let kept: string | undefined;
  return {
    load: () => {
      const memory = kept === undefined ? undefined : decodeMemory(kept, owner);
      return Promise.resolve(memory === undefined ? { kind: "nothing" } : { kind: "memory", memory });
    },
    save: (memory) => {
      const text = encodeMemory(memory);
      if (new TextEncoder().encode(text).length > largestMemoryBytes) {
        return Promise.resolve({ kind: "refused", refusal: { code: "too-large" } });
      }
      kept = text;
      return Promise.resolve({ kind: "saved" });
    },
  };
}
