/** The character that `U+201C` names, or the first one of `“ (U+201C)`. */
export function characterOf(name: string): string {
  const digits = /^U\+(?<digits>[0-9A-F]+)$/u.exec(name)?.groups?.["digits"];
  return String.fromCodePoint(digits === undefined ? (name.codePointAt(0) ?? 0) : parseInt(digits, 16));
}

const hiddenKinds = {
  tab: /\t/u,
  "line-break": /[\n\r\u0085\u2028\u2029]/u,
  "byte-order-mark": /\uFEFF/u,
  "zero-width-space": /\u200B/u,
  "soft-hyphen": /\u00AD/u,
  "direction-mark": /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u,
  "variation-selector": /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u,
  "private-use": /\p{Co}/u,
  control: /\p{Cc}/u,
  hidden: /[\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u,
} as const satisfies Readonly<Record<string, RegExp>>;

export type HiddenKind = keyof typeof hiddenKinds;

/** What sort of character a reader cannot see this is; undefined for one that is seen. */
export function hiddenKind(character: string): HiddenKind | undefined {
  return kindOf(hiddenKinds, character);
}

const scripts = {
  Cyrillic: /\p{Script=Cyrillic}/u,
  Greek: /\p{Script=Greek}/u,
  Armenian: /\p{Script=Armenian}/u,
  Cherokee: /\p{Script=Cherokee}/u,
  Coptic: /\p{Script=Coptic}/u,
} as const satisfies Readonly<Record<string, RegExp>>;

export type LookAlikeScript = keyof typeof scripts;

/** The script of a letter that passes for a Latin one. */
export function lookAlikeScript(character: string): LookAlikeScript | undefined {
  return kindOf(scripts, character);
}

const fullWidthKinds = {
  quote: /[\u2018-\u201F\u2032-\u2036\u301D-\u301F\uFF02\uFF07]/u,
  space: /\u3000/u,
  comma: /[，､]/u,
  colon: /：/u,
  punctuation: /[、。．；！？｡]/u,
  bracket: /[\u3008-\u3011（）［］｛｝＜＞｟｠]/u,
  digit: /[０-９]/u,
  letter: /[Ａ-Ｚａ-ｚ]/u,
  symbol: /./u,
} as const satisfies Readonly<Record<string, RegExp>>;

export type FullWidthKind = keyof typeof fullWidthKinds;

export interface FullWidthCharacter {
  readonly kind: FullWidthKind;
  /** The half-width character that JSON needs in its place, where there is just one. */
  readonly replacement?: string;
}

const replacements: Readonly<Record<string, string>> = { "、": ",", "。": "." };

/** What sort of full-width character this is, and what to type instead. */
export function describeFullWidth(character: string): FullWidthCharacter {
  const kind = kindOf(fullWidthKinds, character) ?? "symbol";
  // JSON has only one quote.
  if (kind === "quote") return { kind, replacement: '"' };
  if (kind === "space") return { kind };
  const halfWidth = /[\uFF01-\uFF5E]/u.test(character) ? character.normalize("NFKC") : undefined;
  const replacement = halfWidth ?? replacements[character];
  return replacement === undefined ? { kind } : { kind, replacement };
}

function kindOf<Kind extends string>(
  kinds: Readonly<Record<Kind, RegExp>>,
  character: string,
): Kind | undefined {
  const names = Object.keys(kinds) as Kind[];
  return names.find((kind) => kinds[kind].test(character));
}
