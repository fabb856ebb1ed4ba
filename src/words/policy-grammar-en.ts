import type { IssueParams, PolicyGrammarProblem } from "../model/issue.ts";
import type { IssueMessages, IssueText } from "./issue-messages.ts";
import {
  actionExample,
  effectExample,
  policyExample,
  sidExample,
  statementExample,
  versionExample,
} from "./issues-examples.ts";
import { placeEn, quoteEn } from "./phrases-en.ts";
import { elementOf, isInStatement, statementNumber } from "./policy-places.ts";
import { showValue } from "./show-value.ts";

const resourceExample = '"Resource": "arn:aws:s3:::example-bucket/*"';

const problems: Readonly<Record<PolicyGrammarProblem, IssueText>> = {
  "not-an-object": {
    message: "the policy is not enclosed in { }.",
    hint: "Put { and } around the whole policy.",
    example: policyExample,
  },
  "version-missing": {
    message: "Version is missing.",
    hint: "Add Version at the start of the policy.",
    example: versionExample,
  },
  "version-invalid": {
    message: "the value of Version is not valid.",
    hint: "Enter 2012-10-17. It is a fixed value and not the date of the policy.",
    example: versionExample,
  },
  "statement-missing": {
    message: "Statement is missing.",
    hint: "Say in Statement what is allowed or denied.",
    example: `"Statement": [${statementExample}]`,
  },
  "statement-empty": {
    message: "Statement is empty.",
    hint: "Enter at least one statement, or delete the whole policy if it is not needed.",
    example: `"Statement": [${statementExample}]`,
  },
  "statement-not-an-object": {
    message: "the statement is not enclosed in { }.",
    hint: "Put { and } around each statement.",
    example: statementExample,
  },
  "effect-missing": {
    message: "Effect is missing.",
    hint: "Enter Allow or Deny.",
    example: effectExample,
  },
  "effect-invalid": {
    message: "the value of Effect is not valid.",
    hint: "Enter Allow or Deny, with just the first letter in upper case.",
    example: effectExample,
  },
  "action-missing": {
    message: "Action is missing.",
    hint: "Enter at least one action in Action or NotAction.",
    example: actionExample,
  },
  "action-and-not-action": {
    message: "there are both Action and NotAction.",
    hint: "Delete one of the two.",
    example: actionExample,
  },
  "action-invalid": {
    message: "this is not the form of an action.",
    hint: "Enter service:action, or * for all actions.",
    example: actionExample,
  },
  "resource-missing": {
    message: "Resource is missing.",
    hint: "Enter at least one ARN in Resource or NotResource, or * for all resources.",
    example: resourceExample,
  },
  "resource-and-not-resource": {
    message: "there are both Resource and NotResource.",
    hint: "Delete one of the two.",
    example: resourceExample,
  },
  "resource-invalid": {
    message: "this is not the form of a resource.",
    hint: "Enter an ARN, which begins with arn:, or * for all resources.",
    example: resourceExample,
  },
  "principal-not-allowed": {
    message: "the policy of a permission set cannot have Principal or NotPrincipal.",
    hint: "Delete this element. Users and groups are named in the assignment app.",
    example: statementExample,
  },
  "condition-invalid": {
    message: "this is not the form of a Condition.",
    hint: "Enter the condition operator, the condition key and the value, nested as in the example.",
    example: '"Condition": {"StringEquals": {"aws:RequestedRegion": "ap-northeast-1"}}',
  },
  "sid-invalid": {
    message: "the value of Sid is not valid.",
    hint: "Enter a text of half-width letters and digits only, without symbols, spaces and Japanese.",
    example: sidExample,
  },
  "sid-duplicate": {
    message: "another statement has the same Sid.",
    hint: "Give every statement a Sid of its own.",
    example: '"Sid": "AllowRead2"',
  },
  "unknown-element": {
    message: "a policy cannot have an element with this name.",
    hint: "Check the spelling. Upper and lower case matter.",
  },
};

function elementsAllowed(path: string): string {
  return isInStatement(path)
    ? "A statement can have Sid, Effect, Action, NotAction, Resource, NotResource and Condition."
    : "A policy can have Version, Id and Statement.";
}

/** What the policy's grammar forbids, in English, with the place in the policy. */
export const grammarIssueEn: IssueMessages["policy.grammar"] = (params, context) => {
  const { path, problem, value, suggestion } = params;
  const { message, hint, example } = problems[problem];
  const what = value === undefined ? message : `${elementOf(path)} cannot be ${quoteEn(value)}.`;
  const meant = suggestion === undefined ? undefined : `Did you mean ${suggestion}?`;
  return {
    message: `In ${placeEn(context)}${placeInPolicy(params)}: ${what}`,
    hint: problem === "unknown-element" ? (meant ?? `${hint} ${elementsAllowed(path)}`) : hint,
    example: example ?? (isInStatement(path) ? statementExample : versionExample),
  };
};

/** The line, and the element where the message does not name it. */
function placeInPolicy({ path, problem, line }: IssueParams["policy.grammar"]): string {
  const place = line === undefined ? "" : `, line ${line}`;
  if (problem !== "unknown-element" && problems[problem].message.includes(path)) return place;
  const number = statementNumber(path);
  const ordinal = number === undefined ? "" : ` (statement ${number})`;
  return `${place}, ${path === "" ? '""' : showValue(path)}${ordinal}`;
}
