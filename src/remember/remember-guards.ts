import type { RememberedApprovals } from "../model/approval.ts";
import type { Config } from "../model/config.ts";
import { dayMs } from "../model/duration.ts";
import type {
  Memory,
  RememberedCount,
  RememberedDeletions,
  SizeMemory,
  DailyCounts,
  ApprovalMemory,
} from "../model/memory.ts";
import { isLost } from "../model/actual-state.ts";
import { allowedChanges, newAdministratorsIn, type Pass, peopleIn, refusedChanges } from "../model/pass.ts";
import { principalKey } from "../model/assignment.ts";
import { isDeletion } from "../model/change-kinds.ts";
import type { Change } from "../model/plan.ts";
import { hasShrunk } from "../model/record-shrink.ts";
import type { Violation } from "../model/violation.ts";

/** Longer than anything is judged by, so that a clock that ran ahead for some days has not made it forgotten. */
const keptMs = 7 * dayMs;

/** What the guards of the next pass judge by, after this one; times in the future are taken for now, so that they pass. */
export function rememberForGuards(
  memory: Memory,
  pass: Pass,
  nowMs: number,
  limits: Config["guards"],
): DailyCounts & SizeMemory & ApprovalMemory {
  const lastGoodRead = rememberRead(memory, pass, nowMs, limits);
  return {
    ...(lastGoodRead && { lastGoodRead }),
    ...rememberDone(memory, pass, doneIn(pass), nowMs),
    managed: rememberManaged(memory, pass, nowMs),
    approvals: rememberApprovals(memory, pass, nowMs),
  };
}

/** What the guards judge by if this pass is killed while it writes: all that it is to delete, and that its approval is used. */
export function rememberIntent(memory: Memory, planned: Pass, nowMs: number): DailyCounts & ApprovalMemory {
  return {
    ...rememberDone(memory, planned, allowedChanges(planned), nowMs, { run: planned.runId }),
    approvals: rememberApprovals(memory, planned, nowMs),
  };
}

/**
 * A size is accepted when no removal was refused. A fall that is more than the limit is accepted only
 * with a person's approval: what is not deleted now, because it is held, must not be deleted later without the question.
 */
function rememberRead(
  { lastGoodRead: before }: Memory,
  pass: Pass,
  nowMs: number,
  { maxRecordsLost: count, maxRecordShrink: ratio, recordsLostCap: cap }: Config["guards"],
): Memory["lastGoodRead"] {
  const { source } = pass;
  const refused = refusedChanges(pass).some(isDeletion);
  const at = new Date(nowMs).toISOString();
  const permissionSets = source.permissionSets.records.length;
  const assignments = source.assignments.records.length;
  if (before === undefined) return refused ? undefined : { at, permissionSets, assignments };
  const accept = (was: number, now: number): number => {
    if (refused) return Math.max(was, now);
    return hasShrunk(was, now, { count, ratio, cap }) && !isFallApproved(pass) ? was : now;
  };
  return {
    at: refused ? before.at : at,
    permissionSets: accept(before.permissionSets, permissionSets),
    assignments: accept(before.assignments, assignments),
  };
}

const sourceGuards = new Set<Violation["guard"]>(["source-empty", "source-shrank"]);

/** A half of a plan says nothing about what the other half would delete. */
function isFallApproved({ grantedApproval, only }: Pass): boolean {
  return only === undefined && (grantedApproval?.guards ?? []).some((guard) => sourceGuards.has(guard));
}

function doneIn({ outcomes }: Pass): readonly Change[] {
  return outcomes.flatMap(({ status, change }) => (status === "applied" ? [change] : []));
}

/** What the changes do to people, added to what earlier passes did; not what a person approved. */
function rememberDone(
  { deletions, departures, adminGrants }: Memory,
  pass: Pass,
  changes: readonly Change[],
  nowMs: number,
  of: { readonly run?: string } = {},
): Required<DailyCounts> {
  const { runId, counted, grantedApproval } = pass;
  const removals = grantedApproval === undefined ? changes.filter(isDeletion).map(({ id }) => id) : [];
  const lost = removals.filter((id) => counted === undefined || counted.losses.has(id));
  const gone = removals.flatMap((id) => {
    const principal = counted?.departures.get(id);
    return principal === undefined ? [] : [principalKey(principal)];
  });
  const added = (before: readonly RememberedDeletions[] = [], ids: readonly string[] = []) => {
    const earlier = before
      .filter(({ run }) => run !== runId)
      .map((one) => withoutOldIds({ ...one, at: notAfter(one.at, nowMs) }, nowMs))
      .filter(({ at }) => nowMs - Date.parse(at) < keptMs);
    if (ids.length === 0) return earlier;
    const names = ids.length > mostNamed ? {} : { ids };
    return [...earlier, { at: new Date(nowMs).toISOString(), count: ids.length, ...names, ...of }];
  };
  return {
    deletions: added(deletions, lost),
    departures: added(departures, [...new Set(gone)]),
    adminGrants: added(adminGrants, administratorsMade(pass, changes)),
  };
}

/** More are counted by their number: members of large groups in many accounts would fill the memory. */
const mostNamed = 2_000;

/** Keys of the assignments with which the changes make people administrators, unless a person approved. */
function administratorsMade(
  { counted, grantedApproval }: Pass,
  changes: readonly Change[],
): readonly string[] {
  if (counted === undefined || grantedApproval !== undefined) return [];
  const done = new Set(changes.map(({ id }) => id));
  return peopleIn(newAdministratorsIn(counted).filter((one) => one.changes.some((id) => done.has(id))));
}

/** What is older than a day is not counted, unless the clock is set back. */
function withoutOldIds({ at, count, ...names }: RememberedDeletions, nowMs: number): RememberedDeletions {
  return nowMs - Date.parse(at) > dayMs ? { at, count } : { at, count, ...names };
}

const hourMs = 60 * 60_000;

/** One number for each hour is enough, the fewest of them. A set whose owner tag is not there has not lost its assignments. */
function rememberManaged(
  { managed = [] }: Memory,
  { actual, outcomes }: Pass,
  nowMs: number,
): readonly RememberedCount[] {
  const applied = outcomes.filter(({ status }) => status === "applied").map(({ change }) => change.kind);
  const [granted, revoked] = (["assign", "unassign"] as const).map(
    (kind) => applied.filter((one) => one === kind).length,
  );
  const count = Math.max(0, actual.assignments.length + (granted ?? 0) - (revoked ?? 0));
  const hours = new Map<number, RememberedCount>();
  const counted = actual.permissionSets.some(isLost) ? [] : [{ at: new Date(nowMs).toISOString(), count }];
  for (const one of [...managed, ...counted]) {
    const at = notAfter(one.at, nowMs);
    const hour = Math.floor(Date.parse(at) / hourMs);
    const known = hours.get(hour);
    const isKept = nowMs - Date.parse(at) < keptMs;
    if (isKept) hours.set(hour, { at, count: Math.min(one.count, known?.count ?? one.count) });
  }
  return [...hours.values()];
}

function rememberApprovals(
  { approvals }: Memory,
  { approval, grantedApproval }: Pass,
  nowMs: number,
): RememberedApprovals {
  const sinceMs = approval?.issuedAtMs ?? nowMs;
  const since = notAfter(approvals?.since ?? new Date(sinceMs).toISOString(), nowMs);
  const earlier = (approvals?.used ?? [])
    .map((one) => ({ ...one, usedAt: notAfter(one.usedAt, nowMs) }))
    .filter(({ code, usedAt }) => nowMs - Date.parse(usedAt) < keptMs && code !== grantedApproval?.code);
  if (grantedApproval === undefined) return { since, used: earlier };
  const { code, atMs } = grantedApproval;
  return { since, used: [...earlier, { code, usedAt: new Date(atMs).toISOString() }] };
}

function notAfter(at: string, nowMs: number): string {
  return new Date(Math.min(Date.parse(at), nowMs)).toISOString();
}
