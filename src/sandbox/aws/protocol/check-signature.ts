import { createHash, createHmac } from "node:crypto";

import { AwsError } from "./aws-error.ts";

/** A request as it came over the wire. */
interface SignedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/**
 * Throws unless the Authorization header of Signature Version 4 was made with this secret key.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function checkSignature(request: SignedRequest, authorization: string, secretAccessKey: string): void {
  const [, scope = "", signedHeaders = "", signature = ""] =
    /Credential=[^/\s]+\/([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]+)/.exec(authorization) ??
    [];
  const [date = "", region = "", service = "", end = ""] = scope.split("/");
  const stringToSign = [
    "AWS4-HMAC-SHA256",
    headerText(request, "x-amz-date"),
    scope,
    sha256(canonicalRequest(request, signedHeaders)),
  ].join("\n");
  const key = [date, region, service, end].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  if (hmac(key, stringToSign).toString("hex") === signature) return;
  const message =
    "The request signature we calculated does not match the signature you provided. " +
    "Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
  throw new AwsError("InvalidSignatureException", message, { origin: "front end" });
}

function canonicalRequest(request: SignedRequest, signedHeaders: string): string {
  const { pathname, searchParams } = new URL(request.url, "http://sandbox");
  const query = [...searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join("&");
  const headers = signedHeaders
    .split(";")
    .map((name) => `${name}:${headerText(request, name).trim().replaceAll(/ +/g, " ")}\n`)
    .join("");
  const path = pathname.split("/").map(encode).join("/");
  return [request.method, path, query, headers, signedHeaders, sha256(request.body)].join("\n");
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function headerText({ headers }: SignedRequest, name: string): string {
  const value = headers[name] ?? "";
  return typeof value === "string" ? value : value.join(",");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
