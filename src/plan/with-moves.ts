import type { Assignment, Principal, Seat } from "../model/assignment.ts";
import { principalKey } from "../model/assignment.ts";
import type { Directory } from "../model/directory.ts";
import { groupBy } from "../model/group-by.ts";
import type { Change } from "../model/plan.ts";
import { recordKey } from "../model/record.ts";
import { compareText } from "./order-changes.ts";

type Revocation = Extract<Change, { kind: "unassign" }>;
type Grant = Extract<Change, { kind: "assign" }>;
type Memberships = Directory["memberships"];

/** The changes, in which each revocation knows the grants that come before it; what AWS removed for good, and what a rename already waits for, moves nowhere. */
export function withMoves(
  changes: readonly Change[],
  actual: readonly Assignment[],
  memberships: Memberships,
): readonly Change[] {
  const grants = changes.flatMap((change) => (change.kind === "assign" ? [change] : []));
  const movesOf = findMoves(grants, memberships);
  const keepingRole = findRoleKeepers(changes, grants, actual);
  return changes.map((change) => {
    if (change.kind !== "unassign") return change;
    const movesTo = new Set([...movesOf(change), ...(keepingRole.get(change.id) ?? [])]);
    return movesTo.size === 0 ? change : { ...change, movesTo: [...movesTo] };
  });
}

/**
 * The grants that a person who loses an assignment is to have first: one for each person, in the same account, so that who moves
 * from one set to another is never without both. However many grants others ask for, no revocation waits for more.
 */
function findMoves(
  grants: readonly Grant[],
  memberships: Memberships,
): (revocation: Revocation) => readonly string[] {
  const byHolder = groupBy(
    grants.flatMap((grant) => holderKeys(grant.target, memberships).map((holder) => ({ grant, holder }))),
    ({ holder }) => holder,
  );
  return ({ target, records, dependsOn, because }) => {
    if (because !== undefined || dependsOn.length > 0) return [];
    const asking = new Set(records.map(recordKey));
    return holderKeys(target, memberships).flatMap((holder) => {
      const candidates = (byHolder.get(holder) ?? []).map(({ grant }) => grant);
      const [likeliest] = candidates.toSorted(
        (a, b) => fit(b, target, asking) - fit(a, target, asking) || compareText(a.id, b.id),
      );
      return likeliest === undefined ? [] : [likeliest.id];
    });
  };
}

/**
 * By revocation of the last holder of a set in an account, the first grant to those who get it there: without any holder
 * AWS would remove the role and make another one, whose name other policies do not know.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
function findRoleKeepers(
  changes: readonly Change[],
  grants: readonly Grant[],
  actual: readonly Assignment[],
): ReadonlyMap<string, readonly string[]> {
  const holders = groupBy(actual, pairKey);
  const granted = groupBy(grants, ({ target }) => pairKey(target));
  const revocations = changes.flatMap((change) => (change.kind === "unassign" ? [change] : []));
  const keepers = [...groupBy(revocations, ({ target }) => pairKey(target))].map(([pair, ofPair]) => {
    const last = ofPair
      .map(({ id }) => id)
      .toSorted(compareText)
      .at(-1);
    const first = (granted.get(pair) ?? []).map(({ id }) => id).toSorted(compareText)[0];
    const isEmptied = ofPair.length === holders.get(pair)?.length;
    return [last ?? "", isEmptied && first !== undefined ? [first] : []] as const;
  });
  return new Map(keepers);
}

function pairKey({ permissionSet, account }: Assignment): string {
  return `${permissionSet}/${account}`;
}

/** How likely the grant is what its holder moves to: the same set in another way, or another one by the same record. */
function fit({ target, records }: Grant, lost: Assignment, asking: ReadonlySet<string>): number {
  if (target.permissionSet === lost.permissionSet) return 2;
  return records.some((record) => asking.has(recordKey(record))) ? 1 : 0;
}

/** The account with the principal, and with each member of a group as far as members are known. */
function holderKeys({ account, principal }: Seat, memberships: Memberships): readonly string[] {
  return peopleOf(principal, memberships).map((one) => `${account}/${principalKey(one)}`);
}

function peopleOf(principal: Principal, memberships: Memberships): readonly Principal[] {
  const members = principal.type === "GROUP" ? [...(memberships.get(principal.id) ?? [])] : [];
  return [principal, ...members.map((id): Principal => ({ type: "USER", id }))];
}
