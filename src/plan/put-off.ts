import type { PlanEffects } from "../access/judge-plan.ts";
import { changeKinds, isDeletion } from "../model/change-kinds.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Change } from "../model/plan.ts";
import { findRepeats, type Troubles } from "../model/trouble.ts";

/** Changes that were applied again and again and are asked for once more. */
export interface Unsteady {
  /** Ids of all of them. */
  readonly repeats: ReadonlySet<string>;
  /** Ids of those that this pass leaves alone. */
  readonly putOff: ReadonlySet<string>;
}

export interface PutOffInput {
  readonly changes: readonly Change[];
  readonly effects: {
    readonly becomesAdministrator: PlanEffects["becomesAdministrator"];
    readonly endsAdministrator: PlanEffects["endsAdministrator"];
  };
  readonly troubles: Troubles;
  readonly nowMs: number;
  /** What this pass has done already: another pass's memory may tell of it by now. */
  readonly done: readonly Outcome[];
}

const oftenestMs = 60 * 60_000;

/**
 * A change that does not stay as set is made once an hour, definitions and ordinary grants only: what takes something
 * away, or has to do with administrators, is repeated in every pass. A set's definition is put off as a whole, and nothing
 * that another change waits for.
 */
export function findUnsteady({ changes, effects, troubles, nowMs, done }: PutOffInput): Unsteady {
  const isDone = new Set(done.map(({ change }) => change.id));
  const repeats = findRepeats(changes, troubles);
  const isRecent = (id: string): boolean => nowMs - Date.parse(troubles.repeats?.[id]?.at ?? "") < oftenestMs;
  const mayWait = (change: Change): boolean =>
    !isDeletion(change) &&
    !effects.endsAdministrator.has(change.id) &&
    !(change.kind === "assign" && effects.becomesAdministrator.has(change.id));
  const waiting = changes.filter(
    (change) => repeats.has(change.id) && !isDone.has(change.id) && isRecent(change.id) && mayWait(change),
  );
  return { repeats, putOff: withoutNeeded(new Set(waiting.map(({ id }) => id)), changes) };
}

/** Those of the ids that nothing else needs. */
function withoutNeeded(ids: ReadonlySet<string>, changes: readonly Change[]): ReadonlySet<string> {
  const left = new Set(ids);
  for (let size = -1; size !== left.size;) {
    size = left.size;
    const now = changes.filter(({ id }) => !left.has(id));
    const sets = new Set<string>(now.filter(isOfDefinition).map(({ target }) => target.permissionSet));
    const needed = new Set(now.flatMap(({ dependsOn }) => dependsOn));
    for (const change of changes) {
      const isWhole = !isOfDefinition(change) || !sets.has(change.target.permissionSet);
      if (!isWhole || needed.has(change.id)) left.delete(change.id);
    }
  }
  return left;
}

function isOfDefinition({ kind }: Change): boolean {
  const { touchesDefinition, isHousekeeping } = changeKinds[kind];
  return touchesDefinition || isHousekeeping;
}
