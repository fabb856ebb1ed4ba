import type { IssueMessages } from "./issue-messages.ts";
import { customerPolicyExample, firstOr, saysNothing } from "./issues-examples.ts";
import { leaveEmptyEn, placeEn, positionEn, quoteEn, restCarriedOutEn, suggestEn } from "./phrases-en.ts";
import { showParagraph, showValue } from "./show-value.ts";

function policyCountEn(place: string, count: number): string {
  return `There are ${count} policies in ${place} and the customer managed policies together.`;
}

const ownPolicies =
  "Enter a policy of your own in the field for customer managed policies; as a permissions boundary, write customer: before it.";

/** Issues of policies other than the inline policy's text in English. */
export const policyIssuesEn = {
  "policy.managed-not-found": ({ name, suggestions }, context) => ({
    message: `The AWS managed policy ${quoteEn(name)} in ${placeEn(context)} was not found.`,
    ...(saysNothing(name)
      ? { hint: leaveEmptyEn }
      : {
          hint: suggestEn(
            suggestions,
            `Enter the name or the ARN of an AWS managed policy.${suggestions.length === 0 ? ` ${ownPolicies}` : ""}`,
          ),
          example: firstOr(suggestions, "ReadOnlyAccess"),
        }),
  }),
  "policy.managed-not-attachable": ({ name }, context) => ({
    message: `${quoteEn(name)} in ${placeEn(context)} is a policy for AWS services only, so that a permission set cannot use it.`,
    hint: "Choose another AWS managed policy.",
    example: "ReadOnlyAccess",
  }),
  "policy.wrong-partition": ({ arn, partition }, context) => ({
    message: `${quoteEn(arn)} in ${placeEn(context)} is an ARN of another AWS partition, such as the China Regions.`,
    hint: `Enter an ARN that begins with arn:${partition}: or only the name of the policy.`,
    example: `arn:${partition}:iam::aws:policy/ReadOnlyAccess`,
  }),
  "policy.not-aws-managed": ({ arn }, context) => {
    const policy = customerPolicyExample(arn);
    return {
      message: `${quoteEn(arn)} in ${placeEn(context)} is not an AWS managed policy.`,
      hint: ownPolicies,
      example: `${policy} (as a permissions boundary customer:${policy})`,
    };
  },
  "policy.customer-managed-invalid": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} cannot be the name of a customer managed policy.`,
    ...(saysNothing(value)
      ? { hint: leaveEmptyEn }
      : {
          hint: "Enter only the name, or /path/name, in half-width characters. An ARN is not possible.",
          example: customerPolicyExample(value),
        }),
  }),
  "policy.same-name": ({ policy, other }, context) => ({
    message: `${quoteEn(policy)} in ${placeEn(context)} and ${quoteEn(other)} have one name in IAM, so that they cannot be used together. An AWS account can have only one of them, whatever path and letter case.`,
    hint: "Leave only one of them, or give the policies different names.",
  }),
  "policy.boundary-invalid": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} cannot be a permissions boundary.`,
    ...(saysNothing(value)
      ? { hint: leaveEmptyEn }
      : {
          hint: "Enter the name or the ARN of an AWS managed policy. For a customer managed policy, write customer: and then its name or /path/name.",
          example: "customer:/boundaries/DeveloperBoundary",
        }),
  }),
  "policy.too-many": ({ count, limit }, context) => ({
    message: `${policyCountEn(placeEn(context), count)} A permission set can have ${limit}.`,
    hint: `Leave at most ${limit} in all. What several policies say can go into one customer managed policy or into the inline policy.`,
  }),
  "policy.over-role-default": ({ count, limit }, context) => ({
    message: `${policyCountEn(placeEn(context), count)} Unless AWS has raised the limit, a role can have ${limit}.`,
    hint: `Leave at most ${limit} in all, or ask an administrator to have the limit raised in every AWS account the permission set is assigned in. In accounts with the lower limit it cannot be applied. ${restCarriedOutEn}`,
  }),
  "policy.analyzer-finding": ({ issueCode, details, learnMoreLink, line, column }, context) => {
    const position = line === undefined || column === undefined ? "" : `, ${positionEn({ line, column })}`;
    return {
      message: `AWS's policy check found a problem in ${placeEn(context)}${position} (${showValue(issueCode)}).\n${showParagraph(details)}`,
      hint: `Correct the policy; this page explains the problem.\n${showValue(learnMoreLink, 1_000)}`,
    };
  },
} satisfies Partial<IssueMessages>;
