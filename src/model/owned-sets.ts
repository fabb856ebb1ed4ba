import type { ActualPermissionSet, LostOwnership } from "./actual-state.ts";
import type { OwnershipMemory } from "./memory.ts";
import { ownerTag } from "./ownership.ts";

interface Loss {
  readonly distrust: LostOwnership;
  readonly recordBefore?: string;
}

/**
 * What the tags of a set say that was ours; undefined when it never was, or another owner's tag is on it for the second
 * time. A tag that is missing says nothing: it may not have been read.
 */
export function lostOwnership(
  set: ActualPermissionSet,
  memory: OwnershipMemory | undefined,
  owner: string,
): Loss | undefined {
  const record = recordBefore(set, memory);
  const found = Object.hasOwn(set.tags, ownerTag) ? set.tags[ownerTag] : "";
  if (record === undefined || found === owner) return undefined;
  const before = record === "" ? {} : { recordBefore: record };
  if (found === "") return { distrust: "owner-tag-missing", ...before };
  const isTaken = memory?.claimedSets?.includes(set.arn) === true;
  return isTaken ? undefined : { distrust: "owner-changed", ...before };
}

function recordBefore(
  { arn, name }: ActualPermissionSet,
  memory: OwnershipMemory | undefined,
): string | undefined {
  const owned = memory?.ownedSets ?? {};
  const made = memory?.madeSets ?? {};
  if (Object.hasOwn(owned, arn)) return owned[arn];
  return Object.hasOwn(made, name) ? made[name] : undefined;
}
