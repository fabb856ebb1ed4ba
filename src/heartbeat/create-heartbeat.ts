import { fetchDirectly, fetchFailure } from "../network/fetch-directly.ts";
import type { Heartbeat, PassSignal } from "../ports.ts";

/** A monitor that does not answer holds a pass up for twice this long at most. */
const timeoutMs = 5_000;

const suffixes: Readonly<Record<PassSignal, string>> = { start: "/start", success: "", failure: "/fail" };

/**
 * A monitor that speaks healthchecks.io's protocol: the address itself means success, `/start` and `/fail` behind it say
 * the rest. https://healthchecks.io/docs/http_api/
 */
export function createHeartbeat(address: string): Heartbeat {
  return {
    ping: async (signal) => {
      try {
        // POST: a check can be set to take nothing else, so that link previews do not count as signs of life.
        const response = await fetchDirectly(addressOf(address, signal), { method: "POST" }, { timeoutMs });
        return response.ok ? undefined : `HTTP ${response.status}`;
      } catch (error) {
        return fetchFailure(error);
      }
    },
  };
}

/** The suffix goes before a query such as `?create=1`. */
function addressOf(address: string, signal: PassSignal): URL {
  const url = new URL(address);
  url.pathname = `${url.pathname.replace(/\/+$/u, "")}${suffixes[signal]}`;
  return url;
}
