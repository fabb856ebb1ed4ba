import type { ApiCalls } from "../model/run-report.ts";

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
