import { AwsError } from "../protocol/aws-error.ts";
import { hexDigits } from "../sandbox-id.ts";

/** Temporary credentials that the sandbox has given out. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly arn: string;
  readonly expiresAtMs: number;
}

/** The sessions of roles. Long-term access keys are taken for the caller's own, whatever they are. */
export interface Sessions {
  open(arn: string, seconds: number): Session;
  /** The session of the key; undefined for a long-term key. Throws when the session is over, or not one of these. */
  find(accessKeyId: string, sessionToken: string | undefined): Session | undefined;
}

/** The answer to an access key that does not exist. */
export function invalidToken(): AwsError {
  const message = "The security token included in the request is invalid.";
  return new AwsError("UnrecognizedClientException", message, { origin: "front end" });
}

/** Keeps sessions by their access key; `epochMs` is the sandbox's time. */
export function createSessions(epochMs: () => number): Sessions {
  const sessions = new Map<string, Session>();
  return {
    open(arn, seconds) {
      const number = sessions.size + 1;
      const session: Session = {
        accessKeyId: `ASIASANDBOX${String(number).padStart(9, "0")}`,
        secretAccessKey: `secret-of-session-${hexDigits(`secret ${number}`, 24)}`,
        sessionToken: `token-of-session-${hexDigits(`token ${number}`, 120)}`,
        arn,
        expiresAtMs: epochMs() + seconds * 1000,
      };
      sessions.set(session.accessKeyId, session);
      return session;
    },
    find(accessKeyId, sessionToken) {
      if (!accessKeyId.startsWith("ASIA")) return undefined;
      const session = sessions.get(accessKeyId);
      if (session === undefined || session.sessionToken !== sessionToken) {
        throw invalidToken();
      }
      if (epochMs() >= session.expiresAtMs) {
        const message = "The security token included in the request is expired";
        throw new AwsError("ExpiredTokenException", message, { origin: "front end" });
      }
      return session;
    },
  };
}
