/** The state of an account as AWS Organizations tells it. */
export type AccountState = "PENDING_ACTIVATION" | "ACTIVE" | "SUSPENDED" | "PENDING_CLOSURE" | "CLOSED";

export type PrincipalType = "USER" | "GROUP";

export interface CustomerManagedPolicy {
  readonly name: string;
  readonly path?: string;
}

export interface SeedAccount {
  readonly id: string;
  readonly name: string;
  readonly state?: AccountState;
  readonly email?: string;
  /** The names of its organizational units from the root down, with slashes between; the root by default. */
  readonly organizationalUnit?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** ISO 8601; of what is added later, when it is added. */
  readonly joinedAt?: string;
}

export interface SeedUser {
  readonly id?: string;
  readonly userName: string;
  readonly email?: string;
  readonly displayName?: string;
  readonly status?: "ENABLED" | "DISABLED";
  /** ISO 8601; of what is added later, when it is added. */
  readonly createdAt?: string;
  readonly externalIds?: readonly SeedExternalId[];
}

/** The id that the source of the directory gives a user or group. */
export interface SeedExternalId {
  readonly issuer: string;
  readonly id: string;
}

export interface SeedGroup {
  readonly id?: string;
  readonly displayName: string;
  readonly description?: string;
  readonly externalIds?: readonly SeedExternalId[];
  /** User names or user ids. */
  readonly members?: readonly string[];
}

/** Names its principal by `principalId`, or by `userName` or `group` when it is in the directory. */
export interface SeedAssignment {
  readonly accountId: string;
  readonly principalType?: PrincipalType;
  readonly principalId?: string;
  readonly userName?: string;
  readonly group?: string;
}

/** A permission set whose assignments are provisioned with its latest definition. */
export interface SeedPermissionSet {
  readonly name: string;
  readonly description?: string;
  readonly sessionDuration?: string;
  readonly relayState?: string;
  readonly inlinePolicy?: string;
  /** ARNs of AWS managed policies. */
  readonly managedPolicies?: readonly string[];
  readonly customerManagedPolicies?: readonly CustomerManagedPolicy[];
  /** The ARN of an AWS managed policy, or a customer managed policy. */
  readonly boundary?: string | CustomerManagedPolicy;
  readonly tags?: Readonly<Record<string, string>>;
  readonly assignments?: readonly SeedAssignment[];
}

/** A role in the caller's account, and whose tokens may assume it. */
export interface SeedRole {
  readonly arn: string;
  readonly subjects: readonly string[];
  /** How long its sessions last; an hour by default. */
  readonly sessionSeconds?: number;
}

/** The OpenID Connect provider of the caller's account and the roles that trust it. */
export interface SeedWebIdentity {
  readonly issuer: string;
  readonly audiences: readonly string[];
  readonly roles: readonly SeedRole[];
}

/** What the sandbox's AWS organization looks like at the start. */
export interface AwsSeed {
  readonly primaryRegion: string;
  /** Further Regions of the instance, in which only the identity store can be read. */
  readonly additionalRegions?: readonly string[];
  readonly instanceArn?: string;
  readonly identityStoreId?: string;
  /** The account whose credentials all requests are taken to carry, usually the delegated administrator. */
  readonly callerAccount: string;
  readonly callerArn?: string;
  /** Who can get temporary credentials with a token; no one by default. */
  readonly webIdentity?: SeedWebIdentity;
  readonly managementAccount: string;
  /** Names of the applications of the instance; none by default. */
  readonly applications?: readonly string[];
  /** How many instances ListInstances shows: with 2, the second is an account instance without permission sets. */
  readonly instances?: 0 | 1 | 2;
  /** False makes the caller an ordinary member account. */
  readonly delegatedAdministrator?: boolean;
  /** The management account and the caller's account are added when they are not listed. */
  readonly accounts: readonly SeedAccount[];
  readonly users: readonly SeedUser[];
  readonly groups: readonly SeedGroup[];
  readonly permissionSets?: readonly SeedPermissionSet[];
  /** The AWS managed policies that exist, as name and path; a built-in list by default. */
  readonly managedPolicies?: readonly {
    readonly name: string;
    readonly path: string;
    readonly document?: string;
  }[];
  /** Names of AWS managed policies that lists still have, though AWS has withdrawn them: nothing can be provisioned with one. */
  readonly withdrawnManagedPolicies?: readonly string[];
  /** Customer managed policies exist in every account but those listed here. */
  readonly missingCustomerManagedPolicies?: readonly (CustomerManagedPolicy & {
    readonly accountId: string;
  })[];
}
