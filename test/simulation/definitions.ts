import type { PermissionSetDefinition } from "../../src/model/permission-set.ts";
import { managedPolicyArn } from "./company.ts";
import type { SetRecord } from "./kintone-twin.ts";

/** What somebody leaves of a set who edits it by hand: nobody can tell what it grants. */
export const policyWithoutStatements = '{"Version":"2012-10-17"}';
export const inlinePolicy =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';

/** What the set of the record is to be. */
export function definitionOf({ hours, policies, inline }: SetRecord): PermissionSetDefinition {
  return {
    attributes: { description: "Simulated", sessionDurationSeconds: hours * 3_600 },
    managedPolicies: policies.map(managedPolicyArn),
    customerManagedPolicies: [],
    ...(inline ? { inlinePolicy } : {}),
  };
}

/** The same text for the same definition. */
export function definitionText(definition: PermissionSetDefinition): string {
  const { attributes, managedPolicies, customerManagedPolicies, inlinePolicy, permissionsBoundary } =
    definition;
  return JSON.stringify([
    attributes.description ?? "",
    attributes.sessionDurationSeconds,
    managedPolicies.toSorted(),
    customerManagedPolicies,
    inlinePolicy ?? "",
    permissionsBoundary ?? "",
  ]);
}
