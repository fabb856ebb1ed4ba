import type { ManagedPermissionSet } from "../../model/actual-state.ts";
import { recordTag } from "../../model/ownership.ts";
import { hasShrunk } from "../../model/record-shrink.ts";
import type { Violation } from "../../model/violation.ts";
import { countDeletions, countManaged, type GuardInput } from "./guard-input.ts";

/** An app without a single record must not empty Identity Center. */
export function checkSourceEmpty({ plan, records }: GuardInput): readonly Violation[] {
  const deletions = countDeletions(plan);
  if (deletions === 0 || (records.permissionSets > 0 && records.assignments > 0)) return [];
  return [{ guard: "source-empty", numbers: { ...records, deletions } }];
}

/**
 * A source that is much smaller than it was must not delete anything; without deletions there is nothing to lose. It is
 * judged twice, and either refuses:
 *
 * - by memory: either app has fewer records than when its size was last accepted. A pass that is refused does not
 *   accept a size, so that it stays refused however often it is tried again.
 * - by what AWS shows, with or without a memory: more deletions than `maxDeletions`, while more than the ratio of the
 *   managed sets have lost their record, or more than the ratio of the managed assignments would go.
 *
 * So a memory that is lost takes one reason to refuse away and lets no mass deletion through: the second reason and
 * the limits of one pass need none.
 */
export function checkSourceShrank(input: GuardInput): readonly Violation[] {
  if (countDeletions(input.plan) === 0) return [];
  const byMemory = shrinkByMemory(input);
  const numbers = byMemory ?? shrinkByActualState(input);
  return numbers === undefined ? [] : [{ guard: "source-shrank", numbers }];
}

type Numbers = Violation["numbers"];

function shrinkByMemory({ plan, records, limits, memory }: GuardInput): Numbers | undefined {
  const before = memory?.lastGoodRead;
  const { maxRecordShrink } = limits;
  if (before === undefined) return undefined;
  const fell =
    hasShrunk(before.permissionSets, records.permissionSets, maxRecordShrink) ||
    hasShrunk(before.assignments, records.assignments, maxRecordShrink);
  if (!fell) return undefined;
  return {
    permissionSetsBefore: before.permissionSets,
    permissionSets: records.permissionSets,
    assignmentsBefore: before.assignments,
    assignments: records.assignments,
    deletions: countDeletions(plan),
    maxRecordShrink,
  };
}

function shrinkByActualState(input: GuardInput): Numbers | undefined {
  const { plan, actual, limits } = input;
  const { maxDeletions, maxRecordShrink } = limits;
  const deletions = countDeletions(plan);
  const managed = actual.permissionSets.filter((set): set is ManagedPermissionSet => set.managed);
  const managedSets = managed.length;
  const setsWithoutRecord = managed.filter(hasNoRecord(input)).length;
  const managedAssignments = countManaged(input);
  const revocations = plan.changes.filter(({ kind }) => kind === "unassign").length;
  const fell =
    hasShrunk(managedSets, managedSets - setsWithoutRecord, maxRecordShrink) ||
    hasShrunk(managedAssignments, managedAssignments - revocations, maxRecordShrink);
  if (deletions <= maxDeletions || !fell) return undefined;
  return {
    setsWithoutRecord,
    managedSets,
    revocations,
    managedAssignments,
    deletions,
    maxDeletions,
    maxRecordShrink,
  };
}

function hasNoRecord({ desired }: GuardInput): (set: ManagedPermissionSet) => boolean {
  const all = [...desired.permissionSets, ...desired.heldPermissionSets];
  const names = new Set<string | undefined>(all.map(({ name }) => name));
  const records = new Set<string | undefined>(all.map(({ record }) => record.id));
  return ({ name, tags }) => !names.has(name) && !records.has(tags[recordTag]);
}
