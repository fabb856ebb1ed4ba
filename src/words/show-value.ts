import { codePointName, shorten } from "../model/text.ts";

// Controls, format characters and whatever else would change how the text around it is shown.
const hidden = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const longestValue = 200;

/** The value on one line, hidden characters spelled out as `[U+200B]`, shortened so that it cannot fill a message. */
export function showValue(value: string, limit = longestValue): string {
  const visible = value.replaceAll(hidden, (found) => `[${codePointName(found.codePointAt(0) ?? 0)}]`);
  return shorten(visible, limit);
}

/** A paragraph that AWS wrote, on one line. */
export function showParagraph(text: string): string {
  return showValue(text.replaceAll(/\s+/gu, " ").trim(), 1_000);
}

/** The line and the caret below it; a hidden character becomes a question mark, so that the caret stays below its place. */
export function showExcerpt(excerpt: string): string {
  const [line = "", caret = ""] = excerpt.split("\n");
  return `${line.replaceAll(hidden, "?").trimEnd()}\n${caret}`;
}

const mostValues = 10;

/** The first ten values, each put in quotes by the language. */
export function showValues(values: readonly string[], quote: (value: string) => string): readonly string[] {
  return values.slice(0, mostValues).map((value) => quote(showValue(value)));
}
