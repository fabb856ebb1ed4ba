import type { Clock, LeaseStore } from "../../ports.ts";

/** How long a lease lasts that its holder does not renew: another instance takes over after that. */
const leaseMs = 45_000;
const renewMs = 15_000;

/** Which of several instances of `serve` runs the passes that are due. */
export interface Lease {
  /** Whether it is this one; also where that cannot be told, so that passes never stop for it. */
  readonly isHeld: () => boolean;
  /** Takes and renews the lease until the signal is aborted, then gives it back. Calls `onTaken` when it came to this instance. */
  readonly follow: (signal: AbortSignal, onTaken: () => void) => Promise<void>;
}

export interface LeaseOptions {
  readonly store: LeaseStore;
  readonly clock: Clock;
  /** A text that no other instance has. */
  readonly holder: string;
}

/** The lease of the only instance. */
export const ownLease: Lease = { isHeld: () => true, follow: async (_signal, onTaken) => onTaken() };

/**
 * A lease by conditional write: one instance has it for 45 seconds and renews it every 15. It saves requests and guards
 * nothing: two passes at once are safe, and a store that fails lets every instance go on.
 */
export function createLease({ store, clock, holder }: LeaseOptions): Lease {
  let isHeld = false;
  const take = async (): Promise<void> => {
    const stored = await store.read();
    if (stored.kind === "unreadable") {
      isHeld = true;
      return;
    }
    if (stored.kind === "lease" && isAnothers(stored.text, holder, store.now())) {
      isHeld = false;
      return;
    }
    const until = new Date(store.now() + leaseMs).toISOString();
    const before = stored.kind === "lease" ? stored.version : undefined;
    const result = await store.write(leaseText({ holder, until }), before);
    // Who was faster has it; the next look tells.
    isHeld = result !== "conflict";
  };
  return {
    isHeld: () => isHeld,
    async follow(signal, onTaken) {
      while (!signal.aborted) {
        const wasHeld = isHeld;
        await take();
        if (isHeld && !wasHeld && !signal.aborted) onTaken();
        await clock.sleep(renewMs, signal);
      }
      await giveBack(store, holder);
      isHeld = false;
    },
  };
}

interface LeaseEntry {
  readonly holder: string;
  /** ISO 8601 UTC. */
  readonly until: string;
}

function leaseText({ holder, until }: LeaseEntry): string {
  return JSON.stringify({ holder, until });
}

/** A lease that lasts longer than any instance asks for was not written by one, and must not stop the only one. */
function isAnothers(text: string, holder: string, nowMs: number): boolean {
  const entry = parseEntry(text);
  if (entry === undefined || entry.holder === holder) return false;
  const leftMs = Date.parse(entry.until) - nowMs;
  return leftMs > 0 && leftMs <= leaseMs;
}

function parseEntry(text: string): LeaseEntry | undefined {
  try {
    const { holder, until } = JSON.parse(text) as Partial<Record<keyof LeaseEntry, unknown>>;
    return typeof holder === "string" && typeof until === "string" ? { holder, until } : undefined;
  } catch {
    return undefined;
  }
}

/** So that another instance need not wait for its end. */
async function giveBack(store: LeaseStore, holder: string): Promise<void> {
  const stored = await store.read();
  if (stored.kind !== "lease" || parseEntry(stored.text)?.holder !== holder) return;
  await store.write(leaseText({ holder: "", until: new Date(0).toISOString() }), stored.version);
}
