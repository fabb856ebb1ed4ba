import type { ActualState } from "../../model/actual-state.ts";
import type { Config } from "../../model/config.ts";
import type { DesiredState } from "../../model/desired-state.ts";
import type { Memory } from "../../model/memory.ts";
import { isDeletion, type Plan } from "../../model/plan.ts";

export interface RecordCounts {
  readonly permissionSets: number;
  readonly assignments: number;
}

/** Everything that guards judge by. */
export interface GuardInput {
  readonly plan: Plan;
  readonly actual: ActualState;
  readonly desired: Pick<DesiredState, "permissionSets" | "heldPermissionSets" | "namedPermissionSets">;
  /** Records read in this pass. */
  readonly records: RecordCounts;
  readonly limits: Config["guards"];
  readonly protected: Config["protected"];
  /** What earlier passes left. It only ever adds a reason to refuse: without it nothing is let through that it would not also let through. */
  readonly memory?: Pick<Memory, "lastGoodRead" | "deletions">;
  readonly nowMs: number;
}

/** Revocations and deleted sets, as every guard counts them. */
export function countDeletions({ changes }: Plan): number {
  return changes.filter(isDeletion).length;
}
