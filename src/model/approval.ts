import type { GuardName } from "./violation.ts";

/** What lets exactly one refused plan through, once. */
export interface Approval {
  /** `<32 hex digits>-<minutes since the epoch in base 36>`: which plan, refused by which guards, and when it was shown. */
  readonly code: string;
  /** Milliseconds since the epoch, a whole minute. */
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** An approval that counted in this pass. */
export interface GrantedApproval {
  readonly code: string;
  readonly guards: readonly GuardName[];
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** Why an approval that was given does not count. */
export type ApprovalRejection =
  | "malformed"
  | "plan-hash"
  | "used"
  | "from-the-future"
  | "expired"
  | "never"
  | "other-plan"
  | "own-record"
  | "approver-unknown"
  | "memory-lost";

/** The approvals that counted; what was used before `since` is not known any more. */
export interface RememberedApprovals {
  /** ISO 8601 UTC. */
  readonly since: string;
  readonly used: readonly { readonly code: string; readonly usedAt: string }[];
}
