import { characterOf } from "./character-kinds.ts";
import { hiddenCharacterEn, scriptEn } from "./characters-en.ts";
import type { IssueMessages } from "./issue-messages.ts";
import { latinExample, otherSetName, requiredExample, visibleExample } from "./issues-examples.ts";
import { assignmentIssuesEn } from "./issues-en-assignments.ts";
import { policyIssuesEn } from "./issues-en-policies.ts";
import { policyJsonIssuesEn } from "./issues-en-policy-json.ts";
import { periodIssuesEn } from "./issues-period.ts";
import { targetIssuesEn } from "./issues-targets.ts";
import { accountsEn, deniedEn, placeEn, quoteAllEn, quoteEn, restCarriedOutEn } from "./phrases-en.ts";
import { showValue } from "./show-value.ts";

/** What kintone's form settings call the field types that cannot be read as text. */
const fieldTypes: Readonly<Record<string, string>> = {
  CALC: "Calculated",
  CHECK_BOX: "Check box",
  FILE: "Attachment",
  GROUP_SELECT: "Group selection",
  MULTI_SELECT: "Multi-choice",
  ORGANIZATION_SELECT: "Department selection",
  RICH_TEXT: "Rich text",
  USER_SELECT: "User selection",
};

const setNameRule =
  "Use only half-width letters, digits, the symbols + = , . _ - and the at sign, at most 32 characters. Spaces and Japanese are not possible.";
const durationExample = "8 (8 hours)";

/** Every issue in English. */
export const issuesEn: IssueMessages = {
  "field.required": (_, context) => ({
    message: `There is nothing in ${placeEn(context)}.`,
    hint:
      context.input === "text" ? "Enter a value and save the record." : "Choose a value and save the record.",
    ...requiredExample(context),
  }),
  "field.unreadable": ({ type }, context) =>
    type === "SUBTABLE"
      ? {
          message: `The table in ${placeEn(context)} cannot be read.`,
          hint: "Ask the app's administrator to leave just one text, choice or user selection field in the table.",
        }
      : {
          message: `The type of ${placeEn(context)} cannot be used (${fieldTypes[type] ?? type}).`,
          hint: "What you entered is not at fault. Ask the app's administrator to turn the field into a text field.",
        },
  "field.too-long": ({ length, limit }, context) => ({
    message: `A value in ${placeEn(context)} is too long (${length} characters).`,
    hint: `Shorten it to at most ${limit} characters.`,
  }),
  "text.invisible-character": ({ column, character, value }, context) => ({
    message: `Character ${column} of ${quoteEn(value)} in ${placeEn(context)} cannot be used: it is ${hiddenCharacterEn(characterOf(character))} (${character}).`,
    hint: "It may not show on the screen. Clear the whole value and type it again instead of pasting it.",
    ...visibleExample(value),
  }),
  "text.look-alike-character": ({ column, character, value }, context) => {
    const letter = characterOf(character);
    return {
      message: `Character ${column} of ${quoteEn(value)} in ${placeEn(context)} looks like a Latin letter but is ${scriptEn(letter)} ${quoteEn(letter)} (${character}).`,
      hint: "Type the Latin letter in its place.",
      ...latinExample(value),
    };
  },
  "permission-set.name-invalid": ({ name }, context) => ({
    message: `${quoteEn(name)} in ${placeEn(context)} has characters that the name of a permission set cannot have.`,
    hint: setNameRule,
    example: "DatabaseAdmin",
  }),
  "permission-set.name-too-long": ({ name, length }, context) => ({
    message: `${quoteEn(name)} in ${placeEn(context)} is too long for the name of a permission set (${length} characters).`,
    hint: "Shorten it to at most 32 characters.",
    example: "DatabaseAdmin",
  }),
  "permission-set.name-conflict": ({ name, otherRecords }, context) => ({
    message: [
      `${quoteEn(name)} in ${placeEn(context)} is also used by another record whose content differs.`,
      ...otherRecords.map((record) => context.permissionSetRecordUrl(record)),
    ].join("\n"),
    hint: "Keep only one record for each permission set: leave the right record as it is, and rename or delete the others.",
    example: otherSetName(name),
  }),
  "permission-set.not-managed": ({ name }, context) => ({
    message: `The name ${quoteEn(name)} in ${placeEn(context)} already belongs to a permission set in AWS that is not managed from this app.`,
    hint: "Choose another name. To manage the existing permission set from this app, ask an administrator whether it can be taken over.",
    example: otherSetName(name),
  }),
  "permission-set.name-in-use": ({ name, otherRecord }, context) => ({
    message: `${quoteEn(name)} in ${placeEn(context)} is still used by the permission set of another record, which was renamed.\n${context.permissionSetRecordUrl(otherRecord)}`,
    hint: `Wait until that change of name has reached AWS, or choose another name. The name does not become free while assignment records still give ${quoteEn(name)}.`,
    example: otherSetName(name),
  }),
  "permission-set.name-still-meant": ({ name, assignmentRecords }, context) => ({
    message: `${quoteEn(name)} in ${placeEn(context)} was defined by a record that has been deleted, and this record defines it differently. Assignment records still mean the former one: ${assignmentRecords.join(", ")}.`,
    hint: "Have the authors of these assignment records choose the permission set again, give this record another name, or define the same as before.",
    example: otherSetName(name),
  }),
  "permission-set.denied-by-guardrail": ({ name, rule, accounts, principals }, context) => ({
    message: `With what this record says, ${quoteEn(name)} in ${placeEn(context)} would let its holders become administrators. ${deniedEn(rule)} that to ${quoteAllEn(principals, "conjunction")}, who have it in ${accountsEn(accounts, context)}.`,
    hint: "The permission set stays as it is in AWS. Take out the policies that go so far, or make another permission set for administrators. If the access is needed, tell an administrator why.",
  }),
  "session-duration.invalid": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} cannot be read as a duration.`,
    hint: "Enter just a number of hours (8 for 8 hours). Empty means 1 hour.",
    example: durationExample,
  }),
  "session-duration.out-of-range": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} is not possible: AWS allows 1 to 12 hours.`,
    hint: "Enter 1 to 12 hours. Empty means 1 hour.",
    example: durationExample,
  }),
  "relay-state.invalid": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} cannot be used as the address of the first page.`,
    hint: "Enter an AWS console address that begins with https://, in half-width characters and at most 240 of them.",
    example: "https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home",
  }),
  "entry.ambiguous": ({ value, parts, isGone }, context) => ({
    message: isGone
      ? `${quoteEn(value)} in ${placeEn(context)} may have been the name of one thing, which is not there any more. It is not taken for a list of ${quoteAllEn(parts, "conjunction")}.`
      : `${quoteEn(value)} in ${placeEn(context)} is the name of one thing, and also a list of ${quoteAllEn(parts, "conjunction")}.`,
    hint: 'If it is a list, enter one on each line. If it is one name, put it between quotation marks (").',
    example: `"${showValue(value)}"`,
  }),
  "permission-set.no-policies": ({ name }, context) => ({
    message: `The permission set ${quoteEn(name)} has no policy at all: ${placeEn(context)} and the other fields for policies are empty.`,
    hint: `As it is, nobody can do anything with it. Enter the policies that are needed. ${restCarriedOutEn}`,
    example: "ReadOnlyAccess",
  }),
  ...policyIssuesEn,
  ...policyJsonIssuesEn,
  ...assignmentIssuesEn,
  ...periodIssuesEn,
  ...targetIssuesEn,
};
