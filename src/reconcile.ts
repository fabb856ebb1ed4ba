import { applyPlan, type ApplyOptions } from "./apply/apply-plan.ts";
import { buildDesiredState } from "./desired/build-desired-state.ts";
import type { ActualState } from "./model/actual-state.ts";
import type { Config } from "./model/config.ts";
import type { Memory } from "./model/memory.ts";
import type { Outcome } from "./model/outcome.ts";
import type { Mode, Pass, Selection } from "./model/pass.ts";
import type { Plan } from "./model/plan.ts";
import type { RecordRef } from "./model/record.ts";
import { judgeViolations } from "./plan/approval.ts";
import { checkGuards } from "./plan/check-guards.ts";
import { createPlan } from "./plan/create-plan.ts";
import { trustOwnership } from "./plan/trust-ownership.ts";
import { selectChanges } from "./plan/select-changes.ts";
import type { Clock, IdentityCenter, PolicyAnalyzer, RecordSource } from "./ports.ts";
import { readBothSides } from "./read-both-sides.ts";
import { decodeRecords } from "./records/decode-records.ts";
import { validatePolicies } from "./validate-policies.ts";

export interface World {
  readonly records: RecordSource;
  readonly identityCenter: IdentityCenter;
  readonly policyAnalyzer: PolicyAnalyzer;
  readonly clock: Clock;
  readonly digest: (text: string) => string;
}

export interface PassOptions extends Omit<
  ApplyOptions,
  "outstandingOperations" | "busyAccounts" | "onOutcome"
> {
  readonly mode: Mode;
  readonly only?: Selection;
  /** Code of a refused plan that a person reviewed and lets through. */
  readonly approve?: string;
  /** What earlier passes left: a hint, which can only narrow what is held. */
  readonly memory?: Memory;
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
  const { identityCenter, policyAnalyzer, clock, digest } = world;
  const { mode, only, memory, adopting, recordUrl } = options;

  const { source, busyAccounts, ...read } = await readBothSides(world, mode === "sync");
  const actual = trustOwnership(read.actual, { owner: config.owner, digest, memory, adopting });
  const typed = decodeRecords(source, config.kintone.fields);
  const { permissionSets, notes } = await validatePolicies(typed.permissionSets, actual, policyAnalyzer);
  const desired = buildDesiredState({
    ...typed,
    permissionSets,
    actual,
    rules: config,
    recordUrl,
    nowMs: clock.now(),
    ...(memory === undefined ? {} : { memory }),
  });
  const whole = createPlan(desired, actual, { ...config, digest });
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
    ...lastKnownNames(memory, actual),
    desired,
    plan,
    notes,
    ...judged,
    outcomes: [],
  };

  if (mode === "plan" || judged.violations.length > 0) return planned;
  options.onApply?.(plan);
  const { outstandingOperations } = config.pace;
  const onOutcome = (outcome: Outcome): void => options.onOutcome?.(outcome, planned);
  const applyOptions = { ...options, busyAccounts, outstandingOperations, onOutcome };
  return { ...planned, outcomes: await applyPlan(plan, identityCenter, clock, applyOptions) };
}

/** Ids of another instance mean nobody here. */
function lastKnownNames(memory: Memory | undefined, { instance }: ActualState): Pick<Pass, "lastKnownNames"> {
  const known = memory?.instanceArn === instance.arn ? memory.principalNames : undefined;
  return known === undefined ? {} : { lastKnownNames: known };
}
