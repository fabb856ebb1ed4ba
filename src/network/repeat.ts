/** What is done again, and when. */
export interface Repetition<Result> {
  /** One attempt, counted from 1. */
  readonly attempt: (count: number) => Promise<Result>;
  /** How long to wait before the next attempt; undefined when this result is the last. */
  readonly waitAfter: (result: Result, count: number) => number | undefined;
  readonly sleep: (ms: number) => Promise<void>;
}

/** Attempts something until its result is to stand. Whatever an attempt throws ends it. */
export async function repeat<Result>({ attempt, waitAfter, sleep }: Repetition<Result>): Promise<Result> {
  for (let count = 1; ; count += 1) {
    const result = await attempt(count);
    const waitMs = waitAfter(result, count);
    if (waitMs === undefined) return result;
    await sleep(waitMs);
  }
}

/** A wait that doubles with every attempt, up to the longest. */
export function doubledMs(firstMs: number, count: number, longestMs = Number.POSITIVE_INFINITY): number {
  return Math.min(longestMs, firstMs * 2 ** (count - 1));
}

/** Between half and all of a wait, so that several callers do not come back together. `random` is 0 up to but not including 1. */
export function spreadMs(waitMs: number, random: number): number {
  return Math.round(waitMs * (0.5 + random / 2));
}
