import type { Agent } from "node:https";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";
import type { Surroundings } from "../process/process-face.ts";

/** Gives the agent for requests to an https address; undefined when no proxy is asked for. */
export function proxyAgents({ usesProxies }: Surroundings): (url: string) => Agent | undefined {
  return (url) => {
    const proxyUrl = usesProxies && url.startsWith("https:") ? getProxyForUrl(url) : "";
    return proxyUrl === "" ? undefined : new HttpsProxyAgent(proxyUrl, { keepAlive: true });
  };
}
