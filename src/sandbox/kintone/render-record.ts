import type { App, CellValue, StoredRecord, TableRow } from "./kintone-domain.ts";
import type { FormProperty, Named } from "./kintone-seed.ts";

/** A field of a record in an answer. */
interface RenderedField {
  readonly type: string;
  readonly value: unknown;
}

/** A record as getRecord and getRecords return it, by field code. */
export type RenderedRecord = Record<string, RenderedField>;

const WITHOUT_VALUE = new Set(["GROUP", "LABEL", "SPACER", "HR", "REFERENCE_TABLE", "CATEGORY"]);
const LISTS = new Set([
  "CHECK_BOX",
  "MULTI_SELECT",
  "USER_SELECT",
  "GROUP_SELECT",
  "ORGANIZATION_SELECT",
  "FILE",
  "SUBTABLE",
]);
const NULL_WHEN_EMPTY = new Set(["DROP_DOWN", "RADIO_BUTTON", "DATE", "TIME"]);

/** Renders a record: every value wrapped with its type, every number a string, nothing of fields without a value. */
export function renderRecord(
  app: App,
  record: StoredRecord,
  isWanted: (code: string) => boolean = () => true,
): RenderedRecord {
  const rendered: RenderedRecord = {};
  for (const [code, property] of app.live.fields) {
    if (!isWanted(code)) continue;
    const value = readValue(app, record, property);
    if (value !== undefined) rendered[code] = { type: property.type, value };
  }
  if (isWanted("$id")) rendered["$id"] = { type: "__ID__", value: String(record.id) };
  if (isWanted("$revision")) rendered["$revision"] = { type: "__REVISION__", value: String(record.revision) };
  return rendered;
}

/** The value of a field nothing was entered into. */
export function emptyValue(type: string): CellValue {
  if (LISTS.has(type)) return [];
  return NULL_WHEN_EMPTY.has(type) ? null : "";
}

function readValue(app: App, record: StoredRecord, property: FormProperty): unknown {
  const system = readSystemValue(app, record, property);
  if (system !== undefined) return system.value;
  if (WITHOUT_VALUE.has(property.type)) return undefined;
  const value = record.values[property.code] ?? emptyValue(property.type);
  return property.type === "SUBTABLE" ? renderRows(property, value as readonly TableRow[]) : value;
}

/** The record number carries the app's code, if it has one: that is why it is no substitute for `$id`. */
function readRecordNumber(app: App, record: StoredRecord): string {
  const { code } = app.seed;
  return code === undefined || code === "" ? String(record.id) : `${code}-${record.id}`;
}

function readSystemValue(
  app: App,
  record: StoredRecord,
  property: FormProperty,
): { value: string | Named | readonly Named[] | undefined } | undefined {
  switch (property.type) {
    case "RECORD_NUMBER":
      return { value: readRecordNumber(app, record) };
    case "CREATOR":
      return { value: record.creator };
    case "MODIFIER":
      return { value: record.modifier };
    case "CREATED_TIME":
      return { value: record.createdAt };
    case "UPDATED_TIME":
      return { value: record.updatedAt };
    case "STATUS":
      return { value: app.live.process.enable ? record.status : undefined };
    case "STATUS_ASSIGNEE":
      return { value: app.live.process.enable ? record.assignees : undefined };
    default:
      return undefined;
  }
}

function renderRows(property: FormProperty, rows: readonly TableRow[]): unknown {
  const columns = Object.values(property.fields ?? {});
  return rows.map((row) => ({
    id: row.id,
    value: Object.fromEntries(
      columns.map((column) => [
        column.code,
        { type: column.type, value: row.value[column.code] ?? emptyValue(column.type) },
      ]),
    ),
  }));
}
