import {
  type AppSettings,
  type LayoutField,
  type LayoutPart,
  placeField,
  UNPLACED,
} from "../app-settings.ts";
import { fieldNotFound, invalidParameter, type Message } from "../kintone-api-error.ts";
import type { FormProperty } from "../kintone-seed.ts";
import { type Parameters, readChoice, readObjects, readText } from "../request-parameters.ts";
import { ANYONE, type Setting } from "./setting.ts";

const DECORATIONS = new Set(["LABEL", "SPACER", "HR"]);
const TWICE: Message = { ja: "フィールドが重複しています。", en: "The field is placed twice." };
const MISSING: Message = {
  ja: "フォームのすべてのフィールドを指定する必要があります。",
  en: "All fields of the form must be specified.",
};

/** Where the fields of the form stand; all of them have to be sent. */
export const FORM_LAYOUT: Setting = {
  name: "FormLayout",
  readBy: ANYONE,
  describe: ({ layout }) => ({ layout }),
  update: ({ settings, parameters }) => ({ ...settings, layout: readLayout(settings, parameters) }),
};

/** The layout without fields that are gone, and with new ones at its end. */
export function repairLayout(
  layout: readonly LayoutPart[],
  fields: AppSettings["fields"],
): readonly LayoutPart[] {
  const kept = layout.flatMap((part) => keepKnown(part, fields));
  const placed = new Set(kept.flatMap(codesOf));
  return [...kept, ...[...fields.values()].filter(({ code }) => !placed.has(code)).flatMap(placeField)];
}

function keepKnown(part: LayoutPart, fields: AppSettings["fields"]): readonly LayoutPart[] {
  if (part.type === "ROW") {
    const row = (part.fields ?? []).filter(({ code }) => code === undefined || fields.has(code));
    return row.length === 0 ? [] : [{ ...part, fields: row }];
  }
  const field = fields.get(part.code ?? "");
  if (field === undefined) return [];
  if (part.type === "GROUP")
    return [{ ...part, layout: (part.layout ?? []).flatMap((row) => keepKnown(row, fields)) }];
  return [{ ...part, fields: keepSizes(part.fields ?? [], Object.values(field.fields ?? {})) }];
}

/** The columns a table has now, each with the size it had. */
function keepSizes(before: readonly LayoutField[], columns: readonly FormProperty[]): readonly LayoutField[] {
  const known = new Map(before.map((field) => [field.code, field]));
  return columns.map(({ type, code }) => ({ ...known.get(code), type, code }));
}

function readLayout({ fields }: AppSettings, parameters: Parameters): readonly LayoutPart[] {
  const layout = readObjects(parameters, "layout").map((part) => readPart(fields, part));
  const placed = layout.flatMap(codesOf);
  if (new Set(placed).size < placed.length) throw invalidParameter("layout", TWICE);
  const expected = [...fields.values()].filter(({ type }) => !UNPLACED.has(type));
  if (!expected.every(({ code }) => placed.includes(code))) throw invalidParameter("layout", MISSING);
  return layout;
}

function readPart(fields: AppSettings["fields"], sent: Parameters): LayoutPart {
  const type = readChoice(sent, "type", ["ROW", "SUBTABLE", "GROUP"]);
  if (type === "ROW") return { type, fields: readRow(fields, sent) };
  const code = readText(sent, "code", "");
  const field = fields.get(code);
  if (field?.type !== type) throw fieldNotFound(code);
  if (type === "GROUP")
    return { type, code, layout: readObjects(sent, "layout").map((row) => readPart(fields, row)) };
  return { type, code, fields: readRow(new Map(Object.entries(field.fields ?? {})), sent) };
}

function readRow(fields: ReadonlyMap<string, FormProperty>, sent: Parameters): readonly LayoutField[] {
  return readObjects(sent, "fields").map((cell) => {
    const type = readText(cell, "type", "");
    if (DECORATIONS.has(type)) return { ...cell, type };
    const code = readText(cell, "code", "");
    if (fields.get(code)?.type !== type) throw fieldNotFound(code);
    return { ...cell, type, code };
  });
}

/** The codes of what stands directly on the form, tables as one. */
function codesOf(part: LayoutPart): readonly string[] {
  const own = part.code === undefined ? [] : [part.code];
  if (part.type === "SUBTABLE") return own;
  return [
    ...own,
    ...(part.fields ?? []).flatMap(({ code }) => code ?? []),
    ...(part.layout ?? []).flatMap(codesOf),
  ];
}
