import {
  type CustomerManagedPolicyReference,
  type GetPermissionsBoundaryForPermissionSetResponse,
  type PermissionSet,
} from "@aws-sdk/client-sso-admin";

import { parseIsoDurationSeconds } from "../model/duration.ts";
import type {
  CustomerManagedPolicy,
  PermissionsBoundary,
  PermissionSetAttributes,
} from "../model/permission-set.ts";
import { incomplete, requireMember } from "./pages.ts";

/** What AWS takes for a set without a duration. https://docs.aws.amazon.com/singlesignon/latest/userguide/howtosessionduration.html */
const defaultSessionDuration = "PT1H";

/** The three attributes of a described set. Throws a PassError when the session duration cannot be read. */
export function decodeAttributes(set: PermissionSet): PermissionSetAttributes {
  const duration = set.SessionDuration ?? defaultSessionDuration;
  const sessionDurationSeconds = parseIsoDurationSeconds(duration);
  if (sessionDurationSeconds === undefined) {
    throw incomplete("DescribePermissionSet", `the session duration ${duration} of ${set.Name ?? "a set"}`);
  }
  return {
    sessionDurationSeconds,
    ...(isText(set.Description) ? { description: set.Description } : {}),
    ...(isText(set.RelayState) ? { relayState: set.RelayState } : {}),
  };
}

/** A customer managed policy of a set. Throws a PassError when AWS left its name out. */
export function decodeCustomerManagedPolicy(
  operation: string,
  reference: CustomerManagedPolicyReference,
): CustomerManagedPolicy {
  return { name: requireMember(operation, "Name", reference.Name), path: reference.Path ?? "/" };
}

/** The boundary in an answer; AWS has nothing to say about a set without one. Throws a PassError. */
export function decodeBoundary(
  answer: GetPermissionsBoundaryForPermissionSetResponse | undefined,
): PermissionsBoundary | undefined {
  const boundary = answer?.PermissionsBoundary;
  if (boundary?.ManagedPolicyArn !== undefined) {
    return { kind: "aws-managed", arn: boundary.ManagedPolicyArn };
  }
  if (boundary?.CustomerManagedPolicyReference === undefined) return undefined;
  const policy = decodeCustomerManagedPolicy(
    "GetPermissionsBoundaryForPermissionSet",
    boundary.CustomerManagedPolicyReference,
  );
  return { kind: "customer-managed", ...policy };
}

/** Whether AWS means something by the text; an empty one stands for none. */
export function isText(text: string | undefined): text is string {
  return text !== undefined && text !== "";
}
