import type { PermissionSetName } from "./ids.ts";
import type { RecordRef } from "./record.ts";

export interface CustomerManagedPolicy {
  readonly name: string;
  /** Begins and ends with a slash; `/` unless the record says otherwise. */
  readonly path: string;
}

export type PermissionsBoundary =
  | { readonly kind: "aws-managed"; readonly arn: string }
  | ({ readonly kind: "customer-managed" } & CustomerManagedPolicy);

/** What a permission set is, apart from its name: the part that is compared and updated. */
export interface PermissionSetDefinition {
  readonly attributes: PermissionSetAttributes;
  /** JSON text. */
  readonly inlinePolicy?: string;
  /** ARNs of AWS managed policies. */
  readonly managedPolicies: readonly string[];
  readonly customerManagedPolicies: readonly CustomerManagedPolicy[];
  readonly permissionsBoundary?: PermissionsBoundary;
}

/** The three attributes UpdatePermissionSet replaces together: leaving one out clears it. */
export interface PermissionSetAttributes {
  readonly description?: string;
  readonly sessionDurationSeconds: number;
  readonly relayState?: string;
}

export interface DesiredPermissionSet {
  readonly name: PermissionSetName;
  readonly record: RecordRef;
  readonly definition: PermissionSetDefinition;
}

/** `/path/name`, the way records spell a customer managed policy. */
export function customerManagedPolicyText(policy: CustomerManagedPolicy): string {
  return `${policy.path}${policy.name}`;
}

/** The boundary the way records spell one. */
export function permissionsBoundaryText(boundary: PermissionsBoundary): string {
  return boundary.kind === "aws-managed" ? boundary.arn : `customer:${customerManagedPolicyText(boundary)}`;
}
