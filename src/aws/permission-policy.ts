import { ownerTag } from "../model/ownership.ts";
import { actionsFor } from "./required-actions.ts";
import type { PolicyDocument, Statement } from "./policy-document.ts";

export interface PermissionPolicyInput {
  readonly instanceArn: string;
  /** Value of the owner tag. */
  readonly owner: string;
  readonly managementAccount: string;
  readonly protectedAccounts?: readonly string[];
  /** `bucket/key` of the memory in S3. */
  readonly memoryObject?: string | undefined;
  /** ARN of the customer managed key that the instance is encrypted with. */
  readonly kmsKeyArn?: string | undefined;
}

const tagKeys = { "ForAllValues:StringLike": { "aws:TagKeys": "kintone-sso-sync:*" } };
const requestOwner = `aws:RequestTag/${ownerTag}`;
const resourceOwner = `aws:ResourceTag/${ownerTag}`;

/** What the instance's own key takes. https://docs.aws.amazon.com/singlesignon/latest/userguide/encryption-at-rest.html */
const kmsActions = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKeyWithoutPlaintext"];

/**
 * The least that a role needs: reads; writes only where our owner tag is; and denials that hold whatever else is
 * attached to the role. AWS asks for each resource of a call apart, and instances and accounts carry no owner tag: there
 * the same actions are allowed without it. ARNs are case sensitive.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetdelegation.html
 */
export function buildPermissionPolicy(input: PermissionPolicyInput): PolicyDocument {
  const { instanceArn, owner } = input;
  const [, partition = "aws"] = instanceArn.split(":");
  const instanceId = instanceArn.split("/").at(-1) ?? "";
  const permissionSets = `arn:${partition}:sso:::permissionSet/${instanceId}/*`;
  const account = (id: string): string => `arn:${partition}:sso:::account/${id}`;
  const own = { StringEquals: { [resourceOwner]: owner } };
  const tag = actionsFor("tag-set");
  const changes = [...actionsFor("change-set"), ...actionsFor("change-account")];
  const extras = [...memoryStatements(input, partition), ...keyStatements(input)];
  const untouched = [input.managementAccount, ...(input.protectedAccounts ?? [])];

  const allowed: readonly Statement[] = [
    { Sid: "Read", Effect: "Allow", Action: actionsFor("read"), Resource: ["*"] },
    {
      Sid: "CreateWithOwnerTag",
      Effect: "Allow",
      Action: [...actionsFor("create-set"), ...tag],
      Resource: [instanceArn, permissionSets],
      Condition: { StringEquals: { [requestOwner]: owner }, ...tagKeys },
    },
    {
      Sid: "TagOwnSets",
      Effect: "Allow",
      Action: tag,
      Resource: [permissionSets],
      Condition: { ...own, ...tagKeys },
    },
    { Sid: "ChangeOwnSets", Effect: "Allow", Action: changes, Resource: [permissionSets], Condition: own },
    { Sid: "InstanceSide", Effect: "Allow", Action: changes, Resource: [instanceArn] },
    {
      Sid: "InstanceSideOfTags",
      Effect: "Allow",
      Action: tag,
      Resource: [instanceArn],
      Condition: tagKeys,
    },
    {
      Sid: "AccountSide",
      Effect: "Allow",
      Action: actionsFor("change-account"),
      Resource: [account("*")],
    },
    ...extras,
  ];
  return {
    Version: "2012-10-17",
    Statement: [
      ...allowed,
      {
        Sid: "NeverTheseAccounts",
        Effect: "Deny",
        Action: actionsFor("change-account"),
        Resource: untouched.map(account),
      },
      {
        Sid: "NeverSetsOfAnotherOwner",
        Effect: "Deny",
        Action: tag,
        Resource: ["*"],
        Condition: { StringNotEquals: { [resourceOwner]: owner }, Null: { [resourceOwner]: "false" } },
      },
      {
        Sid: "NeverAnotherOwner",
        Effect: "Deny",
        Action: [...actionsFor("create-set"), ...tag],
        Resource: ["*"],
        Condition: { StringNotEquals: { [requestOwner]: owner }, Null: { [requestOwner]: "false" } },
      },
      {
        Sid: "NeverAnythingElse",
        Effect: "Deny",
        NotAction: [...new Set(allowed.flatMap(({ Action = [] }) => Action))],
        Resource: ["*"],
      },
    ],
  };
}

function memoryStatements({ memoryObject }: PermissionPolicyInput, partition: string): Statement[] {
  if (memoryObject === undefined) return [];
  const Resource = [`arn:${partition}:s3:::${memoryObject}`];
  return [{ Sid: "Memory", Effect: "Allow", Action: actionsFor("memory"), Resource }];
}

function keyStatements({ kmsKeyArn }: PermissionPolicyInput): Statement[] {
  if (kmsKeyArn === undefined) return [];
  const services = ["sso.*.amazonaws.com", "identitystore.*.amazonaws.com"];
  return [
    {
      Sid: "InstanceKey",
      Effect: "Allow",
      Action: kmsActions,
      Resource: [kmsKeyArn],
      Condition: { StringLike: { "kms:ViaService": services } },
    },
  ];
}
