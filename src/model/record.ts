import type { AppKind, FormField } from "./fields.ts";

/** A kintone user as records name one. */
export interface KintoneUser {
  readonly code: string;
  readonly name: string;
}

/** Names one kintone record and tells who touched it last. */
export interface RecordRef {
  readonly app: AppKind;
  readonly id: string;
  readonly revision: number;
  readonly creator?: KintoneUser;
  readonly modifier?: KintoneUser;
  /** ISO 8601 UTC, with the minute precision kintone has. */
  readonly updatedAt?: string;
}

export interface RawField {
  readonly type: string;
  readonly value: unknown;
}

/** One record as kintone answered it; the values are not trusted yet. */
export interface RawRecord extends Fields {
  readonly ref: RecordRef;
}

/** What is entered in a record, by field code. */
export interface Fields {
  readonly fields: Readonly<Record<string, RawField>>;
}

/** Everything one app holds, proven complete. */
export interface RawApp extends AppHead {
  readonly records: readonly RawRecord[];
}

/** An app without its records. */
export interface AppHead {
  readonly kind: AppKind;
  readonly appId: number;
  readonly name: string;
  readonly form: readonly FormField[];
}

export interface SourceRecords {
  readonly permissionSets: RawApp;
  readonly assignments: RawApp;
  /** How far the clock of the records' service is ahead of ours, where it tells. */
  readonly clockAheadMs?: number;
}

/** Whether the record was saved last when something was there already; false where a time is missing. */
export function wasSavedAfter({ updatedAt }: RecordRef, appearedAt: string | undefined): boolean {
  if (updatedAt === undefined || appearedAt === undefined) return false;
  return Date.parse(updatedAt) >= Date.parse(appearedAt);
}

/** One text per record, unique over both apps. */
export function recordKey(ref: RecordRef): string {
  return `${ref.app}/${ref.id}`;
}
