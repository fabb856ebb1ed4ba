import { doubledMs, repeat, spreadMs } from "../network/repeat.ts";
import type { Clock } from "../ports.ts";
import { readFailure, type RequestFailure } from "./request-failure.ts";

export interface RetrySettings {
  readonly clock: Clock;
  /** Spreads the waits; 0 up to but not including 1. */
  readonly random?: (() => number) | undefined;
  /** Called for every request once it is over, the repeated ones too, with what went wrong. */
  readonly onRequest?: ((failure?: RequestFailure) => void) | undefined;
  /** How long one request may take from beginning to end. */
  readonly deadlineMs?: number | undefined;
}

export type SendResult<Answer> =
  | { readonly kind: "answered"; readonly answer: Answer }
  | { readonly kind: "failed"; readonly failure: RequestFailure; readonly attempts: number };

// The socket's time limit starts anew with every byte, and does not run at all while a proxy is silent.
const longestRequestMs = 120_000;
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
  { clock, random = Math.random, onRequest, deadlineMs = longestRequestMs }: RetrySettings,
): Promise<SendResult<Answer>> {
  return repeat<SendResult<Answer>>({
    attempt: async (attempts) => {
      try {
        const answer = await withinDeadline(send, deadlineMs);
        onRequest?.();
        return { kind: "answered", answer };
      } catch (error) {
        const failure = readFailure(error);
        onRequest?.(failure);
        return { kind: "failed", failure, attempts };
      }
    },
    waitAfter: (result, attempts) =>
      result.kind === "answered" || attempts === maxAttempts || !isWorthRetrying(result.failure)
        ? undefined
        : spreadMs(doubledMs(firstWaitMs, attempts, longestWaitMs), random()),
    sleep: (ms) => clock.sleep(ms),
  });
}

/** The answer, or an error like that of a timed-out socket; a request that is given up on is left to itself. */
async function withinDeadline<Answer>(send: () => Promise<Answer>, deadlineMs: number): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" }));
    }, deadlineMs);
  });
  try {
    return await Promise.race([send(), late]);
  } finally {
    clearTimeout(timer);
  }
}
