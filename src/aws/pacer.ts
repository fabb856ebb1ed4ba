import type { Clock } from "../ports.ts";

/** Lets requests through at a limited rate, in the order in which they came. */
export interface Pacer {
  /** Resolves when the request may be sent. */
  take(): Promise<void>;
}

export interface PacerOptions {
  readonly requestsPerSecond: number;
  /** Requests that may go out at once after a quiet time; 1 spaces all of them evenly. */
  readonly burst?: number;
  readonly clock: Clock;
}

/**
 * A token bucket that hands out moments instead of tokens: each request gets the next free one at once, so nobody can
 * overtake. In any second it lets at most rate + burst requests through.
 *
 *     rate 4/s, burst 2, six requests at 0:   ●●───●───●───●───●   one every 250 ms after the burst
 */
export function createPacer({ requestsPerSecond, burst = 1, clock }: PacerOptions): Pacer {
  const intervalMs = 1000 / requestsPerSecond;
  let nextFreeMs = Number.NEGATIVE_INFINITY;
  return {
    async take() {
      const nowMs = clock.now();
      const turnMs = Math.max(nextFreeMs, nowMs - (burst - 1) * intervalMs);
      nextFreeMs = turnMs + intervalMs;
      if (turnMs > nowMs) await clock.sleep(Math.ceil(turnMs - nowMs));
    },
  };
}
