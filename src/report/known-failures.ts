import { isDeletion } from "../model/change-kinds.ts";
import type { Outcome } from "../model/outcome.ts";
import { changesPutOff, type Pass } from "../model/pass.ts";
import type { Change } from "../model/plan.ts";
import { isKnown } from "../model/trouble.ts";

/**
 * Ids of the changes that are not what the records say as before, people having been told of it within the last seven
 * days, and of what waits for them. A removal never is one, nor what may take an administrator's rights away.
 */
export function findKnownFailures(pass: Pass, nowMs: number): ReadonlySet<string> {
  const { outcomes, repeats = new Set<string>(), troubles = {}, counted } = pass;
  const mayBeKnown = (change: Change): boolean =>
    !isDeletion(change) && counted?.endsAdministrator.has(change.id) !== true;
  const doNotStay = [...outcomes.map(({ change }) => change), ...changesPutOff(pass)].filter(
    (change) => repeats.has(change.id) && mayBeKnown(change) && isKnown(troubles.repeats?.[change.id], nowMs),
  );
  const isKnownFailure = (outcome: Outcome): boolean => {
    if (outcome.status !== "failed" || !mayBeKnown(outcome.change)) return false;
    const known = troubles.failures?.[outcome.change.id];
    return known?.code === outcome.reason.code && isKnown(known, nowMs);
  };
  const failed = outcomes.filter(isKnownFailure).map(({ change }) => change);
  const known = new Set([...doNotStay, ...failed].map(({ id }) => id));
  for (let size = -1; size !== known.size;) {
    size = known.size;
    for (const outcome of outcomes) {
      const waits = outcome.status === "skipped" && outcome.reason.code === "dependency-not-applied";
      if (waits && known.has(outcome.reason.changeId) && mayBeKnown(outcome.change)) {
        known.add(outcome.change.id);
      }
    }
  }
  return known;
}
