import type { RequestId } from "./ids.ts";
import type { Change } from "./plan.ts";

/** Why AWS refused a change, translated once. */
export interface FailureReason {
  /** Stable, e.g. `ConflictException` or `operation-failed`. */
  readonly code: string;
  /** AWS's own words. */
  readonly message: string;
  readonly requestId?: string;
}

/** What became of one change: applied, failed, or not tried. */
export type Outcome = {
  readonly change: Change;
  /** Milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
} & (
  | { readonly status: "applied"; readonly requestId?: RequestId }
  | { readonly status: "failed"; readonly reason: FailureReason }
  | { readonly status: "skipped"; readonly reason: SkipReason }
);

export type SkipReason =
  | { readonly code: "dependency-not-applied"; readonly changeId: string }
  | { readonly code: "stopped" };
