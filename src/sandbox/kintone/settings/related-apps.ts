import type { AppSettings } from "../app-settings.ts";
import { findLiveApp } from "../deploy-app.ts";
import type { App } from "../kintone-domain.ts";
import { fieldNotFound, invalidParameter, keyNotUnique, type Message } from "../kintone-api-error.ts";
import type { FormProperty, LookupSetting } from "../kintone-seed.ts";
import { readList, readObject, readText } from "../request-parameters.ts";
import { checkCondition } from "../select-records.ts";
import type { SettingChange } from "./setting.ts";

const TWO_SOURCES: Message = {
  ja: "1つのフィールドには、1つのフィールドだけをコピーできます。",
  en: "A field can be filled from one field only.",
};

/** Checks lookups and related records of a form. Throws GAIA_AP01, GAIA_FC01, GAIA_LO03, CB_VA01. */
export function checkRelations(change: SettingChange, fields: AppSettings["fields"]): void {
  for (const field of fields.values()) {
    const columns = Object.values(field.fields ?? {});
    if (field.lookup !== undefined) checkLookup(change, field.lookup, fields);
    for (const { lookup } of columns)
      if (lookup !== undefined) checkLookup(change, lookup, new Map(Object.entries(field.fields ?? {})));
    if (field.type === "REFERENCE_TABLE") checkReference(change, field, fields);
  }
}

/** Copies go into the same table, or the same form, in which the lookup stands. */
function checkLookup(
  { domain }: SettingChange,
  lookup: LookupSetting,
  fields: ReadonlyMap<string, FormProperty>,
): void {
  const source = findLiveApp(domain, Number(lookup.relatedApp.app));
  const key = requireField(source, lookup.relatedKeyField);
  if (key.type !== "RECORD_NUMBER" && key.unique !== true) throw keyNotUnique();
  const mappings = lookup.fieldMappings ?? [];
  const targets = new Set(mappings.map(({ field }) => field));
  if (targets.size < mappings.length) throw invalidParameter("lookup.fieldMappings", TWO_SOURCES);
  for (const { field, relatedField } of mappings) {
    if (!fields.has(field)) throw fieldNotFound(field);
    requireField(source, relatedField);
  }
  for (const code of lookup.lookupPickerFields ?? []) requireField(source, code);
  checkCondition(domain, source, lookup.filterCond ?? "", lookup.sort);
}

function checkReference(
  { domain, app }: SettingChange,
  field: FormProperty,
  fields: AppSettings["fields"],
): void {
  const reference = readObject(field, "referenceTable");
  const id = Number(readText(readObject(reference, "relatedApp"), "app", "0"));
  const related = id === app.seed.id ? app : findLiveApp(domain, id);
  const form = id === app.seed.id ? { ...related, live: { ...app.preview, fields } } : related;
  const condition = readObject(reference, "condition");
  const own = readText(condition, "field", "");
  if (!fields.has(own)) throw fieldNotFound(own);
  requireField(form, readText(condition, "relatedField", ""));
  for (const code of readList(reference, "displayFields")) requireField(form, String(code));
  checkCondition(domain, form, readText(reference, "filterCond", ""), readText(reference, "sort", ""));
}

/** A field of an app, in a table or not. */
function requireField(app: App, code: string): FormProperty {
  const columns = [...app.live.fields.values()].flatMap((field) => Object.entries(field.fields ?? {}));
  const found = app.live.fields.get(code) ?? new Map(columns).get(code);
  if (found === undefined) throw fieldNotFound(code);
  return found;
}
