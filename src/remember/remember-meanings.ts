import type { Memory, RememberedApps, MeaningMemory } from "../model/memory.ts";
import type { Pass } from "../model/pass.ts";
import { recordKey, type SourceRecords } from "../model/record.ts";

type Meanings = NonNullable<Memory["meanings"]>;

/** The memory without what it knows of names, ends and approvals in other apps' records, whose numbers mean other records. */
export function forgetOtherApps(memory: Memory, source: SourceRecords): Memory {
  const { meanings: _meanings, ends: _ends, gates: _gates, ...others } = memory;
  return isOfApps(memory, source) ? memory : others;
}

/** What each record's name means; of one that another pass has seen at a later revision, what it meant there. */
export function rememberMeanings(
  memory: Memory,
  { source, actual, desired }: Pass,
  isOvertaken: boolean,
): MeaningMemory {
  const isSame = memory.instanceArn === actual.instance.arn && isOfApps(memory, source);
  const known = isSame ? (memory.meanings ?? {}) : {};
  const there = new Set(source.assignments.records.map(({ ref }) => recordKey(ref)));
  const kept = Object.entries(known).filter(([key, before]) => {
    if (!there.has(key)) return isOvertaken;
    const now = Object.hasOwn(desired.meanings, key) ? desired.meanings[key] : undefined;
    if (now === undefined || before.revision > now.revision) return true;
    return isOvertaken && before.revision === now.revision;
  });
  const meanings: Meanings = { ...desired.meanings, ...Object.fromEntries(kept) };
  return { meanings, apps: appsOf(source) };
}

function isOfApps({ apps }: Memory, source: SourceRecords): boolean {
  const now = appsOf(source);
  return apps?.permissionSets === now.permissionSets && apps.assignments === now.assignments;
}

function appsOf({ permissionSets, assignments }: SourceRecords): RememberedApps {
  return { permissionSets: permissionSets.appId, assignments: assignments.appId };
}
