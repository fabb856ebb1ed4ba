import type { Violation } from "../../model/violation.ts";
import { findBlamed } from "./find-blamed.ts";
import type { GuardInput } from "./guard-input.ts";

/**
 * More users than the limit who would be left with nothing: no assignment of their own, or only ones of sets that the
 * plan empties or has deny everything. Access through groups does not count; a rename takes nothing away.
 */
export function checkUsersLosingAllAccess({ plan, effects, limits }: GuardInput): readonly Violation[] {
  const { maxUsersLosingAllAccess } = limits;
  const users = effects.losesAll.length;
  if (users <= maxUsersLosingAllAccess) return [];
  const numbers = { users, maxUsersLosingAllAccess };
  const subjects = effects.losesAll.map(({ user }) => user.userName).toSorted();
  const blamed = findBlamed(plan, effects.losesAll, ({ length }) => length <= maxUsersLosingAllAccess);
  const refuses = blamed.flatMap(({ changes }) => changes);
  return [{ guard: "users-losing-all-access", numbers, subjects, refuses }];
}
