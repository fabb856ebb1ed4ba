import type { AppKind } from "./fields.ts";
import type { KintoneUser, RecordRef } from "./record.ts";
import type { PermissionSetDraft } from "./typed-record.ts";

/** The field of an app whose states say whether a record counts. */
export interface Gate {
  readonly field: string;
  /** States in which a record counts as it is. */
  readonly approved: readonly string[];
  /** States in which a record stands for nothing; in any other one it waits. */
  readonly ended: readonly string[];
  /** A user field that only approvers may edit: the last editor of a record does not approve it. */
  readonly approver?: string | undefined;
}

export type Gates = { readonly [Kind in AppKind]?: Gate };

export type Standing = "approved" | "pending" | "ended";

/** What a record's own fields say of its approval. */
export interface RecordGate {
  readonly standing: Standing;
  /** As kintone shows it. */
  readonly state: string;
  /** Whether only actions of process management change it: each makes two revisions. https://cybozu.dev/ja/kintone/docs/rest-api/records/update-status/ */
  readonly isStatus: boolean;
  /** The people in the field for approvers; missing where the gate names no such field. */
  readonly approvers?: readonly KintoneUser[];
  /** Digest of all that is read of the record besides its approval. */
  readonly content: string;
}

/** Why a record waits though its state is an approved one, or what else is to be said of it. */
export type GateReason =
  /** It was edited in the approved state. */
  | "edited"
  /** No memory tells, but another user than its approver saved it last. */
  | "perhaps-edited"
  | "no-approver"
  /** Its approver edited it last. */
  | "own-approval"
  /** It was edited and approved between two passes, so that its approver may have edited it. */
  | "editor-unknown";

/** A record that waits for approval or is ended, and an approved one of which there is something to say. */
export interface GatedRecord {
  readonly record: RecordRef;
  readonly standing: Standing;
  readonly state: string;
  readonly reason?: GateReason;
  /** When a pass found it so first; ISO 8601 UTC. */
  readonly since: string;
  /** As the record names it. */
  readonly permissionSet?: string;
}

/** What a pass leaves of a record's approval. */
export interface RememberedGate {
  /** As seen last. */
  readonly revision: number;
  readonly content: string;
  readonly standing: Standing;
  /** Whether its state was an approved one, whatever it counted as. */
  readonly inApproved: boolean;
  /** ISO 8601 UTC. */
  readonly since: string;
  /** Login name of the user who is known to have edited it last. */
  readonly editor?: string;
  /** Digest of what was approved last. */
  readonly approved?: string;
  /** What a permission-set record said when it was approved last. */
  readonly draft?: PermissionSetDraft;
}
