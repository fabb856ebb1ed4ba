import type { PolicyDocument } from "../../src/aws/policy-document.ts";
import { deploy, rolePolicies } from "./cloudformation.ts";
import { decide, type PolicyRequest } from "./evaluate-policy.ts";

/** Everything of a deployed template that decides what a request may do. */
export interface SimulatedRole {
  readonly arn: string;
  readonly trust: PolicyDocument;
  readonly permissions: PolicyDocument;
  /** By bucket, the policies of the buckets that are made. */
  readonly buckets: ReadonlyMap<string, PolicyDocument>;
}

/** A request, by the role unless another principal of its account is named, who may everything. */
export interface SimulatedRequest extends PolicyRequest {
  readonly principal?: string;
}

const mayEverything: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Sid: "Administrator", Effect: "Allow", Action: ["*"], Resource: ["*"] }],
};

/** The role that the template makes with these parameters. */
export function deployRole(parameters: Parameters<typeof deploy>[1]): SimulatedRole {
  const resources = deploy("infra/aws-role.yaml", parameters);
  const policies = Object.entries(resources).filter(([name]) => name.endsWith("BucketPolicy"));
  return {
    arn: "<Role.Arn>",
    ...rolePolicies(resources),
    buckets: new Map(
      policies.map(([, { Bucket, PolicyDocument: policy }]) => [String(Bucket), policy as PolicyDocument]),
    ),
  };
}

/**
 * Whether the request is let through: the caller's own policy allows it for every resource, and neither that policy nor
 * the one of a bucket that it is about denies it. Both are of one account, in which one allowance is enough.
 */
export function isAllowed(
  role: SimulatedRole,
  { principal = role.arn, ...request }: SimulatedRequest,
): boolean {
  const { resources = [{ arn: "*" }] } = request;
  const context = { "aws:SecureTransport": "true", ...request.context, "aws:PrincipalArn": principal };
  const asked = { ...request, resources, context };
  const own = principal === role.arn ? role.permissions : mayEverything;
  if (decide(own, asked) !== "allowed") return false;
  return resources.every(({ arn }) => {
    const [bucket = ""] = arn.split(":::").at(-1)?.split("/") ?? [];
    const policy = role.buckets.get(bucket);
    return policy === undefined || decide(policy, { ...asked, resources: [{ arn }] }) !== "denied";
  });
}

/** Whether a token with these claims gets credentials of the role. */
export function letsIn({ trust }: SimulatedRole, claims: Readonly<Record<string, string>>): boolean {
  return decide(trust, { action: "sts:AssumeRoleWithWebIdentity", context: claims }) === "allowed";
}
