import type { KintoneRestAPIClient } from "@kintone/rest-api-client";
import { type AxiosAdapter, getAdapter } from "axios";

/** A page of 500 records with a policy of 10 KB in each is a tenth of it. */
const maxAnswerBytes = 64_000_000;

interface ConfigBuilder {
  build: (...request: readonly unknown[]) => Promise<object>;
}

interface RequestBounds {
  readonly deadlineMs: number;
  /** Called with what kintone's clock shows, in milliseconds, whenever it answers. */
  readonly onDate?: ((ms: number) => void) | undefined;
}

/**
 * Makes the client follow no redirects, wherever they lead (it would send the API token along), and read no answer
 * longer than the deadline or the largest size, once it is decompressed. The client has no options for these, so they
 * are put into what it hands to axios.
 */
export function boundRequests(client: KintoneRestAPIClient, { deadlineMs, onDate }: RequestBounds): void {
  const adapter = boundedAdapter(onDate);
  // All parts of the client share one.
  const http: unknown = Reflect.get(client.app, "client");
  const builder = Reflect.get(Object(http) as object, "requestConfigBuilder") as ConfigBuilder;
  const build = builder.build.bind(builder);
  builder.build = async (...request) => ({
    ...(await build(...request)),
    maxRedirects: 0,
    adapter,
    signal: AbortSignal.timeout(deadlineMs),
  });
}

const send = getAdapter("http");

/** The client itself asks axios for answers of any size. */
function boundedAdapter(onDate: RequestBounds["onDate"]): AxiosAdapter {
  return async (config) => {
    try {
      const answer = await send({ ...config, maxContentLength: maxAnswerBytes });
      const ms = Date.parse(String(answer.headers["date"]));
      if (!Number.isNaN(ms)) onDate?.(ms);
      return answer;
    } catch (error) {
      const { message } = error instanceof Error ? error : { message: "" };
      if (!message.startsWith("maxContentLength")) throw error;
      throw Object.assign(new Error("the answer is too large"), { code: "ANSWER_TOO_LARGE" });
    }
  };
}
