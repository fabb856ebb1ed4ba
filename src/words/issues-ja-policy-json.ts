import { characterOf, describeFullWidth, hiddenKind } from "./character-kinds.ts";
import { fullWidthCharactersJa, hiddenCharacterJa } from "./characters-ja.ts";
import type { IssueMessages } from "./issue-messages.ts";
import {
  actionExample,
  halfWidthExample,
  jsonExample,
  policyExample,
  sidExample,
} from "./issues-examples.ts";
import { placeJa, positionJa, quoteJa } from "./phrases-ja.ts";
import { grammarIssueJa } from "./policy-grammar-ja.ts";
import { showExcerpt } from "./show-value.ts";

type Problem = readonly [what: string, fix: string];

const unclear: Problem = [
  "JSONとして解釈できない文字があります。",
  "この位置の文字を確認してください。文字列は \" で囲み（' は使えません）、true、false、null は小文字で入力してください。",
];
const badNumber: Problem = [
  "数値が正しくありません。",
  '数値を修正するか、文字列の場合は " で囲んでください。',
];
const comment: Problem = [
  "JSONにはコメントを書けません。",
  "// や /* で始まるコメントをすべて削除してください。",
];

/** By jsonc-parser's ParseErrorCode. https://github.com/microsoft/node-jsonc-parser */
const syntaxProblems: Readonly<Record<string, Problem>> = {
  InvalidNumberFormat: badNumber,
  PropertyNameExpected: [
    "項目名がありません。",
    '項目名を " で囲んで入力してください。最後の項目の後ろにカンマ（,）がある場合は、カンマを削除してください。',
  ],
  ValueExpected: [
    "値がありません。",
    "値を入力してください。最後の値の後ろにカンマ（,）がある場合は、カンマを削除してください。",
  ],
  ColonExpected: ["コロン（:）がありません。", "項目名と値の間に : を入力してください。"],
  CommaExpected: ["この後ろにカンマ（,）がありません。", "この位置の後ろに , を入力してください。"],
  CloseBraceExpected: ["閉じかっこ } がありません。", "この位置に } を入力してください。"],
  CloseBracketExpected: ["閉じかっこ ] がありません。", "この位置に ] を入力してください。"],
  EndOfFileExpected: [
    "JSONの終わりの後ろに余分な文字があります。",
    "余分な文字を削除してください。かっこ { } の数が合っているかも確認してください。",
  ],
  InvalidCommentToken: comment,
  UnexpectedEndOfComment: comment,
  UnexpectedEndOfString: [
    '文字列の終わりの " がありません。',
    '文字列の最後に " を入力してください。文字列の途中では改行できません。',
  ],
  UnexpectedEndOfNumber: badNumber,
  InvalidUnicode: [
    "\\u の後ろの文字コードが正しくありません。",
    "\\u の後ろに4桁の16進数を入力してください。",
  ],
  InvalidEscapeCharacter: [
    "文字列の中の \\ の使い方が正しくありません。",
    "\\ という文字は \\\\ と入力してください。",
  ],
  InvalidCharacter: [
    "文字列の中にタブなどの制御文字があります。",
    "タブなどを削除するか、スペースに置き換えてください。",
  ],
};

/** In how many more places there are such characters. */
function restOfPlacesJa(places: number): string {
  return places > 1 ? `ほかに${places - 1}か所あります。` : "";
}

const moreOfTheKind = "文書やチャットから貼り付けた場合は、ほかの文字も確認してください。";

/** Issues of the inline policy's text in Japanese. */
export const policyJsonIssuesJa = {
  "policy.json-syntax": ({ problem, excerpt, ...position }, context) => {
    const [what, fix] = syntaxProblems[problem] ?? unclear;
    return {
      message: `${placeJa(context)}のJSONに誤りがあります。${positionJa(position)}: ${what}\n${showExcerpt(excerpt)}`,
      hint: fix,
      example: jsonExample(problem),
    };
  },
  "policy.full-width-character": ({ character, excerpt, places = 1, ...position }, context) => {
    const { kind, replacement } = describeFullWidth(characterOf(character));
    const halfWidth = kind === "space" ? "半角のスペース" : `半角の ${replacement} `;
    const fix =
      kind === "space" || replacement !== undefined
        ? `${places > 1 ? "すべて" : ""}${halfWidth}に置き換えてください。`
        : "半角文字に置き換えるか、削除してください。";
    return {
      message: `${placeJa(context)}の${positionJa(position)}: ${character} は${fullWidthCharactersJa[kind]}です。${restOfPlacesJa(places)}\n${showExcerpt(excerpt)}`,
      hint: `${fix}${places > 1 ? "" : moreOfTheKind}`,
      example: halfWidthExample(kind),
    };
  },
  "policy.character-not-allowed": ({ character, excerpt, places = 1, ...position }, context) => {
    const found = characterOf(character);
    const name = hiddenKind(found) === undefined ? character : `${character}（${hiddenCharacterJa(found)}）`;
    return {
      message: `${placeJa(context)}の${positionJa(position)}: ${name} はポリシーに使えない文字です。${restOfPlacesJa(places)}\n${showExcerpt(excerpt)}`,
      hint: "半角の英数字と記号だけを使ってください。日本語での説明は、許可セットの説明のフィールドに入力してください。",
      example: sidExample,
    };
  },
  "policy.duplicate-key": ({ key, ...position }, context) => ({
    message: `${placeJa(context)}の${positionJa(position)}: ${quoteJa(key)}という項目が重複しています。`,
    hint: "同じ { } の中では、1つの項目名は1回だけ使えます。1つにまとめるか、ステートメントを分けてください。",
    example: actionExample,
  }),
  "policy.forbidden-key": ({ key, ...position }, context) => ({
    message: `${placeJa(context)}の${positionJa(position)}: ${quoteJa(key)}という項目名は使えません。`,
    hint: "この項目を削除してください。",
  }),
  "policy.too-deep": ({ limit }, context) => ({
    message: `${placeJa(context)}のかっこの入れ子が深すぎます。`,
    hint: `かっこの入れ子を${limit}段以内にしてください。閉じ忘れたかっこがないかも確認してください。`,
    example: policyExample,
  }),
  "policy.too-large": ({ size, limit }, context) => ({
    message: `${placeJa(context)}が長すぎます（${size}文字）。`,
    hint: `空白と改行を含めて${limit}文字以内にしてください。長いポリシーは、カスタマー管理ポリシーに分けられます。`,
  }),
  "policy.too-many-characters": ({ count, limit }, context) => ({
    message: `${placeJa(context)}が長すぎます（空白と改行を除いて${count}文字）。`,
    hint: `空白と改行を除いて${limit}文字以内にしてください。長いポリシーは、カスタマー管理ポリシーに分けられます。`,
  }),
  "policy.grammar": grammarIssueJa,
} satisfies Partial<IssueMessages>;
