import { permissionSetName, type PermissionSetName } from "./ids.ts";
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
export interface PermissionSetDefinition extends PolicyParts {
  readonly attributes: PermissionSetAttributes;
}

/** What a permission set allows. */
export interface PolicyParts {
  /** JSON text. */
  readonly inlinePolicy?: string;
  /** ARNs of AWS managed policies. */
  readonly managedPolicies: readonly string[];
  readonly customerManagedPolicies: readonly CustomerManagedPolicy[];
  readonly permissionsBoundary?: PermissionsBoundary;
}

/**
 * The three attributes UpdatePermissionSet takes together. Leaving out the relay state clears it. A description stays:
 * an update that leaves it out keeps it, and an empty one is not taken.
 * https://github.com/hashicorp/terraform-provider-aws/issues/41897
 */
export interface PermissionSetAttributes {
  readonly description?: string;
  readonly sessionDurationSeconds: number;
  readonly relayState?: string;
}

export interface DesiredPermissionSet {
  readonly name: PermissionSetName;
  readonly record: RecordRef;
  readonly definition: PermissionSetDefinition;
  /** Address of the record: what a set says of itself instead of a description that its record does not have. */
  readonly recordUrl: string;
  /** The name that the record gives, where the set has another one in this pass, on its way there. */
  readonly finalName?: PermissionSetName;
}

/** The name that the record gives the set. */
export function givenName({ name, finalName }: DesiredPermissionSet): PermissionSetName {
  return finalName ?? name;
}

// https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreatePermissionSet.html
const mostNameCharacters = 32;

function passingSuffix(record: string): string {
  return `.record-${record}`;
}

/** Whether the record's set has the name only on its way to another one. */
export function isPassingName(name: string, record: string): boolean {
  return name.endsWith(passingSuffix(record));
}

/** The name that a record's set has on its way to one that is still another's. */
export function passingName(name: string, record: string): PermissionSetName {
  const suffix = passingSuffix(record);
  return permissionSetName(`${name.slice(0, Math.max(0, mostNameCharacters - suffix.length))}${suffix}`);
}

/** The attributes that a set with the given ones can get: a description is never taken away, only replaced. */
export function reachableAttributes(
  { definition: { attributes }, recordUrl }: DesiredPermissionSet,
  existing: PermissionSetAttributes,
): PermissionSetAttributes {
  const isEmptied = (attributes.description ?? "") === "" && (existing.description ?? "") !== "";
  return isEmptied ? { ...attributes, description: recordUrl } : attributes;
}

/** `/path/name`, the way records spell a customer managed policy. */
export function customerManagedPolicyText(policy: CustomerManagedPolicy): string {
  return `${policy.path}${policy.name}`;
}

/** What IAM tells policies of one account by: the name, whatever path and case. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function iamName({ name }: CustomerManagedPolicy): string {
  return name.toLowerCase();
}

/** Policies that a permission set can have, AWS managed and customer managed together. https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html */
export const mostPoliciesPerSet = 25;

/** The boundary the way records spell one. */
export function permissionsBoundaryText(boundary: PermissionsBoundary): string {
  return boundary.kind === "aws-managed" ? boundary.arn : `customer:${customerManagedPolicyText(boundary)}`;
}
