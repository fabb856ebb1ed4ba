import type { PlanEffects } from "../../access/judge-plan.ts";
import type { ActualState } from "../../model/actual-state.ts";
import { dayMs } from "../../model/duration.ts";
import type { Config } from "../../model/config.ts";
import type { DesiredState } from "../../model/desired-state.ts";
import type { Memory } from "../../model/memory.ts";
import { isDeletion } from "../../model/change-kinds.ts";
import type { Plan } from "../../model/plan.ts";

export interface RecordCounts {
  readonly permissionSets: number;
  readonly assignments: number;
}

/** Everything that guards judge by. */
export interface GuardInput {
  readonly plan: Plan;
  /** What the plan does to people. */
  readonly effects: PlanEffects;
  readonly actual: ActualState;
  readonly desired: Pick<DesiredState, "permissionSets" | "heldPermissionSets" | "namedPermissionSets">;
  /** Records read in this pass. */
  readonly records: RecordCounts;
  readonly limits: Config["guards"];
  readonly protected: Config["protected"];
  /** What earlier passes left. It only ever adds a reason to refuse: without it nothing is let through that it would not also let through. */
  readonly memory?: Pick<Memory, "lastGoodRead" | "deletions" | "managed">;
  readonly nowMs: number;
}

/** Revocations and deleted sets, as every guard counts them. */
export function countDeletions(plan: Plan): number {
  return listDeletions(plan).length;
}

/** Ids of the revocations and deleted sets. */
export function listDeletions({ changes }: Plan): readonly string[] {
  return changes.filter(isDeletion).map(({ id }) => id);
}

/**
 * The managed assignments that ratios are taken of: no more than there were at any time in the last 24 hours, as far as
 * memory knows, so that nobody makes room for a mass deletion by granting a lot of harmless access first.
 */
export function countManaged({ actual, memory, nowMs }: GuardInput): number {
  const ofToday = (memory?.managed ?? []).filter(({ at }) => !(Date.parse(at) <= nowMs - dayMs));
  return Math.min(actual.assignments.length, ...ofToday.map(({ count }) => count));
}
