import type { PermissionSetArn } from "../model/ids.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Change } from "../model/plan.ts";
import type { Seen, SeenPermissionSet } from "../model/reading.ts";

/**
 * What a pass saw, less what it has written to since, whether AWS took it or not: the next one looks there again, even
 * when the records ask by then for what was there before.
 */
export function forgetWritten(seen: Seen, outcomes: readonly Outcome[]): Seen {
  const permissionSets = { ...seen.permissionSets };
  for (const { change, status } of outcomes) {
    const arn = change.target.permissionSetArn;
    const set = arn === undefined || status === "skipped" ? undefined : known(permissionSets, arn);
    if (arn !== undefined && set !== undefined) permissionSets[arn] = without(set, change);
  }
  return { ...seen, permissionSets };
}

function known(permissionSets: Seen["permissionSets"], arn: PermissionSetArn): SeenPermissionSet | undefined {
  return Object.hasOwn(permissionSets, arn) ? permissionSets[arn] : undefined;
}

/** Nothing has this fingerprint. */
const nothingKnown = "";

function without(set: SeenPermissionSet, change: Change): SeenPermissionSet {
  if (change.kind !== "assign" && change.kind !== "unassign") {
    return set.definition === undefined ? set : { ...set, definition: nothingKnown };
  }
  const { account } = change.target;
  const pass = set.accounts[account]?.[1] ?? 0;
  return { ...set, accounts: { ...set.accounts, [account]: [nothingKnown, pass] } };
}
