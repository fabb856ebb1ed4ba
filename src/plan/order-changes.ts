import { changeKinds } from "../model/change-kinds.ts";
import { groupBy } from "../model/group-by.ts";
import type { Change } from "../model/plan.ts";

/** Where a change comes: smaller ones first, part by part; the same for what keeps the order in which it was planned. */
interface Place {
  readonly phase: number;
  readonly turn: number;
  readonly key: string;
}

/**
 * The changes in the order they are applied in; equal plans come out equal whatever order records were read in. Revocations
 * that are part of no move come first, and among definitions those that may take something away: what ends access never
 * queues behind what gives it.
 */
export function orderChanges(changes: readonly Change[]): readonly Change[] {
  const ids = new Set(changes.map(({ id }) => id));
  const awaited = new Set(changes.flatMap(awaitedBy));
  const defining = changes.filter(({ kind }) => changeKinds[kind].touchesDefinition);
  const bySet = groupBy(defining, ({ target }): string => target.permissionSet);
  const turns = new Map([...bySet].map(([set, definition]) => [set, turnOf(definition)]));
  const placeOf = (change: Change): Place => {
    const { phase } = changeKinds[change.kind];
    const { permissionSet } = change.target;
    // What changes one definition keeps the order in which it was planned.
    if (phase === 0) return { phase, turn: turns.get(permissionSet) ?? 0, key: permissionSet };
    const isFree = change.kind === "unassign" && !awaitedBy(change).some((id) => ids.has(id));
    return { phase: isFree ? -1 : phase, turn: awaited.has(change.id) ? 0 : 1, key: change.id };
  };
  return changes
    .map((change) => ({ change, place: placeOf(change) }))
    .toSorted((a, b) => comparePlaces(a.place, b.place))
    .map(({ change }) => change);
}

function comparePlaces(a: Place, b: Place): number {
  return a.phase - b.phase || a.turn - b.turn || compareText(a.key, b.key);
}

/** What a revocation waits for. */
function awaitedBy(change: Change): readonly string[] {
  return change.kind === "unassign" ? [...change.dependsOn, ...(change.movesTo ?? [])] : [];
}

/** Definitions that may take something away, then those that only give, then sets without holders. */
function turnOf(definition: readonly Change[]): number {
  if (definition.some(({ kind }) => kind === "create-permission-set")) return 2;
  return definition.some(mayTake) ? 0 : 1;
}

function mayTake({ kind, before }: Change): boolean {
  const { sign, changesRights } = changeKinds[kind];
  return changesRights && (sign === "-" || kind === "put-permissions-boundary" || before !== undefined);
}

/** Order of two texts by code units: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
