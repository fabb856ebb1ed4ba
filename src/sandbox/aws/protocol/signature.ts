import { AwsError } from "./aws-error.ts";

/** What a signature says. */
interface Signature {
  readonly region: string;
  readonly accessKeyId: string;
}

/**
 * Reads the Region a request is signed for, and with which key, from the credential scope of its Authorization header. Throws when there is
 * no signature; whether it is right is not looked at.
 */
export function readSignature(authorization: string | undefined): Signature {
  if (authorization === undefined || authorization === "") {
    throw new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token", {
      origin: "front end",
    });
  }
  const [, accessKeyId = "", region] =
    /^AWS4-HMAC-SHA256 .*Credential=([^/\s]+)\/\d{8}\/([^/]+)\/[^/]+\/aws4_request/.exec(authorization) ?? [];
  if (region === undefined) {
    throw new AwsError(
      "IncompleteSignatureException",
      "Authorization header requires 'Credential' parameter of AWS4-HMAC-SHA256.",
      { origin: "front end" },
    );
  }
  return { region, accessKeyId };
}
