import type { DesiredState } from "../model/desired-state.ts";
import { findGivenAdministrators } from "../access/given-administrators.ts";
import { judgePlan } from "../access/judge-plan.ts";
import { gateNotes } from "../desired/gate-notes.ts";
import type { ActualState } from "../model/actual-state.ts";
import type { Config } from "../model/config.ts";
import type { FieldMapping } from "../model/fields.ts";
import { localTime } from "../model/local-time.ts";
import type { Memory } from "../model/memory.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Pass, PassVersion, Pause, Selection } from "../model/pass.ts";
import type { Plan } from "../model/plan.ts";
import type { SourceRecords } from "../model/record.ts";
import type { Troubles } from "../model/trouble.ts";
import type { Violation } from "../model/violation.ts";
import { judgeViolations, type GivenCode } from "../plan/approval.ts";
import { checkGuards } from "../plan/check-guards.ts";
import { endingDays, plannedEnds, seeEnds, withoutPlanned } from "../plan/ends.ts";
import type { RecordCounts } from "../plan/guards/guard-input.ts";
import { findNewVersionChanges, type NewVersionInput } from "../plan/guards/new-version.ts";
import { findUnsteady } from "../plan/put-off.ts";
import { selectChanges } from "../plan/select-changes.ts";
import type { Clock } from "../ports.ts";
import { planInStages, type PlanWith } from "./plan-in-stages.ts";
import type { StagedState } from "./read-in-stages.ts";
import { forgetOtherApps } from "../remember/remember-meanings.ts";
import { decodeRecords, type TypedRecords } from "../records/decode-records.ts";

export interface RecordPlanOptions extends PlanWith, GivenCode {
  readonly mode: Pass["mode"];
  readonly runId: string;
  readonly version?: string | undefined;
  readonly begunAfter?: Pass["begunAfter"];
  readonly only?: Selection | undefined;
  readonly clock: Clock;
  /** What this pass has carried out before it planned once more, on the state that it was planned on. */
  readonly done?: readonly Outcome[];
}

/** A pass up to its first write: decode, validate, build the desired state, plan, check the guards. Throws a PassError when Identity Center cannot be read. */
export async function planFromRecords(
  source: SourceRecords,
  staged: StagedState,
  config: Config,
  options: RecordPlanOptions,
): Promise<Pass> {
  const { version, only, memory, clock, done = [] } = options;
  const typed = decodeRecords(source, config.kintone, config.timezone);
  const { actual, desired, whole, notes } = await planInStages(typed, staged, config, {
    ...options,
    memory: memory && forgetOtherApps(memory, source),
    clockAheadMs: source.clockAheadMs,
    nowMs: clock.now(),
  });
  const plan = withDone(only === undefined ? whole : selectChanges(whole, only), done);
  const nowMs = clock.now();
  const paused = findPause(config, memory);
  const given = findGivenAdministrators({ memory, desired, actual, adopting: options.adopting });
  const effects = judgePlan({ changes: plan.changes, actual, given });
  const troubles = troublesIn(memory, actual);
  const { planned, ...ends } = judgeEnds({ desired, actual, plan, source }, memory, config, nowMs);
  const reading = staged.reading(actual);
  const byVersion = judgeVersion({ plan, source, desired, actual, effects, reading, memory }, version);
  const broken = checkGuards({
    plan,
    actual,
    given,
    desired,
    records: countRecords(typed),
    limits: config.guards,
    protected: config.protected,
    plannedEnds: planned,
    ...byVersion,
    nowMs,
    ...(memory === undefined ? {} : { memory }),
  });
  return {
    ...headOf(options, source),
    actual,
    reading,
    ...byVersion,
    ...lastKnownNames(memory, actual),
    desired,
    plan,
    notes: [...notes, ...gateNotes(source, desired, config.kintone, nowMs)],
    given,
    ...ends,
    counted: withoutPlanned(effects, planned),
    troubles,
    ...findUnsteady({ changes: plan.changes, effects, troubles, nowMs, done }),
    ...judgeViolations({ plan, actual, owner: config.owner }, refusing(broken, done), {
      ...options,
      // What is not carried out uses no approval up.
      approve: paused === undefined ? options.approve : undefined,
      separation: config.approval,
      nowMs,
    }),
    ...(paused && { paused }),
    outcomes: done,
  };
}

/** What a pass is, and what it was made of. */
function headOf({ mode, runId, begunAfter, only }: RecordPlanOptions, source: SourceRecords) {
  return {
    mode,
    runId,
    source,
    ...(begunAfter === undefined ? {} : { begunAfter }),
    ...(only === undefined ? {} : { only }),
  };
}

/** What only the rules of this version ask for, where another one made the plan before. */
function judgeVersion(input: NewVersionInput, version: string | undefined): PassVersion {
  if (version === undefined) return {};
  const before = input.memory?.planned?.version;
  return {
    version,
    ...(before === undefined ? {} : { versionBefore: before }),
    newVersionChanges: findNewVersionChanges(input, version),
  };
}

/** The configuration's word counts before a comment's. */
function findPause({ readOnly }: Config, memory: Memory | undefined): Pause | undefined {
  if (readOnly !== undefined) return { from: "configuration", reason: readOnly };
  return memory?.paused && { from: "comment", ...memory.paused };
}

function countRecords({ permissionSets, assignments }: TypedRecords): RecordCounts {
  return { permissionSets: permissionSets.length, assignments: assignments.length };
}

/** Whether the app has the field for ends, or is not to have one. */
function hasEnds({ assignments: { form } }: SourceRecords, { assignments }: FieldMapping): boolean {
  return assignments.expires === null || form.some(({ code }) => code === assignments.expires);
}

interface PlannedState {
  readonly source: SourceRecords;
  readonly desired: DesiredState;
  readonly actual: ActualState;
  readonly plan: Plan;
}

/** The ends that records give, those that were known long enough to be no surprise, and the days on which many come. */
function judgeEnds(
  { desired, actual, plan, source }: PlannedState,
  memory: Memory | undefined,
  { guards: limits, timezone, kintone: { fields } }: Config,
  nowMs: number,
) {
  const before = memory && forgetOtherApps(memory, source).ends;
  // Whatever becomes of the field, what had an end is not known to have none.
  const ends = { ...(hasEnds(source, fields) ? {} : before), ...seeEnds(desired, before, nowMs) };
  const ending = { ends, actual, limits, zone: localTime(timezone) };
  const planned = plannedEnds(plan.changes, desired, ending);
  return { ends, planned, endingDays: endingDays(ending, nowMs) };
}

/**
 * What was done belongs to the plan, so that limits count it. What depends on a change that was not applied is left to the
 * next pass, and so is the rest of a set that was just created.
 */
function withDone(plan: Plan, done: readonly Outcome[]): Plan {
  if (done.length === 0) return plan;
  const ids = new Set(done.map(({ change }) => change.id));
  const unapplied = new Set(done.flatMap(({ change, status }) => (status === "applied" ? [] : [change.id])));
  const unsettled = new Set<string>(
    done.flatMap(({ change, status }) =>
      status !== "applied" || change.kind === "create-permission-set" ? [change.target.permissionSet] : [],
    ),
  );
  const more = plan.changes.filter(
    ({ id, target, dependsOn }) =>
      !ids.has(id) && !unsettled.has(target.permissionSet) && !dependsOn.some((one) => unapplied.has(one)),
  );
  return { ...plan, changes: [...done.map(({ change }) => change), ...more] };
}

/** The violations as far as they refuse what has not been done. */
function refusing(violations: readonly Violation[], done: readonly Outcome[]): readonly Violation[] {
  if (done.length === 0) return violations;
  const ids = new Set(done.map(({ change }) => change.id));
  return violations.flatMap((violation) => {
    const refuses = violation.refuses.filter((id) => !ids.has(id));
    return refuses.length === 0 && violation.refuses.length > 0 ? [] : [{ ...violation, refuses }];
  });
}

/** Changes of another instance are none of this one. */
function troublesIn(memory: Memory | undefined, { instance }: ActualState): Troubles {
  if (memory === undefined || memory.instanceArn !== instance.arn) return {};
  const { repeats, failures } = memory;
  return { ...(repeats && { repeats }), ...(failures && { failures }) };
}

/** Ids of another instance mean nothing here. */
function lastKnownNames(
  memory: Memory | undefined,
  { instance }: ActualState,
): { readonly lastKnownNames?: NonNullable<Pass["lastKnownNames"]> } {
  const known = memory?.instanceArn === instance.arn ? memory.principalNames : undefined;
  return known === undefined ? {} : { lastKnownNames: known };
}
