import type { ActualState } from "../model/actual-state.ts";
import { type Assignment, assignmentKey, type Principal, principalKey } from "../model/assignment.ts";
import { changeKinds } from "../model/change-kinds.ts";
import { isOpenKeyAccount, type User } from "../model/directory.ts";
import { groupBy } from "../model/group-by.ts";
import type { AccountId } from "../model/ids.ts";
import type { GivenAdministrators } from "../model/memory.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import type { NewAdministrator } from "../model/pass.ts";
import type { Change } from "../model/plan.ts";
import { assignmentsAfter } from "./assignments-after.ts";
import { definitionsAfter, definitionsBefore } from "./definitions-after.ts";
import { isRestored, nobodyKnows } from "./given-administrators.ts";
import { idsOf, namesWhere, revocationsBy } from "./index-changes.ts";
import {
  type AdministratorsToJudge,
  findAccountsWithoutAdministrator,
  findUndoneByHand,
} from "./judge-administrators.ts";
import { judgeLosses, type Losses } from "./judge-losses.ts";
import { findNewRunners } from "./judge-runners.ts";
import {
  isCertainAdministrator,
  isPossibleAdministrator,
  isWorthless,
  mayBind,
  mayFree,
} from "./judge-definition.ts";
import { isPlainReading } from "./plain-reading.ts";

/** Something the plan does to people, and the ids of the changes that do it. */
export type Effect<Subject> = Subject & { readonly changes: readonly string[] };

/** What a plan does to people. */
export interface PlanEffects extends Losses {
  /** Assignments that make an administrator of an account of a user or group who was none there for certain. */
  readonly newAdministrators: readonly NewAdministrator[];
  /** Assignments with which a person may run as other roles of an account and could not before. */
  readonly newRunners: readonly Assignment[];
  /** Ids of the changes that make an administrator: what a person looks at first. */
  readonly becomesAdministrator: ReadonlySet<string>;
  /** Ids of the changes of sets whose holders may be administrators now and are not to be for certain. */
  readonly endsAdministrator: ReadonlySet<string>;
  /** Enabled users who hold assignments of their own now and would be left with nothing. Access through groups does not count. */
  readonly losesAll: readonly Effect<{ readonly user: User }>[];
  /** Accounts that have an administrator for certain, whom records gave, and would have none. */
  readonly accountsWithoutAdministrator: readonly Effect<{ readonly account: AccountId }>[];
  /** Ids of the changes that take back administrators made by hand. */
  readonly undoesByHand: ReadonlySet<string>;
}

/** The plan and what it starts from. */
export interface PlanToJudge {
  readonly changes: readonly Change[];
  readonly actual: ActualState;
  /** Administrators that records gave; where that is not known, all that are there count as given. */
  readonly given?: GivenAdministrators | undefined;
}

/** Whom the changes make administrator of an account, if all of them are applied. */
export function listNewAdministrators(input: PlanToJudge): readonly NewAdministrator[] {
  return findNewAdministrators(compare(input));
}

/** What the changes do to people, if all of them are applied. */
export function judgePlan(input: PlanToJudge): PlanEffects {
  const judged = compare(input);
  const newAdministrators = findNewAdministrators(judged);
  const undoesByHand = findUndoneByHand(judged);
  return {
    ...withoutByHand(judgeLosses(judged), undoesByHand),
    newAdministrators,
    newRunners: findNewRunners(judged),
    becomesAdministrator: new Set(newAdministrators.flatMap(({ changes }) => changes)),
    endsAdministrator: findEndsAdministrator(judged),
    losesAll: findLosesAll(judged).filter(
      ({ changes }) => changes.length === 0 || !changes.every((id) => undoesByHand.has(id)),
    ),
    accountsWithoutAdministrator: findAccountsWithoutAdministrator(judged),
    undoesByHand,
  };
}

/** Taking back an administrator made by hand is no loss. */
function withoutByHand({ losses, departures }: Losses, byHand: ReadonlySet<string>): Losses {
  return { losses: new Set([...losses].filter((id) => !byHand.has(id))), departures };
}

/** Both states, and the changes between them by what they touch. */
interface Judged extends AdministratorsToJudge {
  readonly given: GivenAdministrators;
}

function compare(input: PlanToJudge): Judged {
  const { changes, actual, given = nobodyKnows } = input;
  const before = definitionsBefore(actual.permissionSets);
  const redefining = changes.filter(({ kind }) => changeKinds[kind].changesRights);
  return {
    ...input,
    given,
    before,
    after: definitionsAfter(before, changes),
    assignmentsLeft: assignmentsAfter(changes, actual.assignments),
    redefining: groupBy(redefining, ({ target }): string => target.permissionSet),
  };
}

/** Those that appear with an assignment, and those whose set becomes an administrator's while they have it. */
function findNewAdministrators(judged: Judged): PlanEffects["newAdministrators"] {
  const { actual, before, after, assignmentsLeft } = judged;
  const isThere = presenceTest(actual);
  const counts = (sets: ReadonlySet<string>) => (one: Assignment) =>
    sets.has(one.permissionSet) && isThere(one.principal);
  const { isOpen } = actual.directory.keyAccounts;
  const inKeyAccount = namesWhere(after, (set) => isOpen && !isPlainReading(set) && !isWorthless(set));
  const stayCertain = namesWhere(before, (set, name) => staysCertain(set, after.get(name)));
  const possible = namesWhere(after, isPossibleAdministrator);
  const had = new Set(actual.assignments.filter(counts(stayCertain)).map(holderKey));
  const existing = new Set(actual.assignments.map(assignmentKey));
  const becomes = (one: Assignment): boolean =>
    counts(possible)(one) || (isOpenKeyAccount(actual.directory, one.account) && counts(inKeyAccount)(one));
  const widening = new Map(
    [...possible, ...inKeyAccount].map((name) => [name, decisiveChanges(name, judged)]),
  );
  const granting = new Map(
    judged.changes.flatMap(({ kind, target, id }) =>
      kind === "assign" && "principal" in target ? [[assignmentKey(target), id] as const] : [],
    ),
  );
  return assignmentsLeft.filter(becomes).flatMap((assignment) => {
    if (had.has(holderKey(assignment))) return [];
    const key = assignmentKey(assignment);
    const grant = granting.get(key);
    const ofSet = existing.has(key) ? (widening.get(assignment.permissionSet) ?? []) : [];
    const changes = grant === undefined ? ofSet : [grant];
    const restored = isRestored(assignment, after.get(assignment.permissionSet), judged.given);
    const people = peopleOf(assignment, judged, had);
    return changes.length === 0 ? [] : [{ assignment, people, changes, restored }];
  });
}

/** The members of a group who are no administrators there yet, or the group itself where none is known. */
function peopleOf(
  assignment: Assignment,
  { actual }: Judged,
  had: ReadonlySet<string>,
): NewAdministrator["people"] {
  const { type, id: group } = assignment.principal;
  const members = type === "GROUP" ? (actual.directory.memberships.get(group) ?? []) : [];
  const ofMembers = [...members]
    .map((id) => ({ ...assignment, principal: { type: "USER", id } as const }))
    .filter((own) => !had.has(holderKey(own)));
  const key = assignmentKey(assignment);
  return ofMembers.length === 0 ? [key] : ofMembers.map(({ principal }) => `${key}/${principal.id}`);
}

function staysCertain(before: PermissionSetDefinition, after: PermissionSetDefinition | undefined): boolean {
  return isCertainAdministrator(before) && !mayFree(before, after);
}

/** The changes of the set without which its holders would become nothing new; all of them where none decides alone. */
function decisiveChanges(name: string, { before, redefining }: Judged): readonly string[] {
  const changes = redefining.get(name) ?? [];
  const was = before.get(name);
  const decisive = changes.filter((left) => {
    const others = changes.filter((change) => change !== left);
    const otherwise = definitionsAfter(before, others).get(name);
    if (otherwise === undefined || !isPossibleAdministrator(otherwise)) return true;
    return was !== undefined && staysCertain(was, otherwise);
  });
  return (decisive.length === 0 ? changes : decisive).map(({ id }) => id);
}

/** With its provisioning, which is how the accounts get to know. */
function findEndsAdministrator({ changes, before, after, redefining }: Judged): ReadonlySet<string> {
  const ends = namesWhere(before, (set, name) => {
    const next = after.get(name);
    const stays = next !== undefined && isCertainAdministrator(next) && !mayBind(set, next);
    return redefining.has(name) && isPossibleAdministrator(set) && !stays;
  });
  const ofSets = changes.filter(({ kind }) => changeKinds[kind].half === "permission-sets");
  return new Set(ofSets.filter(({ target }) => ends.has(target.permissionSet)).map(({ id }) => id));
}

function findLosesAll({
  actual,
  before,
  after,
  redefining,
  assignmentsLeft,
  changes,
}: Judged): PlanEffects["losesAll"] {
  const emptied = namesWhere(after, (set, name) => isWorthless(set) && !isWorthless(before.get(name)));
  const left = new Set(
    assignmentsLeft
      .filter(({ permissionSet }) => !emptied.has(permissionSet))
      .map(({ principal }) => principalKey(principal)),
  );
  const revoking = revocationsBy(changes, ({ principal }) => principalKey(principal));
  const holdings = groupBy(actual.assignments, ({ principal }) => principalKey(principal));
  return actual.directory.users.flatMap((user) => {
    const key = principalKey({ type: "USER", id: user.id });
    const held = holdings.get(key);
    if (held === undefined || !user.enabled || left.has(key)) return [];
    const emptying = held.flatMap(({ permissionSet }) =>
      emptied.has(permissionSet) ? idsOf(redefining.get(permissionSet)) : [],
    );
    return [{ user, changes: [...new Set([...(revoking.get(key) ?? []), ...emptying])] }];
  });
}

type PrincipalTest = (principal: Principal) => boolean;

function presenceTest({ directory }: ActualState): PrincipalTest {
  const known = new Set<string>([...directory.users, ...directory.groups].map(({ id }) => id));
  return ({ id }) => known.has(id);
}

function holderKey({ account, principal }: Assignment): string {
  return `${account}/${principalKey(principal)}`;
}
