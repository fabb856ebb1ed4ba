import type { Memory, ToldRecord } from "../model/memory.ts";
import { recordKey, type RecordRef } from "../model/record.ts";
import type { RecordComments } from "../ports.ts";
import { findLastMarker } from "./notice-markers.ts";

interface CommentFailure {
  readonly record: RecordRef;
  readonly error: Error;
}

/** What authors were told: what is known from memory, what this pass adds, and how far it may go. */
export interface CommentLedger {
  readonly known: (record: RecordRef) => ToldRecord | undefined;
  readonly remember: (record: RecordRef, told: ToldRecord) => void;
  /** Keeps what is known of records that are not settled. */
  readonly keepInMind: (keys: ReadonlySet<string>) => void;
  /** Whether the pass has read enough comments, taken long enough, or been refused too often by the record's app; the record is then left for a later pass. */
  readonly leaveOut: (record: RecordRef, reads?: number) => boolean;
  /** The marker of the newest comment that is the service's own. */
  readonly readLastMarker: (record: RecordRef) => Promise<string | undefined>;
  /** Runs one telling; a record that cannot be reached keeps what is known of it. */
  readonly attempt: (record: RecordRef, tell: () => Promise<void>) => Promise<void>;
  readonly records: () => Memory["records"];
  readonly leftOut: () => number;
  readonly failures: () => readonly CommentFailure[];
}

// kintone counts 10,000 requests a day and app before it complains: 144 passes leave room for 69 each.
// https://cybozu.dev/ja/kintone/docs/overview/kintone-rest-api-overview/
export const mostReads = 50;
/** Of those, what is left for good news however many records have problems. */
export const readsForGoodNews = 10;
const mostFailuresPerApp = 5;

interface LedgerInput {
  readonly memory: Memory | undefined;
  readonly comments: RecordComments;
  /** Login name of the service where it is known. */
  readonly ownLogin: string | undefined;
  /** Whether the telling has held up the pass for long enough. */
  readonly isLate: () => boolean;
}

export function openLedger({ memory, comments, ownLogin, isLate }: LedgerInput): CommentLedger {
  const before = new Map(Object.entries(memory?.records ?? {}));
  const told = new Map<string, ToldRecord>();
  const failures: CommentFailure[] = [];
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
    leaveOut: (record, limit = mostReads) => {
      const refused = failures.filter(({ record: { app } }) => app === record.app).length;
      if (reads < limit && refused < mostFailuresPerApp && !isLate()) return false;
      leftOut += 1;
      keep(recordKey(record));
      return true;
    },
    readLastMarker: async (record) => {
      reads += 1;
      return findLastMarker(await comments.readNewestComments(record), ownLogin);
    },
    attempt: async (record, tell) => {
      try {
        await tell();
      } catch (error) {
        keep(recordKey(record));
        failures.push({ record, error: error instanceof Error ? error : new Error("unknown") });
      }
    },
    records: () => Object.fromEntries(told),
    leftOut: () => leftOut,
    failures: () => failures,
  };
}
