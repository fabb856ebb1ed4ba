import type { SeedWebIdentity } from "../aws-seed.ts";
import { AwsError } from "../protocol/aws-error.ts";
import { required, structure } from "../protocol/request-shapes.ts";
import type { ValueOf } from "../protocol/request-shapes.ts";
import { createService } from "../protocol/service.ts";
import type { Service, Output } from "../protocol/service.ts";
import type { Sessions } from "./sessions.ts";

interface StsContext {
  readonly callerAccount: string;
  readonly callerArn: string;
  readonly sessions: Sessions;
  readonly epochMs: () => number;
  readonly webIdentity: SeedWebIdentity | undefined;
}

// https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
const requests = {
  GetCallerIdentity: structure({}),
  AssumeRoleWithWebIdentity: structure({
    RoleArn: required({ type: "string", min: 20, max: 2048 }),
    RoleSessionName: required({ type: "string", min: 2, max: 64, pattern: /^[\w+=,.@-]*$/ }),
    WebIdentityToken: required({ type: "string", min: 4, max: 20_000 }),
    ProviderId: { type: "string", min: 4, max: 2048 },
    PolicyArns: { type: "list", of: structure({ arn: { type: "string", min: 20, max: 2048 } }) },
    Policy: { type: "string", min: 1, max: 2048, pattern: /^[\t\n\r\u0020-\u00FF]+$/ },
    DurationSeconds: { type: "integer", min: 900, max: 43_200 },
  }),
} as const;

/** The part of STS that tells who the caller is, and gives credentials of a role for a token. */
export function createSts(context: StsContext): Service {
  return createService({
    name: "sts",
    requests,
    operations: {
      GetCallerIdentity: ({ callerArn }: StsContext) => identity(context, callerArn),
      AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
    },
    context,
    invalidCode: "ValidationError",
    unsigned: ["AssumeRoleWithWebIdentity"],
    admit: (operation, _input, { sessionArn }) =>
      operation === "GetCallerIdentity" && sessionArn !== undefined
        ? identity(context, sessionArn)
        : undefined,
  });
}

function identity({ callerAccount }: StsContext, arn: string): Output {
  return { UserId: `AROASANDBOX:${arn.split("/").at(-1)}`, Account: callerAccount, Arn: arn };
}

/** Looks at the token's claims in the order in which STS does; the signature is not looked at. */
function assumeRoleWithWebIdentity(
  context: StsContext,
  input: ValueOf<(typeof requests)["AssumeRoleWithWebIdentity"]>,
): Output {
  const claims = claimsOf(input.WebIdentityToken);
  const trusted = checkProvider(context, claims);
  const role = trusted.roles.find(({ arn }) => arn === input.RoleArn);
  if (role === undefined || !role.subjects.includes(claims.sub)) {
    const message = "Not authorized to perform sts:AssumeRoleWithWebIdentity";
    throw new AwsError("AccessDenied", message, { status: 403 });
  }
  const [, account = "", name = ""] = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(role.arn) ?? [];
  const arn = `arn:aws:sts::${account}:assumed-role/${name}/${input.RoleSessionName}`;
  const session = context.sessions.open(arn, input.DurationSeconds ?? role.sessionSeconds ?? 3600);
  return {
    Credentials: {
      AccessKeyId: session.accessKeyId,
      SecretAccessKey: session.secretAccessKey,
      SessionToken: session.sessionToken,
      Expiration: new Date(session.expiresAtMs).toISOString(),
    },
    SubjectFromWebIdentityToken: claims.sub,
    AssumedRoleUser: { AssumedRoleId: `AROASANDBOX:${input.RoleSessionName}`, Arn: arn },
    Provider: claims.iss,
    Audience: claims.aud,
  };
}

function checkProvider({ epochMs, webIdentity }: StsContext, { iss, aud, exp }: Claims): SeedWebIdentity {
  if (webIdentity === undefined || iss !== webIdentity.issuer) {
    throw new AwsError("InvalidIdentityToken", `No OpenIDConnect provider found in your account for ${iss}`);
  }
  if (exp * 1000 <= epochMs()) {
    const now = Math.floor(epochMs() / 1000);
    const message = `Token expired: current date/time ${now} must be before the expiration date/time ${exp}`;
    throw new AwsError("ExpiredTokenException", message);
  }
  if (!webIdentity.audiences.includes(aud)) {
    throw new AwsError("InvalidIdentityToken", "Incorrect token audience");
  }
  return webIdentity;
}

interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

function claimsOf(token: string): Claims {
  try {
    const [, payload = ""] = token.split(".");
    return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Claims;
  } catch {
    throw new AwsError("InvalidIdentityToken", "The ID Token provided is not a valid JWT.");
  }
}
