import { adoptedTag, ownerTag } from "../model/ownership.ts";
import { actionsFor } from "./required-actions.ts";
import type { PolicyDocument, Statement } from "./policy-document.ts";

/** Accounts that the role may never write to, beside the management account. */
export interface UntouchedAccounts {
  /** Where the role is; undefined when records may give access to it. */
  readonly ownAccount?: string | undefined;
  readonly protectedAccounts?: readonly string[];
}

export interface PermissionPolicyInput extends UntouchedAccounts {
  readonly instanceArn: string;
  /** Value of the owner tag. */
  readonly owner: string;
  readonly managementAccount: string;
  /** `bucket/key` of the memory in S3. */
  readonly memoryObject?: string | undefined;
  /** `bucket/prefix/` of the audit in S3. */
  readonly auditPrefix?: string | undefined;
  /** Whether it may write the tag with which `adopt` and `import` take a set over; by default it may not. */
  readonly takeOver?: boolean | undefined;
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
  const allowed = allowances(input);
  return { Version: "2012-10-17", Statement: [...allowed, ...denials(input, allowed)] };
}

const createActions = actionsFor("create-set");
const tagActions = actionsFor("tag-set");
const accountActions = actionsFor("change-account");
const changeActions = [...actionsFor("change-set"), ...accountActions];

function partitionOf({ instanceArn }: PermissionPolicyInput): string {
  return instanceArn.split(":")[1] ?? "aws";
}

function allowances(input: PermissionPolicyInput): readonly Statement[] {
  const { instanceArn, owner } = input;
  const partition = partitionOf(input);
  const sets = `arn:${partition}:sso:::permissionSet/${instanceArn.split("/").at(-1) ?? ""}/*`;
  const ofOwner = { StringEquals: { [resourceOwner]: owner } };
  const withOwner = { StringEquals: { [requestOwner]: owner }, ...tagKeys };
  const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]) =>
    ({ Sid, Effect: "Allow", Action, Resource }) as const;
  return [
    allow("Read", actionsFor("read"), ["*"]),
    {
      ...allow("CreateWithOwnerTag", [...createActions, ...tagActions], [instanceArn, sets]),
      Condition: withOwner,
    },
    { ...allow("TagOwnSets", tagActions, [sets]), Condition: { ...ofOwner, ...tagKeys } },
    { ...allow("ChangeOwnSets", changeActions, [sets]), Condition: ofOwner },
    allow("InstanceSide", changeActions, [instanceArn]),
    { ...allow("InstanceSideOfTags", tagActions, [instanceArn]), Condition: tagKeys },
    allow("AccountSide", accountActions, [`arn:${partition}:sso:::account/*`]),
    ...objectStatements(input),
    ...keyStatements(input),
  ];
}

function denials(input: PermissionPolicyInput, allowed: readonly Statement[]): readonly Statement[] {
  const { owner, managementAccount, ownAccount, protectedAccounts = [], takeOver = false } = input;
  const arnOf = (id: string) => `arn:${partitionOf(input)}:sso:::account/${id}`;
  const never = (Sid: string, accounts: readonly string[]) =>
    ({ Sid, Effect: "Deny", Action: accountActions, Resource: accounts.map(arnOf) }) as const;
  // The key is there and has another value; on its own, StringNotEquals would also hold without the key.
  const another = (key: string) => ({ StringNotEquals: { [key]: owner }, Null: { [key]: "false" } });
  return [
    never("NeverTheseAccounts", [managementAccount, ...protectedAccounts]),
    ...(ownAccount === undefined ? [] : [never("NeverOwnAccount", [ownAccount])]),
    {
      Sid: "NeverSetsOfAnotherOwner",
      Effect: "Deny",
      Action: tagActions,
      Resource: ["*"],
      Condition: another(resourceOwner),
    },
    {
      Sid: "NeverAnotherOwner",
      Effect: "Deny",
      Action: [...createActions, ...tagActions],
      Resource: ["*"],
      Condition: another(requestOwner),
    },
    ...(takeOver ? [] : [neverTakesOver]),
    {
      Sid: "NeverAnythingElse",
      Effect: "Deny",
      NotAction: [...new Set(allowed.flatMap(({ Action = [] }) => Action))],
      Resource: ["*"],
    },
  ];
}

/**
 * A set without an owner that gets the owner tag without this one is not believed where there is a memory. Denying the owner tag
 * as well would deny creating sets, should AWS ask for `sso:TagResource` then.
 */
const neverTakesOver: Statement = {
  Sid: "NeverTakesOver",
  Effect: "Deny",
  Action: tagActions,
  Resource: ["*"],
  Condition: { "ForAnyValue:StringEquals": { "aws:TagKeys": adoptedTag } },
};

/** The lease that two services share is beside the memory. Without the right to list, S3 does not tell that there is no memory yet. */
function objectStatements(input: PermissionPolicyInput): Statement[] {
  const { memoryObject, auditPrefix } = input;
  const arnOf = (path: string) => `arn:${partitionOf(input)}:s3:::${path}`;
  const allow = (Sid: string, Action: readonly string[], paths: readonly string[]) =>
    ({ Sid, Effect: "Allow", Action, Resource: paths.map(arnOf) }) as const;
  const [bucket = ""] = memoryObject?.split("/") ?? [];
  return [
    ...(memoryObject === undefined
      ? []
      : [
          allow("Memory", actionsFor("memory"), [memoryObject, `${memoryObject}.lease`]),
          allow("WhetherThereIsMemory", ["s3:ListBucket"], [bucket]),
        ]),
    ...(auditPrefix === undefined ? [] : [allow("Audit", ["s3:PutObject"], [`${auditPrefix}*`])]),
  ];
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
