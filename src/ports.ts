import type { ActualState } from "./model/actual-state.ts";
import type { Account } from "./model/directory.ts";
import type { AccountId, PermissionSetArn, RequestId } from "./model/ids.ts";
import type { LoadedMemory, Memory, SaveResult } from "./model/memory.ts";
import type { FailureReason } from "./model/outcome.ts";
import type { Change, Removal } from "./model/plan.ts";
import type { LiveParts, Outline, ReadingRequest, StaleChoice } from "./model/reading.ts";
import type { Places } from "./model/places.ts";
import type { OperatorMessage } from "./model/operator-message.ts";
import type { PolicyFinding } from "./model/policy-finding.ts";
import type { RecordRef, SourceRecords } from "./model/record.ts";

/** Where the records come from. */
export interface RecordSource {
  /** Both apps, whole. Throws a PassError unless the read is proven complete. */
  readAllRecords(): Promise<SourceRecords>;
}

export type OperationKind = "assignment-creation" | "assignment-deletion" | "provisioning";

/** An asynchronous operation that Identity Center is working on. */
export interface Operation {
  readonly kind: OperationKind;
  readonly requestId: RequestId;
}

/** Where an operation is at work: in one account, or, without one, in every account where the set is provisioned. */
export interface OperationTarget {
  readonly account?: AccountId;
  readonly permissionSetArn?: PermissionSetArn;
}

export type OperationStatus =
  /** Without a target when AWS did not answer. */
  | { readonly status: "in-progress"; readonly target?: OperationTarget }
  | { readonly status: "succeeded" }
  | { readonly status: "failed"; readonly reason: FailureReason };

/** What starting a change led to: finished at once, going on, or refused. */
export type StartResult =
  | { readonly status: "done"; readonly permissionSetArn?: PermissionSetArn; readonly requestId?: RequestId }
  /** `wasCrowded`: AWS took it only once others had ended. */
  | { readonly status: "in-progress"; readonly operation: Operation; readonly wasCrowded?: boolean }
  | { readonly status: "failed"; readonly reason: FailureReason };

/** What is found of something just before it is removed. */
export type RemovalCheck =
  | { readonly status: "there" | "gone" | "changed-since-read" | "principal-exists" }
  | { readonly status: "unknown"; readonly reason: FailureReason };

/** IAM Identity Center as a pass uses it. */
export interface IdentityCenter {
  /** Everything the plan compares with; stale accounts of the sets that are chosen, by default of all. Throws a PassError when any part could not be read; asks no further once aborted. */
  readActualState(signal?: AbortSignal, isStaleDue?: StaleChoice): Promise<ActualState>;
  /** What every pass reads. Throws and stops as `readActualState` does. */
  readOutline(signal?: AbortSignal): Promise<Outline>;
  /** The parts that are asked for, in full. Throws a PassError when any of them could not be read. */
  readParts(request: ReadingRequest): Promise<LiveParts>;
  /** Where the accounts stand in the organization. Throws a PassError unless that is proven complete. */
  readPlaces(accounts: readonly Account[]): Promise<Places>;
  /** Starts one change. `permissionSetArn` is the target's, also when this pass created the set. Never throws for a refusal. */
  startChange(change: Change, permissionSetArn: PermissionSetArn | undefined): Promise<StartResult>;
  /** Looks once more at what a change removes: whether it is there, and still ours. Never throws: unknown when AWS did not answer. */
  confirmRemoval(change: Removal): Promise<RemovalCheck>;
  /** Ids of all operations of the kind that are in progress; `undefined` when AWS did not answer. */
  listOperationsInProgress(kind: OperationKind): Promise<ReadonlySet<RequestId> | undefined>;
  /** Asks for one operation; in-progress when AWS did not answer. */
  describeOperation(operation: Operation): Promise<OperationStatus>;
}

/** What tells the time. */
export interface TimeSource {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface Clock extends TimeSource {
  /** Resolves after the time, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** One comment on a record, as much of it as telling people needs. */
export interface RecordComment {
  readonly text: string;
  /** Login name of who wrote it; undefined when kintone does not tell. */
  readonly creator?: string;
}

/** Comments on records: how authors are told. Both throw an Error with a safe message when kintone refuses. */
export interface RecordComments {
  /** The newest comments of the record, newest first, at most 10. */
  readNewestComments(record: RecordRef): Promise<readonly RecordComment[]>;
  /** Posts one comment that mentions the users; without mentions when kintone refuses those. */
  postComment(record: RecordRef, text: string, mentions: readonly string[]): Promise<void>;
}

/** A message as it stands in the operators' channel. */
export interface PostedMessage {
  readonly channel: string;
  readonly messageId: string;
}

/**
 * The operators' channel. Every function throws an Error with a safe message when the channel refuses, and the two that
 * add something an AnswerLostError when it is not known whether it stands there.
 */
export interface OperatorChannel {
  postMessage(message: OperatorMessage): Promise<PostedMessage>;
  /** Replaces a message. Resolves with false when it is not there any more or cannot be edited. */
  updateMessage(posted: PostedMessage, message: OperatorMessage): Promise<boolean>;
  /** Adds to the message's thread. */
  replyInThread(posted: PostedMessage, text: string): Promise<void>;
  /** Throws an Error unless the channel's service answers. */
  checkReachable(): Promise<void>;
}

/** Where a pass leaves its memory. Neither function throws: a pass goes on without a memory. */
export interface MemoryStore {
  /** The memory of this owner; what is damaged, not signed by this deployment or newer than this program is lost. */
  load(): Promise<LoadedMemory>;
  /** Keeps the memory, unless another pass has kept one since the last `load`: that one is not replaced. */
  save(memory: Memory): Promise<SaveResult>;
}

export type PolicyAnalysis =
  | { readonly kind: "analyzed"; readonly findings: readonly PolicyFinding[] }
  | { readonly kind: "unavailable"; readonly reason: string };

/** A second opinion on policy documents. Never throws: a pass goes on without it. */
export interface PolicyAnalyzer {
  analyzePolicy(document: string): Promise<PolicyAnalysis>;
}

export type PassSignal = "start" | "success" | "failure";

/** Something outside that raises an alarm when good passes stay away. */
export interface Heartbeat {
  /** Never throws. Resolves with why the signal did not get through, in words that hold no secret; undefined when it did. */
  ping(signal: PassSignal): Promise<string | undefined>;
}

/** What a lease's place holds. */
export type StoredLease =
  | { readonly kind: "nothing" | "unreadable" }
  /** The version is what a write names to replace just this. */
  | { readonly kind: "lease"; readonly text: string; readonly version: string };

/** Where several instances agree on which of them works. */
export interface LeaseStore {
  readonly read: () => Promise<StoredLease>;
  /** Replaces what was read, or makes what was not there; `conflict` when it is another one by now. */
  readonly write: (text: string, before: string | undefined) => Promise<"written" | "conflict" | "failed">;
  /** Milliseconds since the epoch, by the store's own clock where it has one. */
  readonly now: () => number;
}
