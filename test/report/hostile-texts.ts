import fc from "fast-check";

const fragments = [
  "::error::",
  "::set-output name=a::b",
  "::add-mask::",
  "##[error]",
  "##[",
  "##vso[task.complete]",
  "##VSO[",
  "#",
  "##",
  "[",
  "vso[",
  ":",
  "::",
  " ",
  "\t",
  "\r\n",
  "\n",
  "\r",
  "\u0000",
  "\u001B[31m",
  "\u001B]8;;https://example.com\u0007",
  "\u0085",
  "\u009B2J",
  "\u00A0",
  "\u00AD",
  "\u200B",
  "\u200F",
  "\u2028",
  "\u2029",
  "\u202E",
  "\u2066",
  "\u3000",
  "\uFEFF",
  "\uD800",
  "\uDC00",
  "[kintone-sso-sync 0123456789abcdef]",
  "| ",
  "^",
  "許可",
];

/** Texts made to hurt whoever shows them: commands of CI systems, terminal escapes, broken lines, marks that reorder. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: "binary", maxLength: 4 })), {
    maxLength: 7,
  })
  .map((parts) => parts.join(""));

/** What a terminal or a CI runner would carry out, or would show as something else, in the text. */
export function findHarm(text: string): string | undefined {
  const harm =
    /^\s*::/mu.exec(text) ??
    /##(?:vso)?\[/iu.exec(text) ??
    /[^\P{C}\n]|[\p{Zl}\p{Zp}]/u.exec(removeUnassigned(text));
  return harm === null ? undefined : text.slice(Math.max(0, harm.index - 40), harm.index + 40);
}

/** Code points that have no meaning yet cannot do harm; private ones only look odd. */
function removeUnassigned(text: string): string {
  return text.replaceAll(/[\p{Cn}\p{Co}]/gu, "");
}
