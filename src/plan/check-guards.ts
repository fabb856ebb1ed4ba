import type { Violation } from "../model/violation.ts";
import { checkAdministratorGrants, checkLastAdministrator } from "./guards/administrators.ts";
import { checkDeletions, checkDeletionsPerDay } from "./guards/deletions.ts";
import type { GuardInput } from "./guards/guard-input.ts";
import { checkUsersLosingAllAccess } from "./guards/lost-access.ts";
import { checkSourceEmpty, checkSourceShrank } from "./guards/source.ts";
import { checkProtected, checkStillNamed } from "./guards/untouchable.ts";

/** Every limit that the plan breaks, the most alarming first; all are looked at before the first write. */
export function checkGuards(input: GuardInput): readonly Violation[] {
  return [
    checkProtected,
    checkStillNamed,
    checkSourceEmpty,
    checkSourceShrank,
    checkDeletions,
    checkDeletionsPerDay,
    checkUsersLosingAllAccess,
    checkLastAdministrator,
    checkAdministratorGrants,
  ].flatMap((check) => check(input));
}
