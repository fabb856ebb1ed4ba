import { randomUUID } from "node:crypto";

import type { DomainCall } from "./call.ts";
import type { Cursor } from "./kintone-domain.ts";
import { invalidParameter, KintoneApiError } from "./kintone-api-error.ts";
import { parseQuery } from "./parse-query.ts";
import { renderRecord } from "./render-record.ts";
import { readCount, readId, readList, readText } from "./request-parameters.ts";
import { selectRecords } from "./select-records.ts";

const MAX_SIZE = 500;
const DEFAULT_SIZE = 100;
/** Of a whole domain, other programs' included. */
const MAX_CURSORS = 10;

/** Begins a search that is read in parts. Throws CB_VA01, GAIA_CU01 when ten are open. */
export function openCursor({ domain, actor, parameters, enter }: DomainCall): object {
  const app = enter(readId(parameters, "app"), ["view"]);
  const size = readCount(parameters, "size", DEFAULT_SIZE);
  if (size < 1 || size > MAX_SIZE)
    throw invalidParameter("size", { ja: "最大でも500以下です。", en: "must be less than or equal to 500" });
  if (domain.cursors.size >= MAX_CURSORS)
    throw new KintoneApiError(400, "GAIA_CU01", {
      ja: "作成できるカーソルの上限に達しています。",
      en: "The maximum number of cursors has been reached.",
    });
  const text = readText(parameters, "query", "");
  const query = { ...parseQuery(text), limit: Number.MAX_SAFE_INTEGER };
  const fields = readList(parameters, "fields").map(String);
  const isWanted = (code: string) =>
    (fields.length === 0 || fields.includes(code)) && actor.canSeeField(app, code);
  const found = selectRecords(domain, app, query, ({ id }) => actor.canSeeRecord(app, id), actor.user.code);
  const id = randomUUID();
  const records = found.records.map((record) => renderRecord(app, record, isWanted));
  domain.cursors.set(id, { app: app.seed.id, size, records, position: 0 });
  return { id, totalCount: String(found.totalCount) };
}

/** The next part; the last one closes the cursor. Throws GAIA_CN01. */
export function readCursor(call: DomainCall): object {
  const [id, cursor] = findCursor(call);
  const records = cursor.records.slice(cursor.position, cursor.position + cursor.size);
  cursor.position += cursor.size;
  const next = cursor.position < cursor.records.length;
  if (!next) call.domain.cursors.delete(id);
  return { records, next };
}

/** Closes a cursor. Throws GAIA_CN01. */
export function dropCursor(call: DomainCall): object {
  const [id] = findCursor(call);
  call.domain.cursors.delete(id);
  return {};
}

function findCursor({ domain, parameters, enter }: DomainCall): [string, Cursor] {
  const id = readText(parameters, "id", "");
  const cursor = domain.cursors.get(id);
  if (cursor === undefined)
    throw new KintoneApiError(404, "GAIA_CN01", {
      ja: "指定したカーソルが見つかりません。",
      en: "The specified cursor is not found.",
    });
  enter(cursor.app, ["view"]);
  return [id, cursor];
}
