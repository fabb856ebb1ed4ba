import { AwsError } from "../protocol/aws-error.ts";
import { findingTexts } from "./finding-texts.ts";
import { pageOf } from "../protocol/paging.ts";
import { findInPolicy } from "./policy-findings.ts";
import type { PolicyFinding } from "./policy-findings.ts";
import { required, structure } from "../protocol/request-shapes.ts";
import type { ValueOf } from "../protocol/request-shapes.ts";
import { createService } from "../protocol/service.ts";
import type { Service, Output } from "../protocol/service.ts";

// https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html
const requests = {
  ValidatePolicy: structure({
    policyDocument: required({ type: "string" }),
    policyType: required({
      type: "string",
      oneOf: ["IDENTITY_POLICY", "RESOURCE_POLICY", "SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"],
    }),
    locale: {
      type: "string",
      oneOf: ["DE", "EN", "ES", "FR", "IT", "JA", "KO", "PT_BR", "ZH_CN", "ZH_TW"],
    },
    validatePolicyResourceType: {
      type: "string",
      oneOf: [
        "AWS::S3::Bucket",
        "AWS::S3::AccessPoint",
        "AWS::S3::MultiRegionAccessPoint",
        "AWS::S3ObjectLambda::AccessPoint",
        "AWS::IAM::AssumeRolePolicyDocument",
        "AWS::DynamoDB::Table",
      ],
    },
    maxResults: { type: "integer" },
    nextToken: { type: "string" },
  }),
} as const;

function validatePolicy(_context: undefined, input: ValueOf<(typeof requests)["ValidatePolicy"]>): Output {
  const { policyDocument, policyType, locale, maxResults, nextToken: token } = input;
  const numbered = findInPolicy(policyDocument).map((finding, index) => ({
    finding,
    key: String(index).padStart(4, "0"),
  }));
  const { items, nextToken } = pageOf({
    all: numbered,
    keyOf: ({ key }) => key,
    scope: ["ValidatePolicy", policyDocument, policyType, locale],
    size: maxResults ?? 100,
    token,
    invalidToken: () => new AwsError("ValidationException", "The nextToken is not valid."),
  });
  const language = locale === "JA" ? "ja" : "en";
  return {
    findings: items.map(({ finding }) => findingOutput(finding, policyDocument, language)),
    nextToken,
  };
}

/** The part of IAM Access Analyzer that checks policies; it speaks English, and Japanese when asked to. */
export function createAccessAnalyzer(): Service {
  return createService({
    name: "access-analyzer",
    requests,
    operations: { ValidatePolicy: validatePolicy },
    context: undefined,
  });
}

function findingOutput(finding: PolicyFinding, document: string, language: "en" | "ja"): Output {
  const { issueCode, subject, path, start, end } = finding;
  const { type, ...words } = findingTexts[issueCode];
  const kind = type.toLowerCase().replaceAll("_", "-");
  const anchor = `${kind}-${issueCode.toLowerCase().replaceAll("_", "-")}`;
  return {
    findingType: type,
    issueCode,
    findingDetails: words[language].replace("{}", () => subject),
    learnMoreLink: `https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html#access-analyzer-reference-policy-checks-${anchor}`,
    locations: [{ path, span: { start: position(document, start), end: position(document, end) } }],
  };
}

// Lines count from 1, columns from 0.
function position(text: string, offset: number): Output {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: lines.at(-1)?.length ?? 0, offset };
}
