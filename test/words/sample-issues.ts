import type { AppKind, FieldName } from "../../src/model/fields.ts";
import {
  createIssue,
  type Issue,
  type IssueCode,
  type IssueParams,
  type PolicyGrammarProblem,
} from "../../src/model/issue.ts";
import type { IssueContext, IssueText } from "../../src/words/issue-messages.ts";

interface Sample<Code extends IssueCode> {
  readonly field: FieldName;
  readonly params: IssueParams[Code];
}

const samples: { readonly [Code in IssueCode]: Sample<Code> } = {
  "field.required": { field: "name", params: {} },
  "field.unreadable": { field: "description", params: { type: "FILE" } },
  "field.too-long": { field: "groups", params: { length: 3_000, limit: 2_048 } },
  "entry.ambiguous": {
    field: "groups",
    params: { value: "Sales, Tokyo", parts: ["Sales", "Tokyo"], isGone: false },
  },
  "text.invisible-character": {
    field: "accounts",
    params: { line: 1, column: 8, character: "U+200B", value: "Sandbox\u200B" },
  },
  "text.look-alike-character": {
    field: "users",
    params: { line: 1, column: 2, character: "U+0430", value: "y\u0430mada" },
  },
  "permission-set.name-invalid": { field: "name", params: { name: "開発者 Admin" } },
  "permission-set.name-too-long": {
    field: "name",
    params: { name: "DatabaseAdministratorOfTheSalesTeam", length: 35 },
  },
  "permission-set.name-conflict": {
    field: "name",
    params: { name: "Developer", otherRecords: ["12", "40"] },
  },
  "permission-set.not-managed": { field: "name", params: { name: "AdministratorAccess" } },
  "permission-set.name-still-meant": {
    field: "name",
    params: { name: "Developer", assignmentRecords: ["3", "4"] },
  },
  "permission-set.name-in-use": { field: "name", params: { name: "Developer", otherRecord: "12" } },
  "permission-set.denied-by-guardrail": {
    field: "name",
    params: {
      name: "Developer",
      rule: "no administrators in production",
      accounts: ["222222222222"],
      principals: ["taro.yamada@example.co.jp", "Sales-Developers"],
    },
  },
  "permission-set.no-policies": { field: "managedPolicies", params: { name: "DatabaseAdmin" } },
  "session-duration.invalid": { field: "sessionDuration", params: { value: "8じかん" } },
  "session-duration.out-of-range": { field: "sessionDuration", params: { value: "24" } },
  "relay-state.invalid": { field: "relayState", params: { value: "http://console.aws.amazon.com/" } },
  "policy.managed-not-found": {
    field: "managedPolicies",
    params: { name: "ReadOnlyAcess", suggestions: ["ReadOnlyAccess", "RDSReadOnlyAccess"] },
  },
  "policy.managed-not-attachable": {
    field: "managedPolicies",
    params: { name: "AmazonECSServiceRolePolicy" },
  },
  "policy.wrong-partition": {
    field: "managedPolicies",
    params: { arn: "arn:aws-cn:iam::aws:policy/ReadOnlyAccess", partition: "aws" },
  },
  "policy.not-aws-managed": {
    field: "managedPolicies",
    params: { arn: "arn:aws:iam::123456789012:policy/sales/Deploy" },
  },
  "policy.customer-managed-invalid": {
    field: "customerManagedPolicies",
    params: { value: "arn:aws:iam::123456789012:policy/Deploy" },
  },
  "policy.same-name": {
    field: "customerManagedPolicies",
    params: { policy: "/team/deploy", other: "/Deploy" },
  },
  "policy.boundary-invalid": { field: "permissionsBoundary", params: { value: "customer:開発者の境界" } },
  "policy.too-many": { field: "managedPolicies", params: { count: 26, limit: 25 } },
  "policy.over-role-default": { field: "managedPolicies", params: { count: 12, limit: 10 } },
  "policy.json-syntax": {
    field: "inlinePolicy",
    params: {
      line: 5,
      column: 7,
      problem: "CommaExpected",
      excerpt: '      "Action": "s3:GetObject"\n      ^',
    },
  },
  "policy.full-width-character": {
    field: "inlinePolicy",
    params: {
      line: 4,
      column: 18,
      character: "“ (U+201C)",
      excerpt: '      "Effect" : “Allow”,  \n                 ^',
    },
  },
  "policy.character-not-allowed": {
    field: "inlinePolicy",
    params: {
      line: 3,
      column: 15,
      character: "開 (U+958B)",
      excerpt: '      "Sid": "開発者",\n              ^',
    },
  },
  "policy.duplicate-key": { field: "inlinePolicy", params: { line: 6, column: 7, key: "Action" } },
  "policy.forbidden-key": { field: "inlinePolicy", params: { line: 6, column: 7, key: "__proto__" } },
  "policy.too-deep": { field: "inlinePolicy", params: { limit: 20 } },
  "policy.too-large": { field: "inlinePolicy", params: { size: 40_000, limit: 32_768 } },
  "policy.too-many-characters": { field: "inlinePolicy", params: { count: 10_300, limit: 10_240 } },
  "policy.grammar": {
    field: "inlinePolicy",
    params: { path: "Statement[1].Effect", problem: "effect-invalid" },
  },
  "policy.analyzer-finding": {
    field: "inlinePolicy",
    params: {
      issueCode: "INVALID_ACTION",
      details: "The action s3:GetObjects does not exist.",
      learnMoreLink:
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html",
      line: 5,
      column: 17,
    },
  },
  "assignment.permission-set-unknown": {
    field: "permissionSet",
    params: { name: "Develper", suggestions: ["Developer"] },
  },
  "assignment.permission-set-not-approved": {
    field: "permissionSet",
    params: { name: "Developer", otherRecord: "12" },
  },
  "assignment.permission-set-held": {
    field: "permissionSet",
    params: { name: "Developer", otherRecord: "12" },
  },
  "assignment.permission-set-unclear": {
    field: "permissionSet",
    params: { name: "Developer", records: ["12", "13"] },
  },
  "assignment.permission-set-renamed": {
    field: "permissionSet",
    params: { name: "Developer", newName: "SalesDeveloper" },
  },
  "assignment.denied-by-guardrail": {
    field: "permissionSet",
    params: {
      name: "Administrator",
      rule: "no administrators in production",
      accounts: ["222222222222"],
      principals: ["taro.yamada@example.co.jp", "Sales-Developers"],
    },
  },
  "assignment.no-principals": { field: "users", params: {} },
  "assignment.too-many-groups": {
    field: "groups",
    params: { name: "Developer", account: "111122223333", count: 104, limit: 100 },
  },
  "period.unreadable": { field: "expires", params: { value: "2027-02-31" } },
  "period.reversed": { field: "expires", params: {} },
  "period.too-long": {
    field: "expires",
    params: { name: "Administrator", rule: "administrators for a day", limit: "8h" },
  },
  "period.end-required": { field: "expires", params: { name: "Administrator", rule: "only for a time" } },
  "target.is-a-name": { field: "accounts", params: { value: "all" } },
  "target.unknown": {
    field: "accounts",
    params: { value: "ou:Root/Workload", suggestions: ["ou:Root/Workloads"] },
  },
  "target.ambiguous": {
    field: "accounts",
    params: { value: "ou:Root/Prod", ids: ["ou-abcd-11111111", "ou-abcd-22222222"] },
  },
  "target.empty": {
    field: "accounts",
    params: { value: "name:*-prd", suggestions: ["shop-prod"] },
  },
  "target.only-exclusions": { field: "accounts", params: { value: "!Sandbox" } },
  "target.off": { field: "accounts", params: { value: "tag:env=prod", setting: "tag:" } },
  "account.unknown": { field: "accounts", params: { value: "Sandbx", suggestions: ["Sandbox"] } },
  "account.ambiguous": {
    field: "accounts",
    params: { value: "Sandbox", ids: ["111122223333", "444455556666"] },
  },
  "account.not-active": { field: "accounts", params: { value: "Old Sandbox", state: "SUSPENDED" } },
  "account.holds-keys": { field: "accounts", params: { value: "Identity" } },
  "account.management": { field: "accounts", params: { value: "Main" } },
  "account.protected": { field: "accounts", params: { value: "Audit" } },
  "user.unknown": { field: "users", params: { value: "yamda@example.co.jp", waitedMinutes: 90 } },
  "user.ambiguous": {
    field: "users",
    params: { value: "sales@example.co.jp", matches: ["sato@example.co.jp", "suzuki@example.co.jp"] },
  },
  "user.disabled": { field: "users", params: { value: "tanaka@example.co.jp" } },
  "user.gone": { field: "users", params: { value: "tanaka@example.co.jp" } },
  "user.changed": { field: "users", params: { value: "tanaka@example.co.jp" } },
  "user.renamed": {
    field: "users",
    params: { value: "tanaka@example.co.jp", newName: "yamamoto@example.co.jp" },
  },
  "group.unknown": {
    field: "groups",
    params: { value: "Sales-Devs", suggestions: ["Sales-Dev", "Sales-DevOps"] },
  },
  "group.ambiguous": { field: "groups", params: { value: "Sales-Dev" } },
  "group.gone": { field: "groups", params: { value: "Sales-Dev" } },
  "group.changed": { field: "groups", params: { value: "Sales-Dev" } },
  "group.renamed": { field: "groups", params: { value: "Sales-Dev", newName: "Sales-Tokyo" } },
  "principal.protected": { field: "users", params: { value: "breakglass@example.co.jp" } },
};

/** The labels that the form of the samples shows. */
const labels: Readonly<Record<FieldName, string>> = {
  name: "セット名",
  description: "説明",
  sessionDuration: "セッション時間",
  relayState: "最初のページ",
  managedPolicies: "AWSのポリシー",
  customerManagedPolicies: "独自のポリシー",
  permissionsBoundary: "権限の上限",
  inlinePolicy: "ポリシーのJSON",
  permissionSet: "許可セット",
  users: "利用者",
  groups: "部署",
  accounts: "AWSアカウント",
  starts: "利用開始",
  expires: "利用終了",
};

const assignmentFields = new Set<FieldName>([
  "permissionSet",
  "users",
  "groups",
  "accounts",
  "starts",
  "expires",
]);

export const issueCodes = Object.keys(samples) as readonly IssueCode[];

/** The sample of the code, with other parameters where given. */
export function sampleIssue<Code extends IssueCode>(code: Code, params?: IssueParams[Code]): Issue {
  const { field, params: usual } = samples[code];
  const app: AppKind = assignmentFields.has(field) ? "assignments" : "permissionSets";
  return createIssue(code, { app, id: "7", revision: 1 }, field, params ?? usual);
}

export const sampleIssues: readonly Issue[] = issueCodes.map((code) => sampleIssue(code));

export function permissionSetRecordUrl(record: string): string {
  return `https://example.cybozu.com/k/10/show#record=${record}`;
}

export function contextOf({ field }: Issue): IssueContext {
  const accountName = (id: string): string | undefined => (id === "222222222222" ? "Production" : undefined);
  return {
    field: field === undefined ? "" : labels[field],
    fieldName: field,
    input: "text",
    permissionSetRecordUrl,
    accountName,
  };
}

/** Every grammar problem, each with a path it arises at. */
export const grammarPaths: Readonly<Record<PolicyGrammarProblem, string>> = {
  "not-an-object": "",
  "version-missing": "Version",
  "version-invalid": "Version",
  "statement-missing": "Statement",
  "statement-empty": "Statement",
  "statement-not-an-object": "Statement[0]",
  "effect-missing": "Statement[0].Effect",
  "effect-invalid": "Statement[2].Effect",
  "action-missing": "Statement.Action",
  "action-and-not-action": "Statement[0].NotAction",
  "action-invalid": "Statement[0].Action[3]",
  "resource-missing": "Statement[0].Resource",
  "resource-and-not-resource": "Statement[0].NotResource",
  "resource-invalid": "Statement[0].Resource",
  "principal-not-allowed": "Statement[0].Principal",
  "condition-invalid": "Statement[0].Condition",
  "sid-invalid": "Statement[0].Sid",
  "sid-duplicate": "Statement[1].Sid",
  "unknown-element": "Statement[0].Actions",
};

export const grammarProblems = Object.keys(grammarPaths) as readonly PolicyGrammarProblem[];

/** One issue as a person would read it. */
export function layOut(heading: string, { message, hint, example }: IssueText): string {
  return [`[${heading}]`, message, `-> ${hint}`, ...(example === undefined ? [] : [`e.g. ${example}`])].join(
    "\n",
  );
}
