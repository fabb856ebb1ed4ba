/** What a request by fetch may take at most. */
export interface FetchBounds {
  /** From beginning to end, the answer's content included; left to the request's own signal when undefined. */
  readonly timeoutMs?: number;
  /** Of the answer's content, once it is decompressed. */
  readonly maxBytes?: number;
}

const defaultMaxBytes = 5_000_000;

/** Statuses whose answers have no content. https://fetch.spec.whatwg.org/#null-body-status */
const withoutContent: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * The answer of just this address: a redirect is an answer like any other and is not followed, since what is sent may
 * be a secret. The content is read whole. Throws for an answer that is late or too large; see fetchFailure.
 */
export async function fetchDirectly(
  url: string | URL,
  init: RequestInit,
  { timeoutMs, maxBytes = defaultMaxBytes }: FetchBounds,
): Promise<Response> {
  const deadline = timeoutMs === undefined ? {} : { signal: AbortSignal.timeout(timeoutMs) };
  const response = await fetch(url, { ...init, redirect: "manual", ...deadline });
  const content = await readContent(response, maxBytes);
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  // The content has been decompressed.
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  return new Response(withoutContent.has(status) ? null : content, { status, statusText, headers });
}

async function readContent({ body }: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > maxBytes) throw new TypeError("too large", { cause: { code: "ANSWER_TOO_LARGE" } });
    chunks.push(chunk);
  }
  const content = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    content.set(chunk, at);
    at += chunk.length;
  }
  return content;
}

/** Why fetch gave no answer: a code only, since whatever else an error says may hold the address, which can be a secret. */
export function fetchFailure(error: unknown): string {
  if (!(error instanceof Error)) return "no answer";
  if (error.name === "TimeoutError") return "no answer in time";
  const { cause } = error;
  const code: unknown =
    typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  return typeof code === "string" && /^[A-Z_0-9]{1,64}$/u.test(code) ? code : "no answer";
}
