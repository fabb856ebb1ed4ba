import type { ActualState } from "../model/actual-state.ts";
import type { Config } from "../model/config.ts";
import type { Memory } from "../model/memory.ts";
import type { Pass, Selection } from "../model/pass.ts";
import type { SourceRecords } from "../model/record.ts";
import { judgeViolations, type RefusalContext } from "../plan/approval.ts";
import { checkGuards } from "../plan/check-guards.ts";
import { selectChanges } from "../plan/select-changes.ts";
import type { Clock } from "../ports.ts";
import { planInStages, type StagedPlanOptions } from "./plan-in-stages.ts";
import type { StagedState } from "./read-in-stages.ts";
import { decodeRecords } from "../records/decode-records.ts";

export interface RecordPlanOptions
  extends Omit<StagedPlanOptions, "nowMs">, Omit<RefusalContext, "memory" | "nowMs"> {
  readonly mode: Pass["mode"];
  readonly runId: string;
  readonly begunAfter?: Pass["begunAfter"];
  readonly only?: Selection | undefined;
  readonly clock: Clock;
}

/** A pass up to its first write: decode, validate, build the desired state, plan, check the guards. Throws a PassError when Identity Center cannot be read. */
export async function planFromRecords(
  source: SourceRecords,
  staged: StagedState,
  config: Config,
  options: RecordPlanOptions,
): Promise<Pass> {
  const { mode, runId, begunAfter, only, memory, clock } = options;
  const typed = decodeRecords(source, config.kintone.fields);
  const { actual, desired, whole, notes } = await planInStages(typed, staged, config, {
    ...options,
    nowMs: clock.now(),
  });
  const plan = only === undefined ? whole : selectChanges(whole, only);
  const records = {
    permissionSets: typed.permissionSets.length,
    assignments: typed.assignments.length,
  };
  const nowMs = clock.now();
  const broken = checkGuards({
    plan,
    actual,
    desired,
    records,
    limits: config.guards,
    protected: config.protected,
    nowMs,
    ...(memory === undefined ? {} : { memory }),
  });
  return {
    mode,
    runId,
    ...(begunAfter === undefined ? {} : { begunAfter }),
    ...(only === undefined ? {} : { only }),
    source,
    actual,
    reading: staged.reading(actual),
    ...lastKnownNames(memory, actual),
    desired,
    plan,
    notes,
    ...judgeViolations({ plan, actual, owner: config.owner }, broken, { ...options, nowMs }),
    outcomes: [],
  };
}

/** Ids of another instance mean nobody here. */
function lastKnownNames(memory: Memory | undefined, { instance }: ActualState): Pick<Pass, "lastKnownNames"> {
  const known = memory?.instanceArn === instance.arn ? memory.principalNames : undefined;
  return known === undefined ? {} : { lastKnownNames: known };
}
