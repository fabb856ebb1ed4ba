import { type Assignment, type Principal, principalKey } from "../model/assignment.ts";
import { groupBy } from "../model/group-by.ts";
import type { AccountId, PermissionSetName } from "../model/ids.ts";

/** What one record can say: all of the principals in all of the accounts with one set. */
export interface AssignmentBlock {
  readonly permissionSet: PermissionSetName;
  readonly principals: readonly Principal[];
  readonly accounts: readonly AccountId[];
}

/**
 * Blocks that together are exactly the assignments, in an order that does not depend on theirs: for each set, principals
 * with equal accounts together or accounts with equal principals together, whichever makes fewer blocks.
 */
export function groupAssignments(assignments: readonly Assignment[]): readonly AssignmentBlock[] {
  const bySet = [...groupBy(assignments, ({ permissionSet }) => permissionSet)];
  return bySet
    .toSorted(([left], [right]) => compare(left, right))
    .flatMap(([permissionSet, ofSet]) => blocksOf(permissionSet, ofSet));
}

function blocksOf(permissionSet: PermissionSetName, ofSet: readonly Assignment[]): AssignmentBlock[] {
  const principals = new Map(ofSet.map(({ principal }) => [principalKey(principal), principal]));
  const pairs = ofSet.map(({ account, principal }) => ({ account, principal: principalKey(principal) }));
  const byPrincipal = groupEqual(pairs.map(({ account, principal }) => [principal, account] as const));
  const byAccount = groupEqual(pairs.map(({ account, principal }) => [account, principal] as const));
  const blocks =
    byPrincipal.length <= byAccount.length
      ? byPrincipal.map(({ keys, values }) => ({ principals: keys, accounts: values }))
      : byAccount.map(({ keys, values }) => ({ principals: values, accounts: keys }));
  return blocks
    .map((block) => ({
      permissionSet,
      principals: block.principals.flatMap((key) => principals.get(key) ?? []),
      accounts: block.accounts as AccountId[],
    }))
    .toSorted((left, right) => compare(orderKey(left), orderKey(right)));
}

/** Keys with equal values together; both sides sorted. */
function groupEqual(
  pairs: readonly (readonly [string, string])[],
): { readonly keys: readonly string[]; readonly values: readonly string[] }[] {
  const valuesOf = [...groupBy(pairs, ([key]) => key)].map(([key, found]) => ({
    key,
    values: [...new Set(found.map(([, value]) => value))].toSorted(compare),
  }));
  const groups = groupBy(valuesOf, ({ values }) => values.join(" "));
  return [...groups.values()].map((group) => ({
    keys: group.map(({ key }) => key).toSorted(compare),
    values: group[0]?.values ?? [],
  }));
}

/** Blocks of few accounts first. */
function orderKey({ accounts, principals }: AssignmentBlock): string {
  return [String(accounts.length).padStart(6, "0"), ...accounts, ...principals.map(principalKey)].join(" ");
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
