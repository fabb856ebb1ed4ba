import type { Agent } from "node:https";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";

/** The agent for requests to AWS when HTTPS_PROXY asks for one and NO_PROXY does not exempt AWS. */
export function awsProxy(region: string): { readonly httpsAgent?: Agent } {
  const httpsAgent = proxyAgentFor(`https://sso.${region}.amazonaws.com`);
  return httpsAgent === undefined ? {} : { httpsAgent };
}

/** The agent for requests to an https address; undefined when no proxy is asked for. */
export function proxyAgentFor(url: string): Agent | undefined {
  const proxyUrl = url.startsWith("https:") ? getProxyForUrl(url) : "";
  return proxyUrl === "" ? undefined : new HttpsProxyAgent(proxyUrl, { keepAlive: true });
}
