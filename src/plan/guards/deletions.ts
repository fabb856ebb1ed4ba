import { isWithin } from "../../model/record-shrink.ts";
import type { Violation } from "../../model/violation.ts";
import { countEarlier, countManaged, type GuardInput, managedNumbers } from "./guard-input.ts";

/** So few assignments may always go, whatever part of all they are. */
const alwaysGo = 2;

/**
 * More losses in one pass than the count and than the ratio, or than the cap; or more than a certain part of all
 * assignments: in a small company the count alone would be nearly everything.
 */
export function checkDeletions(input: GuardInput): readonly Violation[] {
  const { limits, effects, plan } = input;
  const { maxDeletions, maxDeletionRatio, deletionCap, maxShareOfAll } = limits;
  const deletions = effects.losses.size;
  const managed = countManaged(input);
  const limit = { count: maxDeletions, ratio: maxDeletionRatio, cap: deletionCap };
  const isInLimit = isWithin(deletions, managed, limit);
  const lost = plan.changes.filter(({ id, kind }) => kind === "unassign" && effects.losses.has(id)).length;
  const isInShare = isWithin(lost, input.actual.assignments.length, {
    count: alwaysGo,
    ratio: maxShareOfAll,
    cap: Infinity,
  });
  if (isInLimit && isInShare) return [];
  const share = isInLimit ? { lost, maxShareOfAll } : {};
  const cap = deletions > deletionCap ? { deletionCap } : {};
  const limitsBroken = { maxDeletions, maxDeletionRatio, ...cap, ...share };
  const numbers = { deletions, ...managedNumbers(input), ...limitsBroken };
  return [{ guard: "deletions", numbers, refuses: [...effects.losses] }];
}

/**
 * More losses than a day's, those of earlier passes counted: passes that each stay under the limits of one pass must not
 * take everything away bit by bit. What a person approved is not counted by the passes that come after it.
 */
export function checkDeletionsPerDay(input: GuardInput): readonly Violation[] {
  const { losses } = input.effects;
  if (losses.size === 0) return [];
  const { maxDeletionsPerDay, maxDeletionRatioPerDay, deletionCapPerDay } = input.limits;
  const earlier = countEarlier(input.memory?.deletions, losses, input.nowMs);
  const limit = { count: maxDeletionsPerDay, ratio: maxDeletionRatioPerDay, cap: deletionCapPerDay };
  if (isWithin(earlier + losses.size, countManaged(input), limit)) return [];
  const counts = { deletions: losses.size, earlier, ...managedNumbers(input) };
  const cap = earlier + losses.size > deletionCapPerDay ? { deletionCapPerDay } : {};
  const numbers = { ...counts, maxDeletionsPerDay, maxDeletionRatioPerDay, ...cap };
  return [{ guard: "deletions-per-day", numbers, refuses: [...losses] }];
}
