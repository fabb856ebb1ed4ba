import type { TokenClaims } from "../errors.ts";

/**
 * What an OpenID Connect token says of itself, for messages: nothing here verifies it, AWS does. Never throws; what
 * cannot be read is `?`. https://datatracker.ietf.org/doc/html/rfc7519
 */
export function readTokenClaims(token: string): TokenClaims {
  const claims = decodePayload(token.split(".")[1] ?? "");
  return { iss: show(claims["iss"]), sub: show(claims["sub"]), aud: show(claims["aud"]) };
}

function decodePayload(payload: string): Readonly<Record<string, unknown>> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
    return typeof claims === "object" && claims !== null ? (claims as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const longestClaim = 300;

/** Visible ASCII only: a claim is shown in terminals, logs and Slack. */
function show(claim: unknown): string {
  const text = Array.isArray(claim) ? claim.join(" ") : claim;
  if (typeof text !== "string" || text === "") return "?";
  return text.replaceAll(/[^\x20-\x7e]/gu, "?").slice(0, longestClaim);
}
