import { dayMs } from "../../model/duration.ts";
import type { Violation } from "../../model/violation.ts";
import { countDeletions, countManaged, listDeletions, type GuardInput } from "./guard-input.ts";

/** More deletions in one pass than the count and than the ratio. Both limits are written as "not within", so that 0 ÷ 0 refuses. */
export function checkDeletions(input: GuardInput): readonly Violation[] {
  const deletions = countDeletions(input.plan);
  const managed = countManaged(input);
  const { maxDeletions, maxDeletionRatio } = input.limits;
  const withinCount = deletions <= maxDeletions;
  const withinRatio = deletions / managed <= maxDeletionRatio;
  if (withinCount || withinRatio) return [];
  return [
    {
      guard: "deletions",
      numbers: { deletions, managed, maxDeletions, maxDeletionRatio },
      refuses: listDeletions(input.plan),
    },
  ];
}

/**
 * More deletions than a day's, those of earlier passes counted: passes that each stay under the limits of one pass must not
 * take everything away bit by bit. What a person approved is not counted by the passes that come after it.
 */
export function checkDeletionsPerDay(input: GuardInput): readonly Violation[] {
  const deletions = countDeletions(input.plan);
  if (deletions === 0) return [];
  const earlier = countEarlier(input);
  const managed = countManaged(input);
  const { maxDeletionsPerDay, maxDeletionRatioPerDay } = input.limits;
  const withinCount = earlier + deletions <= maxDeletionsPerDay;
  const withinRatio = (earlier + deletions) / managed <= maxDeletionRatioPerDay;
  if (withinCount || withinRatio) return [];
  const numbers = { deletions, earlier, managed, maxDeletionsPerDay, maxDeletionRatioPerDay };
  return [{ guard: "deletions-per-day", numbers, refuses: listDeletions(input.plan) }];
}

/**
 * Deletions of the last 24 hours besides those of this plan: what several passes planned, because one was killed or they
 * ran at once, is one deletion. Written so that a time in the future, which a clock that was set back leaves behind,
 * counts as well.
 */
function countEarlier({ memory, plan, nowMs }: GuardInput): number {
  const ofToday = (memory?.deletions ?? []).filter(({ at }) => !(Date.parse(at) <= nowMs - dayMs));
  const named = new Set(ofToday.flatMap(({ ids = [] }) => ids));
  for (const { id } of plan.changes) named.delete(id);
  const unnamed = ofToday.filter(({ ids }) => ids === undefined).reduce((sum, { count }) => sum + count, 0);
  return named.size + unnamed;
}
