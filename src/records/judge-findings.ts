import type { ActualPermissionSet } from "../model/actual-state.ts";
import { createIssue, type Issue } from "../model/issue.ts";
import { canonicalJson } from "../model/json.ts";
import { recordTag } from "../model/ownership.ts";
import type { Note, PolicyFinding } from "../model/policy-finding.ts";
import type { PermissionSetRecord } from "../model/typed-record.ts";

/** An inline policy that AWS does not have yet. */
export interface NewPolicy {
  readonly recordId: string;
  readonly document: string;
}

/** The inline policies that differ from what the record's set has in Identity Center. */
export function findNewPolicies(
  records: readonly PermissionSetRecord[],
  actual: readonly ActualPermissionSet[],
): readonly NewPolicy[] {
  const known = new Map(
    actual.flatMap((set) =>
      set.managed ? [[set.tags[recordTag], set.definition.inlinePolicy] as const] : [],
    ),
  );
  return records.flatMap(({ ref, draft }) => {
    const document = draft?.inlinePolicy;
    if (document === undefined) return [];
    const before = known.get(ref.id);
    const same = before !== undefined && canonicalJson(before) === canonicalJson(document);
    return same ? [] : [{ recordId: ref.id, document }];
  });
}

export interface JudgedRecords {
  readonly permissionSets: readonly PermissionSetRecord[];
  readonly notes: readonly Note[];
}

/** Findings of type ERROR and SECURITY_WARNING become issues, which hold their record; the others are notes. */
export function judgeFindings(
  records: readonly PermissionSetRecord[],
  findings: ReadonlyMap<string, readonly PolicyFinding[]>,
): JudgedRecords {
  const notes = [...findings].flatMap(([recordId, ofRecord]) =>
    ofRecord
      .filter((finding) => !isIssue(finding))
      .map((finding): Note => ({ kind: "policy-finding", recordId, finding })),
  );
  return { permissionSets: records.map((record) => judgeRecord(record, findings)), notes };
}

function isIssue({ type }: PolicyFinding): boolean {
  return type === "ERROR" || type === "SECURITY_WARNING";
}

function judgeRecord(
  record: PermissionSetRecord,
  findings: ReadonlyMap<string, readonly PolicyFinding[]>,
): PermissionSetRecord {
  const issues = (findings.get(record.ref.id) ?? [])
    .filter(isIssue)
    .map((finding) => toIssue(record, finding));
  if (issues.length === 0) return record;
  const { draft: _untrusted, ...rest } = record;
  return { ...rest, issues: [...record.issues, ...issues] };
}

function toIssue({ ref }: PermissionSetRecord, finding: PolicyFinding): Issue {
  const { issueCode, details, learnMoreLink, position } = finding;
  const params = { issueCode, details, learnMoreLink, ...position };
  return createIssue("policy.analyzer-finding", ref, "inlinePolicy", params);
}
