import { isWithin } from "../../model/record-shrink.ts";
import type { Violation } from "../../model/violation.ts";
import { changesOf, type Counted, findBlamed } from "./find-blamed.ts";
import { countEarlier, countManaged, type GuardInput, managedNumbers } from "./guard-input.ts";

/** So few assignments may always go, whatever part of all they are. */
const alwaysGo = 2;

interface Loss extends Counted {
  readonly isAssignment: boolean;
}

function listLosses({ plan, effects }: GuardInput): readonly Loss[] {
  return plan.changes.flatMap(({ id, kind }) =>
    effects.losses.has(id) ? [{ changes: [id], isAssignment: kind === "unassign" }] : [],
  );
}

/**
 * More losses in one pass than the count and than the ratio, or than the cap; or more than a certain part of all
 * assignments: in a small company the count alone would be nearly everything.
 */
export function checkDeletions(input: GuardInput): readonly Violation[] {
  const { limits, plan } = input;
  const { maxDeletions, maxDeletionRatio, deletionCap, maxShareOfAll } = limits;
  const losses = listLosses(input);
  const deletions = losses.length;
  const managed = countManaged(input);
  const limit = { count: maxDeletions, ratio: maxDeletionRatio, cap: deletionCap };
  const share = { count: alwaysGo, ratio: maxShareOfAll, cap: Infinity };
  const isInLimit = (some: typeof losses): boolean => isWithin(some.length, managed, limit);
  const lostIn = (some: typeof losses): number => some.filter(({ isAssignment }) => isAssignment).length;
  const isInShare = (some: typeof losses): boolean =>
    isWithin(lostIn(some), input.actual.assignments.length, share);
  if (isInLimit(losses) && isInShare(losses)) return [];
  const lost = isInLimit(losses) ? { lost: lostIn(losses), maxShareOfAll } : {};
  const cap = deletions > deletionCap ? { deletionCap } : {};
  const blamed = findBlamed(plan, losses, (some) => isInLimit(some) && isInShare(some));
  const limitsBroken = { maxDeletions, maxDeletionRatio, ...cap, ...lost };
  const numbers = { deletions, ...managedNumbers(input), ...limitsBroken };
  return [{ guard: "deletions", numbers, refuses: changesOf(blamed) }];
}

/**
 * More losses than a day's, those of earlier passes counted: passes that each stay under the limits of one pass must not
 * take everything away bit by bit. What a person approved is not counted by the passes that come after it.
 */
export function checkDeletionsPerDay(input: GuardInput): readonly Violation[] {
  const losses = listLosses(input);
  if (losses.length === 0) return [];
  const { maxDeletionsPerDay, maxDeletionRatioPerDay, deletionCapPerDay } = input.limits;
  const earlier = countEarlier(input.memory?.deletions, input.effects.losses, input.nowMs);
  const limit = { count: maxDeletionsPerDay, ratio: maxDeletionRatioPerDay, cap: deletionCapPerDay };
  const managed = countManaged(input);
  const isInLimit = ({ length }: typeof losses): boolean => isWithin(earlier + length, managed, limit);
  if (isInLimit(losses)) return [];
  const blamed = findBlamed(input.plan, losses, isInLimit);
  const counts = { deletions: losses.length, earlier, ...managedNumbers(input) };
  const cap = earlier + losses.length > deletionCapPerDay ? { deletionCapPerDay } : {};
  const numbers = { ...counts, maxDeletionsPerDay, maxDeletionRatioPerDay, ...cap };
  return [{ guard: "deletions-per-day", numbers, refuses: changesOf(blamed) }];
}
