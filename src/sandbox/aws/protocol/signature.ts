import { AwsError } from "./aws-error.ts";
import type { Caller } from "./service.ts";

/**
 * Reads the Region a request is signed for from the credential scope of its Authorization header. Throws when there is
 * no signature; whether it is right is not looked at.
 */
export function readSignature(authorization: string | undefined): Caller {
  if (authorization === undefined || authorization === "") {
    throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token", {
      origin: "front end",
    });
  }
  const [, region] =
    /^AWS4-HMAC-SHA256 .*Credential=[^/\s]+\/\d{8}\/([^/]+)\/[^/]+\/aws4_request/.exec(authorization) ?? [];
  if (region === undefined) {
    throw new AwsError(
      "IncompleteSignatureException",
      "Authorization header requires 'Credential' parameter of AWS4-HMAC-SHA256.",
      { origin: "front end" },
    );
  }
  return { region };
}
