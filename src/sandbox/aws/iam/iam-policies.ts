import { AwsError } from "../protocol/aws-error.ts";
import { pageOf } from "../protocol/paging.ts";
import { structure } from "../protocol/request-shapes.ts";
import type { ValueOf } from "../protocol/request-shapes.ts";
import { hexDigits } from "../sandbox-id.ts";
import { createService } from "../protocol/service.ts";
import type { Service, Output } from "../protocol/service.ts";

/** An AWS managed policy; names are unique across paths. */
export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
}

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html
const requests = {
  ListPolicies: structure({
    Scope: { type: "string", oneOf: ["All", "AWS", "Local"] },
    OnlyAttached: { type: "boolean" },
    PathPrefix: { type: "string", min: 1, max: 512, pattern: /^((\/[\u0021-\u007E]+)?\/)$/ },
    PolicyUsageFilter: { type: "string", oneOf: ["PermissionsPolicy", "PermissionsBoundary"] },
    Marker: { type: "string", min: 1 },
    MaxItems: { type: "integer", min: 1, max: 1000 },
  }),
} as const;

function listPolicies(
  policies: readonly ManagedPolicy[],
  input: ValueOf<(typeof requests)["ListPolicies"]>,
): Output {
  const { Marker, MaxItems, ...selection } = input;
  // The caller's account has no policies of its own, and none is attached to anything in it.
  const isEmpty =
    input.Scope === "Local" || input.OnlyAttached === true || input.PolicyUsageFilter !== undefined;
  const { items, nextToken } = pageOf({
    all: isEmpty ? [] : policies.filter(({ path }) => path.startsWith(input.PathPrefix ?? "/")),
    keyOf: ({ name }) => name,
    scope: ["ListPolicies", selection],
    size: MaxItems ?? 100,
    token: Marker,
    invalidToken: () => new AwsError("ValidationError", "Invalid Marker."),
  });
  return {
    IsTruncated: nextToken !== undefined,
    Marker: nextToken,
    Policies: items.map(policyOutput),
  };
}

/** The part of IAM that tells which managed policies there are. */
export function createIam(policies: readonly ManagedPolicy[]): Service {
  return createService({
    name: "iam",
    requests,
    operations: { ListPolicies: listPolicies },
    context: policies,
    invalidCode: "ValidationError",
  });
}

/** The ARN of an AWS managed policy. */
export function managedPolicyArn({ name, path }: ManagedPolicy): string {
  return `arn:aws:iam::aws:policy${path}${name}`;
}

function policyOutput(policy: ManagedPolicy): Output {
  return {
    PolicyName: policy.name,
    PolicyId: `ANPA${hexDigits(policy.name, 17).toUpperCase()}`,
    Arn: managedPolicyArn(policy),
    Path: policy.path,
    DefaultVersionId: "v1",
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: "2015-02-06T18:39:46Z",
    UpdateDate: "2015-02-06T18:39:46Z",
  };
}
