import type { Clock } from "../../src/ports.ts";

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/** A clock whose time jumps to the next waking whenever everything that runs is asleep; it keeps the length of every sleep. */
export function createVirtualClock(
  startMs = Date.UTC(2026, 10, 20),
): Clock & { readonly sleeps: readonly number[] } {
  const sleeps: number[] = [];
  let nowMs = startMs;
  let sleepers: Sleeper[] = [];
  let waiting = false;

  const wakeNext = (): void => {
    waiting = false;
    const earliest = Math.min(...sleepers.map(({ atMs }) => atMs));
    const next = sleepers.find(({ atMs }) => atMs === earliest);
    if (next === undefined) return;
    sleepers = sleepers.filter((sleeper) => sleeper !== next);
    nowMs = Math.max(nowMs, next.atMs);
    next.wake();
    waitForWork();
  };
  const waitForWork = (): void => {
    if (waiting || sleepers.length === 0) return;
    waiting = true;
    setImmediate(wakeNext);
  };

  return {
    sleeps,
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        sleeps.push(ms);
        if (signal?.aborted === true) return resolve();
        const wake = (): void => {
          signal?.removeEventListener("abort", wake);
          resolve();
        };
        signal?.addEventListener("abort", wake, { once: true });
        sleepers.push({ atMs: nowMs + ms, wake });
        return waitForWork();
      }),
  };
}
