import type { ActualState } from "../model/actual-state.ts";
import type { Note, PolicyFinding } from "../model/policy-finding.ts";
import type { PermissionSetRecord } from "../model/typed-record.ts";
import type { PolicyAnalysis, PolicyAnalyzer } from "../ports.ts";
import { findNewPolicies, judgeFindings, type JudgedRecords } from "../records/judge-findings.ts";

const policiesAtOnce = 4;

/** Asks for a second opinion on every inline policy that AWS does not have yet. Without an answer the records stand as they are. */
export async function validatePolicies(
  records: readonly PermissionSetRecord[],
  actual: ActualState,
  analyzer: PolicyAnalyzer,
): Promise<JudgedRecords> {
  const policies = findNewPolicies(records, actual.permissionSets);
  const findings = new Map<string, readonly PolicyFinding[]>();
  let unavailable: string | undefined;
  const queue = policies.values();
  const work = async (): Promise<void> => {
    for (const { recordId, document } of queue) {
      const analysis = unavailable === undefined ? await analyzer.analyzePolicy(document) : undefined;
      if (analysis?.kind === "analyzed") findings.set(recordId, analysis.findings);
      if (analysis?.kind === "unavailable") unavailable = analysis.reason;
    }
  };
  await Promise.all(Array.from({ length: policiesAtOnce }, work));
  const judged = judgeFindings(records, findings);
  if (unavailable === undefined) return judged;
  const count = policies.length - findings.size;
  const note: Note = { kind: "policies-not-analyzed", count, reason: unavailable };
  return { ...judged, notes: [...judged.notes, note] };
}

/** The same analyzer, asked no more than once about a document. */
export function askOnce(analyzer: PolicyAnalyzer): PolicyAnalyzer {
  const asked = new Map<string, Promise<PolicyAnalysis>>();
  return {
    analyzePolicy(document) {
      const analysis = asked.get(document) ?? analyzer.analyzePolicy(document);
      asked.set(document, analysis);
      return analysis;
    },
  };
}
