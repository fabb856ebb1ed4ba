import { assignmentKey } from "../../model/assignment.ts";
import { newAdministratorsIn } from "../../model/pass.ts";
import type { Violation } from "../../model/violation.ts";
import { changesOf, findBlamed } from "./find-blamed.ts";
import { countEarlier, type GuardInput } from "./guard-input.ts";

/** Accounts that have an administrator whom records gave, and would have none. */
export function checkLastAdministrator({ effects, given }: GuardInput): readonly Violation[] {
  const { accountsWithoutAdministrator: lost } = effects;
  if (lost.length === 0) return [];
  const subjects = lost.map(({ account }) => account).toSorted();
  const refuses = lost.flatMap(({ changes }) => changes);
  const isUntold = given !== undefined && given.known === undefined;
  const numbers = { accounts: subjects.length, ...(isUntold ? { untold: subjects.length } : {}) };
  return [{ guard: "last-administrator", numbers, subjects, refuses }];
}

/**
 * More new administrators than the limit, by a new assignment or because the plan changes a set that was assigned before.
 * What a record gave before and was taken away by hand is not new.
 */
export function checkAdministratorGrants({ plan, effects, limits }: GuardInput): readonly Violation[] {
  const { maxAdminGrants } = limits;
  const fresh = newAdministratorsIn(effects);
  const grants = fresh.length;
  if (grants <= maxAdminGrants) return [];
  const blamed = findBlamed(plan, fresh, ({ length }) => length <= maxAdminGrants);
  return [{ guard: "administrator-grants", numbers: { grants, maxAdminGrants }, refuses: changesOf(blamed) }];
}

/** The same with those of earlier passes: 25 in each pass would be 3,600 in a day. What a person approved is not counted. */
export function checkAdministratorGrantsPerDay(input: GuardInput): readonly Violation[] {
  const { plan, effects, limits, memory, nowMs } = input;
  const { maxAdminGrantsPerDay } = limits;
  const fresh = newAdministratorsIn(effects);
  if (fresh.length === 0) return [];
  const keys = new Set(fresh.map(({ assignment }) => assignmentKey(assignment)));
  const earlier = countEarlier(memory?.adminGrants, keys, nowMs);
  const isInLimit = ({ length }: typeof fresh): boolean => length + earlier <= maxAdminGrantsPerDay;
  if (isInLimit(fresh)) return [];
  const refuses = changesOf(findBlamed(plan, fresh, isInLimit));
  const numbers = { grants: fresh.length, earlier, maxAdminGrantsPerDay };
  return [{ guard: "administrator-grants-per-day", numbers, refuses }];
}
