import { type Assignment, principalKey } from "../model/assignment.ts";
import type { HeldAssignments } from "../model/desired-state.ts";
import { groupBy } from "../model/group-by.ts";

/** Finds the first untrusted record that may have granted an assignment. */
export type HoldIndex = (assignment: Assignment) => HeldAssignments | undefined;

/** Indexes the patterns by permission set, so that looking one up does not walk through all of them. */
export function buildHoldIndex(held: readonly HeldAssignments[]): HoldIndex {
  const anySet = held.filter(({ permissionSets }) => permissionSets === "any");
  const named = held.flatMap((pattern) =>
    pattern.permissionSets === "any" ? [] : [...pattern.permissionSets].map((name) => ({ name, pattern })),
  );
  const byName = groupBy(named, ({ name }) => name);
  return (assignment) => {
    const own = byName.get(assignment.permissionSet)?.find(({ pattern }) => covers(pattern, assignment));
    return own?.pattern ?? anySet.find((pattern) => covers(pattern, assignment));
  };
}

function covers({ accounts, principals }: HeldAssignments, { account, principal }: Assignment): boolean {
  const accountHeld = accounts === "any" || accounts.has(account);
  return accountHeld && (principals === "any" || principals.has(principalKey(principal)));
}
