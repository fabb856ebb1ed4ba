import type { RequestId } from "./ids.ts";
import type { Change } from "./plan.ts";

/** Why AWS refused a change, translated once. */
export interface FailureReason {
  /** Stable, e.g. `ConflictException` or `operation-failed`. */
  readonly code: string;
  /** AWS's own words. */
  readonly message: string;
  readonly requestId?: RequestId;
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
  /** What was to be removed is not ours any more. */
  | { readonly code: "changed-since-read" }
  /** A user or group that the directory did not list answers after all: the list was not whole. */
  | { readonly code: "principal-exists" }
  /** An operation of an earlier pass is still going on in the account. */
  | { readonly code: "account-busy" }
  /** It was applied in several passes and was never found as set: it is made once an hour. */
  | { readonly code: "does-not-stay" }
  /** The time that a pass may take was nearly over. */
  | { readonly code: "out-of-time" }
  | { readonly code: "stopped" };

/** Whether the pass ended before it came to the change: the next one goes on. */
export function isUntried(code: string | undefined): boolean {
  return code === "stopped" || code === "out-of-time";
}
