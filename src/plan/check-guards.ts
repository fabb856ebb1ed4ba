import type { ActualState } from "../model/actual-state.ts";
import { principalKey } from "../model/assignment.ts";
import type { Config } from "../model/config.ts";
import { type Change, isDeletion, type Plan } from "../model/plan.ts";
import type { Violation } from "../model/violation.ts";

export interface RecordCounts {
  readonly permissionSets: number;
  readonly assignments: number;
}

/** Every limit that the plan breaks; all are looked at before the first write. */
export function checkGuards(
  plan: Plan,
  actual: ActualState,
  records: RecordCounts,
  limits: Config["guards"],
): readonly Violation[] {
  return [
    ...checkSourceEmpty(plan, records),
    ...checkDeletions(plan, actual, limits),
    ...checkUsersLosingAllAccess(plan, actual, limits),
  ];
}

/** An app without a single record must not empty Identity Center. */
function checkSourceEmpty(plan: Plan, records: RecordCounts): readonly Violation[] {
  const deletions = countDeletions(plan);
  if (deletions === 0 || (records.permissionSets > 0 && records.assignments > 0)) return [];
  return [{ guard: "source-empty", numbers: { ...records, deletions } }];
}

function countDeletions({ changes }: Plan): number {
  return changes.filter(isDeletion).length;
}

// Both limits are written as "not within", so that 0 ÷ 0 refuses.
function checkDeletions(plan: Plan, actual: ActualState, limits: Config["guards"]): readonly Violation[] {
  const deletions = countDeletions(plan);
  const managed = actual.assignments.length;
  const withinCount = deletions <= limits.maxDeletions;
  const withinRatio = deletions / managed <= limits.maxDeletionRatio;
  if (withinCount || withinRatio) return [];
  const { maxDeletions, maxDeletionRatio } = limits;
  return [{ guard: "deletions", numbers: { deletions, managed, maxDeletions, maxDeletionRatio } }];
}

function checkUsersLosingAllAccess(
  plan: Plan,
  actual: ActualState,
  { maxUsersLosingAllAccess }: Config["guards"],
): readonly Violation[] {
  const access = new Map<string, number>();
  const count = (principal: string, by: number): void => {
    access.set(principal, (access.get(principal) ?? 0) + by);
  };
  for (const { principal } of actual.assignments) count(principalKey(principal), 1);
  for (const change of plan.changes) {
    const by = assignmentsGained(change);
    if (by !== 0 && "principal" in change.target) count(principalKey(change.target.principal), by);
  }
  const known = new Set(actual.directory.users.map(({ id }) => principalKey({ type: "USER", id })));
  const users = [...access].filter(([principal, left]) => left === 0 && known.has(principal)).length;
  if (users <= maxUsersLosingAllAccess) return [];
  return [{ guard: "users-losing-all-access", numbers: { users, maxUsersLosingAllAccess } }];
}

function assignmentsGained({ kind }: Change): number {
  if (kind === "assign") return 1;
  return kind === "unassign" ? -1 : 0;
}
