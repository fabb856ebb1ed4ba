import type { RecordGate } from "../model/gate.ts";
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
    records.map(({ ref, period, gate }) => {
      const state = periodStateByClocks(period, nowMs, clockAheadMs);
      return [ref.id, gate === undefined ? state : behindGate(gate, state)];
    }),
  );
}

/** What is over is so while it waits for approval as well. */
function behindGate({ standing }: RecordGate, state: PeriodState): PeriodState {
  if (standing === "ended") return "ended";
  return standing === "pending" && state !== "over" ? "pending" : state;
}

/** Whether the record stands for nothing, whatever else it says. */
export function isOver({ ref }: AssignmentRecord, states: PeriodStates): boolean {
  const state = states.get(ref.id);
  return state === "over" || state === "ended";
}

/** The records that are not over. */
export function notOver(
  records: readonly AssignmentRecord[],
  states: PeriodStates,
): readonly AssignmentRecord[] {
  return records.filter((record) => !isOver(record, states));
}

/** The records that count only for a time. */
export function listTimed(
  records: readonly AssignmentRecord[],
  states: PeriodStates,
): readonly TimedRecord[] {
  return records.flatMap(({ ref: record, period, permissionSet }) => {
    const state = states.get(record.id);
    if (state === undefined || state === "ended" || (period.startsMs ?? period.expiresMs) === undefined)
      return [];
    return [{ record, period, state, ...(permissionSet === undefined ? {} : { permissionSet }) }];
  });
}

/** A user need not be there before the record begins. */
export function withPatience(users: UserRules): UserRules {
  return { ...users, rules: { ...users.rules, waitMinutes: Infinity } };
}
