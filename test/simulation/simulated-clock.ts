import type { Clock } from "../../src/ports.ts";

/** A clock that jumps to the next waking whenever everything that runs is asleep, and wherever it is told to. */
export interface SimulatedClock extends Clock {
  readonly jump: (ms: number) => void;
}

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

export function createSimulatedClock(startMs: number): SimulatedClock {
  let nowMs = startMs;
  let waiting = false;
  const sleepers = new Set<Sleeper>();

  const wakeNext = (): void => {
    waiting = false;
    let next: Sleeper | undefined;
    for (const sleeper of sleepers) if (next === undefined || sleeper.atMs < next.atMs) next = sleeper;
    if (next === undefined) return;
    sleepers.delete(next);
    nowMs = Math.max(nowMs, next.atMs);
    next.wake();
    waitForWork();
  };
  // What an immediate runs after is everything that could go on without the time passing.
  const waitForWork = (): void => {
    if (waiting || sleepers.size === 0) return;
    waiting = true;
    setImmediate(wakeNext);
  };

  return {
    now: () => nowMs,
    jump: (ms) => void (nowMs += ms),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const stop = (): void => {
          sleepers.delete(sleeper);
          resolve();
        };
        const sleeper = {
          atMs: nowMs + ms,
          wake: () => {
            signal?.removeEventListener("abort", stop);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal?.addEventListener("abort", stop);
        return waitForWork();
      }),
  };
}
