import type { MemoryStore } from "../ports.ts";
import { decodeMemory, encodeMemory, largestMemoryBytes } from "../remember/decode-memory.ts";

/** The owner's memory inside this process. It is kept as the text a file would hold, so that it means the same and holds on to nothing of a pass. */
export function createProcessMemory(owner: string): MemoryStore {
  let kept: string | undefined;
  return {
    load: () => Promise.resolve(kept === undefined ? undefined : decodeMemory(kept, owner)),
    save: (memory) => {
      const text = encodeMemory(memory);
      if (Buffer.byteLength(text) > largestMemoryBytes) return Promise.resolve("larger than 20 MB");
      kept = text;
      return Promise.resolve(undefined);
    },
  };
}
