import type { PrincipalType } from "../aws-seed.ts";
import type { IdentityCenter } from "./identity-center.ts";
import type { Definition, PermissionSet, PolicyReference } from "./identity-center-state.ts";
import { policyRefusal } from "./policy-grammar.ts";

// Texts as they have been seen in the FailureReason of status records.

/** Why nothing can be done in an account: it is not active. */
export function accountFailure(center: IdentityCenter, accountId: string): string | undefined {
  if (center.organization.account(accountId)?.state === "ACTIVE") return undefined;
  return (
    "AWS SSO is unable to complete your request at this time. Obtaining permissions to manage your AWS account " +
    `'${accountId}' is taking longer than usual. This is usually the case with newly created AWS accounts. ` +
    "Please try again later."
  );
}

/** Why an assignment cannot be made: the directory does not know its principal. */
export function principalFailure(
  { directory }: IdentityCenter,
  type: PrincipalType,
  id: string,
): string | undefined {
  if (directory.has(type, id)) return undefined;
  return `Received a 404 status error: the ${type} assignee ${id} was not found in directory ${directory.identityStoreId}`;
}

/** Why IAM refuses to create or update the role of a permission set in an account. */
export function provisioningFailure(
  center: IdentityCenter,
  definition: Definition,
  accountId: string,
): string | undefined {
  return (
    customerManagedPolicyFailure(center, definition, accountId) ??
    managedPolicyFailure(center, definition) ??
    inlinePolicyFailure(definition)
  );
}

/** Why an assignment that is to be deleted cannot be: it does not exist. */
export function missingAssignmentFailure(
  center: IdentityCenter,
  set: PermissionSet,
  assignment: {
    readonly accountId: string;
    readonly principalType: PrincipalType;
    readonly principalId: string;
  },
): string {
  const key =
    `EntitlementKey{instanceId=${center.instanceArn.split("/").at(-1)}, accountId=${assignment.accountId}, ` +
    `permissionSetId=${set.arn.split("/").at(-1)}, principalType=${assignment.principalType}, ` +
    `principalId=${assignment.principalId}}`;
  return `Received a 404 status error: EntitlementItem doesn't exist with the given entitlement key ${key}`;
}

function customerManagedPolicyFailure(
  center: IdentityCenter,
  definition: Definition,
  accountId: string,
): string | undefined {
  const { boundary, customerManagedPolicies } = definition;
  const references: readonly PolicyReference[] =
    boundary !== undefined && "CustomerManagedPolicyReference" in boundary
      ? [...customerManagedPolicies, boundary.CustomerManagedPolicyReference]
      : customerManagedPolicies;
  const missing = references.find((reference) =>
    center.missingCustomerManagedPolicies.some(
      (policy) =>
        policy.accountId === accountId &&
        policy.name === reference.Name &&
        (policy.path ?? "/") === reference.Path,
    ),
  );
  if (missing === undefined) return undefined;
  return (
    "Received a 404 status error: Not supported policy " +
    `arn:aws:iam::${accountId}:policy${missing.Path}${missing.Name}.`
  );
}

function managedPolicyFailure(center: IdentityCenter, definition: Definition): string | undefined {
  const { boundary, managedPolicies, customerManagedPolicies } = definition;
  const arns =
    boundary !== undefined && "ManagedPolicyArn" in boundary
      ? [...managedPolicies, boundary.ManagedPolicyArn]
      : managedPolicies;
  const missing = arns.find((arn) => !center.awsManagedPolicies.has(arn));
  if (missing !== undefined) {
    return `Received a 404 status error: Policy ${missing} does not exist or is not attachable.`;
  }
  if (arns.some((arn) => arn.includes(":policy/aws-service-role/"))) {
    return "Received a 400 status error: Cannot attach a Service Role Policy to a Customer Role.";
  }
  const limit = center.quotas.managedPoliciesPerRole;
  if (managedPolicies.length + customerManagedPolicies.length > limit) {
    return `Received a 409 status error: Cannot exceed quota for PoliciesPerRole: ${limit}`;
  }
  return undefined;
}

function inlinePolicyFailure({ inlinePolicy }: Definition): string | undefined {
  const refusal = inlinePolicy === undefined ? undefined : policyRefusal(inlinePolicy);
  return refusal === undefined ? undefined : `Received a 400 status error: ${refusal}`;
}
