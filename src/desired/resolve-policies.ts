import type { ManagedPolicy } from "../model/directory.ts";
import type { PermissionSetField } from "../model/fields.ts";
import { createIssue, type Issue } from "../model/issue.ts";
import type { PermissionsBoundary, PermissionSetDefinition } from "../model/permission-set.ts";
import type { RecordRef } from "../model/record.ts";
import { shorten } from "../model/text.ts";
import type { PermissionSetDraft } from "../model/typed-record.ts";
import { suggestNames } from "./nearest-names.ts";

/** AWS managed policies by name and by ARN, and the partition they are in. */
export interface PolicyIndex {
  readonly byName: ReadonlyMap<string, ManagedPolicy>;
  readonly byArn: ReadonlyMap<string, ManagedPolicy>;
  readonly partition: string;
}

/** Indexes the policies; names are unique across paths. */
export function buildPolicyIndex(policies: readonly ManagedPolicy[], partition: string): PolicyIndex {
  return {
    byName: new Map(policies.map((policy) => [policy.name, policy])),
    byArn: new Map(policies.map((policy) => [policy.arn, policy])),
    partition,
  };
}

/** The draft's definition with every policy name turned into its ARN, or the issues that prevent it. */
export function resolveDefinition(
  draft: PermissionSetDraft,
  record: RecordRef,
  index: PolicyIndex,
  setUrl: string,
): { readonly definition: PermissionSetDefinition } | { readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const managed = draft.managedPolicies
    .map((text) => resolvePolicy({ text, record, field: "managedPolicies", index, issues }))
    .filter((arn) => arn !== undefined);
  const boundary = resolveBoundary(draft, record, index, issues);
  if (issues.length > 0) return { issues };
  return {
    definition: {
      attributes: {
        ...awsDescription(draft.description, setUrl),
        sessionDurationSeconds: draft.sessionDurationSeconds,
        ...(draft.relayState === undefined ? {} : { relayState: draft.relayState }),
      },
      managedPolicies: [...new Set(managed)].sort(),
      customerManagedPolicies: draft.customerManagedPolicies.toSorted(byPathAndName),
      ...(draft.inlinePolicy === undefined ? {} : { inlinePolicy: draft.inlinePolicy }),
      ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
    },
  };
}

function byPathAndName(a: { path: string; name: string }, b: { path: string; name: string }): number {
  return a.path + a.name < b.path + b.name ? -1 : 1;
}

const longestDescription = 700;

/**
 * The description as Identity Center takes it: it has to be Latin-1, so any other text stays in kintone and the
 * record's URL stands in. https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreatePermissionSet.html
 */
function awsDescription(typed: string | undefined, setUrl: string): { readonly description?: string } {
  const text = typed?.trim() ?? "";
  if (text === "") return {};
  const accepted = /^[\t\n\r\u0020-\u007E\u00A1-\u00FF]+$/u.test(text) && text.length <= longestDescription;
  return { description: accepted ? text : setUrl };
}

interface PolicyReference {
  readonly text: string;
  readonly record: RecordRef;
  readonly field: PermissionSetField;
  readonly index: PolicyIndex;
  readonly issues: Issue[];
}

const policyArn = /^arn:(?<partition>[a-z-]+):iam::(?<account>\w+):policy\/(?<path>.+)$/u;

function resolvePolicy(reference: PolicyReference): string | undefined {
  const { text, record, field, index, issues } = reference;
  const arn = policyArn.exec(text)?.groups;
  if (arn !== undefined && arn["partition"] !== index.partition) {
    const params = { arn: shorten(text), partition: index.partition };
    issues.push(createIssue("policy.wrong-partition", record, field, params));
    return undefined;
  }
  if (arn !== undefined && arn["account"] !== "aws") {
    issues.push(createIssue("policy.not-aws-managed", record, field, { arn: shorten(text) }));
    return undefined;
  }
  const policy = index.byName.get(text) ?? index.byArn.get(text);
  if (policy === undefined) {
    const name = text.slice(text.lastIndexOf("/") + 1);
    const suggestions = suggestNames(name, index.byName.keys(), issues);
    const params = { name: shorten(text), suggestions };
    issues.push(createIssue("policy.managed-not-found", record, field, params));
    return undefined;
  }
  if (policy.arn.includes(":policy/aws-service-role/")) {
    issues.push(createIssue("policy.managed-not-attachable", record, field, { name: policy.name }));
    return undefined;
  }
  return policy.arn;
}

function resolveBoundary(
  draft: PermissionSetDraft,
  record: RecordRef,
  index: PolicyIndex,
  issues: Issue[],
): PermissionsBoundary | undefined {
  const boundary = draft.permissionsBoundary;
  if (boundary === undefined || boundary.kind === "customer-managed") return boundary;
  const reference: PolicyReference = {
    text: boundary.policy,
    record,
    field: "permissionsBoundary",
    index,
    issues,
  };
  const arn = resolvePolicy(reference);
  return arn === undefined ? undefined : { kind: "aws-managed", arn };
}
