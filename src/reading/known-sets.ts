import {
  type AccountId,
  accountId,
  type PermissionSetArn,
  type PermissionSetName,
  permissionSetName,
} from "../model/ids.ts";
import type { Tags } from "../model/ownership.ts";
import type { LiveParts, Outline, Seen, SeenPermissionSet } from "../model/reading.ts";

/** A permission set of the outline whose name and tags are known, from this pass or an earlier one. */
export interface KnownSet {
  readonly arn: PermissionSetArn;
  readonly locked: boolean;
  readonly name: PermissionSetName;
  readonly tags: Tags;
  /** Whether name and tags were read in this pass. */
  readonly isLive: boolean;
}

/** The sets by ARN, as read in this pass, or else as last seen; without those that were never read, and those that are gone. */
export function knownSets(
  outline: Outline,
  seen: Seen,
  live: LiveParts,
): ReadonlyMap<PermissionSetArn, KnownSet> {
  const known = outline.permissionSets.flatMap(({ arn, locked }): readonly KnownSet[] => {
    const head = live.heads.get(arn);
    if (head === null) return [];
    if (head !== undefined) return [{ arn, locked, name: head.name, tags: head.tags, isLive: true }];
    const before = seenSet(seen, arn);
    if (before === undefined) return [];
    return [{ arn, locked, name: permissionSetName(before.name), tags: before.tags, isLive: false }];
  });
  return new Map(known.map((set) => [set.arn, set]));
}

/** Where a set is provisioned: as read in this pass, or else where it was last seen. */
export function accountsOf(arn: PermissionSetArn, seen: Seen, live: LiveParts): readonly AccountId[] {
  const listed = live.provisionedAccounts.get(arn);
  return listed ?? Object.keys(seenSet(seen, arn)?.accounts ?? {}).map(accountId);
}

/** The set as it was last seen. */
export function seenSet(seen: Seen, arn: string): SeenPermissionSet | undefined {
  return Object.hasOwn(seen.permissionSets, arn) ? seen.permissionSets[arn] : undefined;
}
