import type { TextPosition } from "./issue.ts";

const byteOrderMark = /^\uFEFF+/u;
const widthForms = /[\uFF00-\uFFEF]+/gu;
// Zero-width, bidi and other format characters, controls, line separators, private use and lone surrogates: never part of
// a name.
const invisible = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const latinLetter = /[A-Za-z]/u;
const lookAlikeLetter =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}]/u;

/**
 * The text as ids and names are compared: width folded, every blank a space, byte order mark and outer white space
 * removed. Not NFKC as a whole, which would turn ™ into letters and ornamental letters into plain ones.
 */
export function normalizeName(text: string): string {
  const folded = text.replace(byteOrderMark, "").replaceAll(widthForms, (forms) => forms.normalize("NFKC"));
  return folded
    .replaceAll(/\p{Zs}/gu, " ")
    .normalize("NFC")
    .trim();
}

/** The normalised text in lower case: how user names are compared. */
export function foldCase(text: string): string {
  return normalizeName(text).toLowerCase();
}

export type NameFlaw = TextPosition & {
  readonly kind: "invisible" | "look-alike";
  /** The character as `U+200B`. */
  readonly character: string;
};

/** The first character of a one-line name that a reader cannot see or would take for another one. */
export function findNameFlaw(text: string): NameFlaw | undefined {
  const hidden = invisible.exec(text);
  if (hidden !== null) return flawAt(text, hidden.index, "invisible");
  for (const word of text.matchAll(/\S+/gu)) {
    if (!latinLetter.test(word[0])) continue;
    const alike = lookAlikeLetter.exec(word[0]);
    if (alike !== null) return flawAt(text, word.index + alike.index, "look-alike");
  }
  return undefined;
}

function flawAt(text: string, index: number, kind: NameFlaw["kind"]): NameFlaw {
  return { kind, character: codePointName(text.codePointAt(index) ?? 0), ...positionAt(text, index) };
}

/** `U+` and at least four hexadecimal digits. */
export function codePointName(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Line and column of an offset, both from 1; columns count characters as a reader sees code points. */
export function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset);
  const lineStart = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  const line = before.split(/\r\n|\r|\n/u).length;
  return { line, column: Array.from(before.slice(lineStart)).length + 1 };
}

/** Lines of a text list. */
export function splitLines(text: string): readonly string[] {
  return text.split(/[\r\n\u2028\u2029]/u);
}

/** Entries of one line of a text list, separated by commas or ideographic commas of either width. */
export function splitLine(line: string): readonly string[] {
  return line.split(/[,，、､]/u);
}

/** The text shortened for a message, so that one value cannot fill it. */
export function shorten(text: string, limit = 100): string {
  return text.length <= limit ? text : `${text.slice(0, limit).replace(/\p{Cs}$/u, "")}…`;
}
