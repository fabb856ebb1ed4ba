import type { Memory } from "../model/memory.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Pass } from "../model/pass.ts";
import {
  markChanges,
  type RememberedFailure,
  type RememberedRepeat,
  type Troubles,
} from "../model/trouble.ts";

/**
 * How often each change was applied in a row, and which ones failed. What the pass did not try stays as it was, and what
 * it did not ask for is over, unless it asked for a half of the plan.
 */
export function rememberTroubles(
  { plan, outcomes, troubles = {}, only }: Pass,
  nowMs: number,
): Required<Troubles> {
  const { repeats = {}, failures = {} } = troubles;
  const marks = markChanges(plan.changes);
  const ended = new Map(outcomes.map((outcome) => [outcome.change.id, outcome]));
  const ids = plan.changes.map(({ id }) => id);
  const isAskedFor = new Set(ids);
  const unasked = <One>(before: Readonly<Record<string, One>>): readonly (readonly [string, One])[] =>
    only === undefined ? [] : Object.entries(before).filter(([id]) => !isAskedFor.has(id));
  const repeated = ids.flatMap((id): readonly (readonly [string, RememberedRepeat])[] => {
    const next = nextRepeat(ended.get(id), marks.get(id) ?? "", entryOf(repeats, id), nowMs);
    return next === undefined ? [] : [[id, next]];
  });
  const failed = ids.flatMap((id): readonly (readonly [string, RememberedFailure])[] => {
    const next = nextFailure(ended.get(id), entryOf(failures, id));
    return next === undefined ? [] : [[id, next]];
  });
  return {
    repeats: Object.fromEntries([...unasked(repeats), ...repeated]),
    failures: Object.fromEntries([...unasked(failures), ...failed]),
  };
}

function nextRepeat(
  outcome: Outcome | undefined,
  mark: string,
  before: RememberedRepeat | undefined,
  nowMs: number,
): RememberedRepeat | undefined {
  if (outcome === undefined || outcome.status === "skipped") return before;
  if (outcome.status === "failed") return undefined;
  const at = new Date(nowMs).toISOString();
  return before?.mark === mark ? { ...before, times: before.times + 1, at } : { mark, times: 1, at };
}

function nextFailure(
  outcome: Outcome | undefined,
  before: RememberedFailure | undefined,
): RememberedFailure | undefined {
  if (outcome === undefined || outcome.status === "skipped") return before;
  if (outcome.status === "applied") return undefined;
  const { code } = outcome.reason;
  return before?.code === code ? before : { code };
}

/** The memory, once people have been told of what fails and of what does not stay. */
export function rememberTold(
  memory: Memory,
  told: { readonly failures: ReadonlySet<string>; readonly repeats: ReadonlySet<string> },
  nowMs: number,
): Memory {
  const at = new Date(nowMs).toISOString();
  const mark = <One extends { readonly told?: string }>(
    before: Readonly<Record<string, One>>,
    ids: ReadonlySet<string>,
  ): Readonly<Record<string, One>> =>
    Object.fromEntries(
      Object.entries(before).map(([id, one]) => [
        id,
        ids.has(id) && one.told === undefined ? { ...one, told: at } : one,
      ]),
    );
  return {
    ...memory,
    ...(memory.repeats && { repeats: mark(memory.repeats, told.repeats) }),
    ...(memory.failures && { failures: mark(memory.failures, told.failures) }),
  };
}

function entryOf<One>(entries: Readonly<Record<string, One>>, id: string): One | undefined {
  return Object.hasOwn(entries, id) ? entries[id] : undefined;
}
