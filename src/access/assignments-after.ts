import { type Assignment, assignmentKey } from "../model/assignment.ts";
import type { Change } from "../model/plan.ts";

/** The managed assignments once the plan is applied. */
export function assignmentsAfter(
  changes: readonly Change[],
  before: readonly Assignment[],
): readonly Assignment[] {
  const assignments = new Map(before.map((assignment) => [assignmentKey(assignment), assignment]));
  for (const { kind, target } of changes) {
    if (!("principal" in target)) continue;
    if (kind === "assign") assignments.set(assignmentKey(target), target);
    else assignments.delete(assignmentKey(target));
  }
  return [...assignments.values()];
}
