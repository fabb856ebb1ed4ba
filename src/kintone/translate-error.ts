import { PassError } from "../errors.ts";
import { type CodeMeaning, meaningOf } from "./error-codes.ts";
import { isTransient, type RequestFailure } from "./request-failure.ts";

/** The request that failed, as far as its error tells of it. */
export interface RequestContext {
  readonly appId: number;
  readonly baseUrl: string;
  /** Method and path, such as `GET records.json`. */
  readonly request: string;
  /** The configured extra condition, when the request carried one. */
  readonly condition?: string;
}

type Refusal = Extract<RequestFailure, { kind: "refused" }>;

/**
 * Says why a pass cannot go on after the last attempt. The code decides wherever there is one; the status of the same
 * refusal differs between kintone's deployments.
 */
export function translateError(
  failure: RequestFailure,
  attempts: number,
  context: RequestContext,
): PassError {
  const { appId, baseUrl } = context;
  if (failure.kind === "truncated") {
    const problem = "the search was cut off because it matched more than 100,000 records";
    return new PassError("kintone.incomplete-read", { appId, problem });
  }
  if (failure.kind === "no-answer") {
    return new PassError("kintone.unreachable", { baseUrl, reason: failure.reason });
  }
  if (isTransient(failure)) {
    const answer = failure.kind === "refused" ? answerOf(failure) : {};
    return new PassError("kintone.unavailable", { status: failure.status, attempts, ...answer });
  }
  return knownError(failure, context) ?? gatewayError(failure, context) ?? otherError(failure, context);
}

/** Refusals that carry no code of kintone's come from what stands in front of it: proxy, Basic auth, address restriction. */
function gatewayError(refusal: Refusal, { baseUrl, appId }: RequestContext): PassError | undefined {
  const { status, code } = refusal;
  if (status === 407) {
    return new PassError("kintone.unreachable", { baseUrl, reason: "PROXY_AUTHENTICATION_REQUIRED" });
  }
  if (status >= 300 && status < 400) {
    return new PassError("kintone.unreachable", { baseUrl, reason: "REDIRECTED" });
  }
  if (status === 401 || (status === 403 && code === "")) {
    return new PassError("kintone.not-authenticated", { status, ...answerOf(refusal) });
  }
  return status === 403 ? new PassError("kintone.no-permission", { appId, ...answerOf(refusal) }) : undefined;
}

/** What kintone itself says; what stands in front of it says nothing that helps. */
function answerOf({ code, message }: Refusal) {
  return { kintoneCode: code, ...(code === "" || message === "" ? {} : { kintoneMessage: message }) };
}

type Translate = (refusal: Refusal, context: RequestContext) => PassError | undefined;

const known: Readonly<Record<CodeMeaning, Translate>> = {
  "unknown-token": ({ code }) => new PassError("kintone.unknown-token", { kintoneCode: code }),
  "token-of-other-app": (_refusal, { appId }) => new PassError("kintone.token-of-other-app", { appId }),
  "not-authenticated": (refusal) =>
    new PassError("kintone.not-authenticated", { status: refusal.status, ...answerOf(refusal) }),
  "no-permission": (refusal, { appId }) =>
    new PassError("kintone.no-permission", { appId, ...answerOf(refusal) }),
  "app-not-found": (_refusal, { appId }) => new PassError("kintone.app-not-found", { appId }),
  "guest-space": ({ code }, { appId }) => new PassError("kintone.guest-space", { appId, kintoneCode: code }),
  query: ({ message }, { appId, condition = "" }) =>
    condition === ""
      ? undefined
      : new PassError("kintone.query-invalid", { appId, query: condition, message }),
  "try-again": () => undefined,
};

function knownError(refusal: Refusal, context: RequestContext): PassError | undefined {
  const meaning = meaningOf(refusal.code);
  return meaning === undefined ? undefined : known[meaning](refusal, context);
}

function otherError({ status, code, message }: Refusal, { request }: RequestContext): PassError {
  return new PassError("kintone.request-failed", { request, status, kintoneCode: code, message });
}
