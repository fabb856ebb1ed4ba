import type { Memory, ToldRecord } from "../model/memory.ts";
import { recordKey, type RecordRef } from "../model/record.ts";
import type { RecordComments } from "../ports.ts";
import { findMarker } from "../report/record-notices.ts";

/** What authors were told: what is known from memory, what this pass adds, and how far it may go. */
export interface CommentLedger {
  readonly known: (record: RecordRef) => ToldRecord | undefined;
  readonly remember: (record: RecordRef, told: ToldRecord) => void;
  /** Keeps what is known of records that are not settled. */
  readonly keepInMind: (keys: ReadonlySet<string>) => void;
  /** Whether the pass has read enough comments, or kintone has failed too often; the record is then left for a later pass. */
  readonly leaveOut: (record: RecordRef) => boolean;
  /** The marker of the newest comment that is the service's own. */
  readonly readLastMarker: (record: RecordRef) => Promise<string | undefined>;
  /** Runs one telling; a record that cannot be reached keeps what is known of it. */
  readonly attempt: (record: RecordRef, tell: () => Promise<void>) => Promise<void>;
  readonly records: () => Memory["records"];
  readonly leftOut: () => number;
  readonly failures: () => readonly Error[];
}

// kintone counts 10,000 requests a day and app before it complains: 144 passes leave room for 69 each.
// https://cybozu.dev/ja/kintone/docs/overview/kintone-rest-api-overview/
export const mostReads = 50;
const mostFailures = 5;

export function openLedger(memory: Memory | undefined, comments: RecordComments): CommentLedger {
  const before = new Map(Object.entries(memory?.records ?? {}));
  const told = new Map<string, ToldRecord>();
  const failures: Error[] = [];
  let reads = 0;
  let leftOut = 0;

  const keep = (key: string): void => {
    const known = before.get(key);
    if (known !== undefined && !told.has(key)) told.set(key, known);
  };
  return {
    known: (record) => before.get(recordKey(record)),
    remember: (record, what) => void told.set(recordKey(record), what),
    keepInMind: (keys) => {
      for (const key of before.keys()) if (keys.has(key)) keep(key);
    },
    leaveOut: (record) => {
      if (reads < mostReads && failures.length < mostFailures) return false;
      leftOut += 1;
      keep(recordKey(record));
      return true;
    },
    readLastMarker: async (record) => {
      reads += 1;
      const newest = await comments.readNewestComments(record);
      return newest.map(({ text }) => findMarker(text)).find((marker) => marker !== undefined);
    },
    attempt: async (record, tell) => {
      try {
        await tell();
      } catch (error) {
        keep(recordKey(record));
        failures.push(error instanceof Error ? error : new Error("unknown"));
      }
    },
    records: () => Object.fromEntries(told),
    leftOut: () => leftOut,
    failures: () => failures,
  };
}
