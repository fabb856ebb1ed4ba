import type { STSClient } from "@aws-sdk/client-sts";

import { assumeRole, type SessionCredentials } from "./assume-role.ts";
import { fetchIdToken, type IdTokenOptions } from "./id-token.ts";
import type { WebIdentity } from "./web-identity.ts";

/** Gives credentials that are good for the next minutes; the SDK's clients ask it before every request. */
export interface CredentialSource {
  (): Promise<SessionCredentials>;
  /** Tells the SDK that it need not keep the answer: it would go by another clock. */
  readonly memoized: true;
}

export interface SessionCredentialsOptions extends IdTokenOptions {
  readonly identity: WebIdentity;
  readonly sts: STSClient;
  /** Told of every secret that arrives, before anything is done with it. */
  readonly onSecrets: (secrets: readonly string[]) => void;
}

const renewAheadMs = 300_000;
/** Credentials are used to the end when they cannot be renewed, and a renewal is tried again after so long. */
const lastUseMs = 30_000;
const renewAgainMs = 60_000;

/**
 * Credentials of a role for the CI job's own token: fetched at the first request, renewed five minutes before they
 * expire, shared by all clients. It throws a PassError.
 */
export function createSessionCredentials(options: SessionCredentialsOptions): CredentialSource {
  const { identity, sts, clock, onSecrets } = options;
  let held: SessionCredentials | undefined;
  let renewAtMs = 0;
  let pending: Promise<SessionCredentials> | undefined;

  async function renew(): Promise<SessionCredentials> {
    const token = await fetchIdToken(identity.source, options);
    onSecrets([token, token.split(".").at(-1) ?? ""]);
    const credentials = await assumeRole(sts, identity, token, clock);
    onSecrets([credentials.secretAccessKey, credentials.sessionToken]);
    held = credentials;
    renewAtMs = credentials.expiration.getTime() - renewAheadMs;
    return credentials;
  }

  async function renewOnce(): Promise<SessionCredentials> {
    try {
      return await renew();
    } finally {
      pending = undefined;
    }
  }

  async function current(): Promise<SessionCredentials> {
    const usable = held;
    if (usable !== undefined && clock.now() < renewAtMs) return usable;
    pending ??= renewOnce();
    try {
      return await pending;
    } catch (error) {
      if (usable === undefined || clock.now() >= usable.expiration.getTime() - lastUseMs) throw error;
      renewAtMs = clock.now() + renewAgainMs;
      return usable;
    }
  }

  return Object.assign(current, { memoized: true as const });
}

/** Credentials that do not exist: asking for them gives the error. */
export function refuse(error: unknown): CredentialSource {
  async function fail(): Promise<never> {
    throw error;
  }
  return Object.assign(fail, { memoized: true as const });
}
