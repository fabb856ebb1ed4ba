import type { Clock } from "../ports.ts";
import { readFailure, type RequestFailure } from "./request-failure.ts";

export interface RetrySettings {
  readonly clock: Clock;
  /** Spreads the waits; 0 up to but not including 1. */
  readonly random?: (() => number) | undefined;
  /** Called for every request sent, the repeated ones too. */
  readonly onRequest?: (() => void) | undefined;
}

export type SendResult<Answer> =
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "failed"; readonly failure: RequestFailure; readonly attempts: number };

const maxAttempts = 5;
const firstWaitMs = 500;
const longestWaitMs = 8_000;

/**
 * Sends a request up to five times, waiting about 0.5, 1, 2 and 4 seconds in between: kintone names no time to wait
 * (its 429 comes without Retry-After) and its client never repeats anything.
 */
export async function sendWithRetries<Answer>(
  send: () => Promise<Answer>,
  isWorthRetrying: (failure: RequestFailure) => boolean,
  { clock, random = Math.random, onRequest }: RetrySettings,
): Promise<SendResult<Answer>> {
  for (let attempts = 1; ; attempts += 1) {
    onRequest?.();
    try {
      return { kind: "answered", answer: await send() };
    } catch (error) {
      const failure = readFailure(error);
      if (attempts === maxAttempts || !isWorthRetrying(failure)) return { kind: "failed", failure, attempts };
    }
    await clock.sleep(waitMs(attempts, random()));
  }
}

/** Between half and all of a wait that doubles, so that several callers do not come back together. */
function waitMs(attempts: number, random: number): number {
  const full = Math.min(longestWaitMs, firstWaitMs * 2 ** (attempts - 1));
  return Math.round(full * (0.5 + random / 2));
}
