import type { OtherBeliefs } from "../beliefs.ts";

/** How often a call is let through: tokens per second, and how many can be saved up. */
interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Shortest and longest duration, in milliseconds. */
export type LatencyRange = readonly [minMs: number, maxMs: number];

/** The limits and durations of the modelled services. */
export interface Quotas {
  /** All sso-admin calls together, per second. */
  readonly requestsPerSecond: number;
  /** Account assignments being created or deleted at one time. */
  readonly outstandingAssignments: number;
  readonly concurrentProvisions: number;
  /** Creating an assignment whose role must be created in the account first. */
  readonly assignmentLatencyMs: LatencyRange;
  /** Creating or deleting an assignment in an account that has the role. */
  readonly existingRoleLatencyMs: LatencyRange;
  /** Provisioning up to ten accounts; every further ten take as long again. */
  readonly provisionLatencyMs: LatencyRange;
  /** From the deletion of an account's last assignment until the role is gone. */
  readonly deprovisionLatencyMs: LatencyRange;
  /** How far List, Get and Describe lag behind writes. */
  readonly consistencyLagMs: number;
  readonly permissionSets: number;
  readonly provisionedPermissionSetsPerAccount: number;
  readonly groupsPerPermissionSetAndAccount: number;
  readonly managedPoliciesPerPermissionSet: number;
  /** IAM's own limit in each account, met at provisioning. */
  readonly managedPoliciesPerRole: number;
  /** Characters that are not white space. */
  readonly inlinePolicyCharacters: number;
  readonly tagsPerPermissionSet: number;
  /** Per identity store operation, per second. */
  readonly identityStoreRequestsPerSecond: number;
  readonly organizations: {
    readonly DescribeOrganization: Rate;
    readonly ListAccounts: Rate;
    readonly DescribeAccount: Rate;
  };
}

/**
 * The published limits, and durations in the range that operators report.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
const publishedQuotas: Quotas = {
  requestsPerSecond: 20,
  outstandingAssignments: 15,
  concurrentProvisions: 3,
  assignmentLatencyMs: [3000, 8000],
  existingRoleLatencyMs: [1000, 3000],
  provisionLatencyMs: [2000, 6000],
  deprovisionLatencyMs: [500, 1500],
  consistencyLagMs: 500,
  permissionSets: 3500,
  provisionedPermissionSetsPerAccount: 500,
  groupsPerPermissionSetAndAccount: 100,
  managedPoliciesPerPermissionSet: 25,
  managedPoliciesPerRole: 10,
  inlinePolicyCharacters: 10_240,
  tagsPerPermissionSet: 50,
  identityStoreRequestsPerSecond: 20,
  organizations: {
    DescribeOrganization: { perSecond: 1, burst: 2 },
    ListAccounts: { perSecond: 8, burst: 12 },
    DescribeAccount: { perSecond: 20, burst: 30 },
  },
};

/** The quotas that beliefs played the other way change. */
export function otherQuotas(others: OtherBeliefs): Partial<Quotas> {
  return {
    ...(others.has("outstanding-fifteen") && { outstandingAssignments: 10 }),
    ...(others.has("policies-per-set") && { managedPoliciesPerPermissionSet: 20 }),
    ...(others.has("reads-lag") && { consistencyLagMs: 4000 }),
  };
}

/** The published quotas with overrides, sped up: rates multiplied and durations divided by `speed`. */
export function quotasAtSpeed(overrides: Partial<Quotas>, speed: number): Quotas {
  const quotas = { ...publishedQuotas, ...overrides };
  const { DescribeOrganization, ListAccounts, DescribeAccount } = quotas.organizations;
  return {
    ...quotas,
    requestsPerSecond: quotas.requestsPerSecond * speed,
    identityStoreRequestsPerSecond: quotas.identityStoreRequestsPerSecond * speed,
    organizations: {
      DescribeOrganization: faster(DescribeOrganization, speed),
      ListAccounts: faster(ListAccounts, speed),
      DescribeAccount: faster(DescribeAccount, speed),
    },
    assignmentLatencyMs: shorter(quotas.assignmentLatencyMs, speed),
    existingRoleLatencyMs: shorter(quotas.existingRoleLatencyMs, speed),
    provisionLatencyMs: shorter(quotas.provisionLatencyMs, speed),
    deprovisionLatencyMs: shorter(quotas.deprovisionLatencyMs, speed),
    consistencyLagMs: quotas.consistencyLagMs / speed,
  };
}

function faster(rate: Rate, speed: number): Rate {
  return { perSecond: rate.perSecond * speed, burst: rate.burst * speed };
}

function shorter([minMs, maxMs]: LatencyRange, speed: number): LatencyRange {
  return [minMs / speed, maxMs / speed];
}
