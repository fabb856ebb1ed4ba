import { element, type PageNode } from "../../../report/pages/page-node.ts";
import type { ShownApp } from "../../../sandbox/kintone/kintone-screen.ts";
import type { FormProperty, PlainValue, PlainValues } from "../../../sandbox/kintone/kintone-seed.ts";
import type { RenderedRecord } from "../../../sandbox/kintone/render-record.ts";
import { choice, type Desk } from "./desk.ts";

const rowsToFill = 2;

/** A record's values as a form has them: people by code, rows without their ids. */
export function plainValues({ fields }: ShownApp, record: RenderedRecord): PlainValues {
  const filled = fields.map(({ code }) => [code, plainValue(record[code]?.value)] as const);
  return Object.fromEntries(filled);
}

function plainValue(value: unknown): PlainValue {
  if (Array.isArray(value)) return value.map((item: unknown) => plainItem(item));
  if (typeof value === "string") return value;
  return isObject(value) && typeof value["code"] === "string" ? value["code"] : null;
}

/** One of several: a text, a person, or a row of a table. */
function plainItem(item: unknown): string | PlainValues {
  if (!isObject(item)) return String(item);
  if (typeof item["code"] === "string") return item["code"];
  const cells = isObject(item["value"]) ? Object.entries(item["value"]) : [];
  return Object.fromEntries(
    cells.map(([code, cell]) => [code, plainValue(isObject(cell) ? cell["value"] : null)]),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** What to fill in, with the values that are there. */
export function formFields(desk: Desk, app: ShownApp, values: PlainValues): readonly PageNode[] {
  return app.fields
    .filter(({ code }) => app.editable.has(code))
    .map((field) =>
      field.type === "SUBTABLE"
        ? tableFields(desk, field, values[field.code])
        : inputOf(desk, field, { label: labelOf(field), name: `f:${field.code}` }, values[field.code]),
    );
}

/** The rows of a table, and some empty ones, which count for nothing. */
function tableFields(desk: Desk, field: FormProperty, value: PlainValue | undefined): PageNode {
  const empty: readonly PlainValues[] = Array.from({ length: rowsToFill }, () => ({}));
  const rows = [...listOf(value), ...empty];
  const columns = Object.values(field.fields ?? {});
  const parts = rows.map((row, index) =>
    element(
      "fieldset",
      {},
      element("legend", {}, desk.texts.row(labelOf(field), index + 1)),
      ...columns.map((column) =>
        inputOf(
          desk,
          column,
          { label: labelOf(column), name: `t:${field.code}:${index}:${column.code}` },
          typeof row === "object" ? row[column.code] : undefined,
        ),
      ),
    ),
  );
  return element("div", {}, ...parts);
}

interface Place {
  readonly label: string;
  readonly name: string;
}

function inputOf(
  desk: Desk,
  field: FormProperty,
  { label, name }: Place,
  value: PlainValue | undefined,
): PageNode {
  const text = typeof value === "string" ? value : "";
  const options = optionsOf(desk, field);
  if (options !== undefined) {
    const isMultiple = !oneOfSeveral.has(field.type);
    const chosen = isMultiple ? listOf(value).map(String) : [text];
    const known = new Set(options.map(([known]) => known));
    const kept = chosen
      .filter((each) => each !== "" && !known.has(each))
      .map((each) => [each, each] as const);
    return choice(
      label,
      name,
      [...(isMultiple ? [] : [["", ""] as const]), ...options, ...kept],
      chosen,
      isMultiple,
    );
  }
  if (field.type === "MULTI_LINE_TEXT" || field.type === "RICH_TEXT")
    return element("label", {}, label, element("textarea", { name, rows: "4" }, text));
  const type = field.type === "DATE" ? "date" : "text";
  return element("label", {}, label, element("input", { name, type, value: text }));
}

const oneOfSeveral = new Set(["SINGLE_LINE_TEXT", "NUMBER", "RADIO_BUTTON", "DROP_DOWN"]);

/** What can be chosen, where a field is not written into: the keys of a lookup, people, or its own choices. */
function optionsOf(
  { sandbox: { kintone } }: Desk,
  { lookup, type, options }: FormProperty,
): readonly (readonly [string, string])[] | undefined {
  if (lookup !== undefined) {
    const keys = kintone.records(Number(lookup.relatedApp.app)).map((record) => {
      const key = record[lookup.relatedKeyField]?.value;
      return typeof key === "string" ? key : "";
    });
    return keys.map((key) => [key, key]);
  }
  if (type === "USER_SELECT") return kintone.people().map(({ code, name }) => [code, `${name} (${code})`]);
  if (options === undefined) return undefined;
  return Object.keys(options).map((key) => [key, key]);
}

function listOf(value: PlainValue | undefined): readonly (string | PlainValues)[] {
  return Array.isArray(value) ? (value as readonly (string | PlainValues)[]) : [];
}

function labelOf({ label, code, required }: FormProperty): string {
  return `${label === "" ? code : label}${required === true ? " *" : ""}`;
}

/** What was filled in. */
export function filledIn({ fields, editable }: ShownApp, sent: URLSearchParams): PlainValues {
  const filled = fields
    .filter(({ code }) => editable.has(code))
    .map((field) => {
      const value = field.type === "SUBTABLE" ? rowsIn(field, sent) : valueIn(field, `f:${field.code}`, sent);
      return [field.code, value] as const;
    });
  return Object.fromEntries(filled);
}

function valueIn({ type }: FormProperty, name: string, sent: URLSearchParams): PlainValue {
  if (/^(?:MULTI_SELECT|CHECK_BOX|.*_SELECT)$/u.test(type))
    return sent.getAll(name).filter((item) => item !== "");
  return (sent.get(name) ?? "").replaceAll("\r\n", "\n");
}

function rowsIn(field: FormProperty, sent: URLSearchParams): PlainValue {
  const start = `t:${field.code}:`;
  const indexes = [...sent.keys()]
    .filter((name) => name.startsWith(start))
    .map((name) => name.slice(start.length));
  const numbers = [...new Set(indexes.map((rest) => Number.parseInt(rest, 10)))].sort((a, b) => a - b);
  return numbers.flatMap((number) => {
    const cells = Object.values(field.fields ?? {}).map(
      (column) => [column.code, valueIn(column, `${start}${number}:${column.code}`, sent)] as const,
    );
    return cells.every(isEmptyCell) ? [] : [Object.fromEntries(cells)];
  });
}

function isEmptyCell([, value]: readonly [string, PlainValue]): boolean {
  return value === "" || value === null || (Array.isArray(value) && value.length === 0);
}
