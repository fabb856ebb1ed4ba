import type { ActualState } from "../model/actual-state.ts";
import { classify } from "../access/administrator-class.ts";
import { listNewAdministrators } from "../access/judge-plan.ts";
import { isPossibleAdministrator, isWorthless } from "../access/judge-definition.ts";
import { type Assignment, assignmentKey, principalKey } from "../model/assignment.ts";
import type { DesiredState } from "../model/desired-state.ts";
import type { PermissionSetArn, PrincipalId } from "../model/ids.ts";
import { changeKinds } from "../model/change-kinds.ts";
import type { Plan } from "../model/plan.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import { type LiveParts, type Pair, pairKey, type ReadingRequest } from "../model/reading.ts";
import type { KnownSet } from "./known-sets.ts";

export interface PlanEvidenceInput {
  readonly plan: Plan;
  readonly desired: DesiredState;
  readonly actual: ActualState;
  readonly known: ReadonlyMap<PermissionSetArn, KnownSet>;
  readonly live: LiveParts;
}

/**
 * What has to be read before a plan can be trusted: whose every set is that it writes to, what every set is that it grants, every set's before one is
 * created, handed over or deleted, the accounts that miss the definition of a set that changes, for a person who loses an assignment, one
 * that they keep, for an account that loses an administrator, one that it keeps, for a set with which people become
 * administrators, everybody who has it, and the members of groups that do. Empty when all of it has been.
 */
export function partsBehindPlan(input: PlanEvidenceInput): ReadingRequest {
  return {
    heads: headsBehind(input),
    policies: policiesBehind(input),
    provisionedAccounts: [],
    staleAccounts: staleListsBehind(input),
    pairs: [...keptAccess(input), ...holdersOfNewAdministratorSets(input)],
    groups: newAdministratorGroups(input),
  };
}

function headsBehind({ plan, desired, known }: PlanEvidenceInput): readonly PermissionSetArn[] {
  const unread = [...known.values()].filter(({ isLive }) => !isLive);
  if (plan.changes.some(({ kind }) => changeKinds[kind].dependsOnAllSets))
    return unread.map(({ arn }) => arn);
  // A revocation may come from a rename: then the record's new name counts as well.
  const records = new Set(
    plan.changes.flatMap((change) =>
      change.records.flatMap(({ app, id }) => (app === "permissionSets" ? [id] : [])),
    ),
  );
  const names = new Set<string>([
    ...plan.changes.map(({ target }) => target.permissionSet),
    ...desired.permissionSets.flatMap(({ name, record }) => (records.has(record.id) ? [name] : [])),
  ]);
  return unread.filter(({ name }) => names.has(name)).map(({ arn }) => arn);
}

/** A person who is granted a set gets what it is, which may not be what its record says. */
function policiesBehind({ plan, live }: PlanEvidenceInput): readonly PermissionSetArn[] {
  const granted = plan.changes.flatMap(({ kind, target }) =>
    kind === "assign" && target.permissionSetArn !== undefined ? [target.permissionSetArn] : [],
  );
  return [...new Set(granted)].filter((arn) => !live.policies.has(arn));
}

/** One account that missed an earlier definition decides how the next one is provisioned. */
function staleListsBehind({ plan, live }: PlanEvidenceInput): readonly PermissionSetArn[] {
  const provisioned = plan.changes.flatMap((change) =>
    change.kind === "provision" && change.target.permissionSetArn !== undefined
      ? [change.target.permissionSetArn]
      : [],
  );
  return [...new Set(provisioned)].filter((arn) => !live.staleAccounts.has(arn));
}

/** For every user who loses an assignment, and every account that loses an administrator, the first pair that may show what is left, unless one that has been read shows it. */
function keptAccess(input: PlanEvidenceInput): readonly Pair[] {
  const { actual, known, live } = input;
  const arns = new Map<string, PermissionSetArn>([...known.values()].map(({ name, arn }) => [name, arn]));
  const isAdministrator = administratorTest(input);
  const keysOf = ({ permissionSet, account, principal }: Assignment): readonly string[] => [
    principalKey(principal),
    ...(isAdministrator.after(permissionSet) ? [account] : []),
  ];
  const affected = new Set<string>(losses(input).map(({ principal }) => principalKey(principal)));
  for (const { permissionSet, account } of lostAdministrators(input, isAdministrator)) {
    if (isAdministrator.before(permissionSet)) affected.add(account);
  }
  const removed = input.plan.changes.flatMap((change) => (change.kind === "unassign" ? [change.target] : []));
  const gained = input.plan.changes.flatMap((change) => (change.kind === "assign" ? [change.target] : []));
  const gone = new Set(removed.map(assignmentKey));
  const certain = new Set(gained.flatMap(keysOf));
  const hopes = new Map<string, Pair>();
  for (const assignment of actual.assignments) {
    const arn = arns.get(assignment.permissionSet);
    if (arn === undefined || gone.has(assignmentKey(assignment))) continue;
    const pair = { arn, account: assignment.account };
    for (const key of keysOf(assignment).filter((one) => affected.has(one))) {
      if (live.pairs.has(pairKey(pair))) certain.add(key);
      else if (!hopes.has(key)) hopes.set(key, pair);
    }
  }
  const pairs = [...hopes].filter(([key]) => !certain.has(key)).map(([, pair]) => pair);
  return [...new Map(pairs.map((pair) => [pairKey(pair), pair])).values()];
}

/** Holders of such a set become administrators with it, also those who were given it by hand since the pair was read. */
function holdersOfNewAdministratorSets({ plan, desired, actual, live }: PlanEvidenceInput): readonly Pair[] {
  const changed = new Set<string>(
    plan.changes
      .filter(({ kind }) => changeKinds[kind].touchesDefinition)
      .map(({ target }) => target.permissionSet),
  );
  const wanted = new Map(desired.permissionSets.map(({ name, definition }) => [name, definition]));
  return actual.permissionSets.flatMap((set): readonly Pair[] => {
    const definition = wanted.get(set.name);
    if (!set.managed || !changed.has(set.name) || definition === undefined) return [];
    const found = classify(definition);
    if (found === "ordinary" || found === "runs-as-other-roles") return [];
    const pairs = set.provisionedAccounts.map((account) => ({ arn: set.arn, account }));
    return pairs.filter((pair) => !live.pairs.has(pairKey(pair)));
  });
}

/** A limit counts the people of a group, not the group. */
function newAdministratorGroups({ plan: { changes }, actual }: PlanEvidenceInput): readonly PrincipalId[] {
  const { memberships, groups } = actual.directory;
  if (changes.length === 0) return [];
  const there = new Set(groups.map(({ id }) => id));
  const wanted = listNewAdministrators({ changes, actual }).map(({ assignment }) => assignment.principal);
  const unread = wanted.filter(({ type, id }) => type === "GROUP" && there.has(id) && !memberships.has(id));
  return [...new Set(unread.map(({ id }) => id))];
}

interface AdministratorTest {
  readonly before: (set: string) => boolean;
  readonly after: (set: string) => boolean;
}

function administratorTest({ actual, desired }: PlanEvidenceInput): AdministratorTest {
  const namesOf = (
    sets: readonly { readonly name: string; readonly definition: PermissionSetDefinition }[],
  ) => new Set(sets.filter(({ definition }) => isPossibleAdministrator(definition)).map(({ name }) => name));
  const before = namesOf(actual.permissionSets.filter((set) => set.managed));
  const wanted = namesOf(desired.permissionSets);
  const redefined = new Set<string>(desired.permissionSets.map(({ name }) => name));
  return {
    before: (set) => before.has(set),
    after: (set) => (redefined.has(set) ? wanted.has(set) : before.has(set)),
  };
}

/** Assignments that make no administrator any more: those that go, and those of sets that stop doing so. */
function lostAdministrators(
  { plan, actual }: PlanEvidenceInput,
  { before, after }: AdministratorTest,
): readonly Assignment[] {
  const removed = plan.changes.flatMap((change) => (change.kind === "unassign" ? [change.target] : []));
  const ceased = actual.assignments.filter(
    ({ permissionSet }) => before(permissionSet) && !after(permissionSet),
  );
  return [...removed, ...ceased];
}

/** The users' assignments that go, or that are worth nothing once their set has no policy any more. */
function losses({ plan, desired, actual }: PlanEvidenceInput): readonly Assignment[] {
  const removed = plan.changes.flatMap((change) => (change.kind === "unassign" ? [change.target] : []));
  const changed = new Set(
    plan.changes
      .filter(({ kind }) => changeKinds[kind].touchesDefinition)
      .map(({ target }) => target.permissionSet),
  );
  const emptied = new Set(
    desired.permissionSets
      .filter(({ name, definition }) => changed.has(name) && isWorthless(definition))
      .map(({ name }) => name),
  );
  const worthless = actual.assignments.filter(({ permissionSet }) => emptied.has(permissionSet));
  return [...removed, ...worthless].filter(({ principal }) => principal.type === "USER");
}
