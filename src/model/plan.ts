import type { Principal } from "./assignment.ts";
import type { DistrustReason } from "./actual-state.ts";
import type { HoldReason } from "./desired-state.ts";
import type { AccountId, PermissionSetArn, PermissionSetName } from "./ids.ts";
import type { Tags } from "./ownership.ts";
import type {
  CustomerManagedPolicy,
  PermissionSetAttributes,
  PermissionsBoundary,
} from "./permission-set.ts";
import type { RecordRef } from "./record.ts";

/** Which permission set a change is about; a set that is still to be created has no ARN. */
export interface PermissionSetTarget {
  readonly permissionSet: PermissionSetName;
  readonly permissionSetArn?: PermissionSetArn;
}

export interface ProvisionTarget extends PermissionSetTarget {
  /** One account, or every account where the set is provisioned. */
  readonly account: AccountId | "all";
}

export interface AssignmentTarget extends PermissionSetTarget {
  readonly account: AccountId;
  readonly principal: Principal;
}

interface Part<Kind extends string, Target, Before, After> {
  /** Stable between passes: made of the kind and the target. */
  readonly id: string;
  readonly kind: Kind;
  readonly target: Target;
  readonly before?: Before;
  readonly after?: After;
  /** Records that ask for the change, or whose disappearance does. */
  readonly records: readonly RecordRef[];
  /** Changes that must have been applied first; when one was not, this one is skipped. */
  readonly dependsOn: readonly string[];
  /** Accounts in which AWS updates a role for this change: one at a time each. */
  readonly accounts: readonly AccountId[];
}

export interface NewPermissionSet {
  readonly attributes: PermissionSetAttributes;
  readonly tags: Tags;
}

/** One step of a plan. */
export type Change =
  | Part<"create-permission-set", PermissionSetTarget, never, NewPermissionSet>
  | Part<"update-attributes", PermissionSetTarget, PermissionSetAttributes, PermissionSetAttributes>
  | Part<"tag-permission-set", PermissionSetTarget, Tags, Tags>
  /** Tags that accounts may miss the set's definition, before it changes, and that all have it, after the last provisioning. */
  | Part<"begin-provisioning", PermissionSetTarget, never, Tags>
  | Part<"end-provisioning", PermissionSetTarget, never, Tags>
  | Part<"put-permissions-boundary", PermissionSetTarget, PermissionsBoundary, PermissionsBoundary>
  | Part<"delete-permissions-boundary", PermissionSetTarget, PermissionsBoundary, never>
  | Part<"put-inline-policy", PermissionSetTarget, string, string>
  | Part<"delete-inline-policy", PermissionSetTarget, string, never>
  | Part<"attach-managed-policy", PermissionSetTarget, never, string>
  | Part<"detach-managed-policy", PermissionSetTarget, string, never>
  | Part<"attach-customer-managed-policy", PermissionSetTarget, never, CustomerManagedPolicy>
  | Part<"detach-customer-managed-policy", PermissionSetTarget, CustomerManagedPolicy, never>
  | Part<"provision", ProvisionTarget, never, never>
  | Part<"assign", AssignmentTarget, never, never>
  | (Part<"unassign", AssignmentTarget, never, never> & {
      /** The user or group is not in the directory any more: the assignment cannot be used, and no record can name it. */
      readonly because?: "principal-deleted";
      /** Grants that are tried first, however they end: what its holders move to, and what keeps the role in the account. */
      readonly movesTo?: readonly string[];
    })
  /** `before` holds the tags that made the set ours. */
  | Part<"delete-permission-set", PermissionSetTarget, Tags, never>;

export type ChangeKind = Change["kind"];

/** A change that takes something away from a person. */
export type Removal = Extract<Change, { kind: "unassign" | "delete-permission-set" }>;

export interface PlanTarget {
  readonly permissionSet: string;
  readonly account?: AccountId | "all";
  readonly principal?: Principal;
}

/** Neither created nor deleted, because a record cannot be trusted yet. */
export interface HeldItem {
  readonly target: PlanTarget;
  readonly would: "create" | "update" | "delete";
  readonly reason:
    | HoldReason
    | "denied-by-guardrail"
    | "still-assigned"
    | "still-named"
    | "ownership-unproven"
    /** The set was ours and its tags do not say so now. */
    | "owner-tag-missing"
    | "not-selected";
  readonly records: readonly RecordRef[];
}

export type LockReason =
  | "management-account"
  | "account-not-active"
  | "account-unknown"
  | "provisioned-in-management-account"
  | "key-account"
  | "protected-account"
  | "protected-principal"
  | "protected-permission-set";

/** Differs, but is out of reach or protected: listed and never written to. */
export interface LockedItem {
  readonly target: PlanTarget;
  readonly would: "create" | "update" | "delete";
  readonly reason: LockReason;
  readonly records: readonly RecordRef[];
}

/** Seen and left alone: a set of another owner, or an assignment that no record asks for and that is only reported. */
export interface UnmanagedItem {
  readonly target: PlanTarget;
  readonly reason: "not-ours" | DistrustReason | "unlisted-assignment" | "principal-deleted";
}

export interface WaitingItem {
  readonly record: RecordRef;
  readonly userName: string;
}

/** What to do, in order, and everything that is left alone, with the reason. */
export interface Plan {
  /** The same for the same changes, whatever order records and answers came in. */
  readonly hash: string;
  readonly changes: readonly Change[];
  readonly unchanged: { readonly permissionSets: number; readonly assignments: number };
  readonly held: readonly HeldItem[];
  readonly waiting: readonly WaitingItem[];
  readonly locked: readonly LockedItem[];
  readonly unmanaged: readonly UnmanagedItem[];
}
