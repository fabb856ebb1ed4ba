import type { ManagedPermissionSet } from "../model/actual-state.ts";
import type { HeldPermissionSet } from "../model/desired-state.ts";
import {
  doneTagging,
  isProvisioningPending,
  pendingTagging,
  formerNameTag,
  formerNameValue,
  ownerTag,
  recordTag,
  type Tags,
} from "../model/ownership.ts";
import { reachableAttributes } from "../model/permission-set.ts";
import type { Change, HeldItem, LockedItem, PermissionSetTarget } from "../model/plan.ts";
import type { RecordRef } from "../model/record.ts";
import { changeId, targetOf } from "./change-targets.ts";
import { diffAttributes, diffPolicies } from "./diff-definition.ts";
import type { LockReasons } from "./lock-reasons.ts";
import {
  type HeldMatch,
  type MatchedPermissionSet,
  nameBefore,
  type UnprovenSet,
} from "./match-permission-sets.ts";

export interface PermissionSetPlan extends PlannedSet {
  readonly unchanged: number;
}

/** What is to be done about permission sets, and what cannot be. */
interface PlannedSet {
  readonly changes: readonly Change[];
  readonly locked: readonly LockedItem[];
}

/** Creates and updates the matched sets and provisions what became stale; deletions are planned with the assignments. */
export function planPermissionSets(
  matched: readonly MatchedPermissionSet[],
  owner: string,
  locks: LockReasons,
): PermissionSetPlan {
  const plans = matched.map((match) => planOne(match, owner, locks));
  return {
    changes: plans.flatMap(({ changes }) => changes),
    locked: plans.flatMap(({ locked }) => locked),
    unchanged: plans.filter(({ changes, locked }) => changes.length + locked.length === 0).length,
  };
}

function heldReason({ isLost, isPending }: HeldPermissionSet): HeldItem["reason"] {
  if (isLost === true) return "owner-tag-missing";
  return isPending === true ? "waits-for-approval" : "record-has-issues";
}

/** Held sets, as the plan lists them. */
export function listHeldPermissionSets(held: readonly HeldMatch[]): readonly HeldItem[] {
  return held.map(({ held: one, existing }) => ({
    target: { permissionSet: existing?.name ?? one.name ?? "" },
    would: existing === undefined && one.isLost !== true ? "create" : "update",
    reason: heldReason(one),
    records: [one.record],
  }));
}

/** Sets that would be deleted if their tags proved that they are ours, as the plan lists them. */
export function listUnprovenSets(unproven: readonly UnprovenSet[]): readonly HeldItem[] {
  return unproven.map(({ set, records }) => ({
    target: { permissionSet: set.name },
    would: "delete",
    reason: "ownership-unproven",
    records,
  }));
}

function planOne(match: MatchedPermissionSet, owner: string, locks: LockReasons): PlannedSet {
  const { desired, existing } = match;
  const records = [desired.record];
  const planned = existing === undefined ? createSet(match, owner) : updateSet(match, existing);
  const { changes: definition, awaits } = planned;
  const tagging = existing === undefined ? [] : retag(existing, match);
  const reason = locks.ofPermissionSet(desired.name);
  if (reason !== undefined) {
    const differs = definition.length + tagging.length > 0;
    const would = existing === undefined ? "create" : "update";
    const item: LockedItem = { target: { permissionSet: desired.name }, would, reason, records };
    return { changes: [], locked: differs ? [item] : [] };
  }
  if (existing === undefined) return { changes: definition, locked: [] };
  const provisioning = waitFor(awaits, provision(existing, definition.length > 0, records, locks));
  const notes = noteProvisioning(existing, desired.record, definition.length > 0, provisioning);
  const begun = notes.begin.map(({ id }) => id);
  const changed = definition.map((change): Change => ({
    ...change,
    dependsOn: [...begun, ...change.dependsOn],
  }));
  return {
    changes: [...notes.begin, ...changed, ...tagging, ...provisioning.changes, ...notes.end],
    locked: provisioning.locked,
  };
}

/**
 * Notes on the set itself, before its definition changes, that accounts may miss it, and that none does once all are
 * provisioned: a pass that dies in between leaves it to the next one, which need not ask every set for its stale accounts.
 */
function noteProvisioning(
  existing: ManagedPermissionSet,
  record: RecordRef,
  changed: boolean,
  { changes, locked }: PlannedSet,
): { readonly begin: readonly Change[]; readonly end: readonly Change[] } {
  const isPending = isProvisioningPending(existing.tags);
  const isNeeded = changes.length > 0 || (changed && existing.provisionedAccounts.length > 0);
  const about = { target: targetOf(existing), records: [record], accounts: [] } as const;
  const begin = changeId("begin-provisioning", existing.name);
  const end = changeId("end-provisioning", existing.name);
  const begins = isNeeded && !isPending;
  const dependsOn = [...(begins ? [begin] : []), ...changes.map(({ id }) => id)];
  return {
    begin: begins
      ? [{ ...about, id: begin, kind: "begin-provisioning", after: pendingTagging, dependsOn: [] }]
      : [],
    end:
      (isPending || begins) && locked.length === 0
        ? [{ ...about, id: end, kind: "end-provisioning", after: doneTagging, dependsOn }]
        : [],
  };
}

/** What makes a set what its record says, and which of that accounts have to wait for. */
type DefinitionPlan = ReturnType<typeof diffPolicies>;

function createSet({ desired, former }: MatchedPermissionSet, owner: string): DefinitionPlan {
  const target: PermissionSetTarget = { permissionSet: desired.name };
  const records = [desired.record];
  const kind = "create-permission-set";
  const id = changeId(kind, desired.name);
  const tags: Tags = {
    [ownerTag]: owner,
    [recordTag]: desired.record.id,
    ...formerNameTagging(desired, former),
  };
  const after = { attributes: desired.definition.attributes, tags };
  const create: Change = { id, kind, target, after, records, dependsOn: [], accounts: [] };
  const context = { target, records, dependsOn: [id] };
  return { changes: [create, ...diffPolicies(undefined, desired.definition, context).changes], awaits: [] };
}

/** The name before the rename: records may still give it, and it proves that the set of that name is to go. */
function formerNameTagging(
  desired: MatchedPermissionSet["desired"],
  [previous]: MatchedPermissionSet["former"],
): Tags {
  const name = previous === undefined ? undefined : nameBefore(desired, previous);
  return name === undefined ? {} : { [formerNameTag]: formerNameValue(name) };
}

function updateSet({ desired }: MatchedPermissionSet, existing: ManagedPermissionSet): DefinitionPlan {
  const context = { target: targetOf(existing), records: [desired.record], dependsOn: [] };
  const before = existing.definition.attributes;
  const isUnfinished = isProvisioningPending(existing.tags);
  const { changes, awaits } = diffPolicies(existing.definition, desired.definition, {
    ...context,
    isUnfinished,
  });
  const attributes = diffAttributes(before, reachableAttributes(desired, before), context);
  return { changes: [...changes, ...attributes], awaits };
}

/** Writes the record's id on a set whose own record is gone. */
function retag(existing: ManagedPermissionSet, { desired, former }: MatchedPermissionSet): readonly Change[] {
  const { record } = desired;
  const before = existing.tags[recordTag];
  if (before === record.id) return [];
  const kind = "tag-permission-set";
  const change: Change = {
    id: changeId(kind, existing.name),
    kind,
    target: targetOf(existing),
    after: { [recordTag]: record.id, ...formerNameTagging(desired, former) },
    records: [record],
    dependsOn: [],
    accounts: [],
  };
  return [before === undefined ? change : { ...change, before: { [recordTag]: before } }];
}

// One request reaches at most this many accounts. https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
const mostAccountsAtOnce = 3_500;

/**
 * Brings the accounts up to a changed definition, and accounts that missed an earlier one. It waits for no change to
 * succeed but those that `awaits` names: what was taken away must reach the accounts also when something else could not be written, and the order of
 * the changes sees to it that nothing is left granted without its denial. One request for all accounts, unless one of them must not be written to
 * (it would make the whole request fail) or some missed it the last time (one of them may be why).
 */
function provision(
  existing: ManagedPermissionSet,
  changed: boolean,
  records: readonly RecordRef[],
  locks: LockReasons,
): PlannedSet {
  const accounts = changed ? existing.provisionedAccounts : existing.staleAccounts;
  const writable = accounts.filter((account) => locks.ofAccount(account) === undefined);
  const locked = accounts.flatMap((account): readonly LockedItem[] => {
    const reason = locks.ofAccount(account);
    const target = { permissionSet: existing.name, account };
    return reason === undefined ? [] : [{ target, would: "update", reason, records }];
  });
  const everywhere =
    writable.length === existing.provisionedAccounts.length && existing.staleAccounts.length === 0;
  if (everywhere && writable.length > 1 && writable.length <= mostAccountsAtOnce) {
    return { changes: [provisionChange(existing, "all", writable, records)], locked };
  }
  return {
    changes: writable.map((account) => provisionChange(existing, account, [account], records)),
    locked,
  };
}

function waitFor(awaits: readonly string[], { changes, locked }: PlannedSet): PlannedSet {
  const waiting = changes.map((change): Change => ({
    ...change,
    dependsOn: [...change.dependsOn, ...awaits],
  }));
  return { changes: waiting, locked };
}

function provisionChange(
  existing: ManagedPermissionSet,
  account: ManagedPermissionSet["provisionedAccounts"][number] | "all",
  accounts: ManagedPermissionSet["provisionedAccounts"],
  records: readonly RecordRef[],
): Change {
  const kind = "provision";
  const id = changeId(kind, existing.name, account);
  return { id, kind, target: { ...targetOf(existing), account }, records, dependsOn: [], accounts };
}
