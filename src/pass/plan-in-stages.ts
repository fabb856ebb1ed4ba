import { buildDesiredState } from "../desired/build-desired-state.ts";
import { needsUnits } from "../desired/targets/parse-target.ts";
import { PassError } from "../errors.ts";
import type { ActualState } from "../model/actual-state.ts";
import type { Config } from "../model/config.ts";
import type { DesiredState } from "../model/desired-state.ts";
import type { Memory } from "../model/memory.ts";
import type { Plan } from "../model/plan.ts";
import type { Note } from "../model/policy-finding.ts";
import type { RecordRef } from "../model/record.ts";
import { isEntryLine } from "../model/typed-record.ts";
import { createPlan } from "../plan/create-plan.ts";
import { trustOwnership } from "../plan/trust-ownership.ts";
import type { PolicyAnalyzer } from "../ports.ts";
import type { StagedState } from "./read-in-stages.ts";
import type { TypedRecords } from "../records/decode-records.ts";
import { validatePolicies } from "./validate-policies.ts";

export interface StagedPlanOptions extends PlanWith {
  readonly nowMs: number;
  readonly clockAheadMs?: number | undefined;
}

/** What a plan is made with, whenever it is made. */
export interface PlanWith {
  readonly policyAnalyzer: PolicyAnalyzer;
  readonly memory?: Memory | undefined;
  /** Names of permission sets that are looked at as if they were managed. */
  readonly adopting?: ReadonlySet<string> | undefined;
  readonly recordUrl: (record: RecordRef) => string;
}

/** A plan, and what it was made of. */
export interface StagedPlan {
  readonly actual: ActualState;
  readonly desired: DesiredState;
  readonly whole: Plan;
  readonly notes: readonly Note[];
}

/**
 * Validates, builds the desired state and plans; and once more whenever the plan needs something of Identity Center that
 * has not been read in this pass. Throws a PassError when that cannot be read.
 */
export async function planInStages(
  typed: TypedRecords,
  staged: StagedState,
  config: Config,
  { policyAnalyzer, nowMs, clockAheadMs, memory, adopting, recordUrl }: StagedPlanOptions,
): Promise<StagedPlan> {
  const evidence = { owner: config.owner, memory, adopting };
  const places = asksForUnits(typed, config) ? await staged.places() : undefined;
  const isUnread = places instanceof PassError;
  const unread: readonly Note[] = isUnread ? [{ kind: "places-not-read", code: places.code }] : [];
  const build = (permissionSets: TypedRecords["permissionSets"], actual: ActualState): DesiredState =>
    buildDesiredState({
      ...typed,
      permissionSets,
      actual,
      rules: config,
      places: isUnread ? undefined : places,
      recordUrl,
      nowMs,
      clockAheadMs,
      ...(memory === undefined ? {} : { memory }),
    });
  const actualFor = async (permissionSets: TypedRecords["permissionSets"]): Promise<ActualState> => {
    const found = await staged.actualFor((known) => build(permissionSets, trustOwnership(known, evidence)));
    return trustOwnership(found, evidence);
  };
  for (;;) {
    const before = await actualFor(typed.permissionSets);
    const { permissionSets, notes } = await validatePolicies(typed.permissionSets, before, policyAnalyzer);
    const actual = await actualFor(permissionSets);
    const desired = build(permissionSets, actual);
    const whole = createPlan(desired, actual, config);
    if (!(await staged.readBehind(whole, desired, actual))) {
      return { actual, desired, whole, notes: [...notes, ...unread] };
    }
  }
}

/** Whether only the organizational units can tell what some record stands for. */
function asksForUnits({ assignments }: TypedRecords, { targets }: Config): boolean {
  const entries = assignments.flatMap(({ accounts = [] }) => accounts);
  const texts = entries.flatMap((entry) => (isEntryLine(entry) ? [entry.whole, ...entry.parts] : [entry]));
  return targets.ou && texts.some(needsUnits);
}
