import { applyPlan, type ApplyOptions } from "./apply/apply-plan.ts";
import { listBusyAccounts } from "./apply/wait-for-earlier.ts";
import type { Config } from "./model/config.ts";
import type { Memory } from "./model/memory.ts";
import type { Outcome } from "./model/outcome.ts";
import type { Mode, Pass, Selection } from "./model/pass.ts";
import type { RecordRef, SourceRecords } from "./model/record.ts";
import type { Clock, IdentityCenter, PolicyAnalyzer, RecordSource } from "./ports.ts";
import { planFromRecords } from "./plan-from-records.ts";
import { readBothSides } from "./read-both-sides.ts";
import type { StagedOptions } from "./read-in-stages.ts";
import { askOnce } from "./validate-policies.ts";

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
  /**
   * Reads what earlier passes left, a hint that can only narrow what is held, whenever the records are read; resolves with
   * undefined when it could not be read. Absent where no memory is kept.
   */
  readonly loadMemory?: () => Promise<Memory | undefined>;
  /** Read all of Identity Center, whatever the memory. */
  readonly full?: boolean;
  /** Names of permission sets that are looked at as if they were managed. */
  readonly adopting?: ReadonlySet<string>;
  readonly recordUrl: (record: RecordRef) => string;
  /** Called once everything is read and allowed, and waited for before the first change. */
  readonly onApply?: (planned: Pass) => void | Promise<void>;
  /** Called with every outcome as it happens, and with the pass as it was planned. */
  readonly onOutcome?: (outcome: Outcome, planned: Pass) => void;
}

/** One pass: read, decode, validate, build the desired state, plan, check the guards, apply. Throws a PassError when a read fails. */
export async function reconcile(world: World, config: Config, options: PassOptions): Promise<Pass> {
  const { records, identityCenter, clock } = world;
  const isWriting = options.mode === "sync";
  const startedAtMs = clock.now();

  const remembered = await remember(options);
  const { source, staged, earlier } = await readBothSides(
    world,
    isWriting,
    stagingOf(world, config, options, remembered),
  );
  const policyAnalyzer = askOnce(world.policyAnalyzer);
  const planFrom = (read: SourceRecords, known: Remembered): Promise<Pass> =>
    planFromRecords(read, staged, config, { ...options, ...world, ...known, policyAnalyzer });
  const isAllowed = ({ violations }: Pass): boolean => isWriting && violations.length === 0;

  let planned = await planFrom(source, remembered);
  // Another pass may have read the records later than this one did, and have applied by now what they say: whatever
  // differs from what was asked for before Identity Center was read must still do so after it. What that pass has
  // granted is in its memory, from before its first change.
  if (isAllowed(planned) && planned.plan.changes.length > 0) {
    planned = await planFrom(...(await Promise.all([records.readAllRecords(), remember(options)])));
  }
  if (!isAllowed(planned)) return planned;

  await options.onApply?.(planned);
  const { outstandingOperations, maxMinutes } = config.pace;
  const outcomes = await applyPlan(planned.plan, identityCenter, clock, {
    ...options,
    busyAccounts: listBusyAccounts(earlier, planned.actual),
    deadlineMs: startedAtMs + maxMinutes * 60_000,
    outstandingOperations,
    onOutcome: (outcome) => options.onOutcome?.(outcome, planned),
  });
  return { ...planned, outcomes };
}

interface Remembered {
  readonly memory?: Memory;
  /** There is to be a memory, and it could not be read. */
  readonly memoryLost?: boolean;
}

async function remember({ loadMemory }: PassOptions): Promise<Remembered> {
  if (loadMemory === undefined) return {};
  const memory = await loadMemory();
  return memory === undefined ? { memoryLost: true } : { memory };
}

function stagingOf(
  { clock, digest }: World,
  { owner, pace }: Config,
  { full, adopting }: PassOptions,
  { memory }: Remembered,
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
