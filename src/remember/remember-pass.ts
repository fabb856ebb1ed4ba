import type { Config } from "../model/config.ts";
import type { DesiredState } from "../model/desired-state.ts";
import type { Memory, ReadingMemory, RecordFacts } from "../model/memory.ts";
import { allowedChanges, type Pass } from "../model/pass.ts";
import { recordKey } from "../model/record.ts";
import { forgetWritten } from "./forget-written.ts";
import { rememberAdministrators } from "./remember-administrators.ts";
import { indexNames } from "../report/names.ts";
import { forgetOtherApps, rememberMeanings } from "./remember-meanings.ts";
import { rememberPeople } from "./remember-people.ts";
import { rememberPlan } from "./remember-plan.ts";
import { rememberRequests } from "./remember-requests.ts";
import { rememberForGuards, rememberIntent } from "./remember-guards.ts";
import { rememberSets, setsMade, withoutLost } from "./remember-sets.ts";
import { rememberTroubles } from "./remember-troubles.ts";

/** The memory after a pass that read everything; what was told is added by those who tell. */
export function rememberPass(memory: Memory, pass: Pass, nowMs: number, limits: Config["guards"]): Memory {
  const { reading, outcomes, runId } = pass;
  const isOvertaken = memory.writtenBy !== (isApplied(pass) ? intentOf(pass) : pass.begunAfter);
  return {
    ...memory,
    ...rememberForGuards(memory, pass, nowMs, limits),
    administrators: rememberAdministrators(pass),
    ...rememberInstance(pass),
    ...rememberRequests(memory, pass, isOvertaken || pass.only === "permission-sets"),
    ...rememberMeanings(memory, pass, isOvertaken),
    ...rememberPeople(memory, pass, isOvertaken),
    wholes: { ...memory.wholes, ...pass.desired.wholes },
    ...(pass.ends === undefined ? {} : { ends: pass.ends }),
    classes: rememberClasses(memory, pass.desired),
    ...rememberGates(memory, pass),
    ...rememberTroubles(pass, nowMs),
    // What another pass saw or wrote meanwhile is not in it: then the next one reads everything.
    seen: isOvertaken ? nothingSeen(memory.seen) : withoutLost(forgetWritten(reading.seen, outcomes), pass),
    writtenBy: runId,
    ...rememberSets(memory, pass),
    ...rememberPlan(memory, pass),
  };
}

/** What was approved; of a record that another pass has met at a later revision, what it left. */
function rememberGates(memory: Memory, { desired, source }: Pass): RecordFacts {
  if (desired.gates === undefined) return {};
  const before = forgetOtherApps(memory, source).gates ?? {};
  const later = Object.entries(before).filter(
    ([key, { revision }]) => revision > (desired.gates?.[key]?.revision ?? Infinity),
  );
  return { gates: { ...desired.gates, ...Object.fromEntries(later) } };
}

/** What sets were taken for, as long as their records are there. */
function rememberClasses({ classes = {} }: Memory, desired: DesiredState): NonNullable<Memory["classes"]> {
  const held = new Set(desired.heldPermissionSets.map(({ record }) => recordKey(record)));
  const kept = Object.entries(classes).filter(([key]) => held.has(key));
  return { ...Object.fromEntries(kept), ...desired.classes };
}

/**
 * The memory of a pass that is about to write, for the one after it should this one be killed: whatever records ask for,
 * or asked for before, may have been carried out, and what was seen may be so no more.
 */
export function rememberPlanned(memory: Memory, planned: Pass, nowMs: number): Memory {
  const { unmanagedSets = [] } = memory.instanceArn === planned.actual.instance.arn ? memory : {};
  return {
    ...memory,
    ...rememberIntent(memory, planned, nowMs),
    ...rememberInstance(planned),
    ...rememberRequests(memory, planned, true),
    ...rememberMeanings(memory, planned, false),
    wholes: { ...memory.wholes, ...planned.desired.wholes },
    seen: nothingSeen(memory.seen),
    unmanagedSets,
    madeSets: { ...memory.madeSets, ...setsMade(allowedChanges(planned)) },
    writtenBy: intentOf(planned),
    ...rememberPlan(memory, planned),
  };
}

/** Whether the pass wrote, or was to, so that its intent has been in the memory from before its first write. */
function isApplied(pass: Pass): boolean {
  return allowedChanges(pass).length > 0;
}

function intentOf({ runId }: Pass): string {
  return `${runId} planned`;
}

function rememberInstance(pass: Pass): ReadingMemory {
  return { instanceArn: pass.actual.instance.arn, principalNames: rememberNames(pass) };
}

function nothingSeen(seen: Memory["seen"]): NonNullable<Memory["seen"]> {
  const { pass = 0, wholeAt } = seen ?? {};
  return { pass, permissionSets: {}, ...(wholeAt === undefined ? {} : { wholeAt }) };
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
