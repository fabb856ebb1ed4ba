import type { MemoryLoss, MemoryRefusal } from "../model/memory.ts";
import type { MemoryStore } from "../ports.ts";
import { rememberAdoption } from "../remember/remember-sets.ts";

interface AdoptedSets {
  readonly instanceArn: string;
  readonly arns: readonly string[];
}

/** What came of leaving the proof; only after `kept` the next pass will believe the tags. */
export type KeptAdoption =
  | { readonly kind: "kept" | "overtaken" }
  | { readonly kind: "lost"; readonly loss: MemoryLoss }
  | { readonly kind: "refused"; readonly refusal: MemoryRefusal };

/**
 * Leaves in the service's memory which sets are about to be taken over: a tag alone, which can be forged, is not
 * believed of a set that was not ours. Done once more each time that a pass has written the memory meanwhile.
 */
export async function keepAdoption(
  store: MemoryStore,
  sets: AdoptedSets,
  attempts = 3,
): Promise<KeptAdoption> {
  const loaded = await store.load();
  if (loaded.kind === "lost") return loaded;
  // Nothing is known of this instance, so that no pass takes a set for another owner's.
  if (loaded.kind === "nothing" || loaded.memory.instanceArn !== sets.instanceArn) return { kind: "kept" };
  const saved = await store.save(rememberAdoption(loaded.memory, sets.arns));
  if (saved.kind === "saved") return { kind: "kept" };
  if (saved.kind === "overtaken" && attempts > 1) return keepAdoption(store, sets, attempts - 1);
  return saved;
}
