import type { Assignment } from "./assignment.ts";
import type { Directory } from "./directory.ts";
import type { AccountId, PermissionSetArn, PermissionSetName } from "./ids.ts";
import type { Tags } from "./ownership.ts";
import type { PermissionSetDefinition } from "./permission-set.ts";

export interface Instance {
  readonly arn: string;
  readonly identityStoreId: string;
  readonly region: string;
}

/**
 * Why the owner tag is not believed: it appeared on a set that was not ours the last time, or the value that `adopt` wrote
 * belongs to another set; or the set was ours and lacks the tag, or has another owner's for the first time.
 */
export type DistrustReason = "tag-appeared" | "tags-copied" | LostOwnership;

/** What the tags of a set say that was ours before. */
export type LostOwnership = "owner-tag-missing" | "owner-changed";

interface ActualPermissionSetBase {
  readonly arn: PermissionSetArn;
  readonly name: PermissionSetName;
  readonly tags: Tags;
  /** Provisioned in the management account, and so out of a delegated administrator's reach everywhere. */
  readonly locked: boolean;
  /** What its owner tag says, or does not say, is not believed. */
  readonly distrust?: DistrustReason;
}

/** A set that carries our owner tag, read in full. */
export interface ManagedPermissionSet extends ActualPermissionSetBase {
  readonly managed: true;
  readonly definition: PermissionSetDefinition;
  readonly provisionedAccounts: readonly AccountId[];
  /** Accounts that still have an older definition. */
  readonly staleAccounts: readonly AccountId[];
}

/** A set of another owner or of none: seen and left alone. */
export interface UnmanagedPermissionSet extends ActualPermissionSetBase {
  readonly managed: false;
  /** Id of the record that defined it when it was ours. */
  readonly recordBefore?: string;
}

export type ActualPermissionSet = ManagedPermissionSet | UnmanagedPermissionSet;

/** Whether the set was ours and its tags do not say so now: it stays as it is until they do, or say for certain whose it is. */
export function isLost({ distrust }: ActualPermissionSet): boolean {
  return distrust === "owner-tag-missing" || distrust === "owner-changed";
}

/** What Identity Center has now. */
export interface ActualState {
  readonly instance: Instance;
  readonly directory: Directory;
  readonly permissionSets: readonly ActualPermissionSet[];
  /** Assignments of managed sets only. */
  readonly assignments: readonly Assignment[];
}
