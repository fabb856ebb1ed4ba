import {
  type FullWidthKind,
  type HiddenKind,
  hiddenKind,
  type LookAlikeScript,
  lookAlikeScript,
} from "./character-kinds.ts";

const hiddenCharacters: Readonly<Record<HiddenKind, string>> = {
  tab: "タブ",
  "line-break": "改行",
  "byte-order-mark": "バイト順マーク",
  "zero-width-space": "ゼロ幅スペース",
  "soft-hyphen": "ソフトハイフン",
  "direction-mark": "文字の向きを変える記号",
  "variation-selector": "異体字セレクター",
  "private-use": "外字",
  control: "制御文字",
  hidden: "見えない文字",
};

/** What a character that a reader cannot see is called. */
export function hiddenCharacterJa(character: string): string {
  return hiddenCharacters[hiddenKind(character) ?? "hidden"];
}

const scripts: Readonly<Record<LookAlikeScript, string>> = {
  Cyrillic: "キリル文字",
  Greek: "ギリシャ文字",
  Armenian: "アルメニア文字",
  Cherokee: "チェロキー文字",
  Coptic: "コプト文字",
};

/** The script of a letter that passes for a Latin one. */
export function scriptJa(letter: string): string {
  const script = lookAlikeScript(letter);
  return script === undefined ? "別の文字" : scripts[script];
}

/** What a full-width character is called. */
export const fullWidthCharactersJa: Readonly<Record<FullWidthKind, string>> = {
  quote: "文書用の引用符",
  space: "全角のスペース",
  comma: "全角のカンマ",
  colon: "全角のコロン",
  punctuation: "全角の句読点",
  bracket: "全角のかっこ",
  digit: "全角の数字",
  letter: "全角の英字",
  symbol: "全角の記号",
};
