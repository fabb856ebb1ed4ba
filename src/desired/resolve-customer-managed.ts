import { createIssue, type Issue } from "../model/issue.ts";
import {
  type CustomerManagedPolicy,
  customerManagedPolicyText,
  iamName,
  type PermissionsBoundary,
} from "../model/permission-set.ts";
import type { RecordRef } from "../model/record.ts";
import { shorten } from "../model/text.ts";
import type { PermissionSetDraft } from "../model/typed-record.ts";
import { type LineReadings, readEntries } from "./read-entries.ts";

/** The customer managed policies that a record names. A line with commas is a list, unless the set has a policy of just that name. */
export function resolveCustomerManaged(
  { customerManagedPolicies }: PermissionSetDraft,
  record: RecordRef,
  existing: readonly CustomerManagedPolicy[],
  about: { readonly issues: Issue[]; readonly readings: LineReadings },
): readonly CustomerManagedPolicy[] {
  const known = new Set(existing.map(customerManagedPolicyText));
  const policies = readEntries(customerManagedPolicies, {
    ...about,
    record,
    field: "customerManagedPolicies",
    exists: (policy) => known.has(customerManagedPolicyText(policy)),
    textOf: customerManagedPolicyText,
  }).filter((policy) => policy !== undefined);
  return [...new Map(policies.map((policy) => [customerManagedPolicyText(policy), policy])).values()];
}

/** Adds an issue for every policy, the boundary among them, that IAM takes for another one of the set: an account cannot have both. */
export function checkIamNames(
  policies: readonly CustomerManagedPolicy[],
  boundary: PermissionsBoundary | undefined,
  record: RecordRef,
  issues: Issue[],
): void {
  const first = new Map<string, CustomerManagedPolicy>();
  for (const policy of policies) {
    const other = first.get(iamName(policy));
    if (other === undefined) first.set(iamName(policy), policy);
    else issues.push(sameName(record, "customerManagedPolicies", policy, other));
  }
  if (boundary?.kind !== "customer-managed") return;
  const other = policies.find(
    (policy) =>
      iamName(policy) === iamName(boundary) &&
      customerManagedPolicyText(policy) !== customerManagedPolicyText(boundary),
  );
  if (other !== undefined) issues.push(sameName(record, "permissionsBoundary", boundary, other));
}

function sameName(
  record: RecordRef,
  field: "customerManagedPolicies" | "permissionsBoundary",
  policy: CustomerManagedPolicy,
  other: CustomerManagedPolicy,
): Issue {
  const params = {
    policy: shorten(customerManagedPolicyText(policy)),
    other: shorten(customerManagedPolicyText(other)),
  };
  return createIssue("policy.same-name", record, field, params);
}
