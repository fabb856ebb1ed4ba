import type { Config } from "../model/config.ts";
import type { Memory } from "../model/memory.ts";
import type { Outcome } from "../model/outcome.ts";
import { allowedChanges, type Pass } from "../model/pass.ts";
import type { Change } from "../model/plan.ts";
import type { SourceRecords } from "../model/record.ts";
import { planFromRecords } from "./plan-from-records.ts";
import type { StagedState } from "./read-in-stages.ts";
import type { BeforeApply, PassOptions, World } from "./reconcile.ts";
import { askOnce } from "./validate-policies.ts";

/** What earlier passes left, as far as this one knows it. */
export interface Remembered {
  readonly memory?: Memory;
  /** There is to be a memory, and it could not be read. */
  readonly memoryLost?: boolean;
}

interface Sides {
  readonly source: SourceRecords;
  readonly staged: StagedState;
  readonly remembered: Remembered;
}

/** Plans, as often as it takes to be certain. */
export interface Looks {
  /** A plan that may be applied, beside what this pass has done already; `isLast` when no other follows. Throws a PassError when a read fails. */
  readonly settle: (done: readonly Outcome[], isLast: boolean) => Promise<Pass>;
}

/** A plan, and what it was made with. */
interface Look {
  readonly planned: Pass;
  readonly memory: Memory | undefined;
  /** Whether nothing of Identity Center was read after the records. */
  readonly isCurrent: boolean;
}

/** Another pass writes its memory twice: no pass is overtaken more often unless something else writes there. */
const mostLooks = 6;

/** Looks at both sides, the records being read again whenever something of Identity Center was read after them. */
export function lookingAt(
  world: World,
  config: Config,
  options: PassOptions,
  { source, staged, remembered }: Sides,
): Looks {
  const { onApply } = options;
  const policyAnalyzer = askOnce(world.policyAnalyzer);
  const begunAfter = remembered.memory?.writtenBy;
  let records = source;
  let known = remembered;

  const look = async (done: readonly Outcome[], isCurrent: () => boolean): Promise<Look> => ({
    planned: await planFromRecords(records, staged, config, {
      ...options,
      ...world,
      ...known,
      ...(begunAfter === undefined ? {} : { begunAfter }),
      policyAnalyzer,
      done,
    }),
    memory: known.memory,
    isCurrent: isCurrent(),
  });
  // Another pass may have read the records later than this one did, and have applied by now what they say: whatever
  // differs from what was asked for before Identity Center was read must still do so after it. What that pass has
  // granted is in its memory, from before its first change.
  const lookAgain = async (done: readonly Outcome[]): Promise<Look> => {
    const reads = staged.reads();
    records = await world.records.readAllRecords();
    known = await remember(options, known);
    return look(done, () => staged.reads() === reads);
  };

  async function answerTo({ planned, memory }: Look): Promise<BeforeApply> {
    return (await onApply?.(planned, memory)) ?? "go-on";
  }

  async function settle(done: readonly Outcome[], isLast: boolean): Promise<Pass> {
    let latest = await look(done, () => false);
    for (let looks = 1; isLast ? mayApply(latest.planned) : hasChanges(latest.planned); looks += 1) {
      const isSettled = latest.isCurrent || !hasChanges(latest.planned);
      const answer = isSettled ? await answerTo(latest) : "overtaken";
      if (answer === "declined") return { ...latest.planned, mode: "plan" };
      if (answer === "go-on" || (isSettled && looks >= mostLooks)) break;
      latest = await lookAgain(done);
    }
    return latest.planned;
  }

  return { settle };
}

/** Whether the sync is not paused and nothing refuses the whole plan, so that it may be applied even when there is nothing in it. */
export function mayApply(planned: Pass): boolean {
  if (planned.mode !== "sync" || planned.paused !== undefined) return false;
  return planned.violations.length === 0 || hasChanges(planned);
}

function hasChanges(planned: Pass): boolean {
  return changesToApply(planned).length > 0;
}

/** What guards allow and this pass has not done yet. */
export function changesToApply(planned: Pass): readonly Change[] {
  const done = new Set(planned.outcomes.map(({ change }) => change.id));
  return allowedChanges(planned).filter(({ id }) => !done.has(id));
}

/** What is lost between two looks has been known: it goes on to hold and to warn, but what was used since is unknown. */
export async function remember({ loadMemory }: PassOptions, before: Remembered = {}): Promise<Remembered> {
  if (loadMemory === undefined) return {};
  const memory = await loadMemory();
  return memory === undefined ? { ...before, memoryLost: true } : { memory };
}
