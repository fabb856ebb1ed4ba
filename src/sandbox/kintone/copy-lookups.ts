import type { Actor } from "./authenticate.ts";
import type { RecordInput } from "./accept-value.ts";
import type { App, CellValue, Domain, StoredRecord, TableRow } from "./kintone-domain.ts";
import { KintoneApiError, keyNotUnique } from "./kintone-api-error.ts";
import type { FormProperty, LookupSetting } from "./kintone-seed.ts";
import { emptyValue, renderRecord } from "./render-record.ts";

/**
 * Copies what a written lookup key refers to, in tables too; nothing keeps the copies up to date later. Throws
 * GAIA_LO03 when the source's key field is not unique, GAIA_LO04 when the key is not there or the actor may not view
 * the source app.
 */
export function copyLookups(
  domain: Domain,
  app: App,
  actor: Actor,
  input: RecordInput,
  values: Record<string, CellValue>,
): void {
  for (const property of app.live.fields.values()) {
    if (input[property.code] === undefined) continue;
    if (property.lookup !== undefined) copyOne(domain, actor, property, app.live.fields, values);
    const columns = new Map(Object.entries(property.fields ?? {}));
    const lookups = [...columns.values()].filter(({ lookup }) => lookup !== undefined);
    if (lookups.length === 0) continue;
    const rows = (values[property.code] ?? []) as readonly TableRow[];
    const sent = (input[property.code]?.value ?? []) as readonly { readonly value?: RecordInput }[];
    values[property.code] = rows.map((row, index) => {
      const cells = { ...row.value };
      const written = lookups.filter(({ code }) => sent[index]?.value?.[code] !== undefined);
      for (const column of written) copyOne(domain, actor, column, columns, cells);
      return { ...row, value: cells };
    });
  }
}

function copyOne(
  domain: Domain,
  actor: Actor,
  property: FormProperty,
  fields: ReadonlyMap<string, FormProperty>,
  values: Record<string, CellValue>,
): void {
  const { lookup } = property;
  if (lookup === undefined) return;
  const source = findSource(domain, actor, property, lookup, values[property.code]);
  for (const { field, relatedField } of lookup.fieldMappings ?? []) {
    const empty = emptyValue(fields.get(field)?.type ?? "");
    values[field] =
      source === undefined ? empty : (readCopied(domain, lookup, source, relatedField) ?? empty);
  }
}

/** Record numbers and other system fields can be copied too. */
function readCopied(
  domain: Domain,
  lookup: LookupSetting,
  source: StoredRecord,
  code: string,
): CellValue | undefined {
  const app = domain.apps.get(Number(lookup.relatedApp.app));
  if (app === undefined) return undefined;
  return renderRecord(app, source, (field) => field === code)[code]?.value as CellValue | undefined;
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
  const field = app.live.fields.get(code);
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
