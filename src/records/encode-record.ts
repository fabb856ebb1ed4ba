import {
  type AppKind,
  decodableTypes,
  fieldDefinitions,
  type FieldMapping,
  type FieldName,
  type FormField,
} from "../model/fields.ts";
import type { RawField } from "../model/record.ts";

/** What the fields of a record are to say; what is left out stays empty. */
export type FieldTexts = Readonly<Partial<Record<FieldName, readonly string[]>>>;

type Shape = Parameters<typeof decodableTypes>[0];

/** The fields of a record that decodes to these texts, of the types that the app's form has. */
export function encodeFields(
  kind: AppKind,
  texts: FieldTexts,
  mapping: FieldMapping,
  form: readonly FormField[],
): Readonly<Record<string, RawField>> {
  const codes: Readonly<Record<string, string | null>> = mapping[kind];
  const definitions: [string, { readonly shape: Shape }][] = Object.entries(fieldDefinitions[kind]);
  const fields = definitions.flatMap(([name, { shape }]): [string, RawField][] => {
    const code = codes[name] ?? null;
    const field = form.find((candidate) => candidate.code === code);
    if (code === null || field === undefined) return [];
    const entries: readonly string[] = (texts as Readonly<Record<string, readonly string[]>>)[name] ?? [];
    return [[code, encodeField(field, shape, entries)]];
  });
  return Object.fromEntries(fields);
}

function encodeField({ type, columns = [] }: FormField, shape: Shape, entries: readonly string[]): RawField {
  if (type !== "SUBTABLE") return { type, value: encodeValue(type, entries) };
  const column = columns.find((candidate) => decodableTypes(shape).includes(candidate.type));
  if (column === undefined) return { type, value: [] };
  const rows = entries.map((entry) => ({
    value: { [column.code]: { type: column.type, value: encodeValue(column.type, [entry]) } },
  }));
  return { type, value: rows };
}

function encodeValue(type: string, entries: readonly string[]): unknown {
  switch (type) {
    case "USER_SELECT":
      return entries.map((code) => ({ code }));
    case "CHECK_BOX":
    case "MULTI_SELECT":
      return entries;
    case "DROP_DOWN":
    case "RADIO_BUTTON":
      return entries[0] ?? null;
    case "MULTI_LINE_TEXT":
      return entries.join("\n");
    default:
      return entries.join(",");
  }
}
