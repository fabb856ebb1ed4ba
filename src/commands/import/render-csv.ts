import type { FormField } from "../../model/fields.ts";
import type { RawField, RawRecord } from "../../model/record.ts";

/** The heading of the column that marks a record's first row. https://jp.kintone.help/k/ja/app/import_export/import/table */
const firstRow = "レコードの開始行";
const byteOrderMark = "\uFEFF";

/** A file for kintone's import: field codes in its heading, one row for each row of a record's longest table. */
export function renderCsv(records: readonly RawRecord[], form: readonly FormField[]): string {
  const codes = Object.keys(records[0]?.fields ?? {});
  const tables = new Map(
    form.filter(({ type }) => type === "SUBTABLE").map(({ code, columns = [] }) => [code, columns]),
  );
  const hasTables = codes.some((code) => tables.has(code));
  const columns = codes.flatMap((code) =>
    (tables.get(code) ?? [undefined]).map((column) => ({ code, column: column?.code })),
  );
  const heading = columns.map(({ code, column }) => column ?? code);
  const rows = records.flatMap(({ fields }) => {
    const height = Math.max(1, ...Object.values(fields).map((field) => tableRows(field).length));
    return Array.from({ length: height }, (_, row) => [
      ...(hasTables ? [row === 0 ? "*" : ""] : []),
      ...columns.map(({ code, column }) => cell(fields[code], column, row)),
    ]);
  });
  const lines = [[...(hasTables ? [firstRow] : []), ...heading], ...rows];
  return byteOrderMark + lines.map((line) => line.map(quote).join(",")).join("\r\n") + "\r\n";
}

type Row = { readonly value: Readonly<Record<string, RawField>> };

function tableRows({ type, value }: RawField): readonly Row[] {
  return type === "SUBTABLE" ? (value as readonly Row[]) : [];
}

/** Fields outside tables stand in every row of the record, as kintone asks for. */
function cell(field: RawField | undefined, column: string | undefined, row: number): string {
  if (field === undefined) return "";
  if (column === undefined) return textOf(field.value);
  return textOf(tableRows(field)[row]?.value[column]?.value);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join("\n");
  if (typeof value === "object" && value !== null && "code" in value) return textOf(value.code);
  return typeof value === "string" ? value : "";
}

function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
