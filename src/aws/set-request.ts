import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  DeleteInlinePolicyFromPermissionSetCommand,
  DeletePermissionsBoundaryFromPermissionSetCommand,
  DeletePermissionSetCommand,
  DetachCustomerManagedPolicyReferenceFromPermissionSetCommand,
  DetachManagedPolicyFromPermissionSetCommand,
  type PermissionsBoundary as AwsPermissionsBoundary,
  PutInlinePolicyToPermissionSetCommand,
  PutPermissionsBoundaryToPermissionSetCommand,
  type SSOAdminClient,
  type Tag,
  TagResourceCommand,
  UpdatePermissionSetCommand,
} from "@aws-sdk/client-sso-admin";

import { formatIsoDuration } from "../model/duration.ts";
import type { PermissionSetArn } from "../model/ids.ts";
import type { Tags } from "../model/ownership.ts";
import type {
  CustomerManagedPolicy,
  PermissionsBoundary,
  PermissionSetAttributes,
} from "../model/permission-set.ts";
import type { Change } from "../model/plan.ts";
import { errorMessage, errorName, isNotFound } from "./translate-error.ts";

/** A change of an existing set that AWS makes at once. */
export type SetChange = Exclude<
  Change,
  { kind: "create-permission-set" | "provision" | "assign" | "unassign" }
>;

/** The set a request is about, as all requests name it. */
export interface SetInput {
  readonly InstanceArn: string;
  readonly PermissionSetArn: PermissionSetArn;
}

/** The request that makes a change. */
export interface SetRequest {
  readonly operation: string;
  send(client: SSOAdminClient): Promise<{ readonly $metadata: { readonly requestId?: string | undefined } }>;
  /** Whether a refusal says that the change has been made before. */
  isDone(error: unknown): boolean;
}

type SetChanges = { [Kind in SetChange["kind"]]: Extract<SetChange, { kind: Kind }> };

const never = (): boolean => false;

const requests: {
  readonly [Kind in keyof SetChanges]: (set: SetInput, change: SetChanges[Kind]) => SetRequest;
} = {
  "update-attributes": (set, change) => ({
    operation: "UpdatePermissionSet",
    send: (client) =>
      client.send(new UpdatePermissionSetCommand({ ...set, ...attributesInput(required(change.after)) })),
    isDone: never,
  }),
  "tag-permission-set": tagRequest,
  "begin-provisioning": tagRequest,
  "end-provisioning": tagRequest,
  "put-permissions-boundary": (set, change) => ({
    operation: "PutPermissionsBoundaryToPermissionSet",
    send: (client) =>
      client.send(
        new PutPermissionsBoundaryToPermissionSetCommand({
          ...set,
          PermissionsBoundary: boundaryInput(required(change.after)),
        }),
      ),
    isDone: never,
  }),
  "delete-permissions-boundary": (set) => ({
    operation: "DeletePermissionsBoundaryFromPermissionSet",
    send: (client) => client.send(new DeletePermissionsBoundaryFromPermissionSetCommand(set)),
    isDone: isNotFound,
  }),
  "put-inline-policy": (set, change) => ({
    operation: "PutInlinePolicyToPermissionSet",
    send: (client) =>
      client.send(
        new PutInlinePolicyToPermissionSetCommand({ ...set, InlinePolicy: required(change.after) }),
      ),
    isDone: never,
  }),
  "delete-inline-policy": (set) => ({
    operation: "DeleteInlinePolicyFromPermissionSet",
    send: (client) => client.send(new DeleteInlinePolicyFromPermissionSetCommand(set)),
    isDone: isNotFound,
  }),
  "attach-managed-policy": (set, change) => ({
    operation: "AttachManagedPolicyToPermissionSet",
    send: (client) =>
      client.send(
        new AttachManagedPolicyToPermissionSetCommand({
          ...set,
          ManagedPolicyArn: required(change.after),
        }),
      ),
    isDone: isAlreadyAttached,
  }),
  "detach-managed-policy": (set, change) => ({
    operation: "DetachManagedPolicyFromPermissionSet",
    send: (client) =>
      client.send(
        new DetachManagedPolicyFromPermissionSetCommand({
          ...set,
          ManagedPolicyArn: required(change.before),
        }),
      ),
    isDone: isNotFound,
  }),
  "attach-customer-managed-policy": (set, change) => ({
    operation: "AttachCustomerManagedPolicyReferenceToPermissionSet",
    send: (client) =>
      client.send(
        new AttachCustomerManagedPolicyReferenceToPermissionSetCommand({
          ...set,
          CustomerManagedPolicyReference: referenceInput(required(change.after)),
        }),
      ),
    isDone: isAlreadyAttached,
  }),
  "detach-customer-managed-policy": (set, change) => ({
    operation: "DetachCustomerManagedPolicyReferenceFromPermissionSet",
    send: (client) =>
      client.send(
        new DetachCustomerManagedPolicyReferenceFromPermissionSetCommand({
          ...set,
          CustomerManagedPolicyReference: referenceInput(required(change.before)),
        }),
      ),
    isDone: isNotFound,
  }),
  "delete-permission-set": (set) => ({
    operation: "DeletePermissionSet",
    send: (client) => client.send(new DeletePermissionSetCommand(set)),
    isDone: isNotFound,
  }),
};

function tagRequest(
  { InstanceArn, PermissionSetArn }: SetInput,
  { after }: { readonly after?: Tags },
): SetRequest {
  return {
    operation: "TagResource",
    send: (client) =>
      client.send(
        new TagResourceCommand({
          InstanceArn,
          ResourceArn: PermissionSetArn,
          Tags: tagsInput(required(after)),
        }),
      ),
    isDone: never,
  };
}

/** The request for a change, by the change's kind. */
export function setRequest<Kind extends keyof SetChanges>(
  kind: Kind,
  set: SetInput,
  change: SetChanges[Kind],
): SetRequest {
  return requests[kind](set, change);
}

/** Description, session duration and relay state together: leaving out the relay state clears it, leaving out the description keeps it. */
export function attributesInput({
  description,
  sessionDurationSeconds,
  relayState,
}: PermissionSetAttributes): {
  Description: string | undefined;
  SessionDuration: string;
  RelayState: string | undefined;
} {
  return {
    Description: description,
    SessionDuration: formatIsoDuration(sessionDurationSeconds),
    RelayState: relayState,
  };
}

/** Tags as AWS takes them. */
export function tagsInput(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** What a change has before or after it. Throws an Error for a change that lacks it, which no plan contains. */
export function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("The change does not say what it changes.");
  return value;
}

function boundaryInput(boundary: PermissionsBoundary): AwsPermissionsBoundary {
  return boundary.kind === "aws-managed"
    ? { ManagedPolicyArn: boundary.arn }
    : { CustomerManagedPolicyReference: referenceInput(boundary) };
}

function referenceInput({ name, path }: CustomerManagedPolicy): { Name: string; Path: string } {
  return { Name: name, Path: path };
}

function isAlreadyAttached(error: unknown): boolean {
  return errorName(error) === "ConflictException" && /already/iu.test(errorMessage(error));
}
