import type { RecordGate } from "./gate.ts";
import type { PermissionSetName } from "./ids.ts";
import type { Issue } from "./issue.ts";
import type { Period } from "./period.ts";
import type { CustomerManagedPolicy } from "./permission-set.ts";
import type { RecordRef } from "./record.ts";

/** A line of a list with commas in it: one name that has them, or several names. Only what exists can tell. */
export interface EntryLine<Entry> {
  readonly whole: Entry;
  readonly parts: readonly Entry[];
}

export type ListEntry<Entry> = Entry | EntryLine<Entry>;

/** Whether the entry can be read as one name and as several. */
export function isEntryLine<Entry>(entry: ListEntry<Entry>): entry is EntryLine<Entry> {
  return typeof entry === "object" && entry !== null && "parts" in entry;
}

/** A policy as typed: an AWS managed policy's name or ARN, which the directory resolves. */
export type ManagedPolicyText = string;

export type BoundaryText =
  | { readonly kind: "aws-managed"; readonly policy: ManagedPolicyText }
  | ({ readonly kind: "customer-managed" } & CustomerManagedPolicy);

/** A permission-set record whose every field could be read; policy names are not resolved yet. */
export interface PermissionSetDraft {
  readonly name: PermissionSetName;
  readonly description?: string;
  readonly sessionDurationSeconds: number;
  readonly relayState?: string;
  readonly managedPolicies: readonly ListEntry<ManagedPolicyText>[];
  readonly customerManagedPolicies: readonly ListEntry<CustomerManagedPolicy>[];
  readonly permissionsBoundary?: BoundaryText;
  readonly inlinePolicy?: string;
}

export interface PermissionSetRecord {
  readonly ref: RecordRef;
  /** The name where it can be read, even when other fields cannot. */
  readonly name?: PermissionSetName;
  /** Undefined when any field has an issue that holds the record. */
  readonly draft?: PermissionSetDraft;
  readonly issues: readonly Issue[];
  /** Missing where the app has no gate. */
  readonly gate?: RecordGate;
}

/** How an entry of the users field is spelled: a kintone login name, or what Identity Center has. */
export interface UserText {
  readonly kind: "login" | "address";
  readonly text: string;
}

export interface AssignmentRecord {
  readonly ref: RecordRef;
  /** Each part is undefined when its field could not be read. */
  readonly permissionSet?: string;
  readonly users?: readonly ListEntry<UserText>[];
  readonly groups?: readonly ListEntry<string>[];
  readonly accounts?: readonly ListEntry<string>[];
  /** As far as it can be read. */
  readonly period: Period;
  /** Whether the app has no field for an end, though the configuration does not say so. */
  readonly lacksEnd: boolean;
  readonly issues: readonly Issue[];
  /** Missing where the app has no gate. */
  readonly gate?: RecordGate;
}
