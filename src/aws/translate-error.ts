import { PassError } from "../errors.ts";
import { requestId } from "../model/ids.ts";
import type { FailureReason } from "../model/outcome.ts";

/** What the SDK's errors may carry; nothing else of them is ever looked at. */
interface SdkErrorFields {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly path?: unknown;
  readonly $fault?: unknown;
  readonly ResourceType?: unknown;
  readonly Reason?: unknown;
  readonly $metadata?: { readonly requestId?: string; readonly attempts?: number };
}

/** The error's class as AWS names it; HTTP statuses say less, since AWS answers 400 to nearly everything. */
export function errorName(error: unknown): string {
  const { name } = fieldsOf(error);
  return typeof name === "string" && name !== "" ? name : "UnknownError";
}

/** AWS's own words, or the reason why there are none. */
export function errorMessage(error: unknown): string {
  const { message, code } = fieldsOf(error);
  if (typeof message === "string" && message !== "") return message;
  return typeof code === "string" ? code : "";
}

/** How often the SDK has sent the request. */
export function attemptsOf(error: unknown): number {
  return fieldsOf(error).$metadata?.attempts ?? 1;
}

/** Whether AWS says that the thing asked for does not exist. */
export function isNotFound(error: unknown): boolean {
  return errorName(error) === "ResourceNotFoundException";
}

/**
 * Whether the identity store says that it does not know the user or group. The same error also stands for a store or a
 * key that is not found. https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_DescribeUser.html
 */
export function isPrincipalMissing(error: unknown): boolean {
  const { ResourceType, Reason } = fieldsOf(error);
  return isNotFound(error) && ResourceType !== "IDENTITY_STORE" && Reason === undefined;
}

const throttlingNames: ReadonlySet<string> = new Set([
  "ThrottlingException",
  "Throttling",
  "ThrottledException",
  "TooManyRequestsException",
  "RequestLimitExceeded",
]);

/** Whether AWS asks for fewer requests, or for fewer operations at a time. */
export function isThrottled(error: unknown): boolean {
  return throttlingNames.has(errorName(error));
}

/**
 * Whether AWS asks for fewer requests a second. Too many operations at a time are refused under the same name.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
 */
export function isOverRate(error: unknown): boolean {
  return isThrottled(error) && !isOverOutstanding(error);
}

/** Whether AWS has too many operations going on to take another one. */
export function isOverOutstanding(error: unknown): boolean {
  return isThrottled(error) && /too many requests processing/iu.test(errorMessage(error));
}

const deniedNames: ReadonlySet<string> = new Set([
  "AccessDeniedException",
  "AccessDenied",
  "UnauthorizedOperation",
]);
const expiredNames: ReadonlySet<string> = new Set([
  "ExpiredTokenException",
  "ExpiredToken",
  "RequestExpired",
  "TokenRefreshRequired",
]);
const credentialNames: ReadonlySet<string> = new Set([
  "CredentialsProviderError",
  "TokenProviderError",
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "SignatureDoesNotMatch",
  "IncompleteSignature",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
  "AuthFailure",
]);

/** The reason why a pass cannot go on. `attempts` counts all requests that were sent for the operation. */
export function toPassError(operation: string, error: unknown, attempts: number): PassError {
  if (error instanceof PassError) return error;
  const name = errorName(error);
  const message = errorMessage(error);
  // The rest of a signature error quotes the request's headers, the session token among them.
  if (credentialNames.has(name)) return new PassError("aws.no-credentials", { message: firstLine(message) });
  if (expiredNames.has(name)) return new PassError("aws.expired-credentials", { operation });
  if (deniedNames.has(name)) return new PassError("aws.access-denied", { operation, message });
  if (isThrottled(error)) return new PassError("aws.throttled", { operation, attempts });
  const reason = unansweredReason(error);
  const path = unreadablePath(error);
  if (path !== undefined) return new PassError("aws.file-unreadable", { path, reason: reason ?? name });
  if (reason !== undefined) return new PassError("aws.unreachable", { operation, reason });
  return new PassError("aws.request-failed", { operation, name, message });
}

/** Whether AWS refuses this caller, now and later: no permission, or credentials that are missing or over. */
export function isRefused(error: unknown): boolean {
  // Credentials that cannot be renewed fail with the reason itself.
  if (error instanceof PassError) return true;
  const name = errorName(error);
  return deniedNames.has(name) || expiredNames.has(name) || credentialNames.has(name);
}

/** Why a write did not happen. */
export function toFailureReason(error: unknown): FailureReason {
  if (error instanceof PassError)
    return { code: error.code, message: "The AWS credentials could not be renewed." };
  const name = errorName(error);
  const { requestId: id } = fieldsOf(error).$metadata ?? {};
  const message = errorMessage(error);
  return {
    code: unansweredReason(error) ?? name,
    message: credentialNames.has(name) ? firstLine(message) : message,
    ...(id === undefined ? {} : { requestId: requestId(id) }),
  };
}

/** The file that the SDK wanted to read, for a token for instance, when the system would not give it. */
function unreadablePath(error: unknown): string | undefined {
  const { code, path } = fieldsOf(error);
  const isFile =
    typeof code === "string" && /^E(NOENT|ACCES|PERM|ISDIR|NOTDIR|LOOP|NAMETOOLONG)$/u.test(code);
  return isFile && typeof path === "string" ? path : undefined;
}

/** Why there was no answer at all; undefined when AWS did answer. */
function unansweredReason(error: unknown): string | undefined {
  const { $fault, code, name } = fieldsOf(error);
  if ($fault !== undefined) return undefined;
  if (typeof code === "string") return code;
  return name === "TimeoutError" ? "timeout" : undefined;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function fieldsOf(error: unknown): SdkErrorFields {
  return typeof error === "object" && error !== null ? error : {};
}
