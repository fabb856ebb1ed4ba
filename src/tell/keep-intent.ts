import { emptyMemory, type Memory } from "../model/memory.ts";
import { allowedChanges, type Pass } from "../model/pass.ts";
import type { MemoryStore, TimeSource } from "../ports.ts";
import type { BeforeApply } from "../pass/reconcile.ts";
import { rememberPlanned } from "../remember/remember-pass.ts";

/**
 * What the next pass has to know should this one be killed; a pass goes on where it cannot be kept. When another one has
 * written the memory since, what that has done or is about to do is to be looked at first.
 */
export async function keepIntent(
  store: MemoryStore | undefined,
  planned: Pass,
  memory: Memory | undefined,
  { config, clock }: { readonly config: { readonly owner: string }; readonly clock: TimeSource },
): Promise<BeforeApply> {
  if (store === undefined || allowedChanges(planned).length === 0) return "go-on";
  const known = memory ?? emptyMemory(config.owner);
  const { kind } = await store.save(rememberPlanned(known, planned, clock.now()));
  return kind === "overtaken" ? "overtaken" : "go-on";
}
