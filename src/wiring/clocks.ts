import { setTimeout as wait } from "node:timers/promises";
import type { Clock, TimeSource } from "../ports.ts";

/** The machine's clock. */
export const systemClock: Clock = acceleratedClock(1);

/** A clock that runs `speed` times as fast as the machine's: what a sandbox of the same speed goes with. */
export function acceleratedClock(speed: number): Clock {
  const startMs = Date.now();
  return {
    now: () => startMs + (Date.now() - startMs) * speed,
    sleep: async (ms, signal) => {
      try {
        await wait(ms / speed, undefined, signal === undefined ? {} : { signal });
      } catch (error) {
        if (signal?.aborted !== true) throw error;
      }
    },
  };
}

/** Keeps how far another clock is ahead of ours, by what it showed last; undefined before it has shown anything. */
export function watchClock(clock: TimeSource): {
  readonly onDate: (ms: number) => void;
  readonly aheadMs: () => number | undefined;
} {
  let aheadMs: number | undefined;
  return {
    onDate: (ms) => {
      aheadMs = ms - clock.now();
    },
    aheadMs: () => aheadMs,
  };
}
