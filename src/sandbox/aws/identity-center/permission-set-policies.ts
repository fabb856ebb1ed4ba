import { AwsError } from "../protocol/aws-error.ts";
import { visiblePermissionSet, writablePermissionSet } from "./identity-center.ts";
import type { IdentityCenter } from "./identity-center.ts";
import { withDefinition, withPermissionSet } from "./identity-center-state.ts";
import type {
  Definition,
  PermissionSet,
  PermissionsBoundary,
  PolicyReference,
} from "./identity-center-state.ts";
import { isPolicyDocument } from "./policy-grammar.ts";
import { hundredAtMost } from "../protocol/hundred-at-most.ts";
import type { SsoAdminOperations, SsoAdminRequest } from "./sso-admin-requests.ts";
import type { Output } from "../protocol/service.ts";

/** What a permission set grants: its inline policy, its managed policies and its permissions boundary. */
export const policyOperations = {
  PutInlinePolicyToPermissionSet(center, input) {
    const set = writablePermissionSet(center, input.PermissionSetArn, "PutInlinePolicyToPermissionSet");
    if (!isPolicyDocument(input.InlinePolicy)) {
      throw new AwsError("ValidationException", "Invalid PermissionsPolicy Document");
    }
    const limit = center.quotas.inlinePolicyCharacters;
    if (input.InlinePolicy.replaceAll(/\s/g, "").length > limit) {
      throw new AwsError(
        "ServiceQuotaExceededException",
        `The inline policy is longer than ${limit} characters without white space.`,
      );
    }
    return change(center, set, { inlinePolicy: input.InlinePolicy });
  },

  GetInlinePolicyForPermissionSet(center, input) {
    const { inlinePolicy = "" } = visiblePermissionSet(center, input.PermissionSetArn).definition;
    const isRewritten = inlinePolicy !== "" && center.others.has("inline-policy-as-written");
    return { InlinePolicy: isRewritten ? JSON.stringify(JSON.parse(inlinePolicy)) : inlinePolicy };
  },

  DeleteInlinePolicyFromPermissionSet(center, input) {
    const set = writablePermissionSet(center, input.PermissionSetArn, "DeleteInlinePolicyFromPermissionSet");
    if (set.definition.inlinePolicy === undefined) throw notFound(set, "an inline policy");
    return change(center, set, { inlinePolicy: undefined });
  },

  AttachManagedPolicyToPermissionSet(center, input) {
    const set = writablePermissionSet(center, input.PermissionSetArn, "AttachManagedPolicyToPermissionSet");
    const { managedPolicies } = set.definition;
    if (managedPolicies.includes(input.ManagedPolicyArn)) throw alreadyAttached(set, input.ManagedPolicyArn);
    checkPolicyCount(center, set);
    checkExists(center, input.ManagedPolicyArn);
    return change(center, set, { managedPolicies: [...managedPolicies, input.ManagedPolicyArn] });
  },

  DetachManagedPolicyFromPermissionSet(center, input) {
    const set = writablePermissionSet(center, input.PermissionSetArn, "DetachManagedPolicyFromPermissionSet");
    const { managedPolicies } = set.definition;
    if (!managedPolicies.includes(input.ManagedPolicyArn)) throw notFound(set, input.ManagedPolicyArn);
    return change(center, set, {
      managedPolicies: managedPolicies.filter((arn) => arn !== input.ManagedPolicyArn),
    });
  },

  ListManagedPoliciesInPermissionSet(center, input) {
    const { managedPolicies } = visiblePermissionSet(center, input.PermissionSetArn).definition;
    const page = hundredAtMost("ListManagedPoliciesInPermissionSet", input, managedPolicies, (arn) => arn);
    return {
      AttachedManagedPolicies: page.items.map((arn) => ({ Name: arn.split("/").at(-1), Arn: arn })),
      NextToken: page.nextToken,
    };
  },

  AttachCustomerManagedPolicyReferenceToPermissionSet(center, input) {
    const set = writablePermissionSet(
      center,
      input.PermissionSetArn,
      "AttachCustomerManagedPolicyReferenceToPermissionSet",
    );
    const { customerManagedPolicies } = set.definition;
    const reference = referenceOf(input.CustomerManagedPolicyReference);
    // One role cannot have two policies of one name, whatever their paths.
    if (customerManagedPolicies.some(({ Name }) => Name === reference.Name)) {
      throw alreadyAttached(set, reference.Name);
    }
    checkPolicyCount(center, set);
    return change(center, set, { customerManagedPolicies: [...customerManagedPolicies, reference] });
  },

  DetachCustomerManagedPolicyReferenceFromPermissionSet(center, input) {
    const set = writablePermissionSet(
      center,
      input.PermissionSetArn,
      "DetachCustomerManagedPolicyReferenceFromPermissionSet",
    );
    const { customerManagedPolicies } = set.definition;
    const reference = referenceOf(input.CustomerManagedPolicyReference);
    const rest = customerManagedPolicies.filter(
      ({ Name, Path }) => Name !== reference.Name || Path !== reference.Path,
    );
    if (rest.length === customerManagedPolicies.length)
      throw notFound(set, `${reference.Path}${reference.Name}`);
    return change(center, set, { customerManagedPolicies: rest });
  },

  ListCustomerManagedPolicyReferencesInPermissionSet(center, input) {
    const { customerManagedPolicies } = visiblePermissionSet(center, input.PermissionSetArn).definition;
    const list = "ListCustomerManagedPolicyReferencesInPermissionSet";
    const page = hundredAtMost(list, input, customerManagedPolicies, ({ Name, Path }) => `${Path}${Name}`);
    return { CustomerManagedPolicyReferences: page.items, NextToken: page.nextToken };
  },

  PutPermissionsBoundaryToPermissionSet(center, input) {
    const set = writablePermissionSet(
      center,
      input.PermissionSetArn,
      "PutPermissionsBoundaryToPermissionSet",
    );
    const boundary = boundaryOf(input.PermissionsBoundary);
    if ("ManagedPolicyArn" in boundary) checkExists(center, boundary.ManagedPolicyArn);
    return change(center, set, { boundary });
  },

  GetPermissionsBoundaryForPermissionSet(center, input) {
    const set = visiblePermissionSet(center, input.PermissionSetArn);
    if (set.definition.boundary === undefined) throw notFound(set, "a permissions boundary");
    return { PermissionsBoundary: set.definition.boundary };
  },

  DeletePermissionsBoundaryFromPermissionSet(center, input) {
    const operation = "DeletePermissionsBoundaryFromPermissionSet";
    const set = writablePermissionSet(center, input.PermissionSetArn, operation);
    if (set.definition.boundary === undefined) throw notFound(set, "a permissions boundary");
    return change(center, set, { boundary: undefined });
  },
} satisfies Partial<SsoAdminOperations<IdentityCenter>>;

function change(center: IdentityCenter, set: PermissionSet, changes: Partial<Definition>): Output {
  center.timeline.change((state) => withPermissionSet(state, withDefinition(set, changes)));
  return {};
}

function referenceOf(reference: { readonly Name: string; readonly Path?: string }): PolicyReference {
  return { Name: reference.Name, Path: reference.Path ?? "/" };
}

type BoundaryInput = SsoAdminRequest<"PutPermissionsBoundaryToPermissionSet">["PermissionsBoundary"];

function boundaryOf({
  ManagedPolicyArn,
  CustomerManagedPolicyReference,
}: BoundaryInput): PermissionsBoundary {
  if (ManagedPolicyArn !== undefined && CustomerManagedPolicyReference === undefined)
    return { ManagedPolicyArn };
  if (CustomerManagedPolicyReference !== undefined && ManagedPolicyArn === undefined) {
    return { CustomerManagedPolicyReference: referenceOf(CustomerManagedPolicyReference) };
  }
  throw new AwsError(
    "ValidationException",
    "Exactly one of ManagedPolicyArn and CustomerManagedPolicyReference must be given.",
  );
}

// https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
function checkPolicyCount({ quotas }: IdentityCenter, { definition }: PermissionSet): void {
  const limit = quotas.managedPoliciesPerPermissionSet;
  if (definition.managedPolicies.length + definition.customerManagedPolicies.length >= limit) {
    throw new AwsError(
      "ServiceQuotaExceededException",
      `A permission set can have at most ${limit} managed policies.`,
    );
  }
}

// Whether it exists shows when it is provisioned; some say that it shows at once.
function checkExists({ awsManagedPolicies, others }: IdentityCenter, arn: string): void {
  if (!others.has("managed-policy-at-attach") || awsManagedPolicies.has(arn)) return;
  throw new AwsError("ResourceNotFoundException", `Policy ${arn} does not exist or is not attachable.`);
}

function alreadyAttached({ arn }: PermissionSet, policy: string): AwsError {
  return new AwsError(
    "ConflictException",
    `Permission set with id ${arn.split("/").at(-1)} already has a typed link attachment to a manged policy with ${policy}`,
  );
}

function notFound({ arn }: PermissionSet, what: string): AwsError {
  return new AwsError(
    "ResourceNotFoundException",
    `Permission set with id ${arn.split("/").at(-1)} does not have ${what}`,
  );
}
