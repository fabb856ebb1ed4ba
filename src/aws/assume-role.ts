import { AssumeRoleWithWebIdentityCommand, type Credentials, type STSClient } from "@aws-sdk/client-sts";

import { PassError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import { requireMember } from "./pages.ts";
import { readTokenClaims } from "./token-claims.ts";
import { attemptsOf, errorMessage, errorName, isThrottled, toPassError } from "./translate-error.ts";
import type { WebIdentity } from "./web-identity.ts";

/** Temporary credentials of a role, as the SDK takes them. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

const operation = "AssumeRoleWithWebIdentity";
const delaysMs = [1000, 2000, 4000];

/**
 * Trades a token for credentials of the role; waits a little when STS could not reach the token's issuer. Throws a
 * PassError that tells what the token claims and which part of the trust it did not fit.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export async function assumeRole(
  client: STSClient,
  { role, sessionName, leftAside }: WebIdentity,
  token: string,
  clock: Clock,
): Promise<SessionCredentials> {
  const input = { RoleArn: role, RoleSessionName: sessionName, WebIdentityToken: token };
  let attempts = 0;
  for (let round = 0; ; round += 1) {
    try {
      const answer = await client.send(new AssumeRoleWithWebIdentityCommand(input));
      return decodeCredentials(answer.Credentials);
    } catch (error) {
      attempts += attemptsOf(error);
      const delayMs = delaysMs[round];
      if (delayMs === undefined || !willPass(error))
        throw explain(error, attempts, { role, leftAside }, token);
      await clock.sleep(delayMs);
    }
  }
}

function decodeCredentials(credentials: Credentials | undefined): SessionCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  return {
    accessKeyId: requireMember(operation, "AccessKeyId", AccessKeyId),
    secretAccessKey: requireMember(operation, "SecretAccessKey", SecretAccessKey),
    sessionToken: requireMember(operation, "SessionToken", SessionToken),
    expiration: requireMember(operation, "Expiration", Expiration),
  };
}

/** STS fetches the issuer's keys itself, and says in two ways that it could not. */
function cannotReachIssuer(error: unknown): boolean {
  if (errorName(error).startsWith("IDPCommunicationError")) return true;
  return isInvalidToken(error) && /verification key/iu.test(errorMessage(error));
}

function isInvalidToken(error: unknown): boolean {
  return /^(?:InvalidIdentityToken|IDPRejectedClaim)/u.test(errorName(error));
}

function willPass(error: unknown): boolean {
  return cannotReachIssuer(error) || isThrottled(error);
}

/** STS names the condition that failed for the audience only; AWS's own words are left out where they may quote the token. */
function explain(
  error: unknown,
  attempts: number,
  { role, leftAside }: { readonly role: string; readonly leftAside: string | undefined },
  token: string,
): PassError {
  const told = { role, ...readTokenClaims(token), ...(leftAside !== undefined && { leftAside }) };
  const name = errorName(error);
  const message = errorMessage(error);
  if (cannotReachIssuer(error)) return new PassError("aws.issuer-unreachable", { ...told, attempts });
  if (name.startsWith("ExpiredToken")) return new PassError("aws.expired-token", told);
  if (isInvalidToken(error)) {
    if (/audience/iu.test(message)) return new PassError("aws.wrong-audience", told);
    if (/no openidconnect provider/iu.test(message)) return new PassError("aws.no-identity-provider", told);
    return new PassError("aws.invalid-token", told);
  }
  if (name.startsWith("AccessDenied")) {
    // Without a word about policies: no statement of the trust policy lets this token in.
    const isDenied = /explicit deny|service control|resource control|because no/iu.test(message);
    return new PassError(isDenied ? "aws.trust-denied" : "aws.wrong-subject", told);
  }
  return toPassError(operation, error, attempts);
}
