import type { ActualState } from "../model/actual-state.ts";
import { type Assignment, assignmentKey } from "../model/assignment.ts";
import { isActiveIn } from "../model/directory.ts";
import { groupBy } from "../model/group-by.ts";
import type { AccountId } from "../model/ids.ts";
import type { GivenAdministrators } from "../model/memory.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import type { Change } from "../model/plan.ts";
import { isAsCarriedOut, isGivenSet } from "./given-administrators.ts";
import { type Definitions, idsOf, namesWhere, revocationsBy } from "./index-changes.ts";
import { isCertainAdministrator, mayBind, mayFree } from "./judge-definition.ts";

/** The plan, what it starts from, what it leads to, and whom records gave. */
export interface AdministratorsToJudge {
  readonly changes: readonly Change[];
  readonly actual: ActualState;
  readonly before: Definitions;
  readonly after: Definitions;
  readonly assignmentsLeft: readonly Assignment[];
  /** The changes of what the holders of each set may do. */
  readonly redefining: ReadonlyMap<string, readonly Change[]>;
  readonly given: GivenAdministrators;
}

/** An account and the changes that take its last administrator away. */
interface LostAccount {
  readonly account: AccountId;
  readonly changes: readonly string[];
}

/**
 * An assignment counts only when a record gave it, a set only when its content is certain to be an administrator's,
 * afterwards without a boundary that the plan puts on, unless it only comes back, and a principal only while the
 * directory has it, and a user enabled.
 */
export function findAccountsWithoutAdministrator(judged: AdministratorsToJudge): readonly LostAccount[] {
  const { actual, before, after, redefining, assignmentsLeft, given } = judged;
  const isActive = isActiveIn(actual.directory);
  const setsBefore = namesWhere(
    before,
    (set, name) => isCertainAdministrator(set) && isGivenSet(name, after.get(name), given),
  );
  const setsAfter = namesWhere(
    after,
    (set, name) =>
      isCertainAdministrator(set) && (!mayBind(before.get(name), set) || isAsCarriedOut(name, set, given)),
  );
  const administrates = (sets: ReadonlySet<string>, keys: ReadonlySet<string> | undefined) => {
    return (one: Assignment): boolean =>
      sets.has(one.permissionSet) && isActive(one.principal) && keys?.has(assignmentKey(one)) !== false;
  };
  const gave = given.known?.assignments;
  const giveNow = gave && new Set([...gave, ...given.asked, ...grantsIn(judged.changes)]);
  const left = new Set(
    assignmentsLeft.filter(administrates(setsAfter, giveNow)).map(({ account }) => account),
  );
  const lost = groupBy(actual.assignments.filter(administrates(setsBefore, gave)), ({ account }) => account);
  const revoking = revocationsBy(judged.changes, assignmentKey);
  return [...lost]
    .filter(([account]) => !left.has(account))
    .map(([account, assignments]) => {
      const changes = assignments.flatMap((one) => [
        ...(revoking.get(assignmentKey(one)) ?? []),
        ...(setsAfter.has(one.permissionSet) ? [] : idsOf(redefining.get(one.permissionSet))),
      ]);
      return { account, changes: [...new Set(changes)] };
    });
}

function grantsIn(changes: readonly Change[]): readonly string[] {
  return changes.flatMap((change) => (change.kind === "assign" ? [assignmentKey(change.target)] : []));
}

/**
 * Administrators made by hand that the plan takes back: rights put on a set, with the set's changes, and
 * assignments of administrators that no record is known to have asked for.
 */
export function findUndoneByHand(judged: AdministratorsToJudge): ReadonlySet<string> {
  const { changes, before, after, redefining, given } = judged;
  const sets = [...redefining].filter(([name]) =>
    isWidenedByHand(name, before.get(name), after.get(name), given),
  );
  const assigned = changes.filter((change) => {
    if (change.kind !== "unassign" || change.records.length > 0) return false;
    const set = before.get(change.target.permissionSet);
    const isUnknown = given.known?.assignments.has(assignmentKey(change.target)) === false;
    return isUnknown && set !== undefined && isCertainAdministrator(set);
  });
  return new Set([...sets.flatMap(([, ofSet]) => ofSet), ...assigned].map(({ id }) => id));
}

/** Whether a set is an administrator's, or one that nothing holds back, of which no record made that. */
function isWidenedByHand(
  name: string,
  before: PermissionSetDefinition | undefined,
  after: PermissionSetDefinition | undefined,
  given: GivenAdministrators,
): boolean {
  if (before === undefined || after === undefined || !isCertainAdministrator(before)) return false;
  const takesBack = !isCertainAdministrator(after) || mayFree(after, before);
  return takesBack && (!isGivenSet(name, after, given) || isAsCarriedOut(name, after, given));
}
