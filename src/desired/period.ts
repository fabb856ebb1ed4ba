import { type PeriodState, periodStateByClocks, type TimedRecord } from "../model/period.ts";
import type { AssignmentRecord } from "../model/typed-record.ts";
import type { UserRules } from "./resolve-principals.ts";

/** What every record's period is now. */
export type PeriodStates = ReadonlyMap<string, PeriodState>;

/** By the id of each record, what its period is now. */
export function periodStates(
  records: readonly AssignmentRecord[],
  nowMs: number,
  clockAheadMs?: number,
): PeriodStates {
  return new Map(
    records.map(({ ref, period }) => [ref.id, periodStateByClocks(period, nowMs, clockAheadMs)]),
  );
}

/** The records that are not over: one that is stands for nothing, whatever else it says. */
export function notOver(
  records: readonly AssignmentRecord[],
  states: PeriodStates,
): readonly AssignmentRecord[] {
  return records.filter(({ ref }) => states.get(ref.id) !== "over");
}

/** The records that count only for a time. */
export function listTimed(
  records: readonly AssignmentRecord[],
  states: PeriodStates,
): readonly TimedRecord[] {
  return records.flatMap(({ ref: record, period, permissionSet }) => {
    const state = states.get(record.id);
    if (state === undefined || (period.startsMs ?? period.expiresMs) === undefined) return [];
    return [{ record, period, state, ...(permissionSet === undefined ? {} : { permissionSet }) }];
  });
}

/** A user need not be there before the record begins. */
export function withPatience(users: UserRules): UserRules {
  return { ...users, rules: { ...users.rules, waitMinutes: Infinity } };
}
