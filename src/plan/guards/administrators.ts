import { newAdministratorsIn, peopleIn } from "../../model/pass.ts";
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
 * What a record gave before and was taken away by hand is not new. A group counts its members.
 */
export function checkAdministratorGrants({ plan, effects, limits }: GuardInput): readonly Violation[] {
  const { maxAdminGrants } = limits;
  const fresh = newAdministratorsIn(effects);
  const grants = peopleIn(fresh).length;
  if (grants <= maxAdminGrants) return [];
  const blamed = findBlamed(plan, fresh, (some) => peopleIn(some).length <= maxAdminGrants);
  return [{ guard: "administrator-grants", numbers: { grants, maxAdminGrants }, refuses: changesOf(blamed) }];
}

/** The same with those of earlier passes: 25 in each pass would be 3,600 in a day. What a person approved is not counted. */
export function checkAdministratorGrantsPerDay(input: GuardInput): readonly Violation[] {
  const { plan, effects, limits, memory, nowMs } = input;
  const { maxAdminGrantsPerDay } = limits;
  const fresh = newAdministratorsIn(effects);
  if (fresh.length === 0) return [];
  const people = peopleIn(fresh);
  const earlier = countEarlier(memory?.adminGrants, new Set(people), nowMs);
  const isInLimit = (some: typeof fresh): boolean => peopleIn(some).length + earlier <= maxAdminGrantsPerDay;
  if (isInLimit(fresh)) return [];
  const refuses = changesOf(findBlamed(plan, fresh, isInLimit));
  const numbers = { grants: people.length, earlier, maxAdminGrantsPerDay };
  return [{ guard: "administrator-grants-per-day", numbers, refuses }];
}
