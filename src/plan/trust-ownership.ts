import type { ActualPermissionSet, ActualState, DistrustReason } from "../model/actual-state.ts";
import type { OwnershipMemory, ReadingMemory } from "../model/memory.ts";
import { adoptedTag, adoptedValue } from "../model/ownership.ts";
import { lostOwnership } from "../model/owned-sets.ts";

export interface OwnershipEvidence {
  readonly owner: string;
  readonly memory?: (OwnershipMemory & ReadingMemory) | undefined;
  /** Names of sets that are being taken over: they stay managed, with the reason not to believe their tags. */
  readonly adopting?: ReadonlySet<string> | undefined;
}

/**
 * The state in which a set is ours only when its owner tag can be believed: who may tag a set could otherwise have us
 * empty and delete it. Sets whose tag is not believed are seen and left alone until they are adopted; so are those that
 * were ours, until their tags say so again.
 */
export function trustOwnership(actual: ActualState, evidence: OwnershipEvidence): ActualState {
  const judge = distrustIn(actual, evidence);
  const permissionSets = actual.permissionSets.map((set): ActualPermissionSet => {
    if (!set.managed) return { ...set, ...lostOwnership(set, evidence.memory, evidence.owner) };
    const distrust = judge(set);
    if (distrust === undefined) return set;
    if (evidence.adopting?.has(set.name) === true) return { ...set, distrust };
    const { arn, name, tags, locked } = set;
    return { managed: false, arn, name, tags, locked, distrust };
  });
  const managed = new Set(permissionSets.flatMap((set) => (set.managed ? [set.name] : [])));
  const assignments = actual.assignments.filter(({ permissionSet }) => managed.has(permissionSet));
  return { ...actual, permissionSets, assignments };
}

function distrustIn(
  { instance }: ActualState,
  { owner, memory }: OwnershipEvidence,
): (set: ActualPermissionSet) => DistrustReason | undefined {
  const known = memory?.instanceArn === instance.arn ? memory : {};
  const foreign = new Set(known.unmanagedSets);
  // The tag's value holds no secret: every identity that may tag could write it, and only the memory proves that it was `adopt`.
  const proven = new Set(known.adoptedSets);
  return ({ arn, tags }) => {
    const isAdopted = tags[adoptedTag] === adoptedValue(arn, owner);
    if (Object.hasOwn(tags, adoptedTag) && !isAdopted) return "tags-copied";
    if (!foreign.has(arn)) return undefined;
    return isAdopted && proven.has(arn) ? undefined : "tag-appeared";
  };
}
