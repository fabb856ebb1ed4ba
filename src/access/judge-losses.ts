import type { ActualState } from "../model/actual-state.ts";
import {
  type Assignment,
  assignmentKey,
  type Principal,
  principalKey,
  type Pair,
} from "../model/assignment.ts";
import { isDeletion } from "../model/change-kinds.ts";
import { isActiveIn } from "../model/directory.ts";
import { groupBy } from "../model/group-by.ts";
import type { PermissionSetName } from "../model/ids.ts";
import { recordTag } from "../model/ownership.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import type { Change } from "../model/plan.ts";
import { type AdministratorClass, classify } from "./administrator-class.ts";
import { isWorthless } from "./judge-definition.ts";

/** The plan, what it starts from, and what it leads to. */
export interface LossesToJudge {
  readonly changes: readonly Change[];
  readonly actual: ActualState;
  readonly before: ReadonlyMap<string, PermissionSetDefinition>;
  readonly after: ReadonlyMap<string, PermissionSetDefinition>;
  readonly assignmentsLeft: readonly Assignment[];
}

export interface Losses {
  /** Ids of the removals that take something away from people who can sign in, and of deleted sets that no other one replaces. */
  readonly losses: ReadonlySet<string>;
  /** By id, the removals of assignments whose user or group is gone or disabled. */
  readonly departures: ReadonlyMap<string, Principal>;
}

type Revocation = Extract<Change, { kind: "unassign" }>;
type Grant = Extract<Change, { kind: "assign" }>;

/**
 * Which removals are losses. These are none: the end of an assignment whose user or group is gone or disabled; a rename
 * by the same record; a move in the same account to a set that grants something and whose class is not lower, one for
 * each new assignment; and a set that its holders keep in the same account through another way.
 */
export function judgeLosses(input: LossesToJudge): Losses {
  const { changes, actual } = input;
  const isActive = isActiveIn(actual.directory);
  const revocations = changes.flatMap((change) => (change.kind === "unassign" ? [change] : []));
  const departures = new Map(
    revocations.flatMap(({ id, target: { principal } }) =>
      isActive(principal) ? [] : [[id, principal] as const],
    ),
  );
  const replacing = indexReplacing(input);
  const left = new Set(input.assignmentsLeft.map(assignmentKey));
  const renamedTo = ({ permissionSet: former, ...rest }: Assignment): readonly string[] =>
    (replacing.get(former) ?? [])
      .map((permissionSet) => assignmentKey({ ...rest, permissionSet }))
      .filter((key) => left.has(key));
  const isKept = wayTest(input);
  const lost = revocations.filter(
    ({ id, target }) => !departures.has(id) && renamedTo(target).length === 0 && !isKept(target),
  );
  const usedByRenames = new Set(revocations.flatMap(({ target }) => renamedTo(target)));
  const moved = findMoves(lost, usedByRenames, input);
  const deletedSets = changes.filter(
    (change) =>
      isDeletion(change) && change.kind !== "unassign" && !replacing.has(change.target.permissionSet),
  );
  const losses = [...lost.filter(({ id }) => !moved.has(id)), ...deletedSets];
  return { losses: new Set(losses.map(({ id }) => id)), departures };
}

/** By name, the sets that the same record makes or has under another name. */
function indexReplacing({
  changes,
  actual,
}: LossesToJudge): ReadonlyMap<string, readonly PermissionSetName[]> {
  const made = changes.flatMap((change) =>
    change.kind === "create-permission-set"
      ? [{ name: change.target.permissionSet, record: change.after?.tags[recordTag] }]
      : [],
  );
  const own = actual.permissionSets.flatMap(({ managed, name, tags }) =>
    managed ? [{ name, record: tags[recordTag] }] : [],
  );
  const known = [...own, ...made].flatMap(({ name, record }) =>
    record === undefined ? [] : [{ name, record }],
  );
  const byRecord = groupBy(known, ({ record }) => record);
  const deleted = new Set<string>(
    changes.flatMap(({ kind, target }) => (kind === "delete-permission-set" ? [target.permissionSet] : [])),
  );
  const entries = known.flatMap(({ name, record }): readonly [string, readonly PermissionSetName[]][] => {
    const others = (byRecord.get(record) ?? []).filter((one) => one.name !== name && !deleted.has(one.name));
    return others.length === 0 ? [] : [[name, others.map((one) => one.name)]];
  });
  return new Map(entries);
}

/** Whether the holder of the assignment keeps the set in the account: a user through a group, or all members of a group, as far as members are known. */
function wayTest({ actual, assignmentsLeft }: LossesToJudge): (assignment: Assignment) => boolean {
  const { memberships } = actual.directory;
  const left = new Set(assignmentsLeft.map(assignmentKey));
  const pairs = [...memberships].flatMap(([group, members]) => [...members].map((user) => ({ group, user })));
  const groupsOf = groupBy(pairs, ({ user }): string => user);
  const keepsByGroup = (place: Pair, user: string): boolean =>
    (groupsOf.get(user) ?? []).some(({ group: id }) =>
      left.has(assignmentKey({ ...place, principal: { type: "GROUP", id } })),
    );
  return ({ principal, ...place }) => {
    if (principal.type === "USER") return keepsByGroup(place, principal.id);
    const members = [...(memberships.get(principal.id) ?? [])];
    const keeps = (id: (typeof members)[number]): boolean =>
      left.has(assignmentKey({ ...place, principal: { type: "USER", id } })) || keepsByGroup(place, id);
    return members.length > 0 && members.every(keeps);
  };
}

const ranks: Readonly<Record<AdministratorClass, number>> = {
  ordinary: 0,
  unknown: 1,
  "runs-as-other-roles": 2,
  administrator: 3,
};

/** Ids of the revocations that a new assignment in the same account makes up for, the highest class first, each assignment once. */
function findMoves(
  revocations: readonly Revocation[],
  used: ReadonlySet<string>,
  { changes, before, after }: LossesToJudge,
): ReadonlySet<string> {
  const grants = changes.flatMap((change) =>
    change.kind === "assign" && !used.has(assignmentKey(change.target)) ? [change] : [],
  );
  const rankIn = (sets: LossesToJudge["before"]) => {
    return ({ target }: Revocation | Grant): number => {
      const set = sets.get(target.permissionSet);
      if (set === undefined) return Number.NaN;
      return isWorthless(set) ? -1 : ranks[classify(set)];
    };
  };
  const [was, becomes] = [rankIn(before), rankIn(after)];
  const useful = grants.filter((grant) => becomes(grant) >= 0);
  const byHolder = groupBy(useful, holderKey);
  return new Set(
    [...groupBy(revocations, holderKey)].flatMap(([holder, ofHolder]) => {
      const free = (byHolder.get(holder) ?? []).toSorted((a, b) => becomes(b) - becomes(a));
      return ofHolder
        .toSorted((a, b) => was(b) - was(a))
        .flatMap((revocation) => {
          const [next] = free;
          if (next === undefined || !(becomes(next) >= was(revocation))) return [];
          free.shift();
          return [revocation.id];
        });
    }),
  );
}

function holderKey({ target: { account, principal } }: Revocation | Grant): string {
  return `${account}/${principalKey(principal)}`;
}
