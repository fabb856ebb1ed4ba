import type { Violation } from "../../model/violation.ts";
import type { GuardInput } from "./guard-input.ts";

/** Accounts that have an administrator among the managed assignments and would have none. */
export function checkLastAdministrator({ effects }: GuardInput): readonly Violation[] {
  const { accountsWithoutAdministrator: lost } = effects;
  if (lost.length === 0) return [];
  const subjects = lost.map(({ account }) => account).toSorted();
  const refuses = lost.flatMap(({ changes }) => changes);
  return [{ guard: "last-administrator", numbers: { accounts: subjects.length }, subjects, refuses }];
}

/** More new administrators than the limit, by a new assignment or because the plan changes a set that was assigned before. */
export function checkAdministratorGrants({ effects, limits }: GuardInput): readonly Violation[] {
  const { maxAdminGrants } = limits;
  const grants = effects.newAdministrators.length;
  if (grants <= maxAdminGrants) return [];
  const refuses = [...effects.becomesAdministrator];
  return [{ guard: "administrator-grants", numbers: { grants, maxAdminGrants }, refuses }];
}
