import { covers } from "../model/desired-state.ts";
import { groupBy } from "../model/group-by.ts";
import {
  amongUnknown,
  isNextRevision,
  type Memory,
  neverCarriedOut,
  newcomerTest,
  unmetTest,
  type RememberedRequest,
  uniteRequests,
  type RequestMemory,
} from "../model/memory.ts";
import { type Pass, refusedChanges } from "../model/pass.ts";
import { recordKey, type RecordRef } from "../model/record.ts";

/**
 * What each assignment record asks for; of one that cannot be trusted, what it asked for before, seen once more. Also
 * what it asked for before where it is not certain that this pass has put that behind it.
 */
export function rememberRequests(memory: Memory, pass: Pass, allBefore: boolean): RequestMemory {
  const { source, actual, desired } = pass;
  const refused = new Set(refusedChanges(pass).flatMap(({ records }) => records.map(recordKey)));
  const isSame = memory.instanceArn === actual.instance.arn;
  const known = isSame ? (memory.requests ?? {}) : {};
  const isNew = isSame ? neverGrantedTest(memory, desired) : () => false;
  const waiting = listWaitingRemovals(pass);
  const isUnexplained = unexplainedTest(pass, waiting);
  const pending = askersOfPendingRemovals(pass, waiting);
  const outside = listOutside(desired);
  // Until it is gone, what a record had that is over is known to be so from nowhere else.
  const isEnding = (key: string): boolean => outside.has(key) && pending.has(key);
  const requestOf = (ref: RecordRef): RememberedRequest | undefined => {
    const key = recordKey(ref);
    const before = Object.hasOwn(known, key) ? known[key] : undefined;
    const now = desired.requests[key];
    if (now !== undefined) {
      const alsoBefore = !isNew(ref) && (allBefore || refused.has(key) || isEnding(key));
      return alsoBefore ? withBefore(before, now) : now;
    }
    if (before !== undefined) return seenAgain(before, ref);
    return isNew(ref) && !isUnexplained(ref) ? neverCarriedOut(ref.revision) : undefined;
  };
  const requests = source.assignments.records.map(({ ref }) => {
    return { key: recordKey(ref), request: requestOf(ref) };
  });
  const gone = [...pending].flatMap((key) => {
    const before = Object.hasOwn(known, key) ? known[key] : undefined;
    return before === undefined ? [] : [[key, before] as const];
  });
  return {
    requests: Object.fromEntries([
      ...gone,
      ...requests.flatMap(({ key, request }) => (request === undefined ? [] : [[key, request] as const])),
    ]),
    earlierRecords: requests.flatMap(({ key, request }) => (request === undefined ? [key] : [])),
  };
}

/** Keys of the records that are not in force now, by their period or by their approval. */
function listOutside({ timed, gated = [] }: Pass["desired"]): ReadonlySet<string> {
  const byPeriod = timed.filter(({ state }) => state !== "in-force");
  const ended = gated.filter(({ standing }) => standing === "ended");
  return new Set([...byPeriod, ...ended].map(({ record }) => recordKey(record)));
}

/** Tells the records that no pass of this memory can have carried out. */
function neverGrantedTest(memory: Memory, { gated = [] }: Pass["desired"]): (record: RecordRef) => boolean {
  const [isNewcomer, isUnmet] = [newcomerTest(memory), unmetTest(memory)];
  const pending = gated.filter(({ standing }) => standing === "pending").map(({ record }) => record);
  const waits = new Set(pending.map(recordKey));
  return (record) => isNewcomer(record) || (waits.has(recordKey(record)) && isUnmet(record));
}

function withBefore(before: RememberedRequest | undefined, now: RememberedRequest): RememberedRequest {
  return before === undefined ? amongUnknown(now) : uniteRequests(before, now);
}

/** A gap between the revisions stays one, whatever is seen after it. */
function seenAgain(before: RememberedRequest, { revision }: RecordRef): RememberedRequest {
  return isNextRevision(revision, before) ? { ...before, revision } : before;
}

/**
 * Tells the records for which something is held that no record is known to have asked for: a pass without the memory may
 * have granted it.
 */
function unexplainedTest(
  { desired }: Pass,
  removals: readonly WaitingRemoval[],
): (ref: RecordRef) => boolean {
  const unexplained = removals.filter(({ askers }) => askers.length === 0);
  const patterns = groupBy(desired.heldAssignments, ({ record }) => recordKey(record));
  return (ref) => {
    const own = patterns.get(recordKey(ref)) ?? [];
    return unexplained.some(({ assignment }) => own.some((pattern) => covers(pattern, assignment)));
  };
}

interface WaitingRemoval {
  readonly assignment: Parameters<typeof covers>[1];
  /** The records that asked for it before. */
  readonly askers: readonly RecordRef[];
}

/** What is to go and stays for now, because of records that cannot be trusted. */
function listWaitingRemovals({ plan, desired }: Pass): readonly WaitingRemoval[] {
  const former = desired.formerRequests.flatMap((pattern) =>
    pattern.permissionSets === "any" ? [] : [...pattern.permissionSets].map((name) => ({ name, pattern })),
  );
  const bySet = groupBy(former, ({ name }) => name);
  return plan.held.flatMap(({ would, target: { permissionSet, account, principal } }) => {
    if (would !== "delete" || account === undefined || account === "all" || principal === undefined)
      return [];
    const assignment = { permissionSet, account, principal };
    const askers = (bySet.get(permissionSet) ?? []).filter(({ pattern }) => covers(pattern, assignment));
    return [{ assignment, askers: askers.map(({ pattern }) => pattern.record) }];
  });
}

/** Records behind removals that have not been carried out: one that is gone is known from nowhere else when they are. */
function askersOfPendingRemovals(
  { plan, outcomes }: Pass,
  waiting: readonly WaitingRemoval[],
): ReadonlySet<string> {
  const done = new Set(outcomes.flatMap(({ status, change }) => (status === "applied" ? [change.id] : [])));
  const pending = plan.changes.filter(({ id, kind }) => kind === "unassign" && !done.has(id));
  const behind = [...pending.flatMap(({ records }) => records), ...waiting.flatMap(({ askers }) => askers)];
  return new Set(behind.map(recordKey));
}
