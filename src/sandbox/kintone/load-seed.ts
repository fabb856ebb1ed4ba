import { firstState } from "./app-settings.ts";
import { acceptValue, isWritable, wrapPlainValue } from "./accept-value.ts";
import {
  ADMINISTRATOR,
  type App,
  type CellValue,
  type Domain,
  nameUser,
  toMinute,
} from "./kintone-domain.ts";
import type { FormProperty, PlainValue, RecordSeed } from "./kintone-seed.ts";

/**
 * Stores the seed's records as they are: what kintone would refuse today may have been valid when it was entered.
 * Throws when a record names a field its app does not have.
 */
export function loadSeed(domain: Domain): void {
  for (const app of domain.apps.values()) loadRecords(domain, app);
  for (const app of domain.apps.values()) copySeededLookups(domain, app);
}

function loadRecords(domain: Domain, app: App): void {
  const numbered = app.seed.records.map((seed, index) => ({ seed, id: seed.id ?? index + 1 }));
  for (const { seed, id } of numbered.sort((left, right) => left.id - right.id)) {
    app.records.set(id, {
      id,
      revision: 1,
      values: readValues(domain, app, seed),
      creator: seed.creator === undefined ? ADMINISTRATOR : nameUser(domain, seed.creator),
      modifier: nameUser(domain, seed.modifier ?? seed.creator ?? ADMINISTRATOR.code),
      createdAt: readTime(seed.createdAt, domain),
      updatedAt: readTime(seed.updatedAt ?? seed.createdAt, domain),
      status: readStatus(app, seed),
      assignees: [],
    });
    app.lastRecordId = id;
  }
}

function readTime(time: string | undefined, domain: Domain): string {
  return toMinute(time === undefined ? domain.now() : new Date(time));
}

function readStatus(app: App, seed: RecordSeed): string {
  const field = [...app.live.fields.values()].find(({ type }) => type === "STATUS");
  const status = field && seed.values[field.code];
  return typeof status === "string" ? status : firstState(app.live);
}

function readValues(domain: Domain, app: App, seed: RecordSeed): Record<string, CellValue> {
  const values: Record<string, CellValue> = {};
  for (const [code, value] of Object.entries(seed.values)) {
    const property = app.live.fields.get(code);
    if (property === undefined) throw new Error(`The seed's app ${app.seed.id} has no field "${code}".`);
    if (isWritable(property)) values[code] = readValue(domain, property, value);
  }
  return values;
}

/** A user who has left kintone since stays in the records that name them. */
function readValue(domain: Domain, property: FormProperty, value: PlainValue): CellValue {
  if (property.type === "USER_SELECT" && Array.isArray(value))
    return value.map((code) => nameUser(domain, String(code)));
  const sent = wrapPlainValue(property, value).value;
  return acceptValue(property, sent, { domain, path: property.code, errors: {} });
}

function copySeededLookups(domain: Domain, app: App): void {
  for (const { code, lookup } of app.live.fields.values()) {
    const source = lookup && domain.apps.get(Number(lookup.relatedApp.app));
    for (const record of app.records.values()) {
      const related = [...(source?.records.values() ?? [])].find(
        ({ values }) => values[lookup?.relatedKeyField ?? ""] === record.values[code],
      );
      if (related === undefined) continue;
      const copies = lookup?.fieldMappings?.map(
        ({ field, relatedField }) => [field, related.values[relatedField] ?? ""] as const,
      );
      app.records.set(record.id, {
        ...record,
        values: { ...Object.fromEntries(copies ?? []), ...record.values },
      });
    }
  }
}
