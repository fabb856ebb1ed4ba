import type { ActualPermissionSet } from "../model/actual-state.ts";
import { canonicalJson, canonicalText, type Json } from "../model/json.ts";
import {
  customerManagedPolicyText,
  type DesiredPermissionSet,
  type PermissionSetDefinition,
  permissionsBoundaryText,
} from "../model/permission-set.ts";

/** Whether the set in Identity Center is what the definition says; descriptions apart, which may be the record's address. */
export function isSameDefinition(set: ActualPermissionSet, definition: PermissionSetDefinition): boolean {
  return set.managed && definitionText(set.definition) === definitionText(definition);
}

/**
 * Whether a record takes the place of the one that a set in Identity Center belongs to: it defines just the same, and the
 * other one is gone or defines something else, so that the two were not renamed but numbered anew.
 */
export function isSuccessor(
  set: ActualPermissionSet,
  { definition }: DesiredPermissionSet,
  former: DesiredPermissionSet | undefined,
): boolean {
  if (!isSameDefinition(set, definition)) return false;
  return former === undefined || !isSameDefinition(set, former.definition);
}

function definitionText({ attributes, inlinePolicy, ...policies }: PermissionSetDefinition): string {
  const { description: _description, ...others } = attributes;
  const comparable = {
    attributes: others,
    inlinePolicy: inlinePolicy === undefined ? null : (canonicalJson(inlinePolicy) ?? inlinePolicy),
    boundary: policies.permissionsBoundary ? permissionsBoundaryText(policies.permissionsBoundary) : null,
    managed: policies.managedPolicies.toSorted(),
    customer: policies.customerManagedPolicies.map(customerManagedPolicyText).toSorted(),
  };
  return canonicalText(JSON.parse(JSON.stringify(comparable)) as Json);
}
