import type { Clock } from "../ports.ts";
import { createPacer, type Pacer, type Purpose } from "./pacer.ts";

export type AwsService = "sso" | "identitystore" | "organizations" | "iam" | "sts" | "accessanalyzer";

export interface RequestPaceOptions {
  /** Rate of all IAM Identity Center requests together. */
  readonly requestsPerSecond: number;
  readonly clock: Clock;
}

/** All sso-admin calls of everybody in the organization share this limit. https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html */
const identityCenterLimit = 20;

/**
 * Requests per second of each operation, below the limits AWS publishes.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html,
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
const operationRates: Readonly<Record<Exclude<AwsService, "sso">, number>> = {
  identitystore: 15,
  organizations: 8,
  iam: 5,
  sts: 5,
  // AWS publishes none for Access Analyzer.
  accessanalyzer: 5,
};
/** Requests that may go out at once after a quiet time, below AWS's twelve: pages are waited for one after another. */
const bursts: Readonly<Record<string, number>> = { "organizations/ListAccounts": 8 };
const slowOperationRates: Readonly<Record<string, number>> = { "organizations/DescribeOrganization": 1 };

/** Gives the pacer that a request has to wait for: one for all of sso-admin, one per operation elsewhere. */
export function createRequestPace({
  requestsPerSecond,
  clock,
}: RequestPaceOptions): (service: AwsService, operation: string) => Pacer {
  const burst = Math.max(1, Math.min(3, identityCenterLimit - requestsPerSecond));
  const identityCenter = createPacer({ requestsPerSecond, burst, clock });
  const others = new Map<string, Pacer>();
  return (service, operation) => {
    if (service === "sso") return identityCenter;
    const name = `${service}/${operation}`;
    const rate = slowOperationRates[name] ?? operationRates[service];
    const pacer =
      others.get(name) ?? createPacer({ requestsPerSecond: rate, burst: bursts[name] ?? 1, clock });
    others.set(name, pacer);
    return pacer;
  };
}

/** What an operation of IAM Identity Center is for. */
export function purposeOf(operation: string): Purpose {
  if (operation.endsWith("Status")) return "poll";
  return /^(List|Describe|Get)/u.test(operation) ? "read" : "write";
}
