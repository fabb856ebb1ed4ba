import { Agent } from "node:https";
import { createSecureContext, type SecureContext } from "node:tls";

import { KintoneRestAPIClient } from "@kintone/rest-api-client";

import { PassError } from "../errors.ts";
import type { Config, Secrets, KintoneSecrets, ClientCertificate } from "../model/config.ts";
import { boundRequests } from "./bound-requests.ts";

export interface KintoneClientSettings {
  readonly config: Config["kintone"];
  readonly secrets: KintoneSecrets;
  /** How long a connection may stay silent; the client itself would wait forever. */
  readonly socketTimeoutMs?: number;
  /** How long a request may take from beginning to end: a connection on which something trickles is never silent. */
  readonly deadlineMs?: number;
  /** Of createKintoneAgent, for a caller that closes the connections; by default one of the client's own. */
  readonly httpsAgent?: Agent;
  /** Whether HTTPS_PROXY and NO_PROXY count, which the axios inside the client reads; they do by default. */
  readonly usesProxies?: boolean;
  /** Called with what kintone's clock shows, in milliseconds, whenever it answers. */
  readonly onDate?: (ms: number) => void;
}

/**
 * Creates the client for both apps. Throws a PassError when the client certificate cannot be opened.
 */
export function createKintoneClient({
  config,
  secrets,
  socketTimeoutMs = 30_000,
  deadlineMs = 120_000,
  httpsAgent = createKintoneAgent(secrets),
  usesProxies = true,
  onDate,
}: KintoneClientSettings): KintoneRestAPIClient {
  const client = new KintoneRestAPIClient({
    baseUrl: config.baseUrl,
    auth: authOf(secrets.kintone),
    ...(secrets.kintoneBasicAuth && { basicAuth: { ...secrets.kintoneBasicAuth } }),
    ...(config.guestSpaceId !== undefined && { guestSpaceId: config.guestSpaceId }),
    httpsAgent,
    ...(!usesProxies && { proxy: false as const }),
    // Without it a search that kintone cut off at 100,000 matches looks complete, and the rest looks deleted.
    featureFlags: { enableAbortSearchError: true },
    socketTimeout: socketTimeoutMs,
    userAgent: "kintone-sso-sync",
  });
  boundRequests(client, { deadlineMs, onDate });
  return client;
}

function authOf(secret: Secrets["kintone"]) {
  return secret.kind === "api-token"
    ? { apiToken: [...secret.tokens] }
    : { username: secret.username, password: secret.password };
}

/**
 * One agent for all requests: the client's own clientCertAuth would make a new one, without keep-alive, for each. Throws
 * a PassError when the client certificate cannot be opened.
 */
export function createKintoneAgent({ kintoneClientCertificate: certificate }: ClientCertificate): Agent {
  return new Agent({
    keepAlive: true,
    ...(certificate && { secureContext: openCertificate(certificate) }),
  });
}

/** Opens the certificate once and early; the TLS library's own message says nothing a user could act on. */
function openCertificate({ pfx, password }: NonNullable<Secrets["kintoneClientCertificate"]>): SecureContext {
  try {
    return createSecureContext({ pfx: Buffer.from(pfx), passphrase: password });
  } catch (error) {
    const isPassword = error instanceof Error && /mac verify/i.test(error.message);
    const problem = isPassword
      ? { path: "KINTONE_PFX_FILE_PASSWORD", message: "does not open the client certificate" }
      : {
          path: "KINTONE_PFX_FILE_PATH",
          message: "is not a PKCS #12 file that OpenSSL 3 can read (export it anew with AES encryption)",
        };
    throw new PassError("config.invalid", { problems: [problem] });
  }
}
