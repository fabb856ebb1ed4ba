import type { Output } from "./process-face.ts";
import { timeLeft } from "./show-progress.ts";

/** What the line says in words. */
export interface ReadingTexts {
  readonly requests: (count: number, perSecond: number) => string;
  /** AWS refuses requests for their rate. */
  readonly slow: string;
}

/** One line that moves while a pass reads. */
export interface ReadingLine {
  /** A request is over. */
  readonly onRequest: (isThrottled: boolean) => void;
  /** So many requests are known to be left. */
  readonly onWaiting: (requests: number) => void;
  /** Takes the line away, for good. */
  readonly end: () => void;
}

/** To the end of the line: its characters may be twice as wide as they are many. */
const eraseRest = "\u001B[K";
const windowMs = 5_000;
const leastBetweenMs = 200;
/** So long after a refusal it is worth saying. */
const slowForMs = 10_000;

/** Shows on a terminal how many requests a read has sent, how fast, what slows it down, and about how long it still takes; elsewhere nothing. */
export function showReading(
  { isInteractive }: { readonly isInteractive: boolean },
  stderr: Output,
  texts: ReadingTexts,
  nowMs: () => number,
): ReadingLine {
  if (!isInteractive) return { onRequest: () => undefined, onWaiting: () => undefined, end: () => undefined };
  const startedMs = nowMs();
  let times: readonly number[] = [];
  let count = 0;
  let waiting = 0;
  let throttledMs = Number.NEGATIVE_INFINITY;
  let shownMs = Number.NEGATIVE_INFINITY;
  let isOver = false;
  const draw = (atMs: number): void => {
    const seconds = Math.min(windowMs, Math.max(1_000, atMs - startedMs)) / 1_000;
    const perSecond = times.length / seconds;
    const left = timeLeft((waiting / perSecond) * 1_000).trim();
    const isSlow = atMs - throttledMs < slowForMs;
    const parts = [texts.requests(count, Math.round(perSecond)), left, isSlow ? texts.slow : ""];
    const line = parts.filter((part) => part !== "").join(" · ");
    stderr.write(`\r${line}${eraseRest}`);
  };
  return {
    onRequest(isThrottled) {
      const atMs = nowMs();
      count += 1;
      times = [...times.filter((time) => time > atMs - windowMs), atMs];
      if (isThrottled) throttledMs = atMs;
      if (isOver || atMs - shownMs < leastBetweenMs) return;
      shownMs = atMs;
      draw(atMs);
    },
    onWaiting(requests) {
      waiting = requests;
    },
    end() {
      if (isOver) return;
      isOver = true;
      if (count > 0) stderr.write(`\r${eraseRest}`);
    },
  };
}
