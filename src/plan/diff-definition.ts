import { canonicalJson } from "../model/json.ts";
import {
  type CustomerManagedPolicy,
  customerManagedPolicyText,
  iamName,
  mostPoliciesPerSet,
  type PermissionSetAttributes,
  type PermissionSetDefinition,
  permissionsBoundaryText,
} from "../model/permission-set.ts";
import type { Change, PermissionSetTarget } from "../model/plan.ts";
import type { RecordRef } from "../model/record.ts";
import { changeId } from "./change-targets.ts";

/** What every change of one set has in common. */
export interface PartContext {
  readonly target: PermissionSetTarget;
  readonly records: readonly RecordRef[];
  readonly dependsOn: readonly string[];
}

const nothing: PermissionSetDefinition = {
  attributes: { sessionDurationSeconds: 0 },
  managedPolicies: [],
  customerManagedPolicies: [],
};

/**
 * The policy changes that turn one definition into another. Each step is tried only when all earlier ones were applied,
 * so that wherever it stops, nothing is granted whose denial is missing, and no denial is gone whose grant is still there.
 * Customer managed and inline policies are the ones that may deny.
 *
 *     put boundary, detach AWS managed ─► make room ─► attach customer managed ─► inline policy
 *       ─► detach customer managed ─► attach AWS managed ─► delete boundary
 *
 * Room is made only where AWS would refuse what is attached before the old is detached. A denial may be missing until the
 * new one is there, so accounts get such a definition only then: `awaits` are the changes that provisioning waits for.
 * `isUnfinished` says that accounts miss an earlier change of the set, which may have made room already.
 */
export function diffPolicies(
  before: PermissionSetDefinition | undefined,
  after: PermissionSetDefinition,
  context: PartContext & { readonly isUnfinished?: boolean },
): { readonly changes: readonly Change[]; readonly awaits: readonly string[] } {
  const from = before ?? nothing;
  const { first, later } = splitObsolete(from, after);
  const added = missingFrom(from.customerManagedPolicies, after.customerManagedPolicies, textOf);
  const steps: readonly ((context: PartContext) => readonly Change[])[] = [
    (step) => [...putBoundary(from, after, step), ...detachManaged(from, after, step)],
    (step) => detachEach(first, step),
    (step) => attachEach(added, step),
    (step) => diffInlinePolicy(from, after, step),
    (step) => detachEach(later, step),
    (step) => attachManaged(from, after, step),
    (step) => deleteBoundary(from, after, step),
  ];
  const changes: Change[] = [];
  for (const step of steps) {
    const dependsOn = [...context.dependsOn, ...changes.map(({ id }) => id)];
    changes.push(...step({ ...context, dependsOn }));
  }
  const isRoomMade = first.length > 0 || context.isUnfinished === true;
  const attached = isRoomMade ? attachEach(added, context) : [];
  return { changes, awaits: attached.map(({ id }) => id) };
}

/** The three attributes together when any of them differs; durations compare as seconds. */
export function diffAttributes(
  before: PermissionSetAttributes,
  after: PermissionSetAttributes,
  context: PartContext,
): readonly Change[] {
  const same =
    (before.description ?? "") === (after.description ?? "") &&
    (before.relayState ?? "") === (after.relayState ?? "") &&
    before.sessionDurationSeconds === after.sessionDurationSeconds;
  if (same) return [];
  const kind = "update-attributes";
  return [{ id: idOf(kind, context), kind, before, after, ...context, accounts: [] }];
}

function idOf(kind: Change["kind"], { target }: PartContext, detail?: string): string {
  return detail === undefined
    ? changeId(kind, target.permissionSet)
    : changeId(kind, target.permissionSet, detail);
}

function putBoundary(
  { permissionsBoundary: before }: PermissionSetDefinition,
  { permissionsBoundary: after }: PermissionSetDefinition,
  context: PartContext,
): readonly Change[] {
  if (after === undefined) return [];
  const kind = "put-permissions-boundary";
  const change: Change = { id: idOf(kind, context), kind, after, ...context, accounts: [] };
  if (before === undefined) return [change];
  const same = permissionsBoundaryText(before) === permissionsBoundaryText(after);
  return same ? [] : [{ ...change, before }];
}

function deleteBoundary(
  { permissionsBoundary: before }: PermissionSetDefinition,
  { permissionsBoundary: after }: PermissionSetDefinition,
  context: PartContext,
): readonly Change[] {
  if (before === undefined || after !== undefined) return [];
  const kind = "delete-permissions-boundary";
  return [{ id: idOf(kind, context), kind, before, ...context, accounts: [] }];
}

function diffInlinePolicy(
  { inlinePolicy: before }: PermissionSetDefinition,
  { inlinePolicy: after }: PermissionSetDefinition,
  context: PartContext,
): readonly Change[] {
  if (after === undefined) {
    if (before === undefined) return [];
    const kind = "delete-inline-policy";
    return [{ id: idOf(kind, context), kind, before, ...context, accounts: [] }];
  }
  const kind = "put-inline-policy";
  const change: Change = { id: idOf(kind, context), kind, after, ...context, accounts: [] };
  if (before === undefined) return [change];
  return sameDocument(before, after) ? [] : [{ ...change, before }];
}

function sameDocument(a: string, b: string): boolean {
  if (a === b) return true;
  const canonical = canonicalJson(a);
  return canonical !== undefined && canonical === canonicalJson(b);
}

function detachManaged(
  from: PermissionSetDefinition,
  to: PermissionSetDefinition,
  context: PartContext,
): readonly Change[] {
  return missingFrom(to.managedPolicies, from.managedPolicies, identity).map((before): Change => {
    const kind = "detach-managed-policy";
    return { id: idOf(kind, context, before), kind, before, ...context, accounts: [] };
  });
}

/**
 * The customer managed policies that go, and whether they go before the new ones come: those whose name stays, since the
 * same name under another path is the same policy to AWS, and as many more as there would be too many at once.
 */
function splitObsolete(from: PermissionSetDefinition, to: PermissionSetDefinition) {
  const obsolete = missingFrom(to.customerManagedPolicies, from.customerManagedPolicies, textOf);
  const names = new Set(to.customerManagedPolicies.map(iamName));
  const moved = obsolete.filter((policy) => names.has(iamName(policy)));
  const others = obsolete.filter((policy) => !names.has(iamName(policy)));
  const kept = from.managedPolicies.filter((arn) => to.managedPolicies.includes(arn)).length;
  const all = new Set([...from.customerManagedPolicies, ...to.customerManagedPolicies].map(textOf)).size;
  const tooMany = Math.max(0, kept + all - moved.length - mostPoliciesPerSet);
  return { first: [...moved, ...others.slice(0, tooMany)], later: others.slice(tooMany) };
}

function detachEach(policies: readonly CustomerManagedPolicy[], context: PartContext): readonly Change[] {
  return policies.map((before): Change => {
    const kind = "detach-customer-managed-policy";
    return { id: idOf(kind, context, textOf(before)), kind, before, ...context, accounts: [] };
  });
}

function attachManaged(
  from: PermissionSetDefinition,
  to: PermissionSetDefinition,
  context: PartContext,
): readonly Change[] {
  return missingFrom(from.managedPolicies, to.managedPolicies, identity).map((after): Change => {
    const kind = "attach-managed-policy";
    return { id: idOf(kind, context, after), kind, after, ...context, accounts: [] };
  });
}

function attachEach(policies: readonly CustomerManagedPolicy[], context: PartContext): readonly Change[] {
  return policies.map((after): Change => {
    const kind = "attach-customer-managed-policy";
    return { id: idOf(kind, context, textOf(after)), kind, after, ...context, accounts: [] };
  });
}

const identity = (text: string): string => text;
const textOf = (policy: CustomerManagedPolicy): string => customerManagedPolicyText(policy);

/** The items of the second list that the first one lacks. */
function missingFrom<Item>(
  list: readonly Item[],
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  const known = new Set(list.map(keyOf));
  return items.filter((item) => !known.has(keyOf(item)));
}
