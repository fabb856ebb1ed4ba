import {
  type FullWidthKind,
  type HiddenKind,
  hiddenKind,
  type LookAlikeScript,
  lookAlikeScript,
} from "./character-kinds.ts";

const hiddenCharacters: Readonly<Record<HiddenKind, string>> = {
  tab: "a tab",
  "line-break": "a line break",
  "byte-order-mark": "a byte order mark",
  "zero-width-space": "a zero-width space",
  "soft-hyphen": "a soft hyphen",
  "direction-mark": "a text direction mark",
  "variation-selector": "a variation selector",
  "private-use": "a private-use character",
  control: "a control character",
  hidden: "an invisible character",
};

/** What a character that a reader cannot see is called, with its article. */
export function hiddenCharacterEn(character: string): string {
  return hiddenCharacters[hiddenKind(character) ?? "hidden"];
}

const scripts: Readonly<Record<LookAlikeScript, string>> = {
  Cyrillic: "the Cyrillic letter",
  Greek: "the Greek letter",
  Armenian: "the Armenian letter",
  Cherokee: "the Cherokee letter",
  Coptic: "the Coptic letter",
};

/** What a letter that passes for a Latin one is called, with its script. */
export function scriptEn(letter: string): string {
  const script = lookAlikeScript(letter);
  return script === undefined ? "a different character," : scripts[script];
}

/** What a full-width character is called, with its article. */
export const fullWidthCharactersEn: Readonly<Record<FullWidthKind, string>> = {
  quote: "a full-width quote",
  space: "a full-width space",
  comma: "a full-width comma",
  colon: "a full-width colon",
  punctuation: "a full-width punctuation mark",
  bracket: "a full-width bracket",
  digit: "a full-width digit",
  letter: "a full-width letter",
  symbol: "a full-width symbol",
};
