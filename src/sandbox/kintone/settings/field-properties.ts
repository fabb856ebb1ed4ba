import { invalidParameter, type Message, NOT_AN_ENUM, REQUIRED_PARAMETER } from "../kintone-api-error.ts";
import type { FormProperty } from "../kintone-seed.ts";
import {
  type Parameters,
  readBoundedText,
  readFlag,
  readNamedObjects,
  readText,
} from "../request-parameters.ts";

/** Fields that every form has; they are neither added nor deleted. */
export const SYSTEM_TYPES: ReadonlySet<string> = new Set([
  "RECORD_NUMBER",
  "CREATOR",
  "CREATED_TIME",
  "MODIFIER",
  "UPDATED_TIME",
  "STATUS",
  "STATUS_ASSIGNEE",
  "CATEGORY",
]);

const UNIQUE_TYPES = new Set(["SINGLE_LINE_TEXT", "NUMBER", "LINK", "DATE", "DATETIME"]);
const CHOICE_TYPES = new Set(["RADIO_BUTTON", "CHECK_BOX", "DROP_DOWN", "MULTI_SELECT"]);
const LIST_TYPES = new Set([
  "CHECK_BOX",
  "MULTI_SELECT",
  "USER_SELECT",
  "GROUP_SELECT",
  "ORGANIZATION_SELECT",
]);
const WITHOUT_DEFAULT = new Set(["FILE", "SUBTABLE", "GROUP", "REFERENCE_TABLE", "CALC", ...SYSTEM_TYPES]);
const TYPES = new Set([
  ...UNIQUE_TYPES,
  ...CHOICE_TYPES,
  ...LIST_TYPES,
  ...WITHOUT_DEFAULT,
  "MULTI_LINE_TEXT",
  "RICH_TEXT",
  "TIME",
]);
const SIZES = new Set(["1", "3", "5", "10", "20", "30", "40", "50"]);
const MAX_LABEL = 128;
const MAX_OPTIONS = 1000;

const NOT_A_CODE: Message = {
  ja: "フィールドコードに使用できない文字が含まれています。",
  en: "The field code has characters that cannot be used.",
};
const LABEL_DIFFERS: Message = {
  ja: "選択肢のキーとラベルは同じでなければなりません。",
  en: "The key and the label of an option must be the same.",
};
const TOO_MANY: Message = { ja: "選択肢は1000個までです。", en: "A field has 1000 options at most." };
const NOT_IN_TABLE: Message = {
  ja: "テーブルの中には置けません。",
  en: "The field cannot be placed in a table.",
};

/** The type that is sent for a field. Throws CB_VA01 when it is missing or none of kintone's. */
export function readFieldType(sent: Parameters, key: string): string {
  const type = readText(sent, "type", "");
  if (type === "") throw invalidParameter(`properties[${key}].type`, REQUIRED_PARAMETER);
  if (!TYPES.has(type)) throw invalidParameter(`properties[${key}].type`, NOT_AN_ENUM);
  return type;
}

/** A field with everything kintone fills in where it is not sent. Throws CB_VA01. */
export function completeField(sent: Parameters, key: string): FormProperty {
  const type = readFieldType(sent, key);
  const code = readText(sent, "code", "");
  if (code === "") throw invalidParameter(`properties[${key}].code`, REQUIRED_PARAMETER);
  // https://jp.kintone.help/k/ja/app/form/autocalc/fieldcode : letters, digits and a few signs, no digit in front.
  if (code.length > MAX_LABEL || !/^[^\d\s!-#%-/:-@[-^`{-~][^\s!-#%-/:-@[-^`{-~]*$/u.test(code))
    throw invalidParameter(`properties[${key}].code`, NOT_A_CODE);
  const label = readBoundedText(sent, "label", { max: MAX_LABEL });
  if (label === "" && type !== "SUBTABLE")
    throw invalidParameter(`properties[${key}].label`, REQUIRED_PARAMETER);
  return {
    ...sent,
    type,
    code,
    label: label === "" ? code : label,
    noLabel: readFlag(sent, "noLabel", false),
    ...completeInput(sent, type),
    ...completeChoices(sent, type, key),
    ...(type === "SUBTABLE" && { fields: completeColumns(sent, key) }),
    ...(type === "REFERENCE_TABLE" && { referenceTable: completeReference(sent, key) }),
  };
}

/** Types that cannot be unique drop it without a word. */
function completeInput(sent: Parameters, type: string): Partial<FormProperty> {
  if (SYSTEM_TYPES.has(type) || type === "GROUP" || type === "SUBTABLE" || type === "REFERENCE_TABLE")
    return {};
  const { unique: _, ...rest } = { ...sent };
  const isText = type === "SINGLE_LINE_TEXT" || type === "LINK";
  return {
    ...rest,
    required: readFlag(sent, "required", false),
    unique: UNIQUE_TYPES.has(type) ? readFlag(sent, "unique", false) : undefined,
    ...(isText && { minLength: readText(sent, "minLength", ""), maxLength: readText(sent, "maxLength", "") }),
    ...(!WITHOUT_DEFAULT.has(type) && { defaultValue: sent["defaultValue"] ?? emptyDefault(type) }),
  } as Partial<FormProperty>;
}

function emptyDefault(type: string): unknown {
  return LIST_TYPES.has(type) ? [] : "";
}

function completeChoices(sent: Parameters, type: string, key: string): Partial<FormProperty> {
  if (!CHOICE_TYPES.has(type)) return {};
  const options = readNamedObjects(sent, "options").map(([name, option], index) => {
    if (readText(option, "label", "") !== name)
      throw invalidParameter(`properties[${key}].options[${name}].label`, LABEL_DIFFERS);
    return [name, { label: name, index: readText(option, "index", String(index)) }] as const;
  });
  if (options.length > MAX_OPTIONS) throw invalidParameter(`properties[${key}].options`, TOO_MANY);
  const first = options[0]?.[0] ?? "";
  return {
    options: Object.fromEntries(options),
    ...(type === "RADIO_BUTTON" && { defaultValue: readText(sent, "defaultValue", "") || first }),
  };
}

function completeColumns(sent: Parameters, key: string): Record<string, FormProperty> {
  const columns = readNamedObjects(sent, "fields").map(([name, column]) => {
    const field = completeField({ code: name, ...column }, name);
    const isPlaceable =
      !SYSTEM_TYPES.has(field.type) && !["SUBTABLE", "GROUP", "REFERENCE_TABLE"].includes(field.type);
    if (!isPlaceable) throw invalidParameter(`properties[${key}].fields[${name}].type`, NOT_IN_TABLE);
    return [field.code, { ...field, ...(field.unique !== undefined && { unique: false }) }] as const;
  });
  return Object.fromEntries(columns);
}

function completeReference(sent: Parameters, key: string): object {
  const reference = (sent["referenceTable"] ?? {}) as Parameters;
  const size = readText(reference, "size", "5");
  if (!SIZES.has(size)) throw invalidParameter(`properties[${key}].referenceTable.size`, NOT_AN_ENUM);
  return { filterCond: "", displayFields: [], sort: "", ...reference, size };
}
