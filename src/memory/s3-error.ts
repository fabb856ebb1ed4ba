import type { MemoryRefusal } from "../model/memory.ts";

/** What the SDK's errors may carry; nothing else of them is ever looked at. */
interface SdkErrorFields {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** Whether S3 says that there is no such object. */
export function isMissing(error: unknown): boolean {
  return fieldsOf(error).name === "NoSuchKey";
}

/** Whether S3 refuses for lack of a permission. */
export function isDenied(error: unknown): boolean {
  return fieldsOf(error).name === "AccessDenied";
}

/** Whether the object is not as a conditional write expects it: another ETag, there already, or gone. */
export function isConflict(error: unknown): boolean {
  const { name, $metadata } = fieldsOf(error);
  return name === "NoSuchKey" || $metadata?.httpStatusCode === 409 || $metadata?.httpStatusCode === 412;
}

/** Why S3 did not do it, in words that are not the answer's: those can quote the request, the session token with it. */
export function describeS3Error(error: unknown): MemoryRefusal {
  const { name, message, code, $metadata } = fieldsOf(error);
  const known = typeof name === "string" ? refusals[name] : undefined;
  if (known !== undefined) return { code: known };
  const status = $metadata?.httpStatusCode;
  if (status === undefined) return describeSilence(name, code);
  const said = isPlain(name) ? `${name}, HTTP ${status}` : `HTTP ${status}`;
  const action = deniedAction.exec(String(message))?.[1];
  return { code: "s3-refused", detail: action === undefined ? said : `${said}: ${action}` };
}

/** The SDK gives lost connections the name of time-outs. */
function describeSilence(name: unknown, code: unknown): MemoryRefusal {
  if (isPlain(code)) return { code: "no-answer", detail: code };
  return { code: name === "TimeoutError" ? "no-answer-in-time" : "not-sent" };
}

const refusals: Readonly<Record<string, "no-answer-in-time" | "no-credentials">> = {
  AbortError: "no-answer-in-time",
  CredentialsProviderError: "no-credentials",
  TokenProviderError: "no-credentials",
  PassError: "no-credentials",
};

const deniedAction = /not authorized to perform: ([a-z0-9-]{1,32}:[A-Za-z]{1,64}) /u;

function isPlain(text: unknown): text is string {
  return typeof text === "string" && /^[A-Za-z0-9_]{1,64}$/u.test(text);
}

function fieldsOf(error: unknown): SdkErrorFields {
  return typeof error === "object" && error !== null ? error : {};
}
