import type { PlanEffects } from "../../access/judge-plan.ts";
import type { ActualState } from "../../model/actual-state.ts";
import { dayMs } from "../../model/duration.ts";
import type { Config } from "../../model/config.ts";
import type { DesiredState } from "../../model/desired-state.ts";
import type {
  GivenAdministrators,
  RememberedDeletions,
  DailyCounts,
  SizeMemory,
} from "../../model/memory.ts";
import { isDeletion } from "../../model/change-kinds.ts";
import type { Plan } from "../../model/plan.ts";
import type { Violation } from "../../model/violation.ts";

export interface RecordCounts {
  readonly permissionSets: number;
  readonly assignments: number;
}

/** Everything that guards judge by. */
/** Which permission sets records define, and which they name. */
interface NamedInRecords {
  readonly permissionSets: DesiredState["permissionSets"];
  readonly heldPermissionSets: DesiredState["heldPermissionSets"];
  readonly namedPermissionSets: DesiredState["namedPermissionSets"];
}

export interface GuardInput extends JudgedFacts {
  /** What the plan does to people. */
  readonly effects: PlanEffects;
}

/** The plan, and all that it is held against. */
export interface JudgedFacts {
  readonly plan: Plan;
  readonly actual: ActualState;
  /** Which administrators records gave; where that is not known, all that are there count as given. */
  readonly given?: GivenAdministrators;
  readonly desired: NamedInRecords;
  /** Records read in this pass. */
  readonly records: RecordCounts;
  readonly limits: Config["guards"];
  readonly protected: Config["protected"];
  /** What earlier passes left. It only ever adds a reason to refuse: without it nothing is let through that it would not also let through. */
  readonly memory?: DailyCounts & SizeMemory;
  /** Ids of the changes that only a new version's rules ask for. */
  readonly newVersionChanges?: ReadonlySet<string>;
  readonly nowMs: number;
}

/** Ids of the revocations and deleted sets, whether a person loses by them or not. */
export function listDeletions({ changes }: Plan): readonly string[] {
  return changes.filter(isDeletion).map(({ id }) => id);
}

/**
 * The managed assignments that ratios are taken of: no more than there were at any time in the last 24 hours, as far as
 * memory knows, so that granting a lot of harmless access first makes no room for a mass deletion.
 */
export function countManaged({ actual, memory, nowMs }: GuardInput): number {
  return Math.min(actual.assignments.length, ...ofToday(memory?.managed, nowMs).map(({ count }) => count));
}

/** That number for a message, with what there is now where that is more. */
export function managedNumbers(input: GuardInput): Violation["numbers"] {
  const managed = countManaged(input);
  const managedNow = input.actual.assignments.length;
  return managed === managedNow ? { managed } : { managed, managedNow };
}

/**
 * What passes of the last 24 hours did, besides what this one is to do: what several passes planned, because one was killed
 * or they ran at once, is done once.
 */
export function countEarlier(
  done: readonly RememberedDeletions[] | undefined,
  planned: ReadonlySet<string>,
  nowMs: number,
): number {
  const today = ofToday(done, nowMs);
  const named = new Set(today.flatMap(({ ids = [] }) => ids));
  const unnamed = today.filter(({ ids }) => ids === undefined).reduce((sum, { count }) => sum + count, 0);
  return [...named].filter((id) => !planned.has(id)).length + unnamed;
}

/** Written so that a time in the future, which a clock that was set back leaves behind, counts as well. */
function ofToday<Done extends { readonly at: string }>(
  done: readonly Done[] | undefined,
  nowMs: number,
): readonly Done[] {
  return (done ?? []).filter(({ at }) => !(Date.parse(at) <= nowMs - dayMs));
}
