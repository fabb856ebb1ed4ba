import { pipeline, Readable, Transform } from "node:stream";

import { NodeHttpHandler, type NodeHttpHandlerOptions } from "@smithy/node-http-handler";

export interface AnswerBounds {
  /** How long a request may take from beginning to end, the answer's content included. */
  readonly deadlineMs: number;
  /** Of the answer's content. The SDK asks for no compressed answers and decompresses none. */
  readonly maxBytes: number;
}

/**
 * The SDK's HTTP handler, with an end: the SDK's own time limits are over once an answer has begun, so that one that
 * trickles would never end, and its size has no limit. It follows no redirects.
 */
export function createBoundedHandler(
  options: NodeHttpHandlerOptions,
  { deadlineMs, maxBytes }: AnswerBounds,
): NodeHttpHandler {
  const handler = new NodeHttpHandler(options);
  const handle = handler.handle.bind(handler);
  handler.handle = async (request, { abortSignal, ...rest } = {}) => {
    const bounded = new AbortController();
    const stop = (): void => bounded.abort();
    if (abortSignal?.aborted === true) stop();
    else if (abortSignal) (abortSignal as AbortSignal).addEventListener("abort", stop, { once: true });
    const timer = setTimeout(stop, deadlineMs);
    const release = (): void => {
      clearTimeout(timer);
      (abortSignal as AbortSignal | undefined)?.removeEventListener("abort", stop);
    };
    const isLate = (): boolean => bounded.signal.aborted && abortSignal?.aborted !== true;
    try {
      const { response } = await handle(request, { ...rest, abortSignal: bounded.signal });
      if (response.body instanceof Readable) response.body = limit(response.body, maxBytes, isLate, release);
      else release();
      return { response };
    } catch (error) {
      release();
      throw isLate() ? lateError() : error;
    }
  };
  return handler;
}

/** The same content, which fails when it is late or too large. */
function limit(body: Readable, maxBytes: number, isLate: () => boolean, release: () => void): Readable {
  let size = 0;
  const counted = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.length;
      done(size > maxBytes ? tooLargeError() : null, chunk);
    },
    destroy(error, done) {
      done(error !== null && isLate() ? lateError() : error);
    },
  });
  pipeline(body, counted, release);
  return counted;
}

/** Named as the SDK names a connection that takes too long, which it repeats. */
function lateError(): Error {
  return Object.assign(new Error("no answer in time"), { name: "TimeoutError", code: "ETIMEDOUT" });
}

function tooLargeError(): Error {
  return Object.assign(new Error("the answer is too large"), { code: "ANSWER_TOO_LARGE" });
}
