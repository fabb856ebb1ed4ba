import { AwsError } from "../protocol/aws-error.ts";
import { pageOf } from "../protocol/paging.ts";
import { required, structure } from "../protocol/request-shapes.ts";
import type { ValueOf } from "../protocol/request-shapes.ts";
import { hexDigits } from "../sandbox-id.ts";
import { createService } from "../protocol/service.ts";
import type { Service, Output } from "../protocol/service.ts";

/** An AWS managed policy. */
export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
  /** What it allows; reading of nothing in particular by default. */
  readonly document?: string;
}

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html
const arn = { type: "string", min: 20, max: 2048 } as const;
const requests = {
  ListPolicies: structure({
    Scope: { type: "string", oneOf: ["All", "AWS", "Local"] },
    OnlyAttached: { type: "boolean" },
    PathPrefix: { type: "string", min: 1, max: 512, pattern: /^((\/[\u0021-\u007E]+)?\/)$/ },
    PolicyUsageFilter: { type: "string", oneOf: ["PermissionsPolicy", "PermissionsBoundary"] },
    Marker: { type: "string", min: 1, max: 320, pattern: /^[\u0020-\u00FF]+$/ },
    MaxItems: { type: "integer", min: 1, max: 1000 },
  }),
  GetPolicy: structure({ PolicyArn: required(arn) }),
  GetPolicyVersion: structure({
    PolicyArn: required(arn),
    VersionId: required({ type: "string", pattern: /^v[1-9][0-9]*(\.[A-Za-z0-9-]*)?$/ }),
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
    keyOf: ({ name, path }) => `${name} ${path}`,
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

function getPolicy(
  policies: readonly ManagedPolicy[],
  { PolicyArn }: ValueOf<(typeof requests)["GetPolicy"]>,
): Output {
  return { Policy: policyOutput(findPolicy(policies, PolicyArn)) };
}

function getPolicyVersion(
  policies: readonly ManagedPolicy[],
  { PolicyArn, VersionId }: ValueOf<(typeof requests)["GetPolicyVersion"]>,
): Output {
  const policy = findPolicy(policies, PolicyArn);
  if (VersionId !== "v1") throw missing(`Policy ${PolicyArn} version ${VersionId} does not exist.`);
  return {
    PolicyVersion: {
      Document: encodeURIComponent(documentOf(policy)),
      VersionId,
      IsDefaultVersion: true,
      CreateDate: createdAt,
    },
  };
}

function findPolicy(policies: readonly ManagedPolicy[], wanted: string): ManagedPolicy {
  const policy = policies.find((each) => managedPolicyArn(each) === wanted);
  if (policy === undefined) throw missing(`Policy ${wanted} was not found.`);
  return policy;
}

function missing(message: string): AwsError {
  return new AwsError("NoSuchEntity", message, { status: 404 });
}

function documentOf({ name, document }: ManagedPolicy): string {
  const action = name === "AdministratorAccess" ? "*" : "sts:GetCallerIdentity";
  const Statement = [{ Effect: "Allow", Action: action, Resource: "*" }];
  return document ?? JSON.stringify({ Version: "2012-10-17", Statement });
}

const createdAt = "2015-02-06T18:39:46Z";

/** The part of IAM that tells which managed policies there are. */
export function createIam(policies: readonly ManagedPolicy[]): Service {
  return createService({
    name: "iam",
    requests,
    operations: { ListPolicies: listPolicies, GetPolicy: getPolicy, GetPolicyVersion: getPolicyVersion },
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
    PolicyId: `ANPA${hexDigits(`${policy.path}${policy.name}`, 17).toUpperCase()}`,
    Arn: managedPolicyArn(policy),
    Path: policy.path,
    DefaultVersionId: "v1",
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: createdAt,
    UpdateDate: createdAt,
  };
}
