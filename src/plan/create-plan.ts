import { changeKinds } from "../model/change-kinds.ts";
import { digest } from "../model/digest.ts";
import type { ActualState } from "../model/actual-state.ts";
import { assignmentKey, type Principal } from "../model/assignment.ts";
import type { Config } from "../model/config.ts";
import type { DesiredState } from "../model/desired-state.ts";
import type { Directory } from "../model/directory.ts";
import { groupBy } from "../model/group-by.ts";
import type { AccountId } from "../model/ids.ts";
import { planText } from "./plan-text.ts";
import type { Change, HeldItem, LockedItem, Plan, PlanTarget, UnmanagedItem } from "../model/plan.ts";
import { buildLockReasons } from "./lock-reasons.ts";
import { matchPermissionSets } from "./match-permission-sets.ts";
import { compareText, orderChanges } from "./order-changes.ts";
import { buildPatternIndex } from "./pattern-index.ts";
import { planAssignments } from "./plan-assignments.ts";
import { listHeldPermissionSets, listUnprovenSets, planPermissionSets } from "./plan-permission-sets.ts";
import { planSetDeletions } from "./plan-set-deletions.ts";

export interface PlanRules {
  readonly owner: string;
  readonly protected: Config["protected"];
  readonly unlistedAssignments: Config["unlistedAssignments"];
}

/** Desired state minus actual state: every change in order, and everything left alone with the reason. */
export function createPlan(desired: DesiredState, actual: ActualState, rules: PlanRules): Plan {
  const matches = matchPermissionSets(desired, actual.permissionSets);
  const locks = buildLockReasons(actual.directory, actual.permissionSets, rules.protected);
  const sets = planPermissionSets(matches.matched, rules.owner, locks);
  const assignments = planAssignments({
    desired: desired.assignments,
    actual: actual.assignments,
    matches,
    changesBehindGrant: findChangesBehindGrants(sets.changes),
    denied: new Map(desired.deniedAssignments.map((one) => [assignmentKey(one), one])),
    withheld: new Map(desired.withheldAssignments.map((one) => [assignmentKey(one), one])),
    holds: buildPatternIndex(desired.heldAssignments),
    askers: buildPatternIndex(desired.formerRequests),
    exists: existenceTest(actual.directory),
    memberships: actual.directory.memberships,
    locks,
    unlisted: rules.unlistedAssignments,
  });
  const assignmentChanges = new Set(assignments.changes.map(({ id }) => id));
  const deletions = planSetDeletions({
    matches,
    actual: actual.assignments,
    named: desired.namedPermissionSets,
    heldSets: desired.heldPermissionSets,
    holds: desired.heldAssignments,
    unassigned: assignmentChanges,
    locks,
  });
  const changes = orderChanges([...sets.changes, ...assignments.changes, ...deletions.changes]);
  return {
    hash: digest(planText(changes, actual.instance.arn, rules.owner)),
    changes,
    unchanged: { permissionSets: sets.unchanged, assignments: assignments.unchanged },
    held: sortItems<HeldItem>([
      ...listHeldPermissionSets(matches.held),
      ...listUnprovenSets(matches.unproven),
      ...assignments.held,
      ...deletions.held,
    ]),
    waiting: desired.waiting.toSorted((a, b) => compareText(waitingKey(a), waitingKey(b))),
    locked: sortItems<LockedItem>([...sets.locked, ...assignments.locked, ...deletions.locked]),
    unmanaged: sortItems<UnmanagedItem>([...listForeignSets(actual), ...assignments.unmanaged]),
  };
}

function existenceTest({ users, groups }: Directory): (principal: Principal) => boolean {
  const ids = {
    USER: new Set(users.map(({ id }) => id)),
    GROUP: new Set(groups.map(({ id }) => id)),
  };
  return ({ type, id }) => ids[type].has(id);
}

/**
 * The ids of the changes that make a set what its record says, and of the one that brings the account up to it: until
 * then the account has what the set was before, and no new holder must get that.
 */
function findChangesBehindGrants(
  changes: readonly Change[],
): (set: string, account: AccountId) => readonly string[] {
  const definition = changes.filter(({ kind }) => changeKinds[kind].touchesDefinition);
  const bySet = groupBy(definition, ({ target }): string => target.permissionSet);
  const provisioning = changes.filter(({ kind }) => kind === "provision");
  const byAccount = groupBy(
    provisioning.flatMap(({ id, target, accounts }) =>
      accounts.map((account) => ({ id, pair: `${target.permissionSet}/${account}` })),
    ),
    ({ pair }) => pair,
  );
  return (set, account) =>
    [...(bySet.get(set) ?? []), ...(byAccount.get(`${set}/${account}`) ?? [])].map(({ id }) => id);
}

function listForeignSets(actual: ActualState): readonly UnmanagedItem[] {
  return actual.permissionSets
    .filter(({ managed }) => !managed)
    .map(({ name, distrust }) => ({ target: { permissionSet: name }, reason: distrust ?? "not-ours" }));
}

function sortItems<Item extends { readonly target: PlanTarget }>(items: readonly Item[]): readonly Item[] {
  return items
    .map((item) => ({ item, key: targetKey(item.target) }))
    .toSorted((a, b) => compareText(a.key, b.key))
    .map(({ item }) => item);
}

function targetKey({ permissionSet, account, principal }: PlanTarget): string {
  return `${permissionSet}/${account ?? ""}/${principal?.type ?? ""}/${principal?.id ?? ""}`;
}

function waitingKey({ record, userName }: Plan["waiting"][number]): string {
  return `${record.id.padStart(20, "0")}/${userName}`;
}
