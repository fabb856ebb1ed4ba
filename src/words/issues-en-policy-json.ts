import { characterOf, describeFullWidth, hiddenKind } from "./character-kinds.ts";
import { fullWidthCharactersEn, hiddenCharacterEn } from "./characters-en.ts";
import type { IssueMessages } from "./issue-messages.ts";
import {
  actionExample,
  halfWidthExample,
  jsonExample,
  policyExample,
  sidExample,
} from "./issues-examples.ts";
import { placeEn, positionEn, quoteEn } from "./phrases-en.ts";
import { grammarIssueEn } from "./policy-grammar-en.ts";
import { showExcerpt } from "./show-value.ts";

type Problem = readonly [what: string, fix: string];

const unclear: Problem = [
  "there is something that JSON does not know.",
  "Check this place. Texts need \" around them, not ', and true, false and null are written in lower case.",
];
const badNumber: Problem = [
  "a number is not valid.",
  'Correct the number, or put " around it if it is a text.',
];
const comment: Problem = ["JSON cannot have comments.", "Delete all comments, which begin with // or /*."];

/** By jsonc-parser's ParseErrorCode. https://github.com/microsoft/node-jsonc-parser */
const syntaxProblems: Readonly<Record<string, Problem>> = {
  InvalidNumberFormat: badNumber,
  PropertyNameExpected: [
    "the name of an element is missing.",
    'Enter a name with " around it. If there is a comma after the last element, delete that comma.',
  ],
  ValueExpected: [
    "a value is missing.",
    "Enter a value. If there is a comma after the last value, delete that comma.",
  ],
  ColonExpected: ["a colon (:) is missing.", "Enter : between the name and its value."],
  CommaExpected: ["a comma (,) is missing after this.", "Enter , after this place."],
  CloseBraceExpected: ["a closing } is missing.", "Enter } here."],
  CloseBracketExpected: ["a closing ] is missing.", "Enter ] here."],
  EndOfFileExpected: [
    "there is more text after the end of the JSON.",
    "Delete what is too much. Check also that every { has its }.",
  ],
  InvalidCommentToken: comment,
  UnexpectedEndOfComment: comment,
  UnexpectedEndOfString: [
    'the closing " of a text is missing.',
    'Enter " at the end of the text. A text cannot go on in the next line.',
  ],
  UnexpectedEndOfNumber: badNumber,
  InvalidUnicode: ["the code after \\u is not valid.", "Enter four hexadecimal digits after \\u."],
  InvalidEscapeCharacter: [
    "a backslash (\\) in a text is not used correctly.",
    "To write a backslash, enter \\\\.",
  ],
  InvalidCharacter: [
    "there is a tab or another control character in a text.",
    "Delete it, or enter a space in its place.",
  ],
};

/** In how many more places there are such characters. */
function restOfPlacesEn(places: number): string {
  if (places <= 1) return "";
  return places === 2 ? " There is one more such place." : ` There are ${places - 1} more such places.`;
}

const moreOfTheKind = "If the text was pasted from a document or a chat, check its other characters too.";

/** Issues of the inline policy's text in English. */
export const policyJsonIssuesEn = {
  "policy.json-syntax": ({ problem, excerpt, ...position }, context) => {
    const [what, fix] = syntaxProblems[problem] ?? unclear;
    return {
      message: `The JSON in ${placeEn(context)} is not valid. In ${positionEn(position)}, ${what}\n${showExcerpt(excerpt)}`,
      hint: fix,
      example: jsonExample(problem),
    };
  },
  "policy.full-width-character": ({ character, excerpt, places = 1, ...position }, context) => {
    const { kind, replacement } = describeFullWidth(characterOf(character));
    const halfWidth = kind === "space" ? "a half-width space" : `the half-width ${replacement}`;
    const fix =
      kind === "space" || replacement !== undefined
        ? `Put ${halfWidth} in ${places > 1 ? "all their places" : "its place"}.`
        : "Put a half-width character in its place, or delete it.";
    return {
      message: `In ${placeEn(context)}, ${positionEn(position)}: ${character} is ${fullWidthCharactersEn[kind]}.${restOfPlacesEn(places)}\n${showExcerpt(excerpt)}`,
      hint: places > 1 ? fix : `${fix} ${moreOfTheKind}`,
      example: halfWidthExample(kind),
    };
  },
  "policy.character-not-allowed": ({ character, excerpt, places = 1, ...position }, context) => {
    const found = characterOf(character);
    const name = hiddenKind(found) === undefined ? character : `${character}, ${hiddenCharacterEn(found)},`;
    return {
      message: `In ${placeEn(context)}, ${positionEn(position)}: ${name} cannot be used in a policy.${restOfPlacesEn(places)}\n${showExcerpt(excerpt)}`,
      hint: "Use only half-width letters, digits and symbols. Explanations in Japanese belong in the description of the permission set.",
      example: sidExample,
    };
  },
  "policy.duplicate-key": ({ key, ...position }, context) => ({
    message: `In ${placeEn(context)}, ${positionEn(position)}: the element ${quoteEn(key)} is there twice.`,
    hint: "A name can occur only once within the same { }. Merge the two, or write separate statements.",
    example: actionExample,
  }),
  "policy.forbidden-key": ({ key, ...position }, context) => ({
    message: `In ${placeEn(context)}, ${positionEn(position)}: an element cannot be named ${quoteEn(key)}.`,
    hint: "Delete this element.",
  }),
  "policy.too-deep": ({ limit }, context) => ({
    message: `The brackets in ${placeEn(context)} are nested too deeply.`,
    hint: `Nest at most ${limit} levels. Check also whether a closing bracket is missing.`,
    example: policyExample,
  }),
  "policy.too-large": ({ size, limit }, context) => ({
    message: `The policy in ${placeEn(context)} is too long (${size} characters).`,
    hint: `Shorten it to at most ${limit} characters, spaces and line breaks included. Part of it can go into a customer managed policy.`,
  }),
  "policy.too-many-characters": ({ count, limit }, context) => ({
    message: `The policy in ${placeEn(context)} is too long (${count} characters without spaces and line breaks).`,
    hint: `Shorten it to at most ${limit} characters without spaces and line breaks. Part of it can go into a customer managed policy.`,
  }),
  "policy.grammar": grammarIssueEn,
} satisfies Partial<IssueMessages>;
