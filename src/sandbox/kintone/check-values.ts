import { valuePath } from "./accept-value.ts";
import type { App, CellValue, TableRow } from "./kintone-domain.ts";
import { type InputErrors, type Message, REQUIRED_VALUE } from "./kintone-api-error.ts";
import type { FormProperty } from "./kintone-seed.ts";

/** The values of a record to be saved. */
export interface Candidate {
  readonly id: number;
  readonly values: Readonly<Record<string, CellValue>>;
}

const UNIQUE_TYPES = new Set(["SINGLE_LINE_TEXT", "NUMBER", "LINK", "DATE", "DATETIME"]);
const MAX_UNIQUE_LENGTH = 64;

/**
 * Checks a record as a whole, so that an update can fail over a field it does not touch: required, unique, length,
 * choices. Problems are added to `errors` under `path`.
 */
export function checkValues(app: App, candidate: Candidate, path: string, errors: InputErrors): void {
  for (const property of app.live.fields.values()) {
    const value = candidate.values[property.code] ?? null;
    const at = `${path}.${property.code}`;
    checkValue(property, value, at, errors);
    if (property.unique === true && isTaken(app, property, candidate))
      report(errors, valuePath(property, at), {
        ja: "値がほかのレコードと重複しています。",
        en: "This value already exists in another record.",
      });
    if (property.type === "SUBTABLE") checkRows(property, value as readonly TableRow[] | null, at, errors);
  }
}

function checkRows(
  property: FormProperty,
  rows: readonly TableRow[] | null,
  path: string,
  errors: InputErrors,
): void {
  for (const [index, row] of (rows ?? []).entries())
    for (const column of Object.values(property.fields ?? {})) {
      const at = `${path}.value[${index}].value.${column.code}`;
      checkValue(column, row.value[column.code] ?? null, at, errors);
    }
}

function checkValue(property: FormProperty, value: CellValue, path: string, errors: InputErrors): void {
  const at = valuePath(property, path);
  // The API accepts an empty radio button even where it is required.
  const isRequired = property.required === true && property.type !== "RADIO_BUTTON";
  if (value === null || value.length === 0) {
    if (isRequired) report(errors, at, REQUIRED_VALUE);
    return;
  }
  if (typeof value === "string") checkLength(property, value, at, errors);
  if (property.options !== undefined) checkChoices(property, value as string | string[], at, errors);
}

function checkLength(property: FormProperty, text: string, at: string, errors: InputErrors): void {
  const { maxLength = "", minLength = "", unique } = property;
  const ownMax = maxLength === "" ? Number.POSITIVE_INFINITY : Number(maxLength);
  const max = unique === true ? Math.min(ownMax, MAX_UNIQUE_LENGTH) : ownMax;
  const min = minLength === "" ? 0 : Number(minLength);
  if (text.length > max)
    report(errors, at, {
      ja: `${max + 1}文字より短くなければなりません。`,
      en: `Enter less than ${max + 1} characters.`,
    });
  if (text.length < min)
    report(errors, at, {
      ja: `${min - 1}文字より長くなければなりません。`,
      en: `Enter more than ${min - 1} characters.`,
    });
}

function checkChoices(
  property: FormProperty,
  value: string | string[],
  at: string,
  errors: InputErrors,
): void {
  const isList = Array.isArray(value);
  for (const [index, choice] of (isList ? value : [value]).entries()) {
    if (property.options?.[choice] !== undefined) continue;
    report(errors, isList ? `${at}[${index}].value` : at, {
      ja: `"${choice}"は選択肢にありません。`,
      en: `The value, "${choice}", is not in options.`,
    });
  }
}

function isTaken(app: App, property: FormProperty, candidate: Candidate): boolean {
  const value = candidate.values[property.code];
  if (!UNIQUE_TYPES.has(property.type) || typeof value !== "string" || value === "") return false;
  for (const record of app.records.values())
    if (record.id !== candidate.id && record.values[property.code] === value) return true;
  return false;
}

function report(errors: InputErrors, at: string, message: Message): void {
  errors[at] = [...(errors[at] ?? []), message];
}
