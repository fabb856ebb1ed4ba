import * as z from "zod";

import { type AppKind, decodableTypes, type FormField } from "../model/fields.ts";
import type { KintoneUser, RawField, RawRecord, RecordRef } from "../model/record.ts";
import { pageSize } from "./page-query.ts";
import type { UsableField } from "./usable-fields.ts";

/** What every record of an app must hold. */
export interface RecordLayout {
  readonly kind: AppKind;
  readonly fields: readonly UsableField[];
  /** Codes of the system fields; they depend on the language of the user who made the app, so the form tells them. */
  readonly systemCodes: {
    readonly creator?: string;
    readonly modifier?: string;
    readonly updatedAt?: string;
  };
}

export interface RecordPage {
  readonly records: readonly RawRecord[];
  /** The highest id on the page; 0 when it is empty. */
  readonly lastId: number;
  /** Records the page query matches, those on the page among them. */
  readonly totalCount: number;
}

const fieldSchema = z.object({ type: z.string(), value: z.unknown() });
const recordSchema = z.record(z.string(), fieldSchema);
const pageSchema = z.object({
  records: z.array(recordSchema).max(pageSize),
  totalCount: z.string().regex(/^\d{1,15}$/),
});
const rowsSchema = z.array(z.object({ value: recordSchema }));
const userSchema = z.object({ code: z.string(), name: z.string() });

type AnsweredRecord = z.infer<typeof recordSchema>;

/** Field codes to ask kintone for. */
export function requestedCodes({ fields, systemCodes }: RecordLayout): string[] {
  return [...new Set(["$id", "$revision", ...fields.map(({ code }) => code), ...Object.values(systemCodes)])];
}

/** Finds the codes of the system fields in a form. */
export function findSystemCodes(form: readonly FormField[]): RecordLayout["systemCodes"] {
  const codeOf = (type: string) => form.find((field) => field.type === type)?.code;
  const [creator, modifier, updatedAt] = ["CREATOR", "MODIFIER", "UPDATED_TIME"].map(codeOf);
  return { ...(creator && { creator }), ...(modifier && { modifier }), ...(updatedAt && { updatedAt }) };
}

/**
 * Takes nothing for granted: a string with why the answer proves nothing, unless it is a page of records in ascending
 * order after `lastId` in which no field is missing. kintone leaves out what the user may not see without saying so.
 */
export function decodePage(answer: unknown, layout: RecordLayout, lastId: number): RecordPage | string {
  const { success, data, error } = pageSchema.safeParse(answer);
  if (!success) {
    const [issue] = error.issues;
    return `the answer is not a page of records (${issue?.path.join(".")}: ${issue?.message})`;
  }
  const records: RawRecord[] = [];
  let previousId = lastId;
  for (const answered of data.records) {
    const record = decodeRecord(answered, layout, previousId);
    if (typeof record === "string") return record;
    records.push(record);
    previousId = Number(record.ref.id);
  }
  return { records, lastId: previousId, totalCount: Number(data.totalCount) };
}

function decodeRecord(
  answered: AnsweredRecord,
  layout: RecordLayout,
  previousId: number,
): RawRecord | string {
  const id = numberIn(answered["$id"]);
  const revision = numberIn(answered["$revision"]);
  if (id === undefined || revision === undefined) {
    return `a record after ${previousId} has no $id or no $revision`;
  }
  if (id <= previousId) return `record ${id} came after record ${previousId}`;
  const fields: Record<string, RawField> = {};
  for (const field of layout.fields) {
    const value = fieldIn(answered, field.code);
    const problem = fieldProblem(value, field);
    if (value === undefined || problem !== undefined) return `record ${id} ${problem}`;
    fields[field.code] = field.column === undefined ? value : onlyColumn(value, field.column);
  }
  return { ref: refOf(answered, layout, id, revision), fields };
}

function fieldProblem(
  answered: RawField | undefined,
  { code, type, column }: UsableField,
): string | undefined {
  if (answered === undefined) return `has no field "${code}"`;
  if (answered.type !== type) return `has a field "${code}" of the type ${answered.type} instead of ${type}`;
  return column && columnProblem(answered.value, code, column);
}

function columnProblem(value: unknown, table: string, column: UsableField): string | undefined {
  const { success, data: rows } = rowsSchema.safeParse(value);
  if (!success) return `has a table "${table}" whose rows cannot be read`;
  const isWhole = rows.every((row) => fieldIn(row.value, column.code)?.type === column.type);
  return isWhole ? undefined : `has a row without column "${column.code}" in table "${table}"`;
}

/** The table as it is, without columns that a lookup fills beside the one that counts. */
function onlyColumn({ type, value }: RawField, { code }: { readonly code: string }): RawField {
  const rows = value as readonly { readonly value: AnsweredRecord }[];
  const counts = ([own, field]: readonly [string, RawField]): boolean =>
    own === code || !decodableTypes("people").includes(field.type);
  return {
    type,
    value: rows.map((row) => ({
      ...row,
      value: Object.fromEntries(Object.entries(row.value).filter(counts)),
    })),
  };
}

function refOf(answered: AnsweredRecord, layout: RecordLayout, id: number, revision: number): RecordRef {
  const { kind, systemCodes } = layout;
  const creator = userIn(fieldIn(answered, systemCodes.creator));
  const modifier = userIn(fieldIn(answered, systemCodes.modifier));
  const updatedAt = fieldIn(answered, systemCodes.updatedAt)?.value;
  return {
    app: kind,
    id: String(id),
    revision,
    ...(creator && { creator }),
    ...(modifier && { modifier }),
    ...(typeof updatedAt === "string" && { updatedAt }),
  };
}

function fieldIn(answered: AnsweredRecord, code: string | undefined): RawField | undefined {
  return code !== undefined && Object.hasOwn(answered, code) ? answered[code] : undefined;
}

function numberIn(field: RawField | undefined): number | undefined {
  const value = field?.value;
  return typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/** Who touched a record only matters for telling: an unreadable user is left out. */
function userIn(field: RawField | undefined): KintoneUser | undefined {
  return userSchema.safeParse(field?.value).data;
}
