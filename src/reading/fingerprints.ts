import { digest } from "../model/digest.ts";
import { type Principal, principalKey } from "../model/assignment.ts";
import { canonicalJson, canonicalText } from "../model/json.ts";
import {
  customerManagedPolicyText,
  type DesiredPermissionSet,
  type PermissionSetDefinition,
  permissionsBoundaryText,
  reachableAttributes,
} from "../model/permission-set.ts";

const digits = 16;

/** A short text that is the same for definitions between which a plan would change nothing. */
export function definitionFingerprint(definition: PermissionSetDefinition): string {
  const { attributes, inlinePolicy, permissionsBoundary: boundary } = definition;
  const comparable = canonicalText({
    description: attributes.description ?? "",
    relayState: attributes.relayState ?? "",
    sessionDurationSeconds: attributes.sessionDurationSeconds,
    inlinePolicy: inlinePolicy === undefined ? null : (canonicalJson(inlinePolicy) ?? inlinePolicy),
    managedPolicies: [...new Set(definition.managedPolicies)].toSorted(),
    customerManagedPolicies: definition.customerManagedPolicies.map(customerManagedPolicyText).toSorted(),
    boundary: boundary === undefined ? null : permissionsBoundaryText(boundary),
  });
  return digest(comparable).slice(0, digits);
}

/** Whether a set with the fingerprint is what its record says, so that a plan would change nothing of it. */
export function isFingerprintOf(fingerprint: string, wanted: DesiredPermissionSet): boolean {
  const { definition, recordUrl } = wanted;
  const attributes = reachableAttributes(wanted, { ...definition.attributes, description: recordUrl });
  return [definition, { ...definition, attributes }].some(
    (one) => definitionFingerprint(one) === fingerprint,
  );
}

/** A short text that is the same for the same users and groups. */
export function principalsFingerprint(principals: readonly Principal[]): string {
  return digest(principals.map(principalKey).toSorted().join("\n")).slice(0, digits);
}
