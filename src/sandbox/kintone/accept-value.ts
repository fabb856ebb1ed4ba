import type { CellValue, Domain, TableRow } from "./kintone-domain.ts";
import { toMinute } from "./kintone-domain.ts";
import { entityNotFound, type InputErrors, type Message } from "./kintone-api-error.ts";
import type { FormProperty, Named, PlainValue } from "./kintone-seed.ts";
import { emptyValue } from "./render-record.ts";

/** What a caller sends for one field. */
export interface InputField {
  readonly value?: unknown;
}

/** What a caller sends for one record, by field code. */
export type RecordInput = Readonly<Record<string, InputField | undefined>>;

/** Where a value goes and where its problems are reported, such as `record.name`. */
export interface Place {
  readonly domain: Domain;
  readonly path: string;
  readonly errors: InputErrors;
}

const SCALARS = new Set([
  "SINGLE_LINE_TEXT",
  "MULTI_LINE_TEXT",
  "RICH_TEXT",
  "LINK",
  "NUMBER",
  "RADIO_BUTTON",
  "DROP_DOWN",
  "DATE",
  "TIME",
  "DATETIME",
]);
const TEXT_LISTS = new Set(["CHECK_BOX", "MULTI_SELECT"]);
const ENTITIES = {
  USER_SELECT: "USER",
  GROUP_SELECT: "GROUP",
  ORGANIZATION_SELECT: "ORGANIZATION",
} as const;

const NOT_A_NUMBER: Message = { ja: "数字でなければなりません。", en: "Only numbers are allowed." };
const NOT_A_LIST: Message = { ja: "配列でなければなりません。", en: "must be an array" };
const NOT_A_DATE: Message = { ja: "日時の形式が正しくありません。", en: "Invalid date and time format." };

/** Whether a caller can set the field; what is sent for another one is ignored. */
export function isWritable(property: FormProperty): boolean {
  return (
    SCALARS.has(property.type) ||
    TEXT_LISTS.has(property.type) ||
    property.type in ENTITIES ||
    property.type === "SUBTABLE"
  );
}

/** The fields a lookup fills in, of a form or of a table: what is sent for them is ignored. */
export function findCopiedFields(fields: Iterable<FormProperty>): ReadonlySet<string> {
  const mappings = [...fields].flatMap((property) => property.lookup?.fieldMappings ?? []);
  return new Set(mappings.map((mapping) => mapping.field));
}

/** The path under which kintone reports on a field's value: its ending depends on the type. */
export function valuePath(property: FormProperty, path: string): string {
  if (property.type in ENTITIES) return `${path}.values.value`;
  return TEXT_LISTS.has(property.type) ? `${path}.values` : `${path}.value`;
}

/**
 * Brings what was sent for a field into the form kintone keeps; `before` is what a table held until now. Problems of
 * form are added to the place's errors. Throws GAIA_IL26, 27 or 28 for an unknown user, group or organization.
 */
export function acceptValue(
  property: FormProperty,
  sent: unknown,
  place: Place,
  before?: CellValue,
): CellValue {
  if (sent === null || sent === undefined || sent === "") return emptyValue(property.type);
  if (property.type === "SUBTABLE") return acceptRows(property, sent, place, before);
  if (property.type in ENTITIES) return acceptEntities(property, sent, place);
  if (TEXT_LISTS.has(property.type)) return acceptList(property, sent, place).map(String);
  return acceptScalar(property, toText(sent), place);
}

/** Wraps a plain value as a caller of the API would send it. */
export function wrapPlainValue(property: FormProperty | undefined, value: PlainValue): InputField {
  if (property === undefined || !isList(value)) return { value };
  if (property.type in ENTITIES) return { value: value.map((code) => ({ code })) };
  if (property.type !== "SUBTABLE") return { value };
  const rows = value.filter((row) => typeof row === "object");
  return {
    value: rows.map((row) => ({
      value: Object.fromEntries(
        Object.entries(row).map(([code, cell]) => [code, wrapPlainValue(property.fields?.[code], cell)]),
      ),
    })),
  };
}

function acceptScalar(property: FormProperty, text: string, place: Place): CellValue {
  if (property.type === "NUMBER") {
    const number = Number(text);
    if (!Number.isNaN(number)) return String(number);
    // kintone marks this one problem with the field code in brackets.
    place.errors[`${place.path.replace(/\.([^.]+)$/, "[$1]")}.value`] = [NOT_A_NUMBER];
    return "";
  }
  if (property.type !== "DATETIME") return text;
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return toMinute(time);
  place.errors[`${place.path}.value`] = [NOT_A_DATE];
  return "";
}

function acceptList(property: FormProperty, sent: unknown, place: Place): readonly unknown[] {
  if (Array.isArray(sent)) return sent;
  place.errors[valuePath(property, place.path)] = [NOT_A_LIST];
  return [];
}

function acceptEntities(property: FormProperty, sent: unknown, place: Place): Named[] {
  const kind = ENTITIES[property.type as keyof typeof ENTITIES];
  const { seed } = place.domain;
  const known = { USER: seed.users, GROUP: seed.groups, ORGANIZATION: seed.organizations }[kind] ?? [];
  return acceptList(property, sent, place).map((entity) => {
    const code = String((entity as Partial<Named> | null)?.code);
    const found = known.find((candidate) => candidate.code === code);
    if (found === undefined) throw entityNotFound(kind, code);
    return { code: found.code, name: found.name };
  });
}

/** A table is replaced as a whole: a row with a known id keeps it and what was not sent, any other row is new. */
function acceptRows(
  property: FormProperty,
  sent: unknown,
  place: Place,
  before: CellValue | undefined,
): TableRow[] {
  const rowsBefore = (before ?? []) as readonly TableRow[];
  const copied = findCopiedFields(Object.values(property.fields ?? {}));
  return acceptList(property, sent, place).map((row, index) => {
    const { id, value = {} } = row as { id?: unknown; value?: RecordInput };
    const known = rowsBefore.find((candidate) => id !== undefined && candidate.id === toText(id));
    const path = `${place.path}.value[${index}].value`;
    const columns = Object.values(property.fields ?? {}).map((column) => {
      const input = copied.has(column.code) ? undefined : value[column.code];
      const kept = known?.value[column.code] ?? column.defaultValue;
      const cell = acceptValue(column, input === undefined ? kept : input.value, {
        ...place,
        path: `${path}.${column.code}`,
      });
      return [column.code, cell] as const;
    });
    return { id: known?.id ?? nextRowId(place.domain), value: Object.fromEntries(columns) };
  });
}

function nextRowId(domain: Domain): string {
  domain.lastRowId += 1;
  return String(domain.lastRowId);
}

function toText(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function isList(value: PlainValue): value is Extract<PlainValue, readonly unknown[]> {
  return Array.isArray(value);
}
