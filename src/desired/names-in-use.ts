import type { ActualPermissionSet, ManagedPermissionSet } from "../model/actual-state.ts";
import { groupBy } from "../model/group-by.ts";
import { createIssue, type Issue } from "../model/issue.ts";
import type { PermissionSetName } from "../model/ids.ts";
import { recordTag } from "../model/ownership.ts";
import { type DesiredPermissionSet, passingName } from "../model/permission-set.ts";
import type { RecordRef } from "../model/record.ts";
import { isSuccessor } from "./same-definition.ts";

/** A permission-set record as far as it can be read. */
export interface NamedRecord {
  readonly ref: RecordRef;
  readonly name?: string;
  /** Missing where the record cannot be trusted. */
  readonly desired?: DesiredPermissionSet | undefined;
}

export interface NamesInUse {
  readonly issues: readonly Issue[];
  /** By record id, the names of sets on their way to one that another of them gives up. */
  readonly passing: ReadonlyMap<string, PermissionSetName>;
}

export interface NamingInput {
  readonly actual: readonly ActualPermissionSet[];
  /** Names of sets that the configuration protects. */
  readonly protectedSets: ReadonlySet<string>;
}

/**
 * Names that another record's set still has. A record that alone waits for one that becomes free goes on waiting; those that wait
 * for each other, in a ring or a row, leave theirs at once for names in between, so that the next pass finds all of them free.
 */
export function judgeNamesInUse(
  records: readonly NamedRecord[],
  { actual, protectedSets }: NamingInput,
): NamesInUse {
  const managed = actual.filter((set): set is ManagedPermissionSet => set.managed);
  const setsOfRecords = groupBy(managed, ({ tags }) => tags[recordTag]);
  const setsOf = ({ ref }: NamedRecord): readonly ManagedPermissionSet[] => setsOfRecords.get(ref.id) ?? [];
  const waits = findWaiting(records, managed);
  const awaited = new Set([...waits.values()].map(({ ref }) => ref.id));
  const takenNames = new Set<string | undefined>([
    ...records.map(({ name }) => name),
    ...actual.map(({ name }) => name),
  ]);
  const mayMove = (record: NamedRecord): boolean =>
    record.desired !== undefined &&
    ![record.desired.name, ...setsOf(record).map(({ name }) => name)].some((one) => protectedSets.has(one)) &&
    !setsOf(record).some(({ locked }) => locked);
  const passing = [...waits.keys()].flatMap((record) => {
    const name = passingNameOf(record);
    if (name === undefined || setsOf(record).length === 0) return [];
    const hasIt = setsOf(record).some((set) => set.name === name);
    const others = listAwaited(record, waits);
    const isTaken = takenNames.has(name) && !hasIt;
    const isCrowded = hasIt || others.length > 1 || awaited.has(record.ref.id);
    return isCrowded && !isTaken && [record, ...others].every(mayMove)
      ? [[record.ref.id, name] as const]
      : [];
  });
  const moving = new Map(passing);
  const movingTo = new Set(records.flatMap(({ ref, name }) => (moving.has(ref.id) ? [name] : [])));
  const issues = [...waits].flatMap(([{ ref, name }, other]) =>
    name === undefined || movingTo.has(name)
      ? []
      : [createIssue("permission-set.name-in-use", ref, "name", { name, otherRecord: other.ref.id })],
  );
  return { issues, passing: moving };
}

/** The records whose names the set of another one has, which is there and gives another name. */
function findWaiting(
  records: readonly NamedRecord[],
  managed: readonly ManagedPermissionSet[],
): ReadonlyMap<NamedRecord, NamedRecord> {
  const setOf = new Map<string | undefined, ManagedPermissionSet>(managed.map((set) => [set.name, set]));
  const byId = new Map<string | undefined, NamedRecord>(records.map((one) => [one.ref.id, one]));
  return new Map(
    records.flatMap((record) => {
      const set = setOf.get(record.name);
      const other = byId.get(set?.tags[recordTag]);
      if (set === undefined || other === undefined || other === record || other.name === record.name)
        return [];
      return isRenumbered(set, record, other) ? [] : [[record, other] as const];
    }),
  );
}

function isRenumbered(set: ManagedPermissionSet, { desired }: NamedRecord, other: NamedRecord): boolean {
  return desired !== undefined && other.desired !== undefined && isSuccessor(set, desired, other.desired);
}

/** The records that one waits for, directly or through others. */
function listAwaited(
  record: NamedRecord,
  waits: ReadonlyMap<NamedRecord, NamedRecord>,
): readonly NamedRecord[] {
  const found = new Set<NamedRecord>();
  let next = waits.get(record);
  while (next !== undefined && !found.has(next)) {
    found.add(next);
    next = waits.get(next);
  }
  return [...found];
}

function passingNameOf({ ref, desired }: NamedRecord): PermissionSetName | undefined {
  return desired === undefined ? undefined : passingName(desired.name, ref.id);
}
