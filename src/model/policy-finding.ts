import type { AppKind } from "./fields.ts";
import type { TextPosition } from "./issue.ts";

/** One finding of IAM Access Analyzer about a policy document. https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicyFinding.html */
export interface PolicyFinding {
  readonly type: "ERROR" | "SECURITY_WARNING" | "WARNING" | "SUGGESTION";
  readonly issueCode: string;
  /** AWS's own words, in the language that was asked for. */
  readonly details: string;
  readonly learnMoreLink: string;
  readonly position?: TextPosition;
}

/** What a report mentions and no author has to act on. */
export type Note =
  | { readonly kind: "policy-finding"; readonly recordId: string; readonly finding: PolicyFinding }
  | { readonly kind: "policies-not-analyzed"; readonly count: number; readonly reason: string }
  /** Code of the error with which the organizational units could not be read. */
  | { readonly kind: "places-not-read"; readonly code: string }
  /** The app's query names its status field. */
  | { readonly kind: "status-in-query"; readonly app: AppKind; readonly field: string }
  /** So many records wait for approval for more than so many days. */
  | { readonly kind: "approval-overdue"; readonly records: number; readonly days: number };
