import type { Clock } from "../ports.ts";

/** What a request is for: writes keep AWS at work, polls tell when to go on, and reading has the time that they leave. */
export type Purpose = "write" | "poll" | "read";

/** Lets requests through at a limited rate, writes before polls before reads, each kind in the order in which they came. */
export interface Pacer {
  /** Resolves when the request may be sent. */
  take(purpose?: Purpose): Promise<void>;
  /** Tells that a request was refused because of the rate: others use the same quota, so that ours is smaller for now. */
  slowDown(): void;
}

export interface PacerOptions {
  /** The rate that is never exceeded. */
  readonly requestsPerSecond: number;
  /** Requests that may go out at once after a quiet time; 1 spaces all of them evenly. */
  readonly burst?: number;
  readonly clock: Clock;
}

const slowerBy = 0.7;
const slowestPerSecond = 1;
/** Refusals within this time are of the same crowd, and slow the pace once. */
const sameCrowdMs = 1_000;
const gainPerSecond = 0.25;

/**
 * A token bucket: in any second it lets at most rate + burst requests through. The rate falls by 30 % with a refusal and
 * rises again by a request per second every 4 seconds.
 *
 *     rate 4/s, burst 2, six requests at 0:   ●●───●───●───●───●   one every 250 ms after the burst
 */
export function createPacer({ requestsPerSecond, burst = 1, clock }: PacerOptions): Pacer {
  const waiting: Record<Purpose, (() => void)[]> = { write: [], poll: [], read: [] };
  const next = () => waiting.write.shift() ?? waiting.poll.shift() ?? waiting.read.shift();
  const pace = createPace(requestsPerSecond, clock);
  let nextFreeMs = Number.NEGATIVE_INFINITY;
  let letting = false;

  const letThrough = async (): Promise<void> => {
    while (waiting.write.length + waiting.poll.length + waiting.read.length > 0) {
      const nowMs = clock.now();
      const intervalMs = 1_000 / pace.perSecond();
      const turnMs = Math.max(nextFreeMs, nowMs - (burst - 1) * intervalMs);
      if (turnMs > nowMs) {
        await clock.sleep(Math.ceil(turnMs - nowMs));
        continue;
      }
      nextFreeMs = turnMs + intervalMs;
      next()?.();
    }
    letting = false;
  };

  return {
    take: (purpose = "read") =>
      new Promise((resolve) => {
        waiting[purpose].push(resolve);
        if (letting) return;
        letting = true;
        void letThrough();
      }),
    slowDown: () => pace.slowDown(),
  };
}

function createPace(most: number, clock: Clock): { perSecond(): number; slowDown(): void } {
  let slowed = most;
  let slowedAtMs = Number.NEGATIVE_INFINITY;
  const perSecond = (): number =>
    slowed === most ? most : Math.min(most, slowed + ((clock.now() - slowedAtMs) / 1_000) * gainPerSecond);
  return {
    perSecond,
    slowDown() {
      if (clock.now() - slowedAtMs < sameCrowdMs) return;
      slowed = Math.max(Math.min(slowestPerSecond, most), perSecond() * slowerBy);
      slowedAtMs = clock.now();
    },
  };
}
