import { digest } from "./digest.ts";
import { canonicalText } from "./json.ts";
import { customerManagedPolicyText, type PermissionSetDefinition } from "./permission-set.ts";

/** What a version's rules take a permission set for by its AWS managed policies and its inline policy. */
export interface JudgedClass {
  readonly class: "administrator" | "runs-as-other-roles" | "ordinary";
  /** Whether the inline policy writes IAM or takes on roles. */
  readonly writesIam?: true;
}

/** The class of a set as it was judged at a revision of its record. */
export interface RememberedClass extends JudgedClass {
  readonly revision: number;
  /** As policiesDigest makes it: another app's record may have the same number and revision. */
  readonly policies: string;
}

/** A short text that is the same for definitions with the same policies. */
export function policiesDigest(definition: PermissionSetDefinition): string {
  const { managedPolicies, customerManagedPolicies, inlinePolicy } = definition;
  const policies = {
    managed: managedPolicies.toSorted(),
    customer: customerManagedPolicies.map(customerManagedPolicyText).toSorted(),
    inline: inlinePolicy ?? null,
  };
  return digest(canonicalText(policies)).slice(0, 16);
}
