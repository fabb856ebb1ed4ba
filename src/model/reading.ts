import type { ManagedPermissionSet } from "./actual-state.ts";
import type { Principal } from "./assignment.ts";
import type { Directory } from "./directory.ts";
import type { AccountId, PermissionSetArn, PermissionSetName, PrincipalId } from "./ids.ts";
import type { Instance } from "./actual-state.ts";
import type { Tags } from "./ownership.ts";
import type { PermissionSetAttributes, PolicyParts } from "./permission-set.ts";

/** What every pass reads of Identity Center before anything else: which permission sets there are, not what they are. */
export interface Outline extends ListedSets {
  readonly instance: Instance;
  readonly directory: Directory;
}

/** The permission sets of an instance, by ARN. */
export interface ListedSets {
  readonly permissionSets: readonly {
    readonly arn: PermissionSetArn;
    /** Provisioned in the management account, and so out of a delegated administrator's reach everywhere. */
    readonly locked: boolean;
  }[];
}

/** Whose a permission set is, and its attributes. */
export interface PermissionSetHead {
  readonly name: PermissionSetName;
  readonly tags: Tags;
  readonly attributes: PermissionSetAttributes;
}

/** One permission set in one account. */
export interface Pair {
  readonly arn: PermissionSetArn;
  readonly account: AccountId;
}

/** Parts of Identity Center to be read. */
export interface ReadingRequest {
  readonly heads: readonly PermissionSetArn[];
  readonly policies: readonly PermissionSetArn[];
  readonly provisionedAccounts: readonly PermissionSetArn[];
  readonly staleAccounts: readonly PermissionSetArn[];
  readonly pairs: readonly Pair[];
  /** Groups whose members are to be known. */
  readonly groups: readonly PrincipalId[];
}

export const nothingToRead: ReadingRequest = {
  heads: [],
  policies: [],
  provisionedAccounts: [],
  staleAccounts: [],
  pairs: [],
  groups: [],
};

/** What was read in this pass, by ARN; pairs by the key that pairKey makes. */
export interface LiveParts {
  /** Null for a set that was deleted since it was listed. */
  readonly heads: ReadonlyMap<PermissionSetArn, PermissionSetHead | null>;
  readonly policies: ReadonlyMap<PermissionSetArn, PolicyParts>;
  readonly provisionedAccounts: ReadonlyMap<PermissionSetArn, readonly AccountId[]>;
  readonly staleAccounts: ReadonlyMap<PermissionSetArn, readonly AccountId[]>;
  readonly pairs: ReadonlyMap<string, readonly Principal[]>;
  readonly memberships: Directory["memberships"];
}

/** Whether the accounts that miss a set's latest definition are to be asked for; the sizes are of the whole read. */
export type StaleChoice = (
  set: ManagedPermissionSet,
  sizes: { readonly permissionSets: number; readonly pairs: number },
) => boolean;

/** One permission set as it was last seen. */
export interface SeenPermissionSet extends SeenContent {
  readonly name: string;
  readonly tags: Tags;
}

/** What passes saw of a permission set besides its name and tags. */
export interface SeenContent {
  /** Fingerprint of the definition; missing for a set that is not ours. */
  readonly definition?: string;
  /** Number of the pass that read it. */
  readonly pass: number;
  /** Number of the pass that asked for the accounts where it is, and for those that miss its definition. */
  readonly stalePass: number;
  /** By account, the fingerprint of who is assigned there and the number of the pass that read it. */
  readonly accounts: Readonly<Record<string, readonly [fingerprint: string, pass: number]>>;
  /** Whether it may make administrators, as far as that pass could tell. */
  readonly administrator?: true;
}

/** What passes saw, and when: it only chooses where the next one looks. */
export interface Seen {
  /** Number of the last pass. */
  readonly pass: number;
  /** When everything was last read in one pass. ISO 8601 UTC. */
  readonly wholeAt?: string;
  /** By ARN. */
  readonly permissionSets: Readonly<Record<string, SeenPermissionSet>>;
}

/** How much of Identity Center a pass read. */
export interface Reading {
  readonly mode: "full" | "partial";
  readonly pairsRead: number;
  /** Pairs that were not read; in the plan they stand for what the records say, which is what was last seen there. */
  readonly pairsAssumed: number;
  /** How many passes ago the part was read that has not been for the longest time; 0 when everything was. */
  readonly oldestUnreadPasses: number;
  readonly seen: Seen;
}

export function pairKey({ arn, account }: Pair): string {
  return `${arn}/${account}`;
}
