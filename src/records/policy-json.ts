import { type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import { type Json, nestingDepth } from "../model/json.ts";
import { decodeText, type FieldReader, isHeld, report } from "./decode-field.ts";
import { checkPolicyGrammar } from "./policy-grammar.ts";
import { codePointName, positionAt } from "../model/text.ts";

// https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
const largestPolicy = 32_768;
const mostNonWhiteSpace = 10_240;
const deepestPolicy = 20;
const flawsShown = 5;

// Identity Center takes Latin-1 only in an inline policy.
// https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutInlinePolicyToPermissionSet.html
const outsideLatin1 = /[^\t\n\r\u0020-\u00FF]/gu;
const fullWidth =
  /[\u2018-\u201F\u2032-\u2036\u3000-\u3003\u3008-\u3011\u301D-\u301F\uFF01-\uFF60\uFFE0-\uFFE6]/u;

/** The inline policy as compact JSON text, empty when there is none, undefined when it has an issue. */
export function decodeInlinePolicy(reader: FieldReader): string | undefined {
  const text = decodeText(reader)?.trim();
  if (text === undefined || text === "") return text;
  if (text.length > largestPolicy) {
    return report(reader, "policy.too-large", { size: text.length, limit: largestPolicy });
  }
  if (nestingDepth(text) > deepestPolicy) return report(reader, "policy.too-deep", { limit: deepestPolicy });
  checkCharacters(reader, text);
  if (isHeld(reader)) return undefined;
  checkSyntax(reader, text);
  if (isHeld(reader)) return undefined;
  checkContent(reader, text);
  return isHeld(reader) ? undefined : JSON.stringify(JSON.parse(text));
}

function checkCharacters(reader: FieldReader, text: string): void {
  for (const found of [...text.matchAll(outsideLatin1)].slice(0, flawsShown)) {
    const code = fullWidth.test(found[0]) ? "policy.full-width-character" : "policy.character-not-allowed";
    report(reader, code, {
      ...positionAt(text, found.index),
      character: printable(found[0]),
      excerpt: excerptAt(text, found.index),
    });
  }
}

function printable(character: string): string {
  const name = codePointName(character.codePointAt(0) ?? 0);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `${character} (${name})` : name;
}

function checkSyntax(reader: FieldReader, text: string): void {
  const keysOfObjects: Set<string>[] = [];
  const errors: { code: ParseErrorCode; offset: number }[] = [];
  visit(
    text,
    {
      onObjectBegin: () => void keysOfObjects.push(new Set()),
      onObjectEnd: () => void keysOfObjects.pop(),
      onObjectProperty: (key, offset) => checkKey(reader, text, key, offset, keysOfObjects.at(-1)),
      onError: (code, offset) => void errors.push({ code, offset }),
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  const error = errors[0];
  if (error !== undefined) reportSyntax(reader, text, printParseErrorCode(error.code), error.offset);
  else if (!isHeld(reader) && !parses(text)) reportSyntax(reader, text, "InvalidSymbol", 0);
}

function checkKey(
  reader: FieldReader,
  text: string,
  key: string,
  offset: number,
  keys: Set<string> | undefined,
): void {
  if (keys?.has(key) === true) report(reader, "policy.duplicate-key", { ...positionAt(text, offset), key });
  if (key === "__proto__") report(reader, "policy.forbidden-key", { ...positionAt(text, offset), key });
  keys?.add(key);
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function reportSyntax(reader: FieldReader, text: string, problem: string, offset: number): void {
  report(reader, "policy.json-syntax", {
    ...positionAt(text, offset),
    excerpt: excerptAt(text, offset),
    problem,
  });
}

const excerptReach = 40;

/** The line at the offset and a caret below the place; long lines are cut around it. */
function excerptAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const lineEnd = text.indexOf("\n", offset);
  const from = Math.max(lineStart, offset - excerptReach);
  const to = Math.min(lineEnd === -1 ? text.length : lineEnd, offset + excerptReach);
  const shown = text.slice(from, to).replaceAll(/\p{Cc}/gu, " ");
  // A full-width character takes two columns in the fixed-width fonts that a caret needs.
  const indent = Array.from(text.slice(from, offset), (character) =>
    /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/u.test(
      character,
    )
      ? "　"
      : " ",
  ).join("");
  return `${shown}\n${indent}^`;
}

function checkContent(reader: FieldReader, text: string): void {
  const count = text.replaceAll(/\s/gu, "").length;
  if (count > mostNonWhiteSpace) {
    report(reader, "policy.too-many-characters", { count, limit: mostNonWhiteSpace });
  }
  for (const problem of checkPolicyGrammar(JSON.parse(text) as Json))
    report(reader, "policy.grammar", problem);
}
