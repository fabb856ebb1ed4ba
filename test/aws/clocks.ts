import { setTimeout as wait } from "node:timers/promises";

import type { Clock } from "../../src/ports.ts";

/** A clock that jumps to the next sleeper when everybody sleeps, and keeps the length of every sleep. */
export function createVirtualClock(): Clock & { readonly sleeps: number[] } {
  const sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];
  const sleeps: number[] = [];
  let nowMs = 0;

  function wakeNext(): void {
    sleepers.sort((one, other) => one.atMs - other.atMs);
    const next = sleepers.shift();
    if (next === undefined) return;
    nowMs = Math.max(nowMs, next.atMs);
    next.wake();
  }

  return {
    sleeps,
    now: () => nowMs,
    sleep: (ms) =>
      new Promise((resolve) => {
        sleeps.push(ms);
        sleepers.push({ atMs: nowMs + ms, wake: resolve });
        setImmediate(wakeNext);
      }),
  };
}

/** The real clock, running so many times as fast. */
export function createFastClock(speed: number): Clock {
  const startedMs = performance.now();
  return {
    now: () => (performance.now() - startedMs) * speed,
    sleep: async (ms) => {
      await wait(ms / speed);
    },
  };
}
