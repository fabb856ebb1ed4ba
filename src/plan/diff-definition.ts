import { canonicalJson } from "../model/json.ts";
import {
  type CustomerManagedPolicy,
  customerManagedPolicyText,
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
 *     put boundary, detach AWS managed ─► attach customer managed ─► inline policy ─► detach customer managed
 *       ─► attach AWS managed ─► delete boundary
 */
export function diffPolicies(
  before: PermissionSetDefinition | undefined,
  after: PermissionSetDefinition,
  context: PartContext,
): readonly Change[] {
  const from = before ?? nothing;
  const steps: readonly ((context: PartContext) => readonly Change[])[] = [
    (step) => [...putBoundary(from, after, step), ...detachManaged(from, after, step)],
    // The same name under another path is the same policy to AWS: the old one has to go first.
    (step) => [...detachMoved(from, after, step), ...attachCustomerManaged(from, after, step)],
    (step) => diffInlinePolicy(from, after, step),
    (step) => detachCustomerManaged(from, after, step),
    (step) => attachManaged(from, after, step),
    (step) => deleteBoundary(from, after, step),
  ];
  const changes: Change[] = [];
  for (const step of steps) {
    const dependsOn = [...context.dependsOn, ...changes.map(({ id }) => id)];
    changes.push(...step({ ...context, dependsOn }));
  }
  return changes;
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

function detachCustomerManaged(
  from: PermissionSetDefinition,
  to: PermissionSetDefinition,
  context: PartContext,
): readonly Change[] {
  return detachEach(
    obsolete(from, to).filter(({ name }) => !namesOf(to).has(name)),
    context,
  );
}

function detachMoved(
  from: PermissionSetDefinition,
  to: PermissionSetDefinition,
  context: PartContext,
): readonly Change[] {
  return detachEach(
    obsolete(from, to).filter(({ name }) => namesOf(to).has(name)),
    context,
  );
}

function obsolete(
  from: PermissionSetDefinition,
  to: PermissionSetDefinition,
): readonly CustomerManagedPolicy[] {
  return missingFrom(to.customerManagedPolicies, from.customerManagedPolicies, textOf);
}

function namesOf({ customerManagedPolicies }: PermissionSetDefinition): ReadonlySet<string> {
  return new Set(customerManagedPolicies.map(({ name }) => name));
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

function attachCustomerManaged(
  from: PermissionSetDefinition,
  to: PermissionSetDefinition,
  context: PartContext,
): readonly Change[] {
  return missingFrom(from.customerManagedPolicies, to.customerManagedPolicies, textOf).map(
    (after): Change => {
      const kind = "attach-customer-managed-policy";
      return { id: idOf(kind, context, textOf(after)), kind, after, ...context, accounts: [] };
    },
  );
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
