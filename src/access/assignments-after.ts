import { type Assignment, assignmentKey } from "../model/assignment.ts";
import type { Plan } from "../model/plan.ts";

/** The managed assignments once the plan is applied. */
export function assignmentsAfter(plan: Plan, before: readonly Assignment[]): readonly Assignment[] {
  const assignments = new Map(before.map((assignment) => [assignmentKey(assignment), assignment]));
  for (const { kind, target } of plan.changes) {
    if (!("principal" in target)) continue;
    if (kind === "assign") assignments.set(assignmentKey(target), target);
    else assignments.delete(assignmentKey(target));
  }
  return [...assignments.values()];
}
