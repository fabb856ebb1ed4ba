import type { ActualState } from "./actual-state.ts";
import type { Approval, ApprovalRejection, GrantedApproval } from "./approval.ts";
import type { DesiredState } from "./desired-state.ts";
import type { Memory } from "./memory.ts";
import type { Outcome } from "./outcome.ts";
import type { Plan } from "./plan.ts";
import type { Note } from "./policy-finding.ts";
import type { Reading } from "./reading.ts";
import type { SourceRecords } from "./record.ts";
import type { Violation } from "./violation.ts";

export type Mode = "plan" | "sync";

/** One half of a plan. */
export type Selection = "permission-sets" | "assignments";

/** Everything a finished pass knows; reports are rendered from it and nothing else. */
export interface Pass {
  readonly mode: Mode;
  readonly runId: string;
  /** What the memory was written by that the pass began with. */
  readonly begunAfter?: Memory["writtenBy"];
  /** The half that was asked for; undefined for both. */
  readonly only?: Selection;
  readonly source: SourceRecords;
  readonly actual: ActualState;
  /** By id, what users and groups were called that an earlier pass saw hold assignments. */
  readonly lastKnownNames?: Memory["principalNames"];
  /** How much of the actual state was read in this pass. */
  readonly reading: Reading;
  readonly desired: DesiredState;
  readonly plan: Plan;
  readonly notes: readonly Note[];
  readonly violations: readonly Violation[];
  /** What would let the refused plan through. */
  readonly approval?: Approval;
  /** Why the approval that was given does not count. */
  readonly rejectedApproval?: ApprovalRejection;
  /** The approval that let the plan through. */
  readonly grantedApproval?: GrantedApproval;
  /** One per change; empty when nothing was to be applied. */
  readonly outcomes: readonly Outcome[];
}
