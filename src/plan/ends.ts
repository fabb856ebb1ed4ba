import type { Assignment } from "../model/assignment.ts";
import type { PlanEffects } from "../access/judge-plan.ts";
import type { DesiredState } from "../model/desired-state.ts";
import { dayMs } from "../model/duration.ts";
import { groupBy } from "../model/group-by.ts";
import type { LocalTime } from "../model/local-time.ts";
import type { Memory, RememberedEnd, KnownEnd } from "../model/memory.ts";
import type { EndingDay, TimedRecord } from "../model/period.ts";
import type { Change } from "../model/plan.ts";
import { isWithin } from "../model/record-shrink.ts";
import { recordKey } from "../model/record.ts";

/** By record key, the ends that records give, and since when they are known. */
export type Ends = Readonly<Record<string, RememberedEnd>>;

/** The ends as this pass sees them: one that is another than before is new, and how much a record that is over had is what it had last. */
export function seeEnds({ timed, assignments }: DesiredState, before: Memory["ends"], nowMs: number): Ends {
  const granted = groupBy(
    assignments.flatMap(({ records }) => records.map(recordKey)),
    (key) => key,
  );
  const entries = timed.flatMap((one) => {
    const key = recordKey(one.record);
    const known = before !== undefined && Object.hasOwn(before, key) ? before[key] : undefined;
    const end = endOf(one, known, nowMs);
    if (end === undefined) return [];
    const last = known?.assignments ?? 0;
    const count = one.state === "in-force" ? (granted.get(key)?.length ?? 0) : last;
    return [[key, { ...end, ...grantOf(known, count, nowMs), assignments: count }] as const];
  });
  return Object.fromEntries(entries);
}

function grantOf(
  known: RememberedEnd | undefined,
  count: number,
  nowMs: number,
): { readonly grantedAt?: string } {
  const grantedAt = known?.grantedAt ?? (count > 0 ? new Date(nowMs).toISOString() : undefined);
  return grantedAt === undefined ? {} : { grantedAt };
}

function endOf(
  { record, period: { expiresMs } }: TimedRecord,
  known: RememberedEnd | undefined,
  nowMs: number,
): KnownEnd | undefined {
  if (expiresMs === undefined) return undefined;
  const expires = new Date(expiresMs).toISOString();
  return known?.expires === expires ? known : newEnd(expires, record.modifier?.code, nowMs);
}

function newEnd(expires: string, by: string | undefined, nowMs: number): KnownEnd {
  return { expires, since: new Date(nowMs).toISOString(), ...(by === undefined ? {} : { by }) };
}

interface EndsToJudge {
  readonly ends: Ends;
  readonly actual: { readonly assignments: readonly Assignment[] };
  readonly limits: { readonly maxDeletionsPerDay: number; readonly maxDeletionRatioPerDay: number };
  readonly zone: LocalTime;
}

/** More than may go in a day: a count that always may, and a part of all assignments. */
function isTooMuch(count: number, { actual, limits }: EndsToJudge): boolean {
  const limit = { count: limits.maxDeletionsPerDay, ratio: limits.maxDeletionRatioPerDay, cap: Infinity };
  return !isWithin(count, actual.assignments.length, limit);
}

/** The last day on which the access is there. */
function dayOf({ expires }: RememberedEnd, zone: LocalTime): string {
  return zone.dayOf(Date.parse(expires) - 1);
}

/** What one person's edits of one day end on one day. */
function groupOf(end: RememberedEnd, zone: LocalTime): string {
  return JSON.stringify([dayOf(end, zone), end.by ?? "", zone.dayOf(Date.parse(end.since))]);
}

function countOf(ends: readonly RememberedEnd[]): number {
  return ends.reduce((sum, { assignments }) => sum + assignments, 0);
}

/** The groups that are too much for a day: one person has decided that, and another one is to look. */
function groupsToAsk(input: EndsToJudge): ReadonlySet<string> {
  const groups = groupBy(Object.values(input.ends), (end) => groupOf(end, input.zone));
  return new Set([...groups].flatMap(([group, ends]) => (isTooMuch(countOf(ends), input) ? [group] : [])));
}

/**
 * Ids of the removals that were known a day before: every record that asked for the assignment is over, its end was the
 * same for a day before it came, and no single person has put too much on that day.
 */
export function plannedEnds(
  changes: readonly Change[],
  { timed }: { readonly timed: readonly TimedRecord[] },
  input: EndsToJudge,
): ReadonlySet<string> {
  const toAsk = groupsToAsk(input);
  const planned = new Set(
    timed.flatMap(({ record, state }) => {
      const key = recordKey(record);
      const end = state === "over" && Object.hasOwn(input.ends, key) ? input.ends[key] : undefined;
      if (end === undefined || toAsk.has(groupOf(end, input.zone))) return [];
      return Date.parse(end.expires) - Date.parse(end.since) >= dayMs ? [key] : [];
    }),
  );
  const isPlanned = ({ kind, records }: Change): boolean =>
    kind === "unassign" && records.length > 0 && records.every((record) => planned.has(recordKey(record)));
  return new Set(changes.filter(isPlanned).map(({ id }) => id));
}

/** The days to come on which more ends than may go in a day. */
export function endingDays(input: EndsToJudge, nowMs: number): readonly EndingDay[] {
  const { ends, zone } = input;
  const toAsk = groupsToAsk(input);
  const ahead = Object.values(ends).filter(({ expires }) => Date.parse(expires) > nowMs);
  return [...groupBy(ahead, (end) => dayOf(end, zone))]
    .flatMap(([day, ofDay]): readonly EndingDay[] => {
      const asks = ofDay.some((end) => toAsk.has(groupOf(end, zone)));
      const count = { day, records: ofDay.length, assignments: countOf(ofDay), asks };
      return isTooMuch(count.assignments, input) ? [count] : [];
    })
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}

/** The effects without what was known a day before: it is no surprise, so that it is no loss that limits count. */
export function withoutPlanned(effects: PlanEffects, planned: ReadonlySet<string>): PlanEffects {
  if (planned.size === 0) return effects;
  const losesAll = effects.losesAll.flatMap(({ changes, ...who }) => {
    const rest = changes.filter((id) => !planned.has(id));
    return rest.length === 0 ? [] : [{ ...who, changes: rest }];
  });
  return {
    ...effects,
    losses: new Set([...effects.losses].filter((id) => !planned.has(id))),
    losesAll,
  };
}
