import { createScanner, parseTree, type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import type { Json } from "../model/json.ts";
import { decodeText, type FieldReader, isHeld, report } from "./decode-field.ts";
import { checkPolicyGrammar } from "./policy-grammar.ts";
import { findComments, findFlaws } from "./policy-characters.ts";
import { offsetOf } from "./policy-place.ts";
import { codePointName, positionAt, shorten } from "../model/text.ts";

// https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
const largestPolicy = 32_768;
const mostNonWhiteSpace = 10_240;
const deepestPolicy = 20;
const flawsShown = 5;
const grammarProblemsShown = 20;

/** The inline policy's text as its author laid it out, empty when there is none, undefined when it has an issue. */
export function decodeInlinePolicy(reader: FieldReader): string | undefined {
  const text = trimAround(decodeText(reader));
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
  return isHeld(reader) ? undefined : text.trim();
}

/** Without white space around it, except that what is before it still counts in lines and columns. */
function trimAround(text: string | undefined): string | undefined {
  return text?.trimEnd().replace(/^\s+/u, (lead) => lead.replaceAll(/[^\n]/gu, " "));
}

const partner: Readonly<Record<string, string>> = { "]": "[", "}": "{" };

/**
 * Deepest nesting as the recursive parser below meets it, in broken text too: it uses the parser's own scanner, so that
 * no stray quote or comment hides brackets, and a bracket closes only its like.
 */
function nestingDepth(text: string): number {
  const scanner = createScanner(text, true);
  const open: string[] = [];
  let deepest = 0;
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const token = text.charAt(scanner.getTokenOffset());
    if (token === "[" || token === "{") deepest = Math.max(deepest, open.push(token));
    else if (open.length > 0 && partner[token] === open.at(-1)) open.pop();
  }
  return deepest;
}

function checkCharacters(reader: FieldReader, text: string): void {
  const [comment] = findComments(text);
  if (comment !== undefined) reportSyntax(reader, text, "InvalidCommentToken", comment.from);
  for (const { code, offset, character, places } of findFlaws(text).slice(0, flawsShown)) {
    report(reader, code, {
      ...positionAt(text, offset),
      character: printable(character),
      excerpt: excerptAt(text, offset),
      ...(places > 1 ? { places } : {}),
    });
  }
}

function printable(character: string): string {
  const name = codePointName(character.codePointAt(0) ?? 0);
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) ? `${character} (${name})` : name;
}

interface KeyFlaw {
  readonly code: "policy.duplicate-key" | "policy.forbidden-key";
  readonly key: string;
  readonly offset: number;
}

function checkSyntax(reader: FieldReader, text: string): void {
  const keysOfObjects: Set<string>[] = [];
  const flaws: KeyFlaw[] = [];
  const errors: { code: ParseErrorCode; offset: number }[] = [];
  visit(
    text,
    {
      onObjectBegin: () => void keysOfObjects.push(new Set()),
      onObjectEnd: () => void keysOfObjects.pop(),
      onObjectProperty: (key, offset) => void flaws.push(...findKeyFlaws(key, offset, keysOfObjects.at(-1))),
      onError: (code, offset) => void errors.push({ code, offset }),
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  const [error] = errors;
  if (error !== undefined) reportSyntax(reader, text, printParseErrorCode(error.code), error.offset);
  else if (!parses(text)) reportSyntax(reader, text, "InvalidSymbol", 0);
  // What the parser takes for keys after an error are often none.
  const certain = flaws.filter(({ offset }) => error === undefined || offset < error.offset);
  for (const { code, key, offset } of certain.slice(0, flawsShown)) {
    report(reader, code, { ...positionAt(text, offset), key: shorten(key) });
  }
}

function findKeyFlaws(key: string, offset: number, keys: Set<string> | undefined): readonly KeyFlaw[] {
  const repeated = keys?.has(key) === true;
  keys?.add(key);
  return [
    ...(repeated ? [{ code: "policy.duplicate-key", key, offset } as const] : []),
    ...(key === "__proto__" ? [{ code: "policy.forbidden-key", key, offset } as const] : []),
  ];
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function reportSyntax(reader: FieldReader, text: string, problem: string, found: number): void {
  // A comma is missing behind what comes before, often on an earlier line than what the parser met.
  const offset = problem === "CommaExpected" ? text.slice(0, found).trimEnd().length - 1 : found;
  report(reader, "policy.json-syntax", {
    ...positionAt(text, offset),
    excerpt: excerptAt(text, offset),
    problem,
  });
}

const excerptReach = 40;

/** The line at the offset and a caret below the place; long lines are cut around it. */
function excerptAt(text: string, offset: number): string {
  const lineStart = text.slice(0, offset).lastIndexOf("\n") + 1;
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
  const problems = checkPolicyGrammar(JSON.parse(text) as Json);
  const tree = problems.length === 0 ? undefined : parseTree(text);
  for (const { path, ...problem } of problems.slice(0, grammarProblemsShown)) {
    const { line } = positionAt(text, offsetOf(tree, path));
    report(reader, "policy.grammar", { path: shorten(path), ...problem, line });
  }
}
