import type { Violation } from "../../model/violation.ts";
import type { GuardInput } from "./guard-input.ts";

/** Accounts that have an administrator whom records gave, and would have none. */
export function checkLastAdministrator({ effects }: GuardInput): readonly Violation[] {
  const { accountsWithoutAdministrator: lost } = effects;
  if (lost.length === 0) return [];
  const subjects = lost.map(({ account }) => account).toSorted();
  const refuses = lost.flatMap(({ changes }) => changes);
  return [{ guard: "last-administrator", numbers: { accounts: subjects.length }, subjects, refuses }];
}

/**
 * More new administrators than the limit, by a new assignment or because the plan changes a set that was assigned before.
 * What a record gave before and somebody took away by hand is not new.
 */
export function checkAdministratorGrants({ effects, limits }: GuardInput): readonly Violation[] {
  const { maxAdminGrants } = limits;
  const fresh = effects.newAdministrators.filter(({ restored }) => !restored);
  const grants = fresh.length;
  if (grants <= maxAdminGrants) return [];
  const refuses = [...new Set(fresh.flatMap(({ changes }) => changes))];
  return [{ guard: "administrator-grants", numbers: { grants, maxAdminGrants }, refuses }];
}
