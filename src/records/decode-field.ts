import { decodableTypes, type FieldName } from "../model/fields.ts";
import { createIssue, holdsRecord, type Issue, type IssueCode, type IssueParams } from "../model/issue.ts";
import type { RawField, RawRecord, RecordRef } from "../model/record.ts";
import { isEntryLine, type ListEntry, type UserText } from "../model/typed-record.ts";
import { findNameFlaw, normalizeName, shorten, splitLine, splitLines } from "../model/text.ts";

/** Collects the issues of one field of one record. */
export interface FieldReader {
  readonly field: FieldName;
  readonly raw: RawField | undefined;
  readonly record: RecordRef;
  readonly issues: Issue[];
}

const absentField: RawField = { type: "", value: undefined };

/** The mapped field of a record; undefined when the app does not have it on purpose. A field that should be there and is not cannot be read: it is not empty. */
export function findField({ fields }: RawRecord, code: string | null): RawField | undefined {
  if (code === null) return undefined;
  return (Object.hasOwn(fields, code) ? fields[code] : undefined) ?? absentField;
}

export function report<Code extends IssueCode>(
  reader: FieldReader,
  code: Code,
  params: IssueParams[Code],
): undefined {
  reader.issues.push(createIssue(code, reader.record, reader.field, params));
  return undefined;
}

/** Whether the field has an issue after which its value must not be used. */
export function isHeld(reader: FieldReader): boolean {
  return reader.issues.some((issue) => issue.field === reader.field && holdsRecord(issue.code));
}

const longestText = 1_000_000;

/** The field's text as typed, line feeds normalised; empty when there is none, undefined when it cannot be read. */
export function decodeText(reader: FieldReader): string | undefined {
  const { raw } = reader;
  if (raw === undefined || raw.value === null) return "";
  const { value } = raw;
  if (typeof value !== "string") return unreadable(reader);
  if (value.length > longestText) {
    return report(reader, "field.too-long", { length: value.length, limit: longestText });
  }
  return value.replace(/^\uFEFF/u, "").replace(/\r\n?/gu, "\n");
}

/** The field's text as a name: normalised, and refused when it hides a character. */
export function decodeName(reader: FieldReader): string | undefined {
  const text = decodeText(reader);
  return text === undefined ? undefined : checkName(reader, text);
}

/** The entries of a text list, a choice field or a table with one column; undefined when any entry cannot be read. */
export function decodeNames(reader: FieldReader): readonly ListEntry<string>[] | undefined {
  return decodeEntries(reader, "list", (text) => text);
}

/** The people of a user field or a list of login names and addresses. */
export function decodePeople(reader: FieldReader): readonly ListEntry<UserText>[] | undefined {
  return decodeEntries(reader, "people", userText);
}

const guestPrefix = /^guest\/(?=.*@)/u;

/** Guests of a guest space have `guest/` and their address as code. https://cybozu.dev/ja/kintone/docs/overview/field-types/ */
function userText(code: string): UserText {
  const text = code.replace(guestPrefix, "");
  return { kind: text.includes("@") ? "address" : "login", text };
}

function decodeEntries<Entry>(
  reader: FieldReader,
  shape: EntryShape,
  read: (text: string) => Entry,
): readonly ListEntry<Entry>[] | undefined {
  const lines = entryTexts(reader, reader.raw, shape)?.map((line) => decodeLine(reader, line));
  if (lines === undefined) return undefined;
  const readable = lines.filter((line) => line !== undefined);
  if (readable.length < lines.length) return undefined;
  const entries = readable.flat().map((entry) => mapEntry(entry, read));
  return uniqueEntries(entries);
}

/** The entry with another form of each of its names. */
function mapEntry<Entry, Other>(entry: ListEntry<Entry>, read: (one: Entry) => Other): ListEntry<Other> {
  return isEntryLine(entry) ? { whole: read(entry.whole), parts: entry.parts.map(read) } : read(entry);
}

/** Each entry once. */
export function uniqueEntries<Entry>(entries: readonly Entry[]): readonly Entry[] {
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
}

const quoted = /^"(?<name>[^"]+)"$/u;

/** What a line stands for; a name with commas between quotation marks is one name. */
function decodeLine(reader: FieldReader, line: TypedLine): readonly ListEntry<string>[] | undefined {
  const texts = line.isList ? splitLine(line.text) : [line.text];
  if (texts.length === 1) return checkNames(reader, texts);
  const whole = normalizeName(line.text);
  const inQuotes = quoted.exec(whole)?.groups?.["name"];
  if (inQuotes !== undefined) return checkNames(reader, [inQuotes]);
  const names = checkNames(reader, texts);
  if (names === undefined || names.length <= 1 || whole.length > longestName) return names;
  return [{ whole, parts: names }];
}

function checkNames(reader: FieldReader, texts: readonly string[]): readonly string[] | undefined {
  const names = texts.map((text) => checkName(reader, text));
  const readable = names.filter((name) => name !== undefined);
  return readable.length < names.length ? undefined : readable.filter((name) => name !== "");
}

const longestName = 2_048;

function checkName(reader: FieldReader, text: string): string | undefined {
  if (text.length > longestName) {
    return report(reader, "field.too-long", { length: text.length, limit: longestName });
  }
  const name = normalizeName(text);
  const flaw = findNameFlaw(name);
  if (flaw === undefined) return name;
  const { kind, ...where } = flaw;
  const code = kind === "invisible" ? "text.invisible-character" : "text.look-alike-character";
  return report(reader, code, { ...where, value: shorten(name) });
}

type EntryShape = "list" | "people";

/** A chosen option, or one line of a typed list. */
interface TypedLine {
  readonly text: string;
  readonly isList: boolean;
}

function entryTexts(
  reader: FieldReader,
  raw: RawField | undefined,
  shape: EntryShape,
): readonly TypedLine[] | undefined {
  if (raw === undefined || raw.value === null) return [];
  const { type, value } = raw;
  if (type === "SUBTABLE") return tableTexts(reader, value, shape);
  if (!decodableTypes(shape).includes(type)) return unreadable(reader);
  if (typeof value === "string") {
    const text = decodeText({ ...reader, raw });
    return text === undefined ? undefined : linesOf(type, text);
  }
  if (!Array.isArray(value)) return unreadable(reader);
  const texts = value.map(choiceText);
  const readable = texts.filter((text) => text !== undefined);
  if (readable.length < texts.length) return unreadable(reader);
  return readable.map((text) => ({ text, isList: false }));
}

/** A chosen option, or the login name of a chosen user. */
function choiceText(item: unknown): string | undefined {
  if (typeof item === "string") return item;
  return isObject(item) && typeof item["code"] === "string" ? item["code"] : undefined;
}

function tableTexts(reader: FieldReader, rows: unknown, shape: EntryShape): readonly TypedLine[] | undefined {
  if (!Array.isArray(rows)) return unreadable(reader);
  const columns = rows.map((row) => usableColumn(row, shape)).filter((column) => column !== undefined);
  if (columns.length < rows.length) return unreadable(reader);
  const entriesOfRows = columns.map((column) => entryTexts(reader, column, shape));
  const readable = entriesOfRows.filter((entries) => entries !== undefined);
  return readable.length < rows.length ? undefined : readable.flat();
}

/** A chosen option is one entry, whatever it holds; typed text is a list. */
function linesOf(type: string, text: string): readonly TypedLine[] {
  if (type === "DROP_DOWN" || type === "RADIO_BUTTON") return [{ text, isList: false }];
  return splitLines(text).map((line) => ({ text: line, isList: true }));
}

/** The row's one column whose type can hold entries; others, such as a person in a table of accounts, do not count. */
function usableColumn(row: unknown, shape: EntryShape): RawField | undefined {
  if (!isObject(row) || !isObject(row["value"])) return undefined;
  const columns = Object.values(row["value"]).filter(isRawField);
  const usable = columns.filter(({ type }) => decodableTypes(shape).includes(type));
  return usable.length === 1 ? usable[0] : undefined;
}

function isRawField(value: unknown): value is RawField {
  return isObject(value) && typeof value["type"] === "string" && "value" in value;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unreadable(reader: FieldReader): undefined {
  return report(reader, "field.unreadable", { type: reader.raw?.type ?? "" });
}
