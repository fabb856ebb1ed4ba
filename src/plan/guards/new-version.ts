import type { PlanEffects } from "../../access/judge-plan.ts";
import type { ActualState } from "../../model/actual-state.ts";
import { principalKey } from "../../model/assignment.ts";
import { changeKinds, isDeletion } from "../../model/change-kinds.ts";
import type { DesiredState } from "../../model/desired-state.ts";
import type { Memory, RememberedPlan } from "../../model/memory.ts";
import { recordTag } from "../../model/ownership.ts";
import type { Change, Plan } from "../../model/plan.ts";
import type { Reading, Seen } from "../../model/reading.ts";
import { recordKey, type SourceRecords } from "../../model/record.ts";
import type { Violation } from "../../model/violation.ts";

/** A plan that may be by another version than the one before, and what both start from. */
export interface NewVersionInput {
  readonly plan: Plan;
  readonly source: SourceRecords;
  readonly desired: DesiredState;
  readonly actual: ActualState;
  readonly effects: PlanEffects;
  readonly reading: Reading;
  readonly memory: Memory | undefined;
}

/**
 * Ids of the changes that this version plans and the one before did not, though no record was edited and nothing in AWS
 * has changed; those that an earlier pass of this version found stay so until they are approved. None without a memory.
 */
export function findNewVersionChanges(input: NewVersionInput, version: string): ReadonlySet<string> {
  const { plan, memory } = input;
  const before = memory?.instanceArn === input.actual.instance.arn ? memory.planned : undefined;
  if (memory === undefined || before === undefined || !isOfSameApps(memory, input.source)) return new Set();
  const [left, waiting] = [new Set(before.left), new Set(before.waiting)];
  const isCandidate = ({ id }: Change): boolean =>
    before.version === version ? waiting.has(id) : waiting.has(id) || !left.has(id);
  const candidates = plan.changes.filter(isCandidate);
  if (candidates.length === 0) return new Set();
  const hasReason = reasonTest(input, memory, before);
  return new Set(candidates.flatMap((change) => (hasReason(change) ? [] : [change.id])));
}

/** Refuses what only the new version's rules ask for, until a person has looked at it. */
export function checkNewVersion({
  plan,
  newVersionChanges = new Set(),
}: {
  readonly plan: Plan;
  readonly newVersionChanges?: ReadonlySet<string>;
}): readonly Violation[] {
  const found = plan.changes.filter(({ id }) => newVersionChanges.has(id));
  if (found.length === 0) return [];
  const told = found.filter(({ kind }) => !changeKinds[kind].isHousekeeping);
  const subjects = [...new Set(found.map(({ target }) => target.permissionSet))].toSorted();
  const numbers = { changes: Math.max(told.length, 1) };
  return [{ guard: "new-version", numbers, subjects, refuses: found.map(({ id }) => id) }];
}

/** Whether something besides the version explains a change: a record, a person who is gone, or a change in AWS. */
function reasonTest(
  { source, desired, actual, effects, reading }: NewVersionInput,
  memory: Memory,
  before: RememberedPlan,
): (change: Change) => boolean {
  const moved = movedRecords(source, desired, before);
  const recordOf = new Map<string, string>([
    ...actual.permissionSets.flatMap(({ name, tags }): readonly [string, string][] =>
      tags[recordTag] === undefined ? [] : [[name, `permissionSets/${tags[recordTag]}`]],
    ),
    ...desired.permissionSets.map(({ name, record }): [string, string] => [name, recordKey(record)]),
  ]);
  const asked = Object.entries(memory.requests ?? {}).filter(([key]) => moved.has(key));
  const hadAsked = (change: Change): boolean =>
    change.kind === "unassign" &&
    asked.some(([, { permissionSets, accounts, principals }]) => {
      const { permissionSet, account, principal } = change.target;
      return (
        permissionSets.includes(permissionSet) &&
        accounts.includes(account) &&
        principals.includes(principalKey(principal))
      );
    });
  const isSeenToDiffer = differenceTest(memory.seen, reading.seen, actual);
  return (change) =>
    moved.has(recordOf.get(change.target.permissionSet) ?? "") ||
    change.records.some((record) => moved.has(recordKey(record))) ||
    (isDeletion(change) && (effects.departures.has(change.id) || hadAsked(change))) ||
    (change.kind === "unassign" && change.because === "principal-deleted") ||
    effects.undoesByHand.has(change.id) ||
    isSeenToDiffer(change);
}

/** Keys of the records that are new, edited or gone since the plan before, and of those that count by the day. */
function movedRecords(
  { permissionSets, assignments }: SourceRecords,
  { timed }: NewVersionInput["desired"],
  { revisions: before }: RememberedPlan,
): ReadonlySet<string> {
  const now = new Map(
    [...permissionSets.records, ...assignments.records].map(({ ref }) => [recordKey(ref), ref.revision]),
  );
  const gone = Object.keys(before).filter((key) => !now.has(key));
  const edited = [...now].filter(
    ([key, revision]) => !Object.hasOwn(before, key) || before[key] !== revision,
  );
  return new Set([...gone, ...edited.map(([key]) => key), ...timed.map(({ record }) => recordKey(record))]);
}

/** Whether what a change is about is seen to be another than it was. */
function differenceTest(
  before: Seen | undefined,
  now: Seen,
  { permissionSets }: NewVersionInput["actual"],
): (change: Change) => boolean {
  const known = before?.permissionSets ?? {};
  const there = new Set<string>(permissionSets.map(({ arn }) => arn));
  const deleted = new Set(Object.entries(known).flatMap(([arn, { name }]) => (there.has(arn) ? [] : [name])));
  return (change) => {
    const { permissionSet, permissionSetArn: arn = "" } = change.target;
    if (deleted.has(permissionSet)) return true;
    const [was, is] = [known, now.permissionSets].map((sets) =>
      Object.hasOwn(sets, arn) ? sets[arn] : undefined,
    );
    if (was === undefined || is === undefined) return false;
    const part = (one: typeof was): string | undefined =>
      "principal" in change.target ? one.accounts[change.target.account]?.[0] : one.definition;
    return part(was) !== part(is);
  };
}

function isOfSameApps({ apps }: Memory, { permissionSets, assignments }: SourceRecords): boolean {
  return apps?.permissionSets === permissionSets.appId && apps.assignments === assignments.appId;
}
