import type { HoldReason } from "../model/desired-state.ts";
import { allowedChanges, type Pass } from "../model/pass.ts";
import type { HeldItem } from "../model/plan.ts";
import type { ReportedOutcome, RunResult } from "../model/run-report.ts";

/** What came of a pass, in one word. */
export function resultOf(pass: Pass, outcomes: readonly ReportedOutcome[]): RunResult {
  const { mode, plan, violations, paused } = pass;
  if (paused !== undefined && mode === "sync" && plan.changes.length > 0) return "paused";
  if (violations.length > 0) return allowedChanges(pass).length > 0 ? "partly-refused" : "refused";
  if (plan.changes.length === 0) return plan.held.some(isWaitingRemoval) ? "removals-waiting" : "in-sync";
  if (mode === "plan") return "changes-pending";
  return resultOfOutcomes(outcomes);
}

function resultOfOutcomes(outcomes: readonly ReportedOutcome[]): RunResult {
  if (outcomes.every(({ status, doesNotStay }) => status === "applied" && doesNotStay !== true)) {
    return "applied";
  }
  const anyApplied = outcomes.some(({ status }) => status === "applied");
  const anyFailed = outcomes.some(({ status, known }) => status === "failed" && known !== true);
  return anyFailed && !anyApplied ? "failed" : "partly-applied";
}

const recordsAtFault: ReadonlySet<HeldItem["reason"]> = new Set<HoldReason>([
  "record-has-issues",
  "principal-waiting",
  "permission-set-held",
  "targets-unread",
  "targets-shrank",
  "clocks-apart",
  "end-unknown",
  "person-changed",
]);

/** Whether access is to go, and waits for a record. */
function isWaitingRemoval({ would, reason, target }: HeldItem): boolean {
  return would === "delete" && target.principal !== undefined && recordsAtFault.has(reason);
}
