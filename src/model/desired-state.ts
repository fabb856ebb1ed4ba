import type { DesiredAssignment } from "./assignment.ts";
import type { Issue } from "./issue.ts";
import type { DesiredPermissionSet } from "./permission-set.ts";
import type { RecordRef } from "./record.ts";

/** A permission-set record that cannot be trusted: the set it defines is neither changed nor deleted. */
export interface HeldPermissionSet {
  readonly record: RecordRef;
  /** The name the record gives, where it can be read. */
  readonly name?: string;
}

/** What an untrusted assignment record may have granted; "any" where that part cannot be told any more. */
export interface HeldAssignments {
  readonly record: RecordRef;
  readonly permissionSets: "any" | ReadonlySet<string>;
  readonly accounts: "any" | ReadonlySet<string>;
  /** Keys as principalKey makes them. */
  readonly principals: "any" | ReadonlySet<string>;
  readonly reason: HoldReason;
}

export type HoldReason = "record-has-issues" | "principal-waiting" | "permission-set-held";

/** A valid entry whose user has not arrived in Identity Center yet. */
export interface Waiting {
  readonly record: RecordRef;
  readonly userName: string;
}

/** What the records say, as far as they can be trusted. */
export interface DesiredState {
  readonly permissionSets: readonly DesiredPermissionSet[];
  readonly assignments: readonly DesiredAssignment[];
  readonly heldPermissionSets: readonly HeldPermissionSet[];
  readonly heldAssignments: readonly HeldAssignments[];
  readonly waiting: readonly Waiting[];
  readonly issues: readonly Issue[];
}
