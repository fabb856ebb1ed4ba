import type { Agent } from "node:https";
import { HttpsProxyAgent } from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";

/** The agent for requests to AWS when HTTPS_PROXY asks for one and NO_PROXY does not exempt AWS. */
export function awsProxy(region: string): { readonly httpsAgent?: Agent } {
  const proxyUrl = getProxyForUrl(`https://sso.${region}.amazonaws.com`);
  return proxyUrl === "" ? {} : { httpsAgent: new HttpsProxyAgent(proxyUrl, { keepAlive: true }) };
}
