import { applyPlan, type ApplyOptions } from "../apply/apply-plan.ts";
import { listBusyAccounts } from "../apply/wait-for-earlier.ts";
import type { Config } from "../model/config.ts";
import type { Memory } from "../model/memory.ts";
import type { Outcome } from "../model/outcome.ts";
import { allowedChanges, type Mode, type Pass, type Selection } from "../model/pass.ts";
import type { RecordRef, SourceRecords } from "../model/record.ts";
import type { Clock, IdentityCenter, PolicyAnalyzer, RecordSource } from "../ports.ts";
import { planFromRecords } from "./plan-from-records.ts";
import { readBothSides } from "./read-both-sides.ts";
import type { StagedOptions } from "./read-in-stages.ts";
import { askOnce } from "./validate-policies.ts";

export interface World {
  readonly records: RecordSource;
  readonly identityCenter: IdentityCenter;
  readonly policyAnalyzer: PolicyAnalyzer;
  readonly clock: Clock;
}

export interface PassOptions extends Omit<
  ApplyOptions,
  "outstandingOperations" | "busyAccounts" | "deadlineMs" | "onOutcome"
> {
  readonly mode: Mode;
  /** Unique among all runs: what this one leaves in memory is told from what others do. */
  readonly runId: string;
  readonly only?: Selection;
  /** Code of what is refused, which a person reviewed and lets through. */
  readonly approve?: string;
  /**
   * Reads what earlier passes left, a hint that can only narrow what is held, whenever the records are read; resolves with
   * undefined when it could not be read. Absent where no memory is kept.
   */
  readonly loadMemory?: () => Promise<Memory | undefined>;
  /** Read all of Identity Center, whatever the memory. */
  readonly full?: boolean;
  /** Whether this pass also looks at a share of what no record changed, by default it does. */
  readonly rotates?: boolean;
  /** Names of permission sets that are looked at as if they were managed. */
  readonly adopting?: ReadonlySet<string>;
  readonly recordUrl: (record: RecordRef) => string;
  /**
   * Called once everything is read and allowed, with what memory there was then, and waited for before the first change;
   * when it answers that another pass has written the memory since, all is looked at once more; when it declines, nothing
   * is applied and the pass was a plan.
   */
  readonly onApply?: (planned: Pass, memory: Memory | undefined) => BeforeApply | Promise<BeforeApply>;
  /** Called with every outcome as it happens, and with the pass as it was planned. */
  readonly onOutcome?: (outcome: Outcome, planned: Pass) => void;
}

/** Whether what was planned still holds just before the first change, another pass may have done some of it, or a person does not want it. */
export type BeforeApply = "go-on" | "overtaken" | "declined";

/** Another pass writes its memory twice: nobody is overtaken more often unless something else writes there. */
const mostLooks = 6;

/** One pass: read, decode, validate, build the desired state, plan, check the guards, apply what they do not refuse. Throws a PassError when a read fails. */
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
  const isAllowed = (planned: Pass): boolean =>
    isWriting && (planned.violations.length === 0 || allowedChanges(planned).length > 0);
  const lookAt = async (read: SourceRecords, given: Remembered, isCurrent: () => boolean): Promise<Look> => ({
    planned: await planFromRecords(read, staged, config, {
      ...options,
      ...world,
      ...given,
      ...(remembered.memory?.writtenBy === undefined ? {} : { begunAfter: remembered.memory.writtenBy }),
      policyAnalyzer,
    }),
    memory: given.memory,
    isCurrent: isCurrent(),
  });
  // Another pass may have read the records later than this one did, and have applied by now what they say: whatever
  // differs from what was asked for before Identity Center was read must still do so after it. What that pass has
  // granted is in its memory, from before its first change.
  let known = remembered;
  const lookAgain = async (): Promise<Look> => {
    const reads = staged.reads();
    const again = await records.readAllRecords();
    known = await remember(options, known);
    return lookAt(again, known, () => staged.reads() === reads);
  };

  let look = await lookAt(source, remembered, () => false);
  for (let looks = 1; isAllowed(look.planned); looks += 1) {
    const isSettled = look.isCurrent || allowedChanges(look.planned).length === 0;
    const before = isSettled ? await options.onApply?.(look.planned, look.memory) : "overtaken";
    if (before === "declined") return { ...look.planned, mode: "plan" };
    if (isSettled && (before !== "overtaken" || looks >= mostLooks)) break;
    look = await lookAgain();
  }
  const { planned } = look;
  if (!isAllowed(planned)) return planned;

  const { outstandingOperations, maxMinutes } = config.pace;
  const outcomes = await applyPlan(
    { ...planned.plan, changes: allowedChanges(planned) },
    identityCenter,
    clock,
    {
      ...options,
      busyAccounts: listBusyAccounts(earlier, planned.actual),
      deadlineMs: startedAtMs + maxMinutes * 60_000,
      outstandingOperations,
      onOutcome: (outcome) => options.onOutcome?.(outcome, planned),
    },
  );
  return { ...planned, outcomes };
}

/** A plan, and what it was made with. */
interface Look {
  readonly planned: Pass;
  readonly memory: Memory | undefined;
  /** Whether nothing of Identity Center was read after the records. */
  readonly isCurrent: boolean;
}

interface Remembered {
  readonly memory?: Memory;
  /** There is to be a memory, and it could not be read. */
  readonly memoryLost?: boolean;
}

/** What is lost between two looks has been known: it goes on to hold and to warn, but nobody knows what was used since. */
async function remember({ loadMemory }: PassOptions, before: Remembered = {}): Promise<Remembered> {
  if (loadMemory === undefined) return {};
  const memory = await loadMemory();
  return memory === undefined ? { ...before, memoryLost: true } : { memory };
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
