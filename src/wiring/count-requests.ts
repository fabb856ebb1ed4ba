import { isThrottled } from "../aws/translate-error.ts";
import { isThrottledByKintone, type RequestFailure } from "../kintone/request-failure.ts";
import type { ApiCalls } from "../model/run-report.ts";

/** How one attempt of a request ended. */
export type RequestOutcome = "ok" | "error" | "throttled";

export type OnRequest = (api: keyof ApiCalls, outcome: RequestOutcome) => void;

export interface RequestCounter {
  readonly count: (service: keyof ApiCalls) => void;
  readonly snapshot: () => ApiCalls;
}

/** Counts requests by service, every attempt of them. */
export function createRequestCounter(): RequestCounter {
  const calls = {
    sso: 0,
    identitystore: 0,
    organizations: 0,
    iam: 0,
    sts: 0,
    accessanalyzer: 0,
    kintone: 0,
    slack: 0,
  };
  return {
    count: (service) => {
      calls[service] += 1;
    },
    snapshot: () => ({ ...calls }),
  };
}

const tooManyRequests = 429;

/** Of an attempt at AWS, by the name of its error. */
export function awsOutcome(errorName: string | undefined): RequestOutcome {
  if (errorName === undefined) return "ok";
  return isThrottled({ name: errorName }) ? "throttled" : "error";
}

export function kintoneOutcome(failure: RequestFailure | undefined): RequestOutcome {
  if (failure === undefined) return "ok";
  return isThrottledByKintone(failure) ? "throttled" : "error";
}

/** Of an attempt at Slack, by its HTTP status; none means that no answer came. */
export function slackOutcome(status: number | undefined): RequestOutcome {
  if (status === tooManyRequests) return "throttled";
  return status !== undefined && status < 400 ? "ok" : "error";
}
