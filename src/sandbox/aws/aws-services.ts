import { createAccessAnalyzer } from "./access-analyzer/access-analyzer.ts";
import type { OtherBeliefs } from "../beliefs.ts";
import type { AwsSeed } from "./aws-seed.ts";
import { createDirectory } from "./directory/directory.ts";
import { createIam, managedPolicyArn } from "./iam/iam-policies.ts";
import { createIdentityStore } from "./directory/identity-store.ts";
import type { IdentityCenterState } from "./identity-center/identity-center-state.ts";
import type { Instances } from "./identity-center/instances.ts";
import { builtInManagedPolicies } from "./iam/managed-policy-names.ts";
import { createOrganization } from "./organizations/organization.ts";
import { createOrganizations } from "./organizations/organizations.ts";
import type { Quotas } from "./quotas.ts";
import { seededState } from "./seeded-state.ts";
import type { Service } from "./protocol/service.ts";
import { createSsoAdmin } from "./identity-center/sso-admin.ts";
import { createSessions, type Sessions } from "./iam/sessions.ts";
import { createSts } from "./iam/sts.ts";
import { createTimeline } from "./identity-center/timeline.ts";

/** All services of one sandbox, by the way each protocol names them, and what they work on. */
export interface AwsServices {
  /** By the prefix of the X-Amz-Target header. */
  readonly json: ReadonlyMap<string, Service>;
  /** By the version of the API. */
  readonly query: ReadonlyMap<string, Service>;
  readonly accessAnalyzer: Service;
  readonly center: Instances;
  readonly sessions: Sessions;
  /** The one long-term key that is let in; any when absent. */
  readonly credentials?: Credentials;
}

/** A long-term access key. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The long-term key of the management account; every other key is taken for the caller's. */
export const managementAccessKeyId = "AKIAMANAGEMENT000000";

/** The services as each account that has a key gets to see them. */
export interface AccountServices {
  readonly caller: AwsServices;
  readonly managementAccount: AwsServices;
}

/** Creates the services of a seeded organization; `clock` counts milliseconds from any moment. */
export function createAwsServices(
  seed: AwsSeed,
  quotas: Quotas,
  clock: () => number,
  others: OtherBeliefs = new Set(),
): AccountServices {
  const center = createCenter(seed, quotas, clock, others);
  const { managementAccount } = center.organization;
  const sessions = createSessions(() => center.epochMs(clock()));
  const callerArn = `arn:aws:sts::${managementAccount}:assumed-role/management/sandbox`;
  return {
    caller: servicesFor(center, seed, clock, sessions),
    managementAccount: servicesFor(
      { ...center, callerAccount: managementAccount, callerArn },
      seed,
      clock,
      sessions,
    ),
  };
}

function servicesFor(center: Instances, seed: AwsSeed, clock: () => number, sessions: Sessions): AwsServices {
  const { directory, organization, callerAccount, callerArn, others, quotas } = center;
  const mayRead = seed.delegatedAdministrator !== false || callerAccount === organization.managementAccount;
  const epochMs = () => center.epochMs(clock());
  const identityStore = createIdentityStore(
    { directory, others },
    {
      regions: center.regions,
      requestsPerSecond: quotas.identityStoreRequestsPerSecond,
      now: clock,
    },
  );
  const organizations = createOrganizations(
    { organization, others },
    { mayRead, rates: quotas.organizations, now: clock },
  );
  return {
    json: new Map([
      ["SWBExternalService", createSsoAdmin(center, seed)],
      ["AWSIdentityStore", identityStore],
      ["AWSOrganizationsV20161128", organizations],
    ]),
    query: new Map([
      ["2010-05-08", createIam(seed.managedPolicies ?? builtInManagedPolicies)],
      [
        "2011-06-15",
        createSts({ callerAccount, callerArn, sessions, epochMs, webIdentity: seed.webIdentity }),
      ],
    ]),
    accessAnalyzer: createAccessAnalyzer(),
    center,
    sessions,
  };
}

function createCenter(seed: AwsSeed, quotas: Quotas, clock: () => number, others: OtherBeliefs): Instances {
  const { callerAccount, primaryRegion } = seed;
  const managedPolicies = seed.managedPolicies ?? builtInManagedPolicies;
  const startedAt = { epochMs: Date.now(), clockMs: clock() };
  const timeline = createTimeline<IdentityCenterState>(new Map(), clock, quotas.consistencyLagMs);
  const random = createRandom();
  const center: Instances = {
    instanceArn: seed.instanceArn ?? "arn:aws:sso:::instance/ssoins-7758a1b2c3d4e5f6",
    instanceCount: seed.instances ?? 1,
    regions: [primaryRegion, ...(seed.additionalRegions ?? [])],
    applications: seed.applications ?? [],
    others,
    callerAccount,
    callerArn: seed.callerArn ?? `arn:aws:sts::${callerAccount}:assumed-role/kintone-sso-sync/sandbox`,
    quotas,
    directory: createDirectory(seed.identityStoreId ?? "d-956700a1b2", seed),
    organization: createOrganization(seed),
    timeline,
    operations: [],
    awsManagedPolicies: new Set(
      managedPolicies
        .filter(({ name }) => seed.withdrawnManagedPolicies?.includes(name) !== true)
        .map(managedPolicyArn),
    ),
    missingCustomerManagedPolicies: seed.missingCustomerManagedPolicies ?? [],
    epochMs: (atMs) => startedAt.epochMs + (atMs - startedAt.clockMs),
    latencyMs: ([minMs, maxMs]) => minMs + (maxMs - minMs) * random(),
    created: 0,
  };
  timeline.rewrite(() => seededState(center, seed.permissionSets));
  return center;
}

/** Evenly spread numbers from 0 to 1, the same in every run: multiples of the golden ratio without their whole part. */
function createRandom(): () => number {
  let drawn = 0;
  return () => {
    drawn += 1;
    return (drawn * 0.618_033_988_75) % 1;
  };
}
