import type { ActualPermissionSet } from "../model/actual-state.ts";
import {
  type CustomerManagedPolicy,
  customerManagedPolicyText,
  type PermissionSetAttributes,
  type PermissionSetDefinition,
  type PermissionsBoundary,
} from "../model/permission-set.ts";
import type { Change } from "../model/plan.ts";

/** Managed sets by name, as they are now. */
export function definitionsBefore(
  sets: readonly ActualPermissionSet[],
): ReadonlyMap<string, PermissionSetDefinition> {
  return new Map(sets.flatMap((set) => (set.managed ? [[set.name, set.definition] as const] : [])));
}

/** Managed sets by name, as they are once the changes are applied; a deleted one as it was. */
export function definitionsAfter(
  before: ReadonlyMap<string, PermissionSetDefinition>,
  changes: readonly Change[],
): ReadonlyMap<string, PermissionSetDefinition> {
  const after = new Map(before);
  for (const change of changes) {
    const { permissionSet } = change.target;
    const definition =
      change.kind === "create-permission-set" ? created(change.after?.attributes) : after.get(permissionSet);
    if (definition !== undefined) after.set(permissionSet, applyTo(definition, change));
  }
  return after;
}

function created(
  attributes: PermissionSetAttributes = { sessionDurationSeconds: 0 },
): PermissionSetDefinition {
  return { attributes, managedPolicies: [], customerManagedPolicies: [] };
}

/** Only what a set grants matters here: attributes stay as they are. */
function applyTo(definition: PermissionSetDefinition, change: Change): PermissionSetDefinition {
  const { inlinePolicy: before, permissionsBoundary: bound, ...policies } = definition;
  const { managedPolicies, customerManagedPolicies, ...rest } = policies;
  const inlinePolicy = inlineAfter(before, change);
  const permissionsBoundary = boundaryAfter(bound, change);
  return {
    ...rest,
    ...(inlinePolicy === undefined ? {} : { inlinePolicy }),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
    managedPolicies: managedAfter(managedPolicies, change),
    customerManagedPolicies: customerManagedAfter(customerManagedPolicies, change),
  };
}

function inlineAfter(before: string | undefined, change: Change): string | undefined {
  if (change.kind === "put-inline-policy") return change.after;
  return change.kind === "delete-inline-policy" ? undefined : before;
}

function boundaryAfter(before: PermissionsBoundary | undefined, change: Change): typeof before {
  if (change.kind === "put-permissions-boundary") return change.after;
  return change.kind === "delete-permissions-boundary" ? undefined : before;
}

function managedAfter(before: readonly string[], change: Change): readonly string[] {
  if (change.kind === "attach-managed-policy") return [...before, change.after ?? ""];
  return change.kind === "detach-managed-policy" ? before.filter((arn) => arn !== change.before) : before;
}

function customerManagedAfter(
  before: readonly CustomerManagedPolicy[],
  change: Change,
): readonly CustomerManagedPolicy[] {
  if (change.kind === "attach-customer-managed-policy") {
    return change.after === undefined ? before : [...before, change.after];
  }
  if (change.kind !== "detach-customer-managed-policy" || change.before === undefined) return before;
  const gone = customerManagedPolicyText(change.before);
  return before.filter((one) => customerManagedPolicyText(one) !== gone);
}
