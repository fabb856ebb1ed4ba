import type { ManagedPermissionSet } from "../model/actual-state.ts";
import type { ManagedPolicy } from "../model/directory.ts";
import { formatIsoDuration } from "../model/duration.ts";
import { customerManagedPolicyText, permissionsBoundaryText } from "../model/permission-set.ts";
import type { FieldTexts } from "../records/encode-record.ts";

const secondsPerHour = 3_600;

/** A permission set in the words of a record: policies by name where the name says which, hours as a number. */
export function describeSet(
  { name, definition }: ManagedPermissionSet,
  policies: readonly ManagedPolicy[],
): FieldTexts {
  const { attributes, managedPolicies, customerManagedPolicies, permissionsBoundary, inlinePolicy } =
    definition;
  const nameOf = (arn: string): string => policies.find((policy) => policy.arn === arn)?.name ?? arn;
  const { sessionDurationSeconds: seconds, description, relayState } = attributes;
  const boundary = permissionsBoundary && nameOf(permissionsBoundaryText(permissionsBoundary));
  return {
    name: [name],
    description: listed(description),
    sessionDuration: [
      seconds % secondsPerHour === 0 ? String(seconds / secondsPerHour) : formatIsoDuration(seconds),
    ],
    relayState: listed(relayState),
    managedPolicies: managedPolicies.map(nameOf).toSorted(),
    customerManagedPolicies: customerManagedPolicies
      .map((policy) => (policy.path === "/" ? policy.name : customerManagedPolicyText(policy)))
      .toSorted(),
    permissionsBoundary: listed(boundary),
    inlinePolicy: listed(inlinePolicy),
  };
}

function listed(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}
