import type { TextPosition } from "../model/issue.ts";
import { accountText } from "../report/names.ts";
import type { IssueContext } from "./issue-messages.ts";
import { showValue, showValues } from "./show-value.ts";

/** The field's label in 「」, or the record where no field is named. */
export function placeJa({ field }: IssueContext): string {
  return field === "" ? "このレコード" : `「${field}」`;
}

/** A value in 「」. */
export function quoteJa(value: string): string {
  return `「${showValue(value)}」`;
}

/** The first ten values in 「」, and how many more there are. */
export function quoteAllJa(values: readonly string[]): string {
  const quoted = showValues(values, quoteJa);
  const rest = values.length - quoted.length;
  return rest > 0 ? `${quoted.join("")}ほか${rest}件` : quoted.join("");
}

/** The accounts by name and id, which is what their records may have typed. */
export function accountsJa(ids: readonly string[], { accountName }: IssueContext): string {
  return `AWSアカウント${quoteAllJa(ids.map((id) => accountText(id, accountName(id))))}`;
}

/** Line and column, both from 1. */
export function positionJa({ line, column }: TextPosition): string {
  return `${line}行目の${column}文字目`;
}

/** The hint, below the likely names where there are any. */
export function suggestJa(suggestions: readonly string[], hint: string): string {
  return suggestions.length === 0 ? hint : `${quoteAllJa(suggestions)}の入力誤りではありませんか。\n${hint}`;
}

/** Closes the hint of every warning. */
export const restCarriedOutJa = "このレコードのほかの内容は反映します。";

/** That something is not allowed, by the rule's name where a rule says so. */
export function deniedJa(rule: string | undefined): string {
  return rule === undefined
    ? "社内の利用ルールで認められていません"
    : `社内の利用ルール${quoteJa(rule)}で認められていません`;
}

/** What to do about an entry that says that there is none. */
export const leaveEmptyJa = "不要な場合は空にしてください。";
