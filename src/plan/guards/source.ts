import type { ManagedPermissionSet } from "../../model/actual-state.ts";
import { recordTag } from "../../model/ownership.ts";
import { hasShrunk, type LossLimit } from "../../model/record-shrink.ts";
import type { Violation } from "../../model/violation.ts";
import { countManaged, listDeletions, type GuardInput } from "./guard-input.ts";

/** An app without a single record must not empty Identity Center. */
export function checkSourceEmpty({ plan, records }: GuardInput): readonly Violation[] {
  const refuses = listDeletions(plan);
  const deletions = refuses.length;
  if (deletions === 0 || (records.permissionSets > 0 && records.assignments > 0)) return [];
  return [{ guard: "source-empty", numbers: { ...records, deletions }, refuses }];
}

/**
 * A source that is much smaller than it was must not delete anything; one that has lost more than half of its records is
 * another source, and nothing of it is carried out. It is judged twice, and either refuses:
 *
 * - by memory: either app has lost more records than the limit since its size was last accepted. A pass that is refused
 *   does not accept a size, so that it stays refused however often it is tried again.
 * - by what AWS shows, with or without a memory: more losses than `maxDeletions`, while more than the ratio of the
 *   managed sets have lost their record, or more than the ratio of the managed assignments would go.
 *
 * So a memory that is lost takes one reason to refuse away and lets no mass deletion through: the second reason and
 * the limits of one pass need none.
 */
export function checkSourceShrank(input: GuardInput): readonly Violation[] {
  const everything = input.plan.changes.map(({ id }) => id);
  const removals = listDeletions(input.plan);
  const isAnother = isAnotherSource(input);
  const refuses = isAnother ? everything : removals;
  if (refuses.length === 0) return [];
  const byMemory = shrinkByMemory(input, isAnother);
  const numbers = byMemory ?? (removals.length === 0 ? undefined : shrinkByActualState(input));
  return numbers === undefined ? [] : [{ guard: "source-shrank", numbers, refuses }];
}

/** With fewer than half of the records that memory knows, what is read is not that source any more: nothing of it counts. */
function isAnotherSource({ records, memory }: GuardInput): boolean {
  const before = memory?.lastGoodRead;
  if (before === undefined) return false;
  return records.permissionSets + records.assignments < (before.permissionSets + before.assignments) / 2;
}

type Numbers = Violation["numbers"];

function shrinkByMemory(
  { plan, records, limits, memory }: GuardInput,
  isAnother: boolean,
): Numbers | undefined {
  const before = memory?.lastGoodRead;
  const { maxRecordsLost: count, maxRecordShrink, recordsLostCap: cap } = limits;
  const limit: LossLimit = { count, ratio: maxRecordShrink, cap };
  if (before === undefined) return undefined;
  const fell =
    hasShrunk(before.permissionSets, records.permissionSets, limit) ||
    hasShrunk(before.assignments, records.assignments, limit);
  if (!fell && !isAnother) return undefined;
  return {
    permissionSetsBefore: before.permissionSets,
    permissionSets: records.permissionSets,
    assignmentsBefore: before.assignments,
    assignments: records.assignments,
    deletions: listDeletions(plan).length,
    maxRecordsLost: count,
    maxRecordShrink,
    recordsLostCap: cap,
  };
}

function shrinkByActualState(input: GuardInput): Numbers | undefined {
  const { plan, actual, limits, effects } = input;
  const { maxDeletions, maxRecordsLost, maxRecordShrink } = limits;
  const deletions = effects.losses.size;
  const managed = actual.permissionSets.filter((set): set is ManagedPermissionSet => set.managed);
  const managedSets = managed.length;
  const setsWithoutRecord = managed.filter(hasNoRecord(input)).length;
  const managedAssignments = countManaged(input);
  const revocations = plan.changes.filter(
    ({ id, kind }) => kind === "unassign" && effects.losses.has(id),
  ).length;
  const limit: LossLimit = { count: maxRecordsLost, ratio: maxRecordShrink, cap: Infinity };
  const fell =
    hasShrunk(managedSets, managedSets - setsWithoutRecord, limit) ||
    hasShrunk(managedAssignments, managedAssignments - revocations, limit);
  if (deletions <= maxDeletions || !fell) return undefined;
  return {
    setsWithoutRecord,
    managedSets,
    revocations,
    managedAssignments,
    deletions,
    maxDeletions,
    maxRecordsLost,
    maxRecordShrink,
  };
}

function hasNoRecord({ desired }: GuardInput): (set: ManagedPermissionSet) => boolean {
  const all = [...desired.permissionSets, ...desired.heldPermissionSets];
  const names = new Set<string | undefined>(all.map(({ name }) => name));
  const records = new Set<string | undefined>(all.map(({ record }) => record.id));
  return ({ name, tags }) => !names.has(name) && !records.has(tags[recordTag]);
}
