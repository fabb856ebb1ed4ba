import type { RecordRef } from "./record.ts";

/** From when to when a record counts, in milliseconds since the epoch; a bound that it does not give is open. */
export interface Period {
  readonly startsMs?: number;
  /** The first moment at which it does not count any more. */
  readonly expiresMs?: number;
}

/** Whether a record counts now. */
export type PeriodState =
  | "not-begun"
  | "in-force"
  | "over"
  /** It waits for approval: what it granted stays, and it grants nothing new. */
  | "pending"
  /** Its approval is over, whatever its period: it stands for nothing. */
  | "ended"
  /** Our clock and the services' differ so much that the time is not known: nothing begins or ends. */
  | "unclear";

/** Clocks that are further apart cannot be trusted: one of them is wrong. */
const mostApartMs = 5 * 60_000;

/** Whether the clocks are so far apart that nothing may begin or end. */
function areClocksApart(aheadMs = 0): boolean {
  return Math.abs(aheadMs) > mostApartMs;
}

/** What a record's period is now: one whose end has come is over, whatever its beginning. */
function periodState({ startsMs, expiresMs }: Period, nowMs: number): PeriodState {
  if (expiresMs !== undefined && nowMs >= expiresMs) return "over";
  return startsMs !== undefined && nowMs < startsMs ? "not-begun" : "in-force";
}

/** The same by two clocks, of which the other is so much ahead: only what is in force by both is beyond doubt. */
export function periodStateByClocks(period: Period, nowMs: number, aheadMs = 0): PeriodState {
  const state = periodState(period, nowMs);
  if (!areClocksApart(aheadMs)) return state;
  const isBounded = (period.startsMs ?? period.expiresMs) !== undefined;
  const isInForce = state === "in-force" && periodState(period, nowMs + aheadMs) === "in-force";
  return isBounded && !isInForce ? "unclear" : state;
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
