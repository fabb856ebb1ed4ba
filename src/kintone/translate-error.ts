import { PassError } from "../errors.ts";
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
 * Says why a pass cannot go on after the last attempt. kintone publishes no list of its error codes and words its
 * messages in the language of the account, so only status and code decide.
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
    return new PassError("kintone.unavailable", { status: failure.status, attempts });
  }
  return gatewayError(failure, context) ?? kintoneError(failure, context) ?? otherError(failure, context);
}

/** Refusals that carry no code come from what stands in front of kintone: proxy, Basic auth, address restriction. */
function gatewayError({ status, code }: Refusal, { baseUrl }: RequestContext): PassError | undefined {
  if (status === 407) {
    return new PassError("kintone.unreachable", { baseUrl, reason: "PROXY_AUTHENTICATION_REQUIRED" });
  }
  if (status === 401 || (status === 403 && code === "")) {
    return new PassError("kintone.not-authenticated", { status, kintoneCode: code });
  }
  return undefined;
}

function kintoneError({ status, code, message }: Refusal, context: RequestContext): PassError | undefined {
  const { appId, condition = "" } = context;
  if (code === "GAIA_IA02") return new PassError("kintone.token-of-other-app", { appId });
  if (/^(CB_WA01|CB_AU01|GAIA_IA)/.test(code)) {
    return new PassError("kintone.not-authenticated", { status, kintoneCode: code });
  }
  if (code === "GAIA_AP01") return new PassError("kintone.app-not-found", { appId });
  if (code === "GAIA_IL23") return new PassError("kintone.guest-space", { appId, kintoneCode: code });
  if (code === "CB_NO02" || status === 403) {
    return new PassError("kintone.no-permission", { appId, kintoneCode: code });
  }
  if (condition !== "" && /^(GAIA_IQ|CB_VA01)/.test(code)) {
    return new PassError("kintone.query-invalid", { appId, query: condition, message });
  }
  return undefined;
}

function otherError({ status, code, message }: Refusal, { request }: RequestContext): PassError {
  return new PassError("kintone.request-failed", { request, status, kintoneCode: code, message });
}
