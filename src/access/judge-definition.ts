import {
  type CustomerManagedPolicy,
  customerManagedPolicyText,
  type PermissionSetDefinition,
  permissionsBoundaryText,
} from "../model/permission-set.ts";
import { classify } from "./administrator-class.ts";
import { deniesEverything, holdsBack } from "./denies-everything.ts";

/** Whether the holders of the set are administrators, whatever in it cannot be understood. */
export function isCertainAdministrator(set: PermissionSetDefinition): boolean {
  return classify(set, "ordinary") === "administrator" && !deniesEverything(set);
}

/** Whether the holders of the set may be administrators, as far as its content can be understood. */
export function isPossibleAdministrator(set: PermissionSetDefinition): boolean {
  return classify(set, "administrator") === "administrator" && !deniesEverything(set);
}

/** Whether a set grants nothing, or denies all that it grants. */
export function isWorthless(definition: PermissionSetDefinition | undefined): boolean {
  if (definition === undefined || deniesEverything(definition)) return true;
  const { managedPolicies, customerManagedPolicies, inlinePolicy } = definition;
  return managedPolicies.length + customerManagedPolicies.length === 0 && inlinePolicy === undefined;
}

/**
 * Whether the edit takes something off the set that may have held its holders back: a boundary, a denial, a condition,
 * or a customer managed policy, whose content is the account's.
 */
export function mayFree(
  before: PermissionSetDefinition | undefined,
  after: PermissionSetDefinition | undefined,
): boolean {
  if (before === undefined || after === undefined) return false;
  const isUnbound = before.permissionsBoundary !== undefined && boundaryOf(before) !== boundaryOf(after);
  const isUndenied = holdsBack(before) && before.inlinePolicy !== after.inlinePolicy;
  const kept = new Set(after.customerManagedPolicies.map(customerManagedPolicyText));
  const had = before.customerManagedPolicies.map(customerManagedPolicyText);
  return isUnbound || isUndenied || had.some((policy) => !kept.has(policy));
}

/** Whether the edit puts a boundary on the set that it did not have, so that its holders may be held back. */
export function mayBind(
  before: PermissionSetDefinition | undefined,
  after: PermissionSetDefinition,
): boolean {
  return after.permissionsBoundary !== undefined && boundaryOf(after) !== (before && boundaryOf(before));
}

/** What a set lets its holders do, in one order. */
export function rightsOf(set: PermissionSetDefinition): Partial<PermissionSetDefinition> {
  const { attributes: _notRights, managedPolicies, customerManagedPolicies, ...rest } = set;
  const byText = (one: CustomerManagedPolicy, other: CustomerManagedPolicy): number =>
    customerManagedPolicyText(one) < customerManagedPolicyText(other) ? -1 : 1;
  return {
    ...rest,
    managedPolicies: managedPolicies.toSorted(),
    customerManagedPolicies: customerManagedPolicies.toSorted(byText),
  };
}

function boundaryOf({ permissionsBoundary }: PermissionSetDefinition): string | undefined {
  return permissionsBoundary && permissionsBoundaryText(permissionsBoundary);
}
