import type { AppSettings } from "../app-settings.ts";
import { fieldNotFound, invalidParameter, type Message } from "../kintone-api-error.ts";
import type { FormProperty } from "../kintone-seed.ts";
import {
  type Parameters,
  readList,
  readNamedObjects,
  readObject,
  readText,
  requiring,
} from "../request-parameters.ts";
import { completeField, readFieldType, SYSTEM_TYPES } from "./field-properties.ts";
import { repairLayout } from "./form-layout.ts";
import { checkRelations } from "./related-apps.ts";
import { ANYONE, type Setting, type SettingChange } from "./setting.ts";

const MAX_FIELDS = 500;
const TAKEN: Message = { ja: "フィールドコードが重複しています。", en: "The field code is already used." };
const KEY_DIFFERS: Message = {
  ja: "プロパティのキーとフィールドコードは同じでなければなりません。",
  en: "The key and the field code must be the same.",
};
const TYPE_STAYS: Message = {
  ja: "フィールドの種類は変更できません。",
  en: "The type of a field cannot be changed.",
};
const TOO_MANY: Message = { ja: "フィールドは500個までです。", en: "A form has 500 fields at most." };

/** The fields of the form; an update names the type, and of what is sent nothing else is required. */
export const FORM_FIELDS: Setting = {
  name: "FormFields",
  readBy: ANYONE,
  describe: ({ fields }) => ({ properties: Object.fromEntries(fields) }),
  update: updateFields,
};

/** Adds fields, all or none. Throws CB_VA01, GAIA_FC01, and GAIA_LO03 for a lookup whose source has no unique key. */
export function addFields(change: SettingChange): AppSettings {
  const { settings, parameters } = change;
  const fields = new Map(settings.fields);
  for (const [key, sent] of readNamedObjects(parameters, "properties")) {
    const field = completeField(sent, key);
    if (field.code !== key) throw invalidParameter(`properties[${key}].code`, KEY_DIFFERS);
    if (codesIn(fields).has(field.code)) throw invalidParameter(`properties[${key}].code`, TAKEN);
    fields.set(field.code, field);
  }
  if (fields.size > MAX_FIELDS) throw invalidParameter("properties", TOO_MANY);
  return withFields(change, fields);
}

/** Deletes fields; those of the system stay. Throws CB_VA01, GAIA_FC01. */
export function deleteFields(change: SettingChange): AppSettings {
  const fields = new Map(change.settings.fields);
  for (const code of readList(requiring(change.parameters, "fields"), "fields").map(String)) {
    const field = fields.get(code);
    if (field === undefined || SYSTEM_TYPES.has(field.type)) throw fieldNotFound(code);
    fields.delete(code);
  }
  return withFields(change, fields);
}

function updateFields(change: SettingChange): AppSettings {
  const { settings, parameters } = change;
  const renamed = new Map<string, FormProperty>();
  for (const [key, sent] of readNamedObjects(parameters, "properties")) {
    const before = settings.fields.get(key);
    if (before === undefined) throw fieldNotFound(key);
    if (readFieldType(sent, key) !== before.type)
      throw invalidParameter(`properties[${key}].type`, TYPE_STAYS);
    renamed.set(key, mergeField(before, sent, key));
  }
  const fields = new Map<string, FormProperty>();
  for (const [key, before] of settings.fields) {
    const field = renamed.get(key) ?? before;
    if (fields.has(field.code)) throw invalidParameter(`properties[${key}].code`, TAKEN);
    fields.set(field.code, field);
  }
  return withFields(change, fields);
}

/** Choices that are not sent are gone; a related-records field whose app is sent loses its other settings. */
function mergeField(before: FormProperty, sent: Parameters, key: string): FormProperty {
  const options = sent["options"] === undefined ? {} : { options: mergeOptions(sent) };
  const columns = sent["fields"] === undefined ? {} : { fields: mergeColumns(before, sent) };
  const code = readText(sent, "code", before.code);
  return completeField(
    { ...before, ...sent, ...options, ...columns, code, label: sent["label"] ?? before.label },
    key,
  );
}

function mergeOptions(sent: Parameters): FormProperty["options"] {
  const options = readNamedObjects(sent, "options").map(([name, option]) => {
    const label = readText(option, "label", name);
    return [label, { label, index: readText(option, "index", "0") }] as const;
  });
  return Object.fromEntries(options);
}

/** Columns that are sent are changed or added; the others stay. */
function mergeColumns(before: FormProperty, sent: Parameters): Record<string, unknown> {
  const columns: Record<string, unknown> = { ...before.fields };
  for (const [key, column] of readNamedObjects(sent, "fields")) {
    const known = before.fields?.[key];
    delete columns[key];
    const merged =
      known === undefined ? { ...column, code: column["code"] ?? key } : mergeField(known, column, key);
    columns[readText(readObject({ merged }, "merged"), "code", key)] = merged;
  }
  return columns;
}

function withFields(change: SettingChange, fields: AppSettings["fields"]): AppSettings {
  checkRelations(change, fields);
  const { settings } = change;
  const views = Object.entries(settings.views).map(([name, view]) => {
    const shown = view["fields"];
    return [
      name,
      Array.isArray(shown) ? { ...view, fields: shown.filter((code) => fields.has(code)) } : view,
    ] as const;
  });
  return {
    ...settings,
    fields,
    layout: repairLayout(settings.layout, fields),
    views: Object.fromEntries(views),
    fieldRights: settings.fieldRights.filter(({ code }) => fields.has(code)),
  };
}

/** Field codes are unique in an app, columns of tables included. */
function codesIn(fields: AppSettings["fields"]): ReadonlySet<string> {
  return new Set([...fields.values()].flatMap((field) => [field.code, ...Object.keys(field.fields ?? {})]));
}
