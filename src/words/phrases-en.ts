import type { TextPosition } from "../model/issue.ts";
import { accountText } from "../report/names.ts";
import type { IssueContext } from "./issue-messages.ts";
import { showValue, showValues } from "./show-value.ts";

/** The field's label in quotes, or the record where no field is named. */
export function placeEn({ field }: IssueContext): string {
  return field === "" ? "this record" : `"${field}"`;
}

/** A value in quotes. */
export function quoteEn(value: string): string {
  return `"${showValue(value)}"`;
}

/** The first ten values in quotes, and how many more there are. */
export function quoteAllEn(values: readonly string[], type: "conjunction" | "disjunction"): string {
  const quoted = showValues(values, quoteEn);
  const rest = values.length - quoted.length;
  const items = rest > 0 ? [...quoted, `${rest} more`] : quoted;
  return new Intl.ListFormat("en-GB", { type }).format(items);
}

/** The accounts by name and id, which is what their records may have typed. */
export function accountsEn(ids: readonly string[], { accountName }: IssueContext): string {
  const names = ids.map((id) => accountText(id, accountName(id)));
  return `the AWS ${ids.length === 1 ? "account" : "accounts"} ${quoteAllEn(names, "conjunction")}`;
}

/** Line and column, both from 1. */
export function positionEn({ line, column }: TextPosition): string {
  return `line ${line}, column ${column}`;
}

/** The hint, after the likely names where there are any. */
export function suggestEn(suggestions: readonly string[], hint: string): string {
  return suggestions.length === 0 ? hint : `Did you mean ${quoteAllEn(suggestions, "disjunction")}? ${hint}`;
}

/** Closes the hint of every warning. */
export const restCarriedOutEn = "The rest of this record is carried out.";

/** That something is not allowed, by the rule's name where a rule says so: goes before what is denied. */
export function deniedEn(rule: string | undefined): string {
  return rule === undefined
    ? "No rule of your company allows"
    : `The rule ${quoteEn(rule)} of your company does not allow`;
}

/** What to do about an entry that says that there is none. */
export const leaveEmptyEn = "If there is none, leave the field empty.";
