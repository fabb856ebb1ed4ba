import type { FieldName } from "./fields.ts";
import { canonicalText, type Json } from "./json.ts";
import type { RecordRef } from "./record.ts";

/** Where in a text something was found; lines and columns count from 1. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** The first of the characters of one sort that a policy cannot have. */
type CharacterFlaw = TextPosition & {
  readonly character: string;
  readonly excerpt: string;
  /** How many places have such characters, where there are several. */
  readonly places?: number;
};

/** What the guardrails deny, to whom and where. */
interface DeniedAccess {
  readonly name: string;
  /** Undefined where the default denies. */
  readonly rule?: string;
  readonly accounts: readonly string[];
  readonly principals: readonly string[];
}

/** Every problem a record can have, and what its message needs to know. */
export interface IssueParams {
  "field.required": object;
  "field.unreadable": { readonly type: string };
  "field.too-long": { readonly length: number; readonly limit: number };
  /** A line that is a whole name as well as several names, or was one until it was gone. */
  "entry.ambiguous": { readonly value: string; readonly parts: readonly string[]; readonly isGone: boolean };
  "text.invisible-character": TextPosition & { readonly character: string; readonly value: string };
  "text.look-alike-character": TextPosition & { readonly character: string; readonly value: string };
  "permission-set.name-invalid": { readonly name: string };
  "permission-set.name-too-long": { readonly name: string; readonly length: number };
  "permission-set.name-conflict": { readonly name: string; readonly otherRecords: readonly string[] };
  "permission-set.not-managed": { readonly name: string };
  "permission-set.name-in-use": { readonly name: string; readonly otherRecord: string };
  "permission-set.name-still-meant": { readonly name: string; readonly assignmentRecords: readonly string[] };
  "permission-set.denied-by-guardrail": DeniedAccess;
  /** A set that gives no rights. */
  "permission-set.no-policies": { readonly name: string };
  "session-duration.invalid": { readonly value: string };
  "session-duration.out-of-range": { readonly value: string };
  "relay-state.invalid": { readonly value: string };
  "policy.managed-not-found": { readonly name: string; readonly suggestions: readonly string[] };
  "policy.managed-not-attachable": { readonly name: string };
  "policy.wrong-partition": { readonly arn: string; readonly partition: string };
  "policy.not-aws-managed": { readonly arn: string };
  "policy.customer-managed-invalid": { readonly value: string };
  /** Two policies that IAM takes for one name. */
  "policy.same-name": { readonly policy: string; readonly other: string };
  "policy.boundary-invalid": { readonly value: string };
  "policy.too-many": { readonly count: number; readonly limit: number };
  "policy.over-role-default": { readonly count: number; readonly limit: number };
  "policy.json-syntax": TextPosition & { readonly excerpt: string; readonly problem: string };
  "policy.full-width-character": CharacterFlaw;
  "policy.character-not-allowed": CharacterFlaw;
  "policy.duplicate-key": TextPosition & { readonly key: string };
  "policy.forbidden-key": TextPosition & { readonly key: string };
  "policy.too-deep": { readonly limit: number };
  "policy.too-large": { readonly size: number; readonly limit: number };
  "policy.too-many-characters": { readonly count: number; readonly limit: number };
  "policy.grammar": {
    readonly path: string;
    readonly problem: PolicyGrammarProblem;
    /** Where the element stands, or the one that it is missing in. */
    readonly line?: number;
    /** The text that stands there. */
    readonly value?: string;
    /** The element that a misspelt one was meant to be. */
    readonly suggestion?: string;
  };
  "policy.analyzer-finding": {
    readonly issueCode: string;
    readonly details: string;
    readonly learnMoreLink: string;
  } & Partial<TextPosition>;
  "assignment.permission-set-unknown": { readonly name: string; readonly suggestions: readonly string[] };
  "assignment.permission-set-held": {
    readonly name: string;
    readonly otherRecord: string;
    readonly isPending?: true;
  };
  /** The set's record has never been approved. */
  "assignment.permission-set-not-approved": { readonly name: string; readonly otherRecord: string };
  "assignment.permission-set-renamed": { readonly name: string; readonly newName: string };
  "assignment.permission-set-unclear": { readonly name: string; readonly records: readonly string[] };
  "assignment.denied-by-guardrail": DeniedAccess;
  "assignment.no-principals": object;
  "assignment.too-many-groups": {
    readonly name: string;
    readonly account: string;
    readonly count: number;
    readonly limit: number;
  };
  /** A text that is no date and no time. */
  "period.unreadable": { readonly value: string };
  /** The record would end before it begins. */
  "period.reversed": object;
  /** Longer than a guardrail allows. */
  "period.too-long": { readonly name: string; readonly rule: string; readonly limit: string };
  /** No end, where a guardrail asks for one. */
  "period.end-required": { readonly name: string; readonly rule: string };
  /** What stands for many accounts is the name of one as well. */
  "target.is-a-name": { readonly value: string };
  "target.unknown": { readonly value: string; readonly suggestions: readonly string[] };
  "target.ambiguous": { readonly value: string; readonly ids: readonly string[] };
  /** Stands for no account. */
  "target.empty": { readonly value: string; readonly suggestions: readonly string[] };
  "target.only-exclusions": { readonly value: string };
  /** Of a kind that the configuration switches off. */
  "target.off": { readonly value: string; readonly setting: string };
  "account.unknown": { readonly value: string; readonly suggestions: readonly string[] };
  "account.ambiguous": { readonly value: string; readonly ids: readonly string[] };
  "account.not-active": { readonly value: string; readonly state: string };
  "account.management": { readonly value: string };
  "account.holds-keys": { readonly value: string };
  "account.protected": { readonly value: string };
  "user.unknown": { readonly value: string; readonly waitedMinutes: number };
  "user.ambiguous": { readonly value: string; readonly matches: readonly string[] };
  "user.disabled": { readonly value: string };
  /** Memory knows who had the name, and it is free now. */
  "user.gone": { readonly value: string };
  /** Another person has the name than the one whom the record meant when it was saved. */
  "user.changed": { readonly value: string };
  /** The person of that name has another name now. */
  "user.renamed": { readonly value: string; readonly newName: string };
  "group.unknown": { readonly value: string; readonly suggestions: readonly string[] };
  "group.ambiguous": { readonly value: string };
  "group.gone": { readonly value: string };
  "group.changed": { readonly value: string };
  "group.renamed": { readonly value: string; readonly newName: string };
  "principal.protected": { readonly value: string };
}

export type PolicyGrammarProblem =
  | "not-an-object"
  | "version-missing"
  | "version-invalid"
  | "statement-missing"
  | "statement-empty"
  | "statement-not-an-object"
  | "effect-missing"
  | "effect-invalid"
  | "action-missing"
  | "action-and-not-action"
  | "action-invalid"
  | "resource-missing"
  | "resource-and-not-resource"
  | "resource-invalid"
  | "principal-not-allowed"
  | "condition-invalid"
  | "sid-invalid"
  | "sid-duplicate"
  | "unknown-element";

export type IssueCode = keyof IssueParams;

/** A problem in one record, told to its author. */
export type Issue<Code extends IssueCode = IssueCode> = {
  readonly [C in Code]: {
    readonly code: C;
    readonly record: RecordRef;
    readonly field?: FieldName;
    readonly params: IssueParams[C];
  };
}[Code];

/** Issues that are told but leave the record valid: what it asks for is carried out as far as it can be. */
const warnings: ReadonlySet<IssueCode> = new Set<IssueCode>([
  "policy.over-role-default",
  "permission-set.no-policies",
  "assignment.permission-set-renamed",
  "assignment.permission-set-held",
  "assignment.denied-by-guardrail",
  "period.too-long",
  "period.end-required",
  "account.not-active",
  "account.management",
  "account.holds-keys",
  "account.protected",
  "user.disabled",
  "user.gone",
  "user.changed",
  "group.gone",
  "group.changed",
  "principal.protected",
]);

/** Whether an issue of this code makes its record untrusted, so that what the record may have granted is held. */
export function holdsRecord(code: IssueCode): boolean {
  return !warnings.has(code);
}

// They change from pass to pass, though the problem is still the same.
const passingParams: ReadonlySet<string> = new Set(["waitedMinutes", "suggestions"]);

/** Equal for equal problems, whatever words tell them. */
export function issueFingerprint({ code, field, params }: Issue): string {
  const lasting = Object.entries(params).filter(([name]) => !passingParams.has(name));
  return canonicalText([code, field ?? null, Object.fromEntries(lasting) as Json]);
}

/** Builds one issue; the code decides which parameters it takes. */
export function createIssue<Code extends IssueCode>(
  code: Code,
  record: RecordRef,
  field: FieldName | undefined,
  params: IssueParams[Code],
): Issue {
  const issue = field === undefined ? { code, record, params } : { code, record, field, params };
  // The compiler cannot see that code and params belong together once Code is generic.
  return issue as unknown as Issue;
}
