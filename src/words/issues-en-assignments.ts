import type { IssueContext, IssueMessages, IssueAdvice } from "./issue-messages.ts";
import { firstOr, saysNothing, userExample } from "./issues-examples.ts";
import {
  accountsEn,
  deniedEn,
  leaveEmptyEn,
  placeEn,
  quoteAllEn,
  quoteEn,
  restCarriedOutEn,
  suggestEn,
} from "./phrases-en.ts";
import { showValue } from "./show-value.ts";

const accountStates: Readonly<Record<string, string>> = {
  PENDING_ACTIVATION: "not activated yet",
  SUSPENDED: "suspended",
  PENDING_CLOSURE: "being closed",
  CLOSED: "closed",
  UNKNOWN: "unknown",
};

function waitedEn(minutes: number): string {
  return minutes < 1 ? "" : `, ${durationEn(minutes)} after the record was last updated`;
}

function durationEn(minutes: number): string {
  if (minutes < 120) return minutes === 1 ? "1 minute" : `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}

function accountHintEn(value: string): string {
  if (!/^\d+$/u.test(value) || value.length === 12) {
    return "Enter the 12-digit account id or the exact account name. Upper and lower case matter.";
  }
  return `An account id has 12 digits, and this value has ${value.length}. Check whether leading zeros are missing.`;
}

function choiceHintEn(what: string): string {
  return `There is no ${what} behind this choice. Choose another one, or ask the app's administrator to correct the choices.`;
}

function unknownGroupHintEn(
  value: string,
  suggestions: readonly string[],
  { input }: IssueContext,
): IssueAdvice {
  if (saysNothing(value)) return { hint: leaveEmptyEn };
  if (input === "choice") return { hint: choiceHintEn("group") };
  if (value.includes("@")) {
    return {
      hint: "This looks like an e-mail address. Enter people in the field for users, and only names of groups here.",
      example: firstOr(suggestions, "Sales-Developers"),
    };
  }
  return {
    hint: suggestEn(
      suggestions,
      "Enter the exact display name of the group. A new group has to be synchronised from Entra ID first.",
    ),
    example: firstOr(suggestions, "Sales-Developers"),
  };
}

/** Issues of assignment records in English. */
export const assignmentIssuesEn = {
  "assignment.permission-set-unknown": ({ name, suggestions }, context) => ({
    message: `The permission set ${quoteEn(name)} in ${placeEn(context)} was not found.`,
    ...(context.input === "choice"
      ? { hint: choiceHintEn("permission set") }
      : {
          hint: suggestEn(suggestions, "Enter a name that the permission-set app has."),
          example: firstOr(suggestions, "ReadOnly"),
        }),
  }),
  "assignment.permission-set-not-approved": ({ name, otherRecord }, context) => ({
    message: `${quoteEn(name)} in ${placeEn(context)} cannot be assigned yet: the record of the permission set has not been approved.\n${context.permissionSetRecordUrl(otherRecord)}`,
    hint: "Once that record is approved, the assignments follow automatically. There is nothing for you to do, unless you meant another permission set.",
  }),
  "assignment.permission-set-held": ({ name, otherRecord, isPending }, context) => ({
    message: `New assignments of ${quoteEn(name)} in ${placeEn(context)} wait, because the record of the permission set ${isPending === true ? "waits for approval" : "has a problem"}.\n${context.permissionSetRecordUrl(otherRecord)}`,
    hint: `Once that record is ${isPending === true ? "approved" : "corrected"}, the assignments follow automatically. There is nothing for you to do. Earlier assignments stay. ${restCarriedOutEn}`,
  }),
  "assignment.permission-set-renamed": ({ name, newName }, context) => ({
    message: `${quoteEn(name)} in ${placeEn(context)} has been renamed to ${quoteEn(newName)}.`,
    hint: `Change it to ${quoteEn(newName)}. If the field is a lookup, look it up again. Until then it works as ${quoteEn(newName)}, so there is no hurry. ${restCarriedOutEn}`,
    example: showValue(newName),
  }),
  "assignment.permission-set-unclear": ({ name, records }, context) => ({
    message: `${quoteEn(name)} in ${placeEn(context)} has been the name of more than one permission set, and it cannot be told which one was meant.\n${records.map(context.permissionSetRecordUrl).join("\n")}`,
    hint: "Choose the permission set again (in a lookup, look it up again), and save the record. Until then what it granted before stays.",
  }),
  "assignment.denied-by-guardrail": ({ name, rule, accounts, principals }, context) => ({
    message: `${deniedEn(rule)} ${quoteEn(name)} in ${placeEn(context)} to ${quoteAllEn(principals, "conjunction")} in ${accountsEn(accounts, context)}.`,
    hint: `Take these users, groups or accounts out of the record, or choose another permission set. If the access is needed, tell an administrator why. ${restCarriedOutEn}`,
  }),
  "assignment.no-principals": (_, context) => ({
    message: `${placeEn(context)} is empty, and neither a user nor a group is named.`,
    hint: "Enter at least one user or group. To end the assignments, delete this record.",
    ...(context.input === "people" ? {} : { example: "taro.yamada (user), Sales-Developers (group)" }),
  }),
  "assignment.too-many-groups": ({ name, account, count, limit }, context) => ({
    message: `There are too many groups in ${placeEn(context)}. All records together assign ${quoteEn(name)} in account ${quoteEn(account)} to ${count} groups, and AWS allows ${limit}.`,
    hint: `Leave at most ${limit} groups in all. To merge groups into one, ask an administrator.`,
  }),
  "account.unknown": ({ value, suggestions }, context) => ({
    message: `The AWS account ${quoteEn(value)} in ${placeEn(context)} was not found.`,
    ...(context.input === "choice"
      ? { hint: choiceHintEn("AWS account") }
      : { hint: suggestEn(suggestions, accountHintEn(value)), example: "123456789012" }),
  }),
  "account.ambiguous": ({ value, ids }, context) => ({
    message: `The name ${quoteEn(value)} in ${placeEn(context)} belongs to more than one AWS account: ${quoteAllEn(ids, "conjunction")}.`,
    ...(context.input === "choice"
      ? { hint: "Ask the app's administrator to make the choice the 12-digit account id." }
      : { hint: "Enter the 12-digit account id instead of the name.", example: "123456789012" }),
  }),
  "account.not-active": ({ value, state }, context) => ({
    message: `The AWS account ${quoteEn(value)} in ${placeEn(context)} is not active (state: ${accountStates[state] ?? state}).`,
    hint: `Remove an account that is no longer used from ${placeEn(context)}. The assignments of this account are not changed until it is active. ${restCarriedOutEn}`,
  }),
  "account.management": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} is the management account of the organization.`,
    hint: `Administrators manage its assignments in Terraform, so they are left alone here. Ask an administrator if you need one. ${restCarriedOutEn}`,
  }),
  "account.holds-keys": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} is the account that kintone-sso-sync runs in, or holds its memory.`,
    hint: `Who has access there could change the sync itself, so its assignments are left alone. Ask an administrator if you need one. ${restCarriedOutEn}`,
  }),
  "account.protected": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} is a protected AWS account.`,
    hint: `Its assignments are left alone. Ask an administrator if you need one. ${restCarriedOutEn}`,
  }),
  "user.unknown": ({ value, waitedMinutes }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} is not a user of IAM Identity Center yet${waitedEn(waitedMinutes)}.`,
    ...(context.input === "people"
      ? {
          hint: `Somebody who has just joined or moved arrives within about 40 minutes. Remove somebody who has left from ${placeEn(context)}. Otherwise ask an administrator.`,
        }
      : {
          hint: `The login name may be misspelt, the user may not be synchronised from Entra ID yet (about 40 minutes), or the user may have been deactivated. Correct the name, ask an administrator, or remove the user from ${placeEn(context)}.`,
          example: userExample(value),
        }),
  }),
  "user.ambiguous": ({ value, matches }, context) => ({
    message: `More than one user in IAM Identity Center matches ${quoteEn(value)} in ${placeEn(context)}: ${quoteAllEn(matches, "conjunction")}.`,
    hint: `Ask an administrator to make them differ, or remove the user from ${placeEn(context)}.`,
  }),
  "user.disabled": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} is disabled in IAM Identity Center.`,
    hint: `Remove the user from ${placeEn(context)}, or ask an administrator to enable the user. ${restCarriedOutEn}`,
  }),
  "user.gone": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} has been deleted from IAM Identity Center.`,
    hint: `Remove the user from ${placeEn(context)}. ${restCarriedOutEn}`,
  }),
  "user.changed": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} is the name of another user than when this record was saved last. That user gets nothing from it for now.`,
    hint: `If the record is to mean the user who has the name now, save it once more. Otherwise remove the user from ${placeEn(context)}. ${restCarriedOutEn}`,
  }),
  "user.renamed": ({ value, newName }, context) => ({
    message: `The user ${quoteEn(value)} in ${placeEn(context)} is called ${quoteEn(newName)} in IAM Identity Center now.`,
    hint: `Choose or enter the user once more, as ${quoteEn(newName)}. Until then everybody keeps what this record gave.`,
    example: newName,
  }),
  "group.unknown": ({ value, suggestions }, context) => ({
    message: `The group ${quoteEn(value)} in ${placeEn(context)} was not found in IAM Identity Center.`,
    ...unknownGroupHintEn(value, suggestions, context),
  }),
  "group.ambiguous": ({ value }, context) => ({
    message: `The name ${quoteEn(value)} in ${placeEn(context)} belongs to more than one group in IAM Identity Center.`,
    hint: "Ask an administrator to give the groups different names.",
  }),
  "group.gone": ({ value }, context) => ({
    message: `The group ${quoteEn(value)} in ${placeEn(context)} has been deleted from IAM Identity Center.`,
    hint: `Remove the group from ${placeEn(context)}. ${restCarriedOutEn}`,
  }),
  "group.changed": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} is the name of another group than when this record was saved last. That group gets nothing from it for now.`,
    hint: `If the record is to mean the group that has the name now, save it once more. Otherwise remove the group from ${placeEn(context)}. ${restCarriedOutEn}`,
  }),
  "group.renamed": ({ value, newName }, context) => ({
    message: `The group ${quoteEn(value)} in ${placeEn(context)} is called ${quoteEn(newName)} in IAM Identity Center now.`,
    hint: `Enter ${quoteEn(newName)} instead. Until then everybody keeps what this record gave.`,
    example: newName,
  }),
  "principal.protected": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} is a protected user or group.`,
    hint: `Its assignments are left alone. Ask an administrator if you need one. ${restCarriedOutEn}`,
  }),
} satisfies Partial<IssueMessages>;
