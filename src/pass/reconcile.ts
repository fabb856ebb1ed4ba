import { applyPlan, type Watching } from "../apply/apply-plan.ts";
import { listBusyAccounts } from "../apply/wait-for-earlier.ts";
import { PassError } from "../errors.ts";
import type { Config } from "../model/config.ts";
import type { Memory } from "../model/memory.ts";
import { isUntried, type Outcome } from "../model/outcome.ts";
import { type Mode, type Pass, type Selection } from "../model/pass.ts";
import type { RecordRef } from "../model/record.ts";
import type { Clock, IdentityCenter, OperationTarget, PolicyAnalyzer, RecordSource } from "../ports.ts";
import { changesToApply, lookingAt, mayApply, remember, type Remembered } from "./looks.ts";
import { readBothSides } from "./read-both-sides.ts";
import type { StagedOptions } from "./read-in-stages.ts";

export interface World {
  readonly records: RecordSource;
  readonly identityCenter: IdentityCenter;
  readonly policyAnalyzer: PolicyAnalyzer;
  readonly clock: Clock;
}

/** What a person or a schedule asks of a pass. */
export interface AskedOfPass extends Watching {
  /** Of the program: what only its rules ask for is told from what the version before planned. */
  readonly version?: string;
  readonly only?: Selection;
  /** Code of what is refused, which a person reviewed and lets through. */
  readonly approve?: string;
  /** GitHub login of that person, where one is known. */
  readonly approver?: string;
  /** Read all of Identity Center, whatever the memory. */
  readonly full?: boolean;
  /** Whether this pass also looks at a share of what no record changed, by default it does. */
  readonly rotates?: boolean;
}

export interface PassOptions extends AskedOfPass {
  readonly mode: Mode;
  /** Unique among all runs: what this one leaves in memory is told from what others do. */
  readonly runId: string;
  /**
   * Reads what earlier passes left, a hint that can only narrow what is held, whenever the records are read; resolves with
   * undefined when it could not be read. Absent where no memory is kept.
   */
  readonly loadMemory?: () => Promise<Memory | undefined>;
  /** Names of permission sets that are looked at as if they were managed. */
  readonly adopting?: ReadonlySet<string>;
  readonly recordUrl: (record: RecordRef) => string;
  /**
   * Called once everything is read and allowed, with what memory there was then, and waited for before the first change;
   * when it answers that another pass has written the memory since, all is looked at once more; when it declines, nothing
   * is applied and the pass was a plan.
   */
  readonly onApply?: (planned: Pass, memory: Memory | undefined) => BeforeApply | Promise<BeforeApply>;
  /** A person is asked about everything at once: what records changed is not applied by itself first. */
  readonly asksFirst?: boolean;
  /** Called when changes were applied and the rest could not be read then. */
  readonly onRestUnread?: (error: PassError) => void;
  /** Called with every outcome as it happens, and with the pass as it was planned. */
  readonly onOutcome?: (outcome: Outcome, planned: Pass) => void;
}

/** Whether what was planned still holds just before the first change, another pass may have done some of it, or a person does not want it. */
export type BeforeApply = "go-on" | "overtaken" | "declined";

/**
 * One pass: read, decode, validate, build the desired state, plan, check the guards, apply what they do not refuse. What
 * records changed comes first, since a person waits for it; then the same once more with a share of the rest read as
 * well. Throws a PassError when a read fails.
 */
export async function reconcile(world: World, config: Config, options: PassOptions): Promise<Pass> {
  const startedAtMs = world.clock.now();
  const remembered = await remember(options);
  const { source, staged, earlier } = await readBothSides(
    world,
    options.mode === "sync",
    stagingOf(world, config, options, remembered),
  );
  const looks = lookingAt(world, config, options, { source, staged, remembered });
  const carryOut = (planned: Pass): Promise<Pass> =>
    apply(world, config, options, { planned, earlier, startedAtMs });

  const isInTwo = comesInTwo(options) && staged.hasShare();
  const begun = isInTwo ? await applyFirst(await looks.settle([], false), carryOut) : undefined;
  if (begun !== undefined && isStopped(begun, options)) return begun;
  staged.takeShare();
  const whole = await looks
    .settle(begun?.outcomes ?? [], true)
    .catch((error: unknown) => withoutRest(begun, error, options));
  return whole !== begun && mayApply(whole) ? carryOut(whole) : whole;
}

/** What records changed; undefined when nothing of it may be applied. */
async function applyFirst(
  planned: Pass,
  carryOut: (planned: Pass) => Promise<Pass>,
): Promise<Pass | undefined> {
  return changesToApply(planned).length > 0 ? carryOut(planned) : undefined;
}

/** What was applied stands when the rest cannot be read. Throws the error when nothing was, or when it is a bug. */
function withoutRest(begun: Pass | undefined, error: unknown, { onRestUnread }: PassOptions): Pass {
  if (begun === undefined || !(error instanceof PassError)) throw error;
  onRestUnread?.(error);
  return begun;
}

interface Planned {
  readonly planned: Pass;
  readonly earlier: readonly OperationTarget[];
  readonly startedAtMs: number;
}

async function apply(
  { identityCenter, clock }: World,
  { pace: { outstandingOperations, maxMinutes } }: Config,
  options: PassOptions,
  { planned, earlier, startedAtMs }: Planned,
): Promise<Pass> {
  const plan = { ...planned.plan, changes: changesToApply(planned) };
  const outcomes = await applyPlan(plan, identityCenter, clock, {
    ...options,
    busyAccounts: listBusyAccounts(earlier, planned.actual),
    deadlineMs: startedAtMs + maxMinutes * 60_000,
    outstandingOperations,
    onOutcome: (outcome) => options.onOutcome?.(outcome, planned),
  });
  return { ...planned, outcomes: [...planned.outcomes, ...outcomes] };
}

/** A plan that nothing is applied of is one; so is what a person is asked about, approved or takes over. */
function comesInTwo({ mode, asksFirst, approve, adopting }: PassOptions): boolean {
  return mode === "sync" && asksFirst !== true && approve === undefined && adopting === undefined;
}

function isStopped({ outcomes }: Pass, { signal }: PassOptions): boolean {
  const isUnfinished = (outcome: Outcome): boolean =>
    outcome.status === "skipped" && isUntried(outcome.reason.code);
  return signal?.aborted === true || outcomes.some(isUnfinished);
}

function stagingOf(
  { clock }: World,
  { owner, pace, timezone }: Config,
  { full, rotates, adopting }: PassOptions,
  { memory }: Remembered,
): StagedOptions {
  return {
    owner,
    callBudget: pace.callBudget,
    timezone,
    rotates,
    full: full === true || adopting !== undefined,
    memory,
    nowMs: clock.now(),
  };
}
