import { judgePlan } from "../access/judge-plan.ts";
import type { Change } from "../model/plan.ts";
import type { Violation } from "../model/violation.ts";
import {
  checkAdministratorGrants,
  checkAdministratorGrantsPerDay,
  checkLastAdministrator,
} from "./guards/administrators.ts";
import { checkDirectoryShrank } from "./guards/directory.ts";
import { checkDeletions, checkDeletionsPerDay } from "./guards/deletions.ts";
import type { JudgedFacts } from "./guards/guard-input.ts";
import { checkNewVersion } from "./guards/new-version.ts";
import { checkUsersLosingAllAccess } from "./guards/lost-access.ts";
import { checkSourceEmpty, checkSourceShrank } from "./guards/source.ts";
import { checkProtected, checkStillNamed } from "./guards/untouchable.ts";
import { withoutPlanned } from "./ends.ts";
import { withDependants } from "./leave-out.ts";

/** The most alarming first. */
const checks = [
  checkProtected,
  checkStillNamed,
  checkSourceEmpty,
  checkSourceShrank,
  checkDirectoryShrank,
  checkDeletions,
  checkDeletionsPerDay,
  checkUsersLosingAllAccess,
  checkLastAdministrator,
  checkAdministratorGrants,
  checkAdministratorGrantsPerDay,
  checkNewVersion,
];

/** What guards judge by, as it is known before the plan is judged. */
export interface GuardFacts extends JudgedFacts {
  /** Ids of the removals that were known a day before. */
  readonly plannedEnds?: ReadonlySet<string>;
}

/**
 * Every limit that the plan breaks, the most alarming first, each with the changes that it refuses and all that depends on
 * them. What is left is judged again, until no guard refuses any of it: without the refused grant, a revocation that was
 * harmless may be the last administrator's. All are looked at before the first write.
 */
export function checkGuards(facts: GuardFacts): readonly Violation[] {
  const { plan } = facts;
  let found: readonly Violation[] = [];
  let left = plan.changes;
  for (;;) {
    const broken = checkOnce({ ...facts, plan: { ...plan, changes: left } });
    if (broken.length === 0) return found;
    const named = broken.map((violation) => ({ ...violation, refuses: allOf(violation, left) }));
    found = unite(found, named);
    const refused = new Set(named.flatMap(({ refuses }) => refuses));
    const rest = left.filter(({ id }) => !refused.has(id));
    if (rest.length === left.length) return found;
    left = rest;
  }
}

function checkOnce(facts: GuardFacts): readonly Violation[] {
  const { plan, actual, given, plannedEnds = new Set() } = facts;
  const effects = withoutPlanned(judgePlan({ changes: plan.changes, actual, given }), plannedEnds);
  const input = { ...facts, effects };
  return checks.flatMap((check) => check(input));
}

/** A violation that names no change refuses all of them. */
function allOf({ refuses }: Violation, changes: readonly Change[]): readonly string[] {
  const named = refuses.length === 0 ? changes.map(({ id }) => id) : refuses;
  return [...withDependants(changes, new Set(named))];
}

/** One violation for each guard: the numbers that were found first, and all that it refuses. */
function unite(before: readonly Violation[], more: readonly Violation[]): readonly Violation[] {
  const byGuard = new Map(before.map((violation) => [violation.guard, violation]));
  for (const violation of more) {
    const known = byGuard.get(violation.guard);
    byGuard.set(violation.guard, known === undefined ? violation : both(known, violation));
  }
  return [...byGuard.values()];
}

function both(first: Violation, second: Violation): Violation {
  const subjects = [...new Set([...(first.subjects ?? []), ...(second.subjects ?? [])])];
  return {
    ...first,
    ...(subjects.length === 0 ? {} : { subjects }),
    refuses: [...new Set([...first.refuses, ...second.refuses])],
  };
}
