import type { ActualPermissionSet, ActualState } from "../model/actual-state.ts";
import type { Assignment } from "../model/assignment.ts";
import type { Directory } from "../model/directory.ts";
import type { PermissionSetArn } from "../model/ids.ts";
import { isManagedBy } from "../model/ownership.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import { type LiveParts, pairKey } from "../model/reading.ts";
import { type DesiredIndex, indexDesired, type ReadingInput, type KnownOutline } from "./choose-parts.ts";
import { accountsOf, type KnownSet } from "./known-sets.ts";

const empty: PermissionSetDefinition = {
  attributes: { sessionDurationSeconds: 0 },
  managedPolicies: [],
  customerManagedPolicies: [],
};

/** The permission sets by name and tags only. A record that means something else by what its set is differs from that, so that the set is read. */
export function outlineState({ outline, known, owner }: KnownOutline): ActualState {
  const permissionSets = inOrderOf([...known.values()]).map(
    ({ isLive: _isLive, ...set }): ActualPermissionSet =>
      isManagedBy(set.tags, owner)
        ? { ...set, managed: true, definition: empty, provisionedAccounts: [], staleAccounts: [] }
        : { ...set, managed: false },
  );
  return { ...outline, permissionSets, assignments: [] };
}

/**
 * The actual state that a plan can be made against: what was not read stands for what the records ask for there, so that
 * the plan leaves it alone and counts it as unchanged.
 */
export function assumeActualState(input: ReadingInput): ActualState {
  const { outline, known, live, owner } = input;
  const desired = indexDesired(input.desired);
  const sets = inOrderOf([...known.values()]);
  const permissionSets = sets.map((set): ActualPermissionSet => {
    const { isLive: _isLive, ...seen } = set;
    if (!isManagedBy(set.tags, owner)) return { ...seen, managed: false };
    return {
      ...seen,
      managed: true,
      definition: definitionOf(set.arn, input) ?? desired.setOf(set.name)?.definition ?? empty,
      provisionedAccounts: accountsOf(set.arn, input.seen, live),
      staleAccounts: live.staleAccounts.get(set.arn) ?? [],
    };
  });
  const ours = sets.filter(({ tags }) => isManagedBy(tags, owner));
  return {
    ...outline,
    directory: withMembers(outline.directory, live),
    permissionSets,
    assignments: ours.flatMap((set) => assignmentsOf(set, input, desired)),
  };
}

/** The directory with the members that were read later. */
export function withMembers(directory: Directory, { memberships }: LiveParts): Directory {
  if (memberships.size === 0) return directory;
  return { ...directory, memberships: new Map([...directory.memberships, ...memberships]) };
}

function definitionOf(arn: PermissionSetArn, { live }: ReadingInput): PermissionSetDefinition | undefined {
  const [head, policies] = [live.heads.get(arn), live.policies.get(arn)];
  if (head === undefined || head === null || policies === undefined) return undefined;
  return { attributes: head.attributes, ...policies };
}

function assignmentsOf(
  { arn, name }: KnownSet,
  { live, seen }: ReadingInput,
  desired: DesiredIndex,
): readonly Assignment[] {
  return accountsOf(arn, seen, live).flatMap((account) => {
    const principals = live.pairs.get(pairKey({ arn, account })) ?? desired.principalsOf(name, account);
    return principals.map((principal) => ({ permissionSet: name, account, principal }));
  });
}

function inOrderOf(sets: readonly KnownSet[]): readonly KnownSet[] {
  return sets.toSorted((a, b) => (`${a.name} ${a.arn}` < `${b.name} ${b.arn}` ? -1 : 1));
}
