import type { TextPosition } from "../model/issue.ts";
import {
  type AccessAnalyzerClient,
  ValidatePolicyCommand,
  type ValidatePolicyFinding,
} from "@aws-sdk/client-accessanalyzer";

import type { PolicyFinding } from "../model/policy-finding.ts";
import type { Clock, PolicyAnalysis, PolicyAnalyzer } from "../ports.ts";
import { callPatiently } from "./call.ts";
import { readAllPages } from "./pages.ts";
import { errorName } from "./translate-error.ts";

export interface PolicyAnalyzerOptions {
  readonly client: AccessAnalyzerClient;
  readonly clock: Clock;
  /** Of the findings' texts. */
  readonly language: "ja" | "en";
}

const locales = { ja: "JA", en: "EN" } as const;

/**
 * Validates policies with IAM Access Analyzer, which is free of charge and needs no analyzer. It never throws: without
 * the permission, or while the service is down, it says why it has nothing to say.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html
 */
export function createPolicyAnalyzer({ client, clock, language }: PolicyAnalyzerOptions): PolicyAnalyzer {
  const locale = locales[language];
  return {
    async analyzePolicy(policyDocument): Promise<PolicyAnalysis> {
      const read = () =>
        readAllPages("ValidatePolicy", async (nextToken) => {
          const input = {
            policyDocument,
            policyType: "IDENTITY_POLICY",
            locale,
            maxResults: 100,
            nextToken,
          } as const;
          const answer = await client.send(new ValidatePolicyCommand(input));
          return { items: answer.findings, nextToken: answer.nextToken };
        });
      const result = await callPatiently("ValidatePolicy", read, clock);
      if (result.ok) return { kind: "analyzed", findings: result.answer.map(decodeFinding) };
      return { kind: "unavailable", reason: errorName(result.error) };
    },
  };
}

const findingTypes: ReadonlySet<string> = new Set(["ERROR", "SECURITY_WARNING", "WARNING", "SUGGESTION"]);

/** A type that is not known yet counts as an error until it is known to be harmless. */
function decodeFinding(finding: ValidatePolicyFinding): PolicyFinding {
  const { findingType = "", issueCode = "", findingDetails = "", learnMoreLink = "" } = finding;
  const type = findingTypes.has(findingType) ? (findingType as PolicyFinding["type"]) : "ERROR";
  return { type, issueCode, details: findingDetails, learnMoreLink, ...decodePosition(finding) };
}

/** Access Analyzer counts lines from 1 and columns from 0. */
function decodePosition({ locations }: ValidatePolicyFinding): { readonly position?: TextPosition } {
  const { line, column } = locations?.[0]?.span?.start ?? {};
  return line === undefined || column === undefined ? {} : { position: { line, column: column + 1 } };
}
