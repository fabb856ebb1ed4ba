import type { AccessReport } from "../../model/access-report.ts";
import { assignmentKey } from "../../model/assignment.ts";
import type { Pass } from "../../model/pass.ts";
import type { RecordUrl } from "../record-urls.ts";
import { buildAccessReport } from "../who-has-what/build-access-report.ts";

/** What a plan does to an access. */
export type AccessMark = "added" | "removed";

/** What stands and what changes, assignment by assignment. */
export interface MarkedAccess {
  readonly report: AccessReport;
  /** By assignment, as assignmentKey makes it; what stands has none. */
  readonly marks: ReadonlyMap<string, AccessMark>;
}

/** All access as it was before the plan and as it adds to it; groups stand as groups. Sets are judged as the plan leaves them. */
export function markAccess(
  pass: Pass,
  context: { readonly nowMs: number; readonly owner: string; readonly recordUrl: RecordUrl },
): MarkedAccess {
  const { actual, desired, plan } = pass;
  const added = plan.changes.flatMap((change) => (change.kind === "assign" ? [change.target] : []));
  const removed = plan.changes.flatMap((change) => (change.kind === "unassign" ? [change.target] : []));
  const there = new Set(actual.assignments.map(assignmentKey));
  const fresh = added.filter((assignment) => !there.has(assignmentKey(assignment)));
  const whole: Pass = {
    ...pass,
    actual: {
      ...actual,
      assignments: [...actual.assignments, ...fresh],
      directory: { ...actual.directory, memberships: new Map() },
    },
  };
  const definitions = new Map(
    desired.permissionSets.map(({ name, definition }) => [name as string, definition] as const),
  );
  return {
    report: buildAccessReport(whole, { definitions, assignments: [] }, context),
    marks: new Map([
      ...added.map((one) => [assignmentKey(one), "added"] as const),
      ...removed.map((one) => [assignmentKey(one), "removed"] as const),
    ]),
  };
}
