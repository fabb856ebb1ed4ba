import type { AwsSeed, CustomerManagedPolicy, SeedAssignment, SeedPermissionSet } from "./aws-seed.ts";
import type { Directory } from "./directory/directory.ts";
import type { IdentityCenter } from "./identity-center/identity-center.ts";
import {
  withAssignment,
  withPermissionSet,
  withProvisioned,
} from "./identity-center/identity-center-state.ts";
import type {
  Assignment,
  Definition,
  IdentityCenterState,
  PermissionSet,
  PermissionsBoundary,
  PolicyReference,
} from "./identity-center/identity-center-state.ts";
import { newPermissionSetArn } from "./identity-center/permission-sets.ts";

/** The permission sets of a seed, each provisioned with its definition wherever it is assigned. */
export function seededState(
  center: IdentityCenter,
  permissionSets: AwsSeed["permissionSets"] = [],
): IdentityCenterState {
  return permissionSets
    .map((seed) => seededPermissionSet(center, seed))
    .reduce<IdentityCenterState>(withPermissionSet, new Map());
}

/** The definition that a seed describes, or the part of one that it mentions. */
export function seededDefinition(
  seed: Omit<SeedPermissionSet, "name" | "tags" | "assignments">,
): Partial<Definition> {
  const definition: { -readonly [K in keyof Definition]?: Definition[K] } = {};
  if (seed.description !== undefined) definition.description = seed.description;
  if (seed.sessionDuration !== undefined) definition.sessionDuration = seed.sessionDuration;
  if (seed.relayState !== undefined) definition.relayState = seed.relayState;
  if (seed.inlinePolicy !== undefined) definition.inlinePolicy = seed.inlinePolicy;
  if (seed.managedPolicies !== undefined) definition.managedPolicies = seed.managedPolicies;
  if (seed.customerManagedPolicies !== undefined) {
    definition.customerManagedPolicies = seed.customerManagedPolicies.map(referenceOf);
  }
  if (seed.boundary !== undefined) definition.boundary = boundaryOf(seed.boundary);
  return definition;
}

/** The assignment that a seed describes. Throws when it names a user or group that is not in the directory. */
export function seededAssignment(directory: Directory, seed: SeedAssignment): Assignment {
  const { accountId, userName, group, principalId } = seed;
  if (userName !== undefined)
    return { accountId, principalType: "USER", principalId: directory.user(userName).id };
  if (group !== undefined)
    return { accountId, principalType: "GROUP", principalId: directory.group(group).id };
  if (principalId === undefined) throw new Error(`An assignment in account ${accountId} names no principal.`);
  return { accountId, principalType: seed.principalType ?? "USER", principalId };
}

function seededPermissionSet(center: IdentityCenter, seed: SeedPermissionSet): PermissionSet {
  const empty: Definition = {
    description: undefined,
    sessionDuration: "PT1H",
    relayState: undefined,
    inlinePolicy: undefined,
    managedPolicies: [],
    customerManagedPolicies: [],
    boundary: undefined,
  };
  const set: PermissionSet = {
    arn: newPermissionSetArn(center, seed.name),
    name: seed.name,
    createdAtMs: center.epochMs(center.timeline.now()),
    definition: { ...empty, ...seededDefinition(seed) },
    tags: new Map(Object.entries(seed.tags ?? {})),
    provisioned: new Map(),
    assignments: new Map(),
  };
  return (seed.assignments ?? [])
    .map((assignment) => seededAssignment(center.directory, assignment))
    .reduce(
      (each, assignment) =>
        withProvisioned(withAssignment(each, assignment), assignment.accountId, each.definition),
      set,
    );
}

function boundaryOf(boundary: string | CustomerManagedPolicy): PermissionsBoundary {
  return typeof boundary === "string"
    ? { ManagedPolicyArn: boundary }
    : { CustomerManagedPolicyReference: referenceOf(boundary) };
}

function referenceOf({ name, path }: CustomerManagedPolicy): PolicyReference {
  return { Name: name, Path: path ?? "/" };
}
