import { emptyMemory, type RememberedPause } from "../model/memory.ts";
import type { MemoryStore } from "../ports.ts";
import { PassError } from "../errors.ts";

/** To pause the sync, or to go on. */
export type StopSwitch =
  | { readonly kind: "pause"; readonly by: string; readonly reason: string }
  | { readonly kind: "resume" };

interface PauseContext {
  readonly owner: string;
  readonly nowMs: number;
}

/**
 * Leaves in the memory that passes write nothing to AWS from now on, or that they do again. Done once more each time that
 * a pass has written the memory meanwhile. Throws a PassError without a memory, and when it cannot be kept.
 */
export async function keepPause(
  store: MemoryStore | undefined,
  wanted: StopSwitch,
  context: PauseContext,
  attempts = 3,
): Promise<void> {
  if (store === undefined) throw new PassError("config.pause-needs-memory", {});
  const loaded = await store.load();
  if (loaded.kind === "lost") throw new PassError("pass.pause-not-kept", {});
  const { paused: _before, ...rest } = loaded.kind === "memory" ? loaded.memory : emptyMemory(context.owner);
  const { kind } = await store.save({ ...rest, ...pausedBy(wanted, context.nowMs) });
  if (kind === "saved") return;
  if (kind === "refused" || attempts <= 1) throw new PassError("pass.pause-not-kept", {});
  await keepPause(store, wanted, context, attempts - 1);
}

function pausedBy(wanted: StopSwitch, nowMs: number): { readonly paused?: RememberedPause } {
  if (wanted.kind === "resume") return {};
  return { paused: { by: wanted.by, reason: wanted.reason, at: new Date(nowMs).toISOString() } };
}
