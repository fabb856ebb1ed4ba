import type { ActualPermissionSet, ActualState } from "../../src/model/actual-state.ts";
import { type Assignment, assignmentKey, type Principal, principalKey } from "../../src/model/assignment.ts";
import type { Directory } from "../../src/model/directory.ts";
import type { AccountId } from "../../src/model/ids.ts";
import { formerNameTag, recordTag } from "../../src/model/ownership.ts";
import { passingName, type PermissionSetDefinition } from "../../src/model/permission-set.ts";
import {
  accountIds,
  managedPolicyArn,
  protectedSet,
  protectedUser,
  type Rulebook,
  setNamed,
  userName,
} from "./company.ts";
import { type AssignmentFlaw, type AssignmentRecord, type Records, type SetRecord } from "./kintone-twin.ts";
import { definitionOf, policyWithoutStatements } from "./definitions.ts";
import { isInBetween, isNameOf, means } from "./meant-sets.ts";
import { isDenied } from "./rules.ts";

/** What somebody who knows the authors' meaning expects of a pass, worked out without the product's code. */
export interface Expectations {
  /** What must be there once everything is well. */
  readonly must: ReadonlyMap<string, Assignment>;
  /** What is asked for by records that can be understood, and denied by the guardrails; by the record. */
  readonly denied: ReadonlyMap<string, number>;
  /** What may be granted: asked for by a record that can be understood, or may turn out to be. */
  readonly may: ReadonlySet<string>;
  /** Whether a record that cannot be trusted may have granted it. */
  readonly mayBeHeld: (assignment: Assignment) => boolean;
  /** Whether enforced guardrails may take it away whoever asks for it, and whether they must. */
  readonly isEnforced: (assignment: Assignment, how: "may" | "must") => boolean;
  /** Ids of records whose sets would become an administrator's for people to whom the guardrails deny that. */
  readonly heldByRules: ReadonlySet<number>;
  /** Names of sets by what becomes of them. Uncertain: a rename or a contradiction that is left to the product. */
  readonly statusOf: (name: string) => SetStatus;
  /** What the set must be; several where several records give the name. */
  readonly definitionsOf: (name: string) => readonly PermissionSetDefinition[];
  readonly requests: readonly Request[];
}

export type SetStatus = "valid" | "held" | "uncertain" | "unknown";

/** One assignment record, resolved. A part is undefined where it cannot be told. */
export interface Request {
  readonly record: AssignmentRecord;
  /** Uncertain where the set's name is. */
  readonly trust: "valid" | "untrusted" | "uncertain";
  readonly set: string | undefined;
  readonly accounts: readonly AccountId[] | undefined;
  readonly principals: readonly Principal[] | undefined;
}

const administratorArn = managedPolicyArn("AdministratorAccess");

export function expectationsOf(records: Records, actual: ActualState, rulebook: Rulebook): Expectations {
  const known = worked.get(actual);
  if (known !== undefined) return known;
  const expected = workOut(records, actual, rulebook);
  worked.set(actual, expected);
  return expected;
}

/** A state is read once for each pass, so that it stands for what the pass saw of the records, too. */
const worked = new WeakMap<ActualState, Expectations>();

function workOut(records: Records, actual: ActualState, rulebook: Rulebook): Expectations {
  const { directory } = actual;
  const sets = new Map<string, ActualPermissionSet>(actual.permissionSets.map((set) => [set.name, set]));
  const heldByRules = findHeldByRules(records.sets, actual, rulebook);
  const statusOf = (name: string): SetStatus => {
    if (isInBetween(name)) return "uncertain";
    const status = setStatus(name, records.sets, sets);
    const isHeld = records.sets.some((record) => record.name === name && heldByRules.has(record.id));
    return status === "valid" && isHeld ? "held" : status;
  };
  const isAdministrators = (name: string): boolean =>
    records.sets.some(
      (record) =>
        isNameOf(record, name) &&
        record.flaw !== "name-emptied" &&
        record.policies.includes("AdministratorAccess"),
    );
  const aliasesOf = (name: string): readonly string[] => aliases(name, records.sets, sets);
  const isEnforced: Expectations["isEnforced"] = (assignment, how) => {
    if (rulebook !== "enforced") return false;
    const { permissionSet } = assignment;
    const live = sets.get(permissionSet);
    const is = live?.managed === true && live.definition.managedPolicies.includes(administratorArn);
    const isInDoubt = live?.managed === true && live.definition.inlinePolicy === policyWithoutStatements;
    const becomes = statusOf(permissionSet) === "valid" ? isAdministrators(permissionSet) : is;
    const verdicts = [is, becomes, ...(isInDoubt ? [true] : [])].map((one) =>
      isDenied(assignment, one, directory, rulebook),
    );
    return how === "may" ? verdicts.some(Boolean) : verdicts.every(Boolean);
  };
  const requests = records.assignments.map((record) =>
    resolve(record, {
      directory,
      statusOf,
      meant: meantSets(record, records.sets),
      isContested: isContested(record, records.sets, sets),
    }),
  );
  const namesMeant = (record: AssignmentRecord): readonly string[] =>
    meantSets(record, records.sets).flatMap(({ id, name }) => [name, passingName(name, String(id))]);
  // What may have been granted under a name that has moved is held under any.
  const namesOf = (record: AssignmentRecord): readonly string[] => {
    const isMoved = isContested(record, records.sets, sets);
    const meant = isMoved ? records.sets : meantSets(record, records.sets);
    return [
      ...[record.set, ...meant.map(({ name }) => name)].flatMap((name) => [name, ...aliasesOf(name)]),
      ...meant.map(({ id, name }) => passingName(name, String(id))),
    ];
  };
  const must = new Map<string, Assignment>();
  const may = new Set<string>();
  const denied = new Map<string, number>();
  for (const request of requests) {
    for (const assignment of readablePart(request, directory, namesMeant(request.record))) {
      const status = statusOf(assignment.permissionSet);
      const isCertain =
        status === "valid" && request.trust === "valid" && assignment.permissionSet === request.record.set;
      const makesAdministrators = status === "valid" && isAdministrators(assignment.permissionSet);
      if (isDenied(assignment, makesAdministrators, directory, rulebook)) {
        if (isCertain) denied.set(assignmentKey(assignment), request.record.id);
        continue;
      }
      if (status === "valid" || status === "uncertain") may.add(assignmentKey(assignment));
      if (!isCertain) continue;
      if (isWritable(assignment, directory)) must.set(assignmentKey(assignment), assignment);
    }
  }
  const untrusted = requests.filter(({ trust }) => trust !== "valid");
  return {
    must,
    may,
    denied,
    isEnforced,
    heldByRules,
    statusOf,
    requests,
    definitionsOf: (name) =>
      records.sets.filter((one) => isNameOf(one, name) && one.flaw !== "name-emptied").map(definitionOf),
    mayBeHeld: (assignment) =>
      isUnproven(assignment.permissionSet, sets) ||
      (rulebook !== "enforced" && denied.has(assignmentKey(assignment))) ||
      (exists(assignment, directory) &&
        !isEnforced(assignment, "must") &&
        (untrusted.some((request) =>
          couldHaveGranted(request, assignment, namesOf(request.record), statusOf),
        ) ||
          !["valid", "unknown"].includes(statusOf(assignment.permissionSet)))),
  };
}

/** Records that would make administrators of people who have the set, where the rules deny that and did not before. */
function findHeldByRules(
  records: readonly SetRecord[],
  { permissionSets, assignments, directory }: ActualState,
  rulebook: Rulebook,
): ReadonlySet<number> {
  const ordinary = permissionSets.filter(
    (set) => set.managed && !set.definition.managedPolicies.includes(administratorArn),
  );
  const names = new Set<string>(ordinary.map(({ name }) => name));
  const widening = records.filter(
    ({ name, policies, flaw }) =>
      flaw === undefined && names.has(name) && policies.includes("AdministratorAccess"),
  );
  const held = widening.filter(({ name }) =>
    assignments.some(
      (one) =>
        one.permissionSet === name && exists(one, directory) && isDenied(one, true, directory, rulebook),
    ),
  );
  return new Set(held.map(({ id }) => id));
}

/** Whether the principal is in the directory: nobody else can be held, for no record can mean them. */
export function exists({ principal }: Assignment, { users, groups }: Directory): boolean {
  return [...users, ...groups].some(({ id }) => id === principal.id);
}

/** Whether nobody can tell that a sync made the set: it names no record, or the same one as another set. */
export function isUnproven(name: string, sets: ReadonlyMap<string, ActualPermissionSet>): boolean {
  const record = sets.get(name)?.tags[recordTag];
  const same = [...sets.values()].filter(({ managed, tags }) => managed && tags[recordTag] === record);
  return record === undefined || same.length > 1;
}

function setStatus(
  name: string,
  records: readonly SetRecord[],
  sets: ReadonlyMap<string, ActualPermissionSet>,
): SetStatus {
  const readable = records.filter((record) => record.name === name && record.flaw !== "name-emptied");
  const live = sets.get(name);
  if (live?.managed === false) return readable.length > 0 ? "held" : "unknown";
  const definedBy = live?.tags[recordTag];
  const isReplaced =
    definedBy !== undefined && records.every(({ id }) => String(id) !== definedBy) && readable.length > 0;
  // Whether it is as it was decides whether the authors of assignment records are asked.
  if (isReplaced) return "uncertain";
  const [first] = readable;
  // A set of ours that has lost its owner tag waits for a person, and its record with it.
  const hasLostTag = [...sets.values()].some(
    ({ managed, tags }) => !managed && readable.some(({ id }) => String(id) === tags[recordTag]),
  );
  if (hasLostTag) return "uncertain";
  if (first !== undefined && readable.length === 1) {
    if (first.flaw !== undefined) return "held";
    return isTaken(first, live, records) ? "uncertain" : "valid";
  }
  if (first !== undefined) return "uncertain";
  const mayBeNameless =
    live?.tags[recordTag] === undefined && records.some(({ flaw }) => flaw === "name-emptied");
  if (live !== undefined && mayBeNameless) return "uncertain";
  const isFormer = [...sets.values()].some(({ name: current, tags }) => {
    const mentioned = current === name || tags[formerNameTag] === name;
    return mentioned && records.some(({ id }) => String(id) === tags[recordTag]);
  });
  return isFormer ? "uncertain" : "unknown";
}

/** Another record's set still has the name. */
function isTaken(
  record: SetRecord,
  live: ActualPermissionSet | undefined,
  records: readonly SetRecord[],
): boolean {
  const definedBy = live?.tags[recordTag];
  return records.some(
    ({ id, name, flaw }) =>
      String(id) === definedBy && id !== record.id && (name !== record.name || flaw === "name-emptied"),
  );
}

/** The set records that the author means and that are there. */
function meantSets(record: AssignmentRecord, sets: readonly SetRecord[]): readonly SetRecord[] {
  return sets.filter((set) => means(record, set));
}

/** Whether another record has, had or is to get the name, or is what its author means. */
function isContested(
  record: AssignmentRecord,
  records: readonly SetRecord[],
  sets: ReadonlyMap<string, ActualPermissionSet>,
): boolean {
  const { set: name } = record;
  const [owner, ...others] = records.filter((set) => set.name === name);
  if (owner === undefined || others.length > 0) return true;
  const claims = [...sets.values()].filter(
    ({ name: current, tags }) =>
      [current, tags[formerNameTag]].includes(name) || current === passingName(name, tags[recordTag] ?? ""),
  );
  const tagged = claims.flatMap(({ tags }) => tags[recordTag] ?? []);
  const isMoved = meantSets(record, records).some((set) => set !== owner);
  return (
    isMoved ||
    (record.meant?.had.length ?? 0) > 1 ||
    !means(record, owner) ||
    tagged.some((id) => id !== String(owner.id))
  );
}

interface Naming {
  readonly directory: Directory;
  readonly statusOf: (name: string) => SetStatus;
  readonly meant: readonly SetRecord[];
  readonly isContested: boolean;
}

function resolve(record: AssignmentRecord, { directory, statusOf, meant, isContested }: Naming): Request {
  const { flaw } = record;
  const given = statusOf(record.set);
  const isMoved = given === "unknown" ? meant.length > 0 : isContested && given !== "held";
  const status = isMoved ? "uncertain" : given;
  const isSetFlawed = flaw === "set-emptied" || flaw === "set-unknown";
  const set = isSetFlawed || status === "unknown" ? undefined : record.set;
  const accounts = hasAccountFlaw(flaw)
    ? undefined
    : record.accounts.flatMap((name) => {
        const id = accountIds[name];
        return id === undefined ? [] : [id];
      });
  const principals = hasPrincipalFlaw(flaw) ? undefined : resolvePrincipals(record, directory).complete;
  const isTold = flaw === undefined && set !== undefined;
  // Of a name that is gone a memory knows whether it was known: then the record goes on without it.
  const isCertain = status !== "uncertain" && principals !== undefined;
  const trust = !isTold ? "untrusted" : isCertain ? "valid" : "uncertain";
  return { record, trust, set, accounts, principals };
}

function hasAccountFlaw(flaw: AssignmentFlaw | undefined): boolean {
  return flaw === "account-unknown" || flaw === "accounts-emptied";
}

function hasPrincipalFlaw(flaw: AssignmentFlaw | undefined): boolean {
  return flaw === "user-unknown" || flaw === "group-unknown" || flaw === "principals-emptied";
}

function resolvePrincipals(
  { users, groups }: AssignmentRecord,
  directory: Directory,
): { readonly found: readonly Principal[]; readonly complete: readonly Principal[] | undefined } {
  const people = users.map((code) => directory.users.find((user) => user.userName === userName(code)));
  const teams = groups.map((name) => directory.groups.find(({ displayName }) => displayName === name));
  const found: readonly Principal[] = [
    ...people.flatMap((user) => (user?.enabled === true ? [{ type: "USER" as const, id: user.id }] : [])),
    ...teams.flatMap((group) => (group === undefined ? [] : [{ type: "GROUP" as const, id: group.id }])),
  ];
  const isComplete = people.every((user) => user !== undefined) && teams.every((team) => team !== undefined);
  return { found, complete: isComplete ? found : undefined };
}

/** What the record asks for where it can be read; of a waiting user's record the others are carried out. */
function readablePart(
  { record }: Request,
  directory: Directory,
  names: readonly string[],
): readonly Assignment[] {
  const { flaw } = record;
  const onlyWaiting = flaw === undefined || flaw === "user-unknown";
  if (!onlyWaiting) return [];
  const { found } = resolvePrincipals(record, directory);
  return names.flatMap((name) =>
    record.accounts.flatMap((account) => {
      const id = accountIds[account];
      if (id === undefined) return [];
      return found.map((principal) => ({ permissionSet: setNamed(name), account: id, principal }));
    }),
  );
}

/** Other names under which a set that had the name, or has it, may be or become. */
function aliases(
  name: string,
  records: readonly SetRecord[],
  sets: ReadonlyMap<string, ActualPermissionSet>,
): readonly string[] {
  const named = [...sets.values()].filter(
    (set) => set.managed && (set.name === name || set.tags[formerNameTag] === name),
  );
  return named.flatMap((set) => [
    set.name,
    ...records.filter(({ id }) => String(id) === set.tags[recordTag]).map((record) => record.name),
  ]);
}

function couldHaveGranted(
  { set, accounts, principals }: Request,
  assignment: Assignment,
  names: readonly string[],
  statusOf: (name: string) => SetStatus,
): boolean {
  const ofSet =
    set === undefined || statusOf(set) === "uncertain" || [set, ...names].includes(assignment.permissionSet);
  const inAccount = accounts === undefined || accounts.includes(assignment.account);
  const key = principalKey(assignment.principal);
  const toPrincipal = principals === undefined || principals.some((one) => principalKey(one) === key);
  return ofSet && inAccount && toPrincipal;
}

/** Whether a pass may write the assignment at all: nothing that is protected, closed or the management account's. */
export function isWritable({ permissionSet, account, principal }: Assignment, directory: Directory): boolean {
  const breakGlass = directory.users.find((user) => user.userName === userName(protectedUser));
  return (
    permissionSet !== protectedSet && isWritableAccount(account, directory) && principal.id !== breakGlass?.id
  );
}

export function isWritableAccount(account: AccountId, directory: Directory): boolean {
  const state = directory.accounts.find(({ id }) => id === account)?.state;
  return account !== directory.managementAccount && account !== accountIds["Vault"] && state === "ACTIVE";
}
