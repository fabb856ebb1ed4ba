import { KintoneAbortSearchError, KintoneRestAPIError } from "@kintone/rest-api-client";

import { meaningOf, saysWithoutEffect } from "./error-codes.ts";

/** What went wrong with one request, in fields that can be shown: nothing of the request is among them. */
export type RequestFailure =
  /** kintone, or something in front of it, said no. The code is empty when the answer was not kintone's JSON. */
  | { readonly kind: "refused"; readonly status: number; readonly code: string; readonly message: string }
  /** No answer, or one that broke off; the reason is Node's error code. */
  | { readonly kind: "no-answer"; readonly reason: string }
  /** The search matched too many records, so that some were left out of the answer. */
  | { readonly kind: "truncated" };

const maxMessageLength = 500;

/**
 * Reads what `@kintone/rest-api-client` threw. An axios error holds the API token in its request headers, so only
 * named fields are taken out and the error itself must not be kept, neither as a cause nor in a log.
 */
export function readFailure(error: unknown): RequestFailure {
  if (error instanceof KintoneAbortSearchError) return { kind: "truncated" };
  if (error instanceof KintoneRestAPIError) {
    return {
      kind: "refused",
      status: error.status,
      code: errorCode(error.code) ?? "",
      message: messageOf(error),
    };
  }
  return readTextAnswer(error) ?? { kind: "no-answer", reason: reasonOf(error) };
}

/** How kintone's earlier deployments answer whatever they refuse: the code says what it is. */
const refusedWithCode = 520;

/**
 * Whether the same request may well be answered in a moment: too many requests at once (429), trouble of the servers,
 * a code that says so, and a network that did not carry the request. What a known code refuses is refused with any status.
 */
export function isTransient(failure: RequestFailure): boolean {
  if (failure.kind === "no-answer") return !isLastingReason(failure.reason);
  if (failure.kind === "truncated") return false;
  const { status, code } = failure;
  const meaning = meaningOf(code);
  if (meaning !== undefined) return meaning === "try-again";
  return status === 429 || (status >= 500 && !(status === refusedWithCode && code !== ""));
}

/** Whether kintone certainly did nothing, so that even a request that writes may be sent again. */
export function isWithoutEffect(failure: RequestFailure): boolean {
  if (failure.kind === "no-answer")
    return ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"].includes(failure.reason);
  return failure.kind === "refused" && (failure.status === 429 || saysWithoutEffect(failure.code));
}

/** Whether kintone refused what it was given, in a request that came to it and was let in. */
export function isAboutContent(failure: RequestFailure): boolean {
  if (failure.kind !== "refused" || failure.code === "") return false;
  const isRefusal = failure.status === 400 || failure.status === refusedWithCode;
  const meaning = meaningOf(failure.code);
  return isRefusal && (meaning === undefined || meaning === "query");
}

/** Whether kintone asks for fewer requests at a time. */
export function isThrottledByKintone(failure: RequestFailure): boolean {
  return failure.kind === "refused" && (failure.status === 429 || failure.code === "GAIA_TO04");
}

/** Certificates and protocols do not get better by waiting. */
function isLastingReason(reason: string): boolean {
  return /^(ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO|ANSWER_TOO_LARGE)/.test(
    reason,
  );
}

/** The client turns an error answer that is not JSON into a plain Error with the text "503: Service Unavailable". */
function readTextAnswer(error: unknown): RequestFailure | undefined {
  const text = error instanceof Error ? /^(\d{3}): (.*)$/s.exec(error.message) : null;
  if (text === null) return undefined;
  return { kind: "refused", status: Number(text[1]), code: "", message: shorten(text[2] ?? "") };
}

function reasonOf(error: unknown): string {
  if (typeof error === "object" && error !== null && "code" in error) {
    const code = errorCode(error.code);
    if (code !== undefined) return code;
  }
  // The client stumbles over an error answer without a body, which is what a connection that breaks off leaves.
  return error instanceof TypeError ? "ANSWER_BROKE_OFF" : "UNKNOWN";
}

function errorCode(code: unknown): string | undefined {
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{1,63}$/.test(code) ? code : undefined;
}

/** kintone's sentence without the client's prefix and suffix, followed by the details of the fields it names. */
function messageOf(error: KintoneRestAPIError): string {
  const prefix = `[${error.status}] [${error.code}] `;
  const suffix = ` (${error.id})`;
  const { message } = error;
  const start = message.startsWith(prefix) ? prefix.length : 0;
  const end = message.endsWith(suffix) ? message.length - suffix.length : message.length;
  return shorten([message.slice(start, end), ...detailsOf(error.errors)].join(" "));
}

function detailsOf(errors: unknown): string[] {
  if (typeof errors !== "object" || errors === null) return [];
  return Object.entries(errors).flatMap(([path, detail]) => {
    const messages: unknown =
      typeof detail === "object" && detail !== null ? Reflect.get(detail, "messages") : [];
    return Array.isArray(messages) ? [`${path}: ${messages.join(" ")}`] : [];
  });
}

function shorten(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, maxMessageLength);
}
