import { applyPlan, type ApplyOptions } from "./apply/apply-plan.ts";
import { listBusyAccounts } from "./apply/wait-for-earlier.ts";
import type { ActualState } from "./model/actual-state.ts";
import type { Config } from "./model/config.ts";
import type { Memory } from "./model/memory.ts";
import type { Outcome } from "./model/outcome.ts";
import type { Mode, Pass, Selection } from "./model/pass.ts";
import type { Plan } from "./model/plan.ts";
import type { RecordRef } from "./model/record.ts";
import { judgeViolations } from "./plan/approval.ts";
import { checkGuards } from "./plan/check-guards.ts";
import { selectChanges } from "./plan/select-changes.ts";
import type { Clock, IdentityCenter, PolicyAnalyzer, RecordSource } from "./ports.ts";
import { planInStages } from "./plan-in-stages.ts";
import { readBothSides } from "./read-both-sides.ts";
import type { StagedOptions } from "./read-in-stages.ts";
import { decodeRecords } from "./records/decode-records.ts";

export interface World {
  readonly records: RecordSource;
  readonly identityCenter: IdentityCenter;
  readonly policyAnalyzer: PolicyAnalyzer;
  readonly clock: Clock;
  readonly digest: (text: string) => string;
}

export interface PassOptions extends Omit<
  ApplyOptions,
  "outstandingOperations" | "busyAccounts" | "deadlineMs" | "onOutcome"
> {
  readonly mode: Mode;
  readonly only?: Selection;
  /** Code of a refused plan that a person reviewed and lets through. */
  readonly approve?: string;
  /** What earlier passes left: a hint, which can only narrow what is held. */
  readonly memory?: Memory;
  /** Read all of Identity Center, whatever the memory. */
  readonly full?: boolean;
  /** Names of permission sets that are looked at as if they were managed. */
  readonly adopting?: ReadonlySet<string>;
  /** There is to be a memory, and it could not be read. */
  readonly memoryLost?: boolean;
  readonly recordUrl: (record: RecordRef) => string;
  /** Called once everything is read and allowed, just before the first change. */
  readonly onApply?: (plan: Plan) => void;
  /** Called with every outcome as it happens, and with the pass as it was planned. */
  readonly onOutcome?: (outcome: Outcome, planned: Pass) => void;
}

/** One pass: read, decode, validate, build the desired state, plan, check the guards, apply. Throws a PassError when a read fails. */
export async function reconcile(world: World, config: Config, options: PassOptions): Promise<Pass> {
  const { identityCenter, clock, digest } = world;
  const { mode, only, memory } = options;

  const startedAtMs = clock.now();
  const staging = stagingOf(world, config, options);
  const { source, staged, earlier } = await readBothSides(world, mode === "sync", staging);
  const typed = decodeRecords(source, config.kintone.fields);
  const { actual, desired, whole, notes } = await planInStages(typed, staged, config, {
    ...options,
    ...world,
    nowMs: clock.now(),
  });
  const plan = only === undefined ? whole : selectChanges(whole, only, digest);
  const counts = {
    permissionSets: typed.permissionSets.length,
    assignments: typed.assignments.length,
  };
  const nowMs = clock.now();
  const broken = checkGuards({
    plan,
    actual,
    desired,
    records: counts,
    limits: config.guards,
    protected: config.protected,
    nowMs,
    ...(memory === undefined ? {} : { memory }),
  });
  const judged = judgeViolations(plan, broken, { ...options, nowMs, digest });
  const half = only === undefined ? {} : { only };
  const planned: Pass = {
    mode,
    ...half,
    source,
    actual,
    reading: staged.reading(actual),
    ...lastKnownNames(memory, actual),
    desired,
    plan,
    notes,
    ...judged,
    outcomes: [],
  };

  if (mode === "plan" || judged.violations.length > 0) return planned;
  options.onApply?.(plan);
  const { outstandingOperations, maxMinutes } = config.pace;
  const deadlineMs = startedAtMs + maxMinutes * 60_000;
  const onOutcome = (outcome: Outcome): void => options.onOutcome?.(outcome, planned);
  const busyAccounts = listBusyAccounts(earlier, actual);
  const applyOptions = { ...options, busyAccounts, deadlineMs, outstandingOperations, onOutcome };
  return { ...planned, outcomes: await applyPlan(plan, identityCenter, clock, applyOptions) };
}

function stagingOf(
  { clock, digest }: World,
  { owner, pace }: Config,
  { memory, full, adopting }: PassOptions,
): StagedOptions {
  return {
    owner,
    callBudget: pace.callBudget,
    full: full === true || adopting !== undefined,
    memory,
    nowMs: clock.now(),
    digest,
  };
}

/** Ids of another instance mean nobody here. */
function lastKnownNames(memory: Memory | undefined, { instance }: ActualState): Pick<Pass, "lastKnownNames"> {
  const known = memory?.instanceArn === instance.arn ? memory.principalNames : undefined;
  return known === undefined ? {} : { lastKnownNames: known };
}
