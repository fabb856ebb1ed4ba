import pLimit from "p-limit";

import type { Clock } from "../ports.ts";
import { callPatiently, type CallResult, type FailedCall } from "./call.ts";
import { incomplete, type Page, readAllPages } from "./pages.ts";
import { isNotFound, toPassError } from "./translate-error.ts";

/** Sends the requests of one read. Its reading methods throw a PassError. */
export interface Reader {
  read<Answer>(operation: string, send: () => Promise<Answer>): Promise<Answer>;
  /** Undefined when AWS says that it does not exist. */
  readIfFound<Answer>(operation: string, send: () => Promise<Answer>): Promise<Answer | undefined>;
  /** All items of a list; `send` gets the token of the page. */
  readList<Answer, Item>(
    operation: string,
    send: (token: string | undefined) => Promise<Answer>,
    pageOf: (answer: Answer) => Page<Item>,
  ): Promise<Item[]>;
  /** Ends the read: whatever has not been asked yet is not asked any more and fails with this error. */
  stop(error: unknown): void;
}

const requestsAtATime = 10;
/** Of one read: far more than any takes, so that answers which trickle do not keep a pass for ever. */
const longestReadMs = 7_200_000;

/** Told how many requests are known to be left, those under way included. */
export type OnWaiting = (requests: number) => void;

/** Creates the reader of one pass; it has at most 10 requests under way. */
export function createReader(clock: Clock, onWaiting?: OnWaiting): Reader {
  const limit = pLimit(requestsAtATime);
  const stopped = new AbortController();
  const endsAtMs = clock.now() + longestReadMs;

  function call<Answer>(operation: string, send: () => Promise<Answer>): Promise<CallResult<Answer>> {
    return limit(() => {
      stopped.signal.throwIfAborted();
      onWaiting?.(limit.pendingCount + limit.activeCount);
      if (clock.now() > endsAtMs) throw incomplete(operation, "reading took more than 2 hours");
      return callPatiently(operation, send, clock);
    });
  }

  async function read<Answer>(operation: string, send: () => Promise<Answer>): Promise<Answer> {
    const result = await call(operation, send);
    if (result.ok) return result.answer;
    throw failureOf(operation, result);
  }

  return {
    read,
    async readIfFound(operation, send) {
      const result = await call(operation, send);
      if (result.ok) return result.answer;
      if (isNotFound(result.error)) return undefined;
      throw failureOf(operation, result);
    },
    readList: (operation, send, pageOf) =>
      readAllPages(operation, async (token) => pageOf(await read(operation, () => send(token)))),
    stop: (error) => {
      stopped.abort(error);
    },
  };
}

function failureOf(operation: string, { error, attempts }: FailedCall): Error {
  return toPassError(operation, error, attempts);
}
