import {
  type CustomerManagedPolicy,
  customerManagedPolicyText,
  type PermissionsBoundary,
  permissionsBoundaryText,
} from "../model/permission-set.ts";
import type { ChangeKind } from "../model/plan.ts";
import type { ReportedChange } from "../model/run-report.ts";

/** What a change does to what is there, as terraform's users know it from its signs. */
export function effectOf(kind: ChangeKind): "create" | "update" | "remove" {
  if (/^(create|assign|attach)/u.test(kind)) return "create";
  return /^(delete|unassign|detach)/u.test(kind) ? "remove" : "update";
}

/** The policy a change is about, where the kind alone does not say it; otherwise empty. */
export function policyOf({ kind, before, after }: ReportedChange): string {
  const value = after ?? before;
  if (kind.endsWith("-customer-managed-policy")) {
    return customerManagedPolicyText(value as CustomerManagedPolicy);
  }
  if (kind.endsWith("-permissions-boundary")) return permissionsBoundaryText(value as PermissionsBoundary);
  return kind.endsWith("-managed-policy") ? String(value) : "";
}
