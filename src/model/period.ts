import type { RecordRef } from "./record.ts";

/** From when to when a record counts, in milliseconds since the epoch; a bound that it does not give is open. */
export interface Period {
  readonly startsMs?: number;
  /** The first moment at which it does not count any more. */
  readonly expiresMs?: number;
}

/** Whether a record counts now. */
export type PeriodState = "not-begun" | "in-force" | "over";

/** What a record's period is now: one whose end has come is over, whatever its beginning. */
export function periodState({ startsMs, expiresMs }: Period, nowMs: number): PeriodState {
  if (expiresMs !== undefined && nowMs >= expiresMs) return "over";
  return startsMs !== undefined && nowMs < startsMs ? "not-begun" : "in-force";
}

/** A day on which a large part of all assignments ends. */
export interface EndingDay {
  /** As `2026-03-31`. */
  readonly day: string;
  readonly records: number;
  readonly assignments: number;
  /** One person's edits of one day make it so: what ends then waits for a person. */
  readonly asks: boolean;
}

/** A record that counts only for a time. */
export interface TimedRecord {
  readonly record: RecordRef;
  readonly period: Period;
  readonly state: PeriodState;
  /** As the record names it. */
  readonly permissionSet?: string;
}
