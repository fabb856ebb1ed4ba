import type { Memory, RememberedApps, MeaningMemory } from "../model/memory.ts";
import type { Pass } from "../model/pass.ts";
import { recordKey, type SourceRecords } from "../model/record.ts";

type Meanings = NonNullable<Memory["meanings"]>;

/** The memory without what it knows of names, ends and approvals in other apps' records, whose numbers mean other records. */
export function forgetOtherApps(memory: Memory, source: SourceRecords): Memory {
  const { meanings: _meanings, ends: _ends, gates: _gates, ...others } = memory;
  return isOfApps(memory, source) ? memory : others;
}

/** A read may show fewer records than there are, once; of more than these that are gone, those entered first are forgotten. */
const mostGone = 1_000;

/** What each record's name means; of one that is not there now, or that another pass has seen at a later revision, what it meant then. */
export function rememberMeanings(
  memory: Memory,
  { source, actual, desired }: Pass,
  isOvertaken: boolean,
): MeaningMemory {
  const isSame = memory.instanceArn === actual.instance.arn && isOfApps(memory, source);
  const known = isSame ? (memory.meanings ?? {}) : {};
  const there = new Set(source.assignments.records.map(({ ref }) => recordKey(ref)));
  const gone = Object.entries(known).filter(([key]) => !there.has(key));
  const kept = Object.entries(known).filter(([key, before]) => {
    if (!there.has(key)) return false;
    const now = Object.hasOwn(desired.meanings, key) ? desired.meanings[key] : undefined;
    if (now === undefined || before.revision > now.revision) return true;
    return isOvertaken && before.revision === now.revision;
  });
  const latestGone = gone.toSorted(([a], [b]) => numberIn(b) - numberIn(a)).slice(0, mostGone);
  const meanings: Meanings = {
    ...Object.fromEntries(latestGone),
    ...desired.meanings,
    ...Object.fromEntries(kept),
  };
  return { meanings, apps: appsOf(source) };
}

function numberIn(recordKey: string): number {
  return Number(recordKey.slice(recordKey.indexOf("/") + 1));
}

function isOfApps({ apps }: Memory, source: SourceRecords): boolean {
  const now = appsOf(source);
  return apps?.permissionSets === now.permissionSets && apps.assignments === now.assignments;
}

function appsOf({ permissionSets, assignments }: SourceRecords): RememberedApps {
  return { permissionSets: permissionSets.appId, assignments: assignments.appId };
}
