import { administratorPolicies } from "../access/administrator-policies.ts";
import type { ManagedPolicy } from "../model/directory.ts";
import type { PermissionSetField } from "../model/fields.ts";
import { createIssue, type Issue } from "../model/issue.ts";
import type {
  CustomerManagedPolicy,
  PermissionsBoundary,
  PermissionSetDefinition,
} from "../model/permission-set.ts";
import type { RecordRef } from "../model/record.ts";
import { shorten } from "../model/text.ts";
import type { PermissionSetDraft } from "../model/typed-record.ts";
import { indexNames, type NameIndex, suggestNames } from "./nearest-names.ts";
import { checkIamNames, resolveCustomerManaged } from "./resolve-customer-managed.ts";
import { type LineReadings, readEntries } from "./read-entries.ts";

/** AWS managed policies by name and by ARN, and the partition they are in. */
export interface PolicyIndex {
  readonly byName: ReadonlyMap<string, ManagedPolicy>;
  readonly byArn: ReadonlyMap<string, ManagedPolicy>;
  readonly partition: string;
  readonly suggestions: NameIndex;
}

/** Indexes the policies; names are unique across paths. */
export function buildPolicyIndex(policies: readonly ManagedPolicy[], partition: string): PolicyIndex {
  return {
    byName: new Map(policies.map((policy) => [policy.name, policy])),
    byArn: new Map(policies.map((policy) => [policy.arn, policy])),
    partition,
    suggestions: indexNames(
      policies.filter(({ arn }) => !isServiceOnly(arn)).map(({ name }) => name),
      (name) => administratorPolicies.has(name),
    ),
  };
}

function isServiceOnly(arn: string): boolean {
  return arn.includes(":policy/aws-service-role/");
}

/** The index with policies that AWS lists no longer, where the set has them: they stay in force, and only there. */
function withRetired(index: PolicyIndex, existing: PermissionSetDefinition | undefined): PolicyIndex {
  const boundary = existing?.permissionsBoundary;
  const attached = [
    ...(existing?.managedPolicies ?? []),
    ...(boundary?.kind === "aws-managed" ? [boundary.arn] : []),
  ];
  const retired = attached
    .filter((arn) => !index.byArn.has(arn))
    .map((arn) => ({ arn, name: arn.slice(arn.lastIndexOf("/") + 1) }));
  if (retired.length === 0) return index;
  return {
    ...index,
    byName: new Map([...retired.map((policy) => [policy.name, policy] as const), ...index.byName]),
    byArn: new Map([...retired.map((policy) => [policy.arn, policy] as const), ...index.byArn]),
  };
}

/** Whether AWS has a policy of the name or the ARN. */
export function managedPolicyExists(text: string, { byName, byArn }: PolicyIndex): boolean {
  return byName.has(text) || byArn.has(text);
}

export interface DefinitionContext {
  readonly record: RecordRef;
  readonly index: PolicyIndex;
  readonly setUrl: string;
  /** What the set is: a policy that AWS has retired goes on counting in it. */
  readonly existing?: PermissionSetDefinition | undefined;
  /** Those that the record's sets have: commas in names are known from them. */
  readonly customerManaged: readonly CustomerManagedPolicy[];
  readonly readings: LineReadings;
}

/** The draft's definition with every policy name turned into its ARN, or the issues that prevent it. */
export function resolveDefinition(
  draft: PermissionSetDraft,
  { record, index, setUrl, existing, customerManaged: known, readings }: DefinitionContext,
): { readonly definition: PermissionSetDefinition } | { readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const about = { record, index: withRetired(index, existing), issues };
  const managed = readEntries(draft.managedPolicies, {
    record,
    field: "managedPolicies",
    exists: (text) => managedPolicyExists(text, about.index),
    textOf: (text) => text,
    issues,
    readings,
  })
    .filter((text) => text !== undefined)
    .map((text) => resolvePolicy({ ...about, text, field: "managedPolicies" }))
    .filter((arn) => arn !== undefined);
  const customerManaged = resolveCustomerManaged(draft, record, known, { issues, readings });
  const boundary = resolveBoundary(draft, about);
  checkIamNames(customerManaged, boundary, record, issues);
  if (issues.length > 0) return { issues };
  return {
    definition: {
      attributes: {
        ...awsDescription(draft.description, setUrl),
        sessionDurationSeconds: draft.sessionDurationSeconds,
        ...(draft.relayState === undefined ? {} : { relayState: draft.relayState }),
      },
      managedPolicies: [...new Set(managed)].sort(),
      customerManagedPolicies: customerManaged.toSorted(byPathAndName),
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

interface PolicyReference extends PolicyPlace {
  readonly text: string;
  readonly field: PermissionSetField;
}

/** Of which record policies are looked up, and in what. */
interface PolicyPlace {
  readonly record: RecordRef;
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
    const suggestions = suggestNames(name, index.suggestions, issues);
    const params = { name: shorten(text), suggestions };
    issues.push(createIssue("policy.managed-not-found", record, field, params));
    return undefined;
  }
  if (isServiceOnly(policy.arn)) {
    issues.push(createIssue("policy.managed-not-attachable", record, field, { name: policy.name }));
    return undefined;
  }
  return policy.arn;
}

function resolveBoundary(
  { permissionsBoundary: boundary }: PermissionSetDraft,
  about: PolicyPlace,
): PermissionsBoundary | undefined {
  if (boundary === undefined || boundary.kind === "customer-managed") return boundary;
  const arn = resolvePolicy({ ...about, text: boundary.policy, field: "permissionsBoundary" });
  return arn === undefined ? undefined : { kind: "aws-managed", arn };
}
