import { isLost } from "../model/actual-state.ts";
import type { Memory, OwnershipMemory } from "../model/memory.ts";
import { lostOwnership } from "../model/owned-sets.ts";
import { recordTag } from "../model/ownership.ts";
import type { Pass } from "../model/pass.ts";
import type { Change } from "../model/plan.ts";
import type { Seen } from "../model/reading.ts";

/**
 * Which sets are ours and which are not. What we made or saw managed stays ours while its owner tag is not to be read,
 * however often, and until the tag names another owner twice; whatever else is not managed is not ours.
 */
export function rememberSets(memory: Memory, { actual, outcomes }: Pass): Required<OwnershipMemory> {
  const sets = actual.permissionSets.map((set) => {
    if (set.managed) {
      const isBelieved = set.distrust === undefined;
      return { set, owned: isBelieved ? (set.tags[recordTag] ?? "") : undefined };
    }
    const loss = lostOwnership(set, memory, memory.owner);
    return { set, owned: loss && (loss.recordBefore ?? ""), loss };
  });
  const unmanagedSets = sets.flatMap(({ set, owned }) =>
    set.managed || owned !== undefined ? [] : [set.arn],
  );
  const stillForeign = new Set<string>(unmanagedSets);
  const applied = outcomes.flatMap(({ status, change }) => (status === "applied" ? [change] : []));
  return {
    unmanagedSets,
    ownedSets: Object.fromEntries(
      sets.flatMap(({ set, owned }) => (owned === undefined ? [] : [[set.arn, owned] as const])),
    ),
    madeSets: setsMade(applied),
    claimedSets: sets.flatMap(({ set, loss }) => (loss?.distrust === "owner-changed" ? [set.arn] : [])),
    adoptedSets: (memory.adoptedSets ?? []).filter((arn) => stillForeign.has(arn)),
  };
}

/** By name, the ids of the records whose sets these changes make. */
export function setsMade(changes: readonly Change[]): NonNullable<Memory["madeSets"]> {
  return Object.fromEntries(
    changes.flatMap(({ kind, target, records }) =>
      kind === "create-permission-set" ? [[target.permissionSet, records[0]?.id ?? ""] as const] : [],
    ),
  );
}

/** What was seen, without the sets whose owner tag was not there: the next pass looks for it again. */
export function withoutLost(seen: Seen, { actual }: Pass): Seen {
  const lost = new Set<string>(actual.permissionSets.filter(isLost).map(({ arn }) => arn));
  if (lost.size === 0) return seen;
  const kept = Object.entries(seen.permissionSets).filter(([arn]) => !lost.has(arn));
  return { ...seen, permissionSets: Object.fromEntries(kept) };
}

/** The memory in which the sets are proven to be taken over, before their tags say so. */
export function rememberAdoption(memory: Memory, arns: readonly string[]): Memory {
  return { ...memory, adoptedSets: [...new Set([...(memory.adoptedSets ?? []), ...arns])] };
}
