import type { Config } from "../model/config.ts";
import { isNextRevision, type Memory, type RememberedRequest } from "../model/memory.ts";
import type { Pass } from "../model/pass.ts";
import { recordKey } from "../model/record.ts";
import { indexNames } from "./names.ts";
import { rememberForGuards } from "./remember-guards.ts";

/** The memory after a pass that read everything; what was told is added by those who tell. */
export function rememberPass(memory: Memory, pass: Pass, nowMs: number, limits: Config["guards"]): Memory {
  return {
    ...memory,
    ...rememberForGuards(memory, pass, nowMs, limits),
    instanceArn: pass.actual.instance.arn,
    requests: rememberRequests(memory, pass),
    principalNames: rememberNames(pass),
    seen: pass.reading.seen,
    unmanagedSets: pass.actual.permissionSets.flatMap(({ managed, arn }) => (managed ? [] : [arn])),
  };
}

/** The names of everybody who holds a managed assignment or is to get one; of who has been deleted, the one known before. */
function rememberNames({ actual, desired, lastKnownNames }: Pass): NonNullable<Memory["principalNames"]> {
  const names = indexNames(actual.directory, lastKnownNames);
  const holders = [...actual.assignments, ...desired.assignments];
  const entries = holders.flatMap(({ principal }): readonly (readonly [string, string])[] => {
    const name = names.principal(principal) ?? names.lastKnown(principal) ?? "";
    return name === "" ? [] : [[principal.id, name]];
  });
  return Object.fromEntries(entries);
}

/** What each assignment record asks for; of one that cannot be trusted, what it asked for before, seen once more. */
function rememberRequests(
  memory: Memory,
  { source, actual, desired }: Pass,
): NonNullable<Memory["requests"]> {
  const known = memory.instanceArn === actual.instance.arn ? (memory.requests ?? {}) : {};
  const entries = source.assignments.records.flatMap(({ ref }): readonly [string, RememberedRequest][] => {
    const key = recordKey(ref);
    const trusted = desired.requests[key];
    if (trusted !== undefined) return [[key, trusted]];
    const before = Object.hasOwn(known, key) ? known[key] : undefined;
    if (before === undefined || !isNextRevision(ref.revision, before)) return [];
    return [[key, { ...before, revision: ref.revision }]];
  });
  return Object.fromEntries(entries);
}
