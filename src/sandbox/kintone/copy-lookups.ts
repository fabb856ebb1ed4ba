import type { Actor } from "./authenticate.ts";
import type { RecordInput } from "./accept-value.ts";
import type { App, CellValue, Domain, StoredRecord } from "./kintone-domain.ts";
import { KintoneApiError } from "./kintone-api-error.ts";
import type { FormProperty, LookupSetting } from "./kintone-seed.ts";
import { emptyValue } from "./render-record.ts";

/** The fields a lookup fills in: what is sent for them is ignored. */
export function findCopiedFields(app: App): ReadonlySet<string> {
  const mappings = [...app.fields.values()].flatMap((property) => property.lookup?.fieldMappings ?? []);
  return new Set(mappings.map((mapping) => mapping.field));
}

/**
 * Copies what a written lookup key refers to; nothing keeps the copies up to date later. Throws GAIA_LO03 when the
 * source's key field is not unique, GAIA_LO04 when the key is not there or the actor may not view the source app.
 */
export function copyLookups(
  domain: Domain,
  app: App,
  actor: Actor,
  input: RecordInput,
  values: Record<string, CellValue>,
): void {
  for (const property of app.fields.values()) {
    const { lookup } = property;
    if (lookup === undefined || input[property.code] === undefined) continue;
    const source = findSource(domain, actor, property, lookup, values[property.code]);
    for (const { field, relatedField } of lookup.fieldMappings) {
      const empty = emptyValue(app.fields.get(field)?.type ?? "");
      values[field] = source?.values[relatedField] ?? empty;
    }
  }
}

function findSource(
  domain: Domain,
  actor: Actor,
  property: FormProperty,
  lookup: LookupSetting,
  key: CellValue | undefined,
): StoredRecord | undefined {
  if (typeof key !== "string" || key === "") return undefined;
  const app = domain.apps.get(Number(lookup.relatedApp.app));
  const source = app && actor.may(app, ["view"]) ? findByKey(app, lookup.relatedKeyField, key) : undefined;
  if (source === undefined) throw sourceNotFound(property, key);
  return source;
}

function findByKey(app: App, code: string, key: string): StoredRecord | undefined {
  const field = app.fields.get(code);
  if (field?.type === "RECORD_NUMBER") return app.records.get(Number(key));
  if (field?.unique !== true) throw keyNotUnique();
  return [...app.records.values()].find((record) => record.values[code] === key);
}

function sourceNotFound(property: FormProperty, key: string): KintoneApiError {
  return new KintoneApiError(400, "GAIA_LO04", {
    ja: `フィールド「${property.code}」の値「${key}」が、ルックアップの参照先のフィールドにないか、またはアプリやフィールドの閲覧権限がありません。`,
    en: `A value ${key} in the field ${property.code} does not exist in the datasource app for lookup, or you do not have permission to view the app or the field.`,
  });
}

function keyNotUnique(): KintoneApiError {
  return new KintoneApiError(400, "GAIA_LO03", {
    ja: "ルックアップの参照先から値をコピーできません。「コピー元のフィールド」に指定したフィールドの設定で「値の重複を禁止する」を選択しておく必要があります。",
    en: "Values cannot be copied from the lookup source: the key field must prohibit duplicate values.",
  });
}
