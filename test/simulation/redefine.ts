import { customerManagedPolicyText, type PermissionSetDefinition } from "../../src/model/permission-set.ts";
import type { Change } from "../../src/model/plan.ts";

/** What a change of one part makes of a definition; what is there already, or gone already, stays that way. */
export function redefine(definition: PermissionSetDefinition, change: Change): PermissionSetDefinition {
  const { inlinePolicy: _inline, ...withoutInline } = definition;
  const { permissionsBoundary: _boundary, ...withoutBoundary } = definition;
  const { managedPolicies, customerManagedPolicies } = definition;
  switch (change.kind) {
    case "update-attributes":
      return { ...definition, attributes: change.after ?? definition.attributes };
    case "put-inline-policy":
      return { ...definition, inlinePolicy: change.after ?? "" };
    case "delete-inline-policy":
      return withoutInline;
    case "put-permissions-boundary":
      return change.after === undefined ? definition : { ...definition, permissionsBoundary: change.after };
    case "delete-permissions-boundary":
      return withoutBoundary;
    case "attach-managed-policy":
      return { ...definition, managedPolicies: [...new Set([...managedPolicies, change.after ?? ""])] };
    case "detach-managed-policy":
      return { ...definition, managedPolicies: managedPolicies.filter((arn) => arn !== change.before) };
    case "attach-customer-managed-policy":
      return change.after === undefined
        ? definition
        : { ...definition, customerManagedPolicies: [...customerManagedPolicies, change.after] };
    case "detach-customer-managed-policy": {
      const gone = change.before === undefined ? "" : customerManagedPolicyText(change.before);
      const left = customerManagedPolicies.filter((one) => customerManagedPolicyText(one) !== gone);
      return { ...definition, customerManagedPolicies: left };
    }
    default:
      throw new Error(`the twin cannot ${change.kind}`);
  }
}
