import type { Principal } from "./assignment.ts";
import type { AccountId, PrincipalId } from "./ids.ts";

/** State of an AWS account; only ACTIVE ones are written to. https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html */
export type AccountState =
  | "ACTIVE"
  | "PENDING_ACTIVATION"
  | "SUSPENDED"
  | "PENDING_CLOSURE"
  | "CLOSED"
  | "UNKNOWN";

export interface Account {
  readonly id: AccountId;
  readonly name: string;
  readonly state: AccountState;
  /** When it came to the organization, ISO 8601; missing where AWS does not tell. */
  readonly joinedAt?: string;
  /** What follows the at sign of its address; missing where AWS does not tell. */
  readonly emailDomain?: string;
  /** Organizational units above it, as AWS writes them; missing where AWS does not tell. */
  readonly path?: string;
}

export interface User {
  readonly id: PrincipalId;
  readonly userName: string;
  readonly emails: readonly string[];
  readonly displayName?: string;
  readonly enabled: boolean;
  /** ISO 8601; missing where AWS does not tell. */
  readonly createdAt?: string;
  /** The ids that the source of the directory gives it; missing where AWS does not tell. */
  readonly externalIds?: readonly string[];
}

export interface Group {
  readonly id: PrincipalId;
  readonly displayName: string;
  /** As for users. */
  readonly createdAt?: string;
  readonly externalIds?: readonly string[];
}

/** An AWS managed policy; `aws-service-role/` ones exist but cannot be attached. */
export interface ManagedPolicy {
  readonly name: string;
  readonly arn: string;
}

/** The accounts in which the sync itself could be changed: the one that it runs in, and those that hold its memory. */
export interface KeyAccounts {
  readonly ids: ReadonlySet<AccountId>;
  /** Whether records may give access there: all but plain reading counts as an administrator's. */
  readonly isOpen: boolean;
}

/** What the apps with lists show of an organization. */
export interface AccountsAndGroups {
  readonly accounts: readonly Account[];
  readonly groups: readonly Group[];
}

/** Who and what exists in AWS, read whole in every pass. */
export interface Directory extends AccountsAndGroups {
  readonly managementAccount: AccountId;
  readonly keyAccounts: KeyAccounts;
  readonly users: readonly User[];
  readonly managedPolicies: readonly ManagedPolicy[];
  /** Members of groups, by the group's id: of those groups that guardrails name or that would become administrators. */
  readonly memberships: ReadonlyMap<PrincipalId, ReadonlySet<PrincipalId>>;
}

/** Whether a user or group is in the directory, and a user not disabled. */
export function isActiveIn({ users, groups }: Directory): (principal: Principal) => boolean {
  const active = {
    USER: new Set(users.filter(({ enabled }) => enabled).map(({ id }) => id)),
    GROUP: new Set(groups.map(({ id }) => id)),
  };
  return ({ type, id }) => active[type].has(id);
}

/** Whether nothing may be written to the account, because who has access there could change the sync itself. */
export function isLockedKeyAccount(
  { keyAccounts }: { readonly keyAccounts: KeyAccounts },
  account: AccountId,
): boolean {
  return !keyAccounts.isOpen && keyAccounts.ids.has(account);
}

/** Whether records may give access to the account, and all but plain reading there counts as an administrator's. */
export function isOpenKeyAccount(
  { keyAccounts }: { readonly keyAccounts: KeyAccounts },
  account: AccountId,
): boolean {
  return keyAccounts.isOpen && keyAccounts.ids.has(account);
}
