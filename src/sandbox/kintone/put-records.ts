import type { RecordInput } from "./accept-value.ts";
import type { Call } from "./call.ts";
import type { App } from "./kintone-domain.ts";
import { invalidParameter, KintoneApiError, REQUIRED_PARAMETER } from "./kintone-api-error.ts";
import {
  type Parameters,
  readBatch,
  readFlag,
  readId,
  readInteger,
  readObject,
} from "./request-parameters.ts";
import { addRecords, atOnce, type PathOf, updateRecords } from "./write-records.ts";

/** Carries out PUT record.json: one record by id or by a unique field. Throws GAIA_RE01, GAIA_CO02, CB_VA01. */
export function putRecord({ domain, app, actor, parameters }: Call): unknown {
  const update = toUpdate(requireTarget(app, parameters), parameters);
  const updated = updateRecords(domain, app, actor, [update], () => "record");
  return { revision: String(updated[0]?.revision) };
}

/**
 * Carries out PUT records.json, up to 100 records, all or none. With `upsert` a record whose key is new is
 * added, which needs the right to add. Throws GAIA_RE01, GAIA_CO02, CB_VA01.
 */
export function putRecords(call: Call): unknown {
  const { domain, app, actor, parameters } = call;
  const items = readBatch(parameters, "records", { ja: "更新", en: "updated" });
  const pathOf = (index: number) => `records[${index}]`;
  if (readFlag(parameters, "upsert", false)) return upsertRecords(call, items, pathOf);
  const updates = items.map((item) => toUpdate(requireTarget(app, item), item));
  const updated = updateRecords(domain, app, actor, updates, pathOf);
  return { records: updated.map(({ id, revision }) => ({ id: String(id), revision: String(revision) })) };
}

function upsertRecords(call: Call, items: readonly Parameters[], pathOf: PathOf): unknown {
  const { domain, app, actor } = call;
  actor.require(app, ["add"]);
  const upsert = (item: Parameters, index: number) => {
    const target = findTarget(app, item);
    const isKnown = target !== undefined && app.records.has(target);
    const [saved] = isKnown
      ? updateRecords(domain, app, actor, [toUpdate(target, item)], () => pathOf(index))
      : addRecords(domain, app, actor, [toInput(item)], () => pathOf(index));
    const operation = isKnown ? "UPDATE" : "INSERT";
    return { id: String(saved?.id), operation, revision: String(saved?.revision) };
  };
  return { records: atOnce(app, () => items.map(upsert)) };
}

function toUpdate(id: number, item: Parameters) {
  return { id, revision: readInteger(item, "revision"), input: (item["record"] ?? {}) as RecordInput };
}

/** An added record gets the key it was looked for by. */
function toInput(item: Parameters): RecordInput {
  const key = (item["updateKey"] ?? {}) as { field?: string; value?: unknown };
  const keyed = key.field === undefined ? {} : { [key.field]: { value: key.value } };
  return { ...(item["record"] as RecordInput | undefined), ...keyed };
}

function requireTarget(app: App, item: Parameters): number {
  const id = findTarget(app, item);
  if (id !== undefined) return id;
  throw new KintoneApiError(404, "GAIA_RE20", {
    ja: "指定したキーのレコードが見つかりません。",
    en: "The record with the specified key is not found.",
  });
}

function findTarget(app: App, item: Parameters): number | undefined {
  if (item["updateKey"] === undefined) return readId(item, "id");
  const key = readObject(item, "updateKey");
  const field = app.live.fields.get(String(key["field"]));
  if (field === undefined) throw invalidParameter("updateKey.field", REQUIRED_PARAMETER);
  if (field.unique !== true)
    throw new KintoneApiError(400, "GAIA_UK01", {
      ja: `updateKeyに指定されたフィールド（${field.code}）は、重複禁止ではありません。`,
      en: `The field (${field.code}) specified as updateKey does not prohibit duplicate values.`,
    });
  const found = [...app.records.values()].find((record) => record.values[field.code] === key["value"]);
  return found?.id;
}
