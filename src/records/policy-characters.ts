import { createScanner } from "jsonc-parser";

// Identity Center takes Latin-1 only in an inline policy.
// https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_PutInlinePolicyToPermissionSet.html
const outsideLatin1 = /[^\t\n\r\u0020-\u00FF]+/gu;
const fullWidth =
  /[\u2018-\u201F\u2032-\u2036\u3000-\u3003\u3008-\u3011\u301D-\u301F\uFF01-\uFF60\uFFE0-\uFFE6]/u;
const quote = /[\u2018-\u201F\u2032-\u2036\u301D-\u301F\uFF02\uFF07]/u;

/** From where to where in the text. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The comments of a text that would be JSON without them; none behind a typographic quote, since what looks like a
 * comment there may stand in a string.
 */
export function findComments(text: string): readonly Span[] {
  const firstQuote = text.search(quote);
  const end = firstQuote === -1 ? text.length : firstQuote;
  const scanner = createScanner(text, false);
  const spans: Span[] = [];
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const from = scanner.getTokenOffset();
    if (from >= end && !spans.some((span) => span.to > end)) break;
    // An address that lacks its quotes is no comment.
    const isComment = /^\/[/*]/u.test(text.slice(from, from + 2)) && text[from - 1] !== ":";
    if (isComment) spans.push({ from, to: from + scanner.getTokenLength() });
  }
  return spans;
}

/** Characters that a policy cannot have: the first one, and in how many places there are such. */
interface Flaw {
  readonly code: "policy.full-width-character" | "policy.character-not-allowed";
  readonly offset: number;
  readonly character: string;
  readonly places: number;
}

/** What no policy may hold outside comments, each sort once; characters that follow each other are one place. */
export function findFlaws(text: string): readonly Flaw[] {
  const comments = findComments(text);
  const sorts = new Map<string, Flaw>();
  for (const found of text.matchAll(outsideLatin1)) {
    if (comments.some(({ from, to }) => from <= found.index && found.index < to)) continue;
    let offset = found.index;
    let before = "";
    for (const character of found[0]) {
      const sort = sortOf(character);
      const known = sorts.get(sort);
      if (known === undefined) sorts.set(sort, { code: codeOf(character), offset, character, places: 1 });
      else if (sort !== before) sorts.set(sort, { ...known, places: known.places + 1 });
      before = sort;
      offset += character.length;
    }
  }
  return [...sorts.values()];
}

function codeOf(character: string): Flaw["code"] {
  return fullWidth.test(character) ? "policy.full-width-character" : "policy.character-not-allowed";
}

/** Quotes are told together, and so is whatever has no half-width form; other full-width characters one by one. */
function sortOf(character: string): string {
  if (quote.test(character)) return "quote";
  if (/[\p{L}\p{M}]/u.test(character)) return codeOf(character);
  return character;
}
