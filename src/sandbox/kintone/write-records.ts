import { firstState } from "./app-settings.ts";
import { acceptValue, findCopiedFields, isWritable, type RecordInput } from "./accept-value.ts";
import type { Actor } from "./authenticate.ts";
import { checkValues } from "./check-values.ts";
import { copyLookups } from "./copy-lookups.ts";
import { type App, type CellValue, type Domain, type StoredRecord, toMinute } from "./kintone-domain.ts";
import {
  type InputErrors,
  invalidInput,
  notPermitted,
  recordNotFound,
  revisionConflict,
} from "./kintone-api-error.ts";

/** A change of one record; without a revision, or with -1, whatever is there is changed. */
export interface RecordUpdate {
  readonly id: number;
  readonly revision: number | undefined;
  readonly input: RecordInput;
  /** A state of process management to move the record to; only people can. */
  readonly status?: string;
}

/** Where problems of the record with this index are reported: `record` or `records[3]`. */
export type PathOf = (index: number) => string;

/** Adds records, all or none, filling in defaults. Throws what kintone answers to invalid values and lookups. */
export function addRecords(
  domain: Domain,
  app: App,
  actor: Actor,
  inputs: readonly RecordInput[],
  pathOf: PathOf,
): StoredRecord[] {
  return atOnce(app, () =>
    inputs.map((input, index) => {
      const values: Record<string, CellValue> = {};
      fillIn(domain, app, actor, withDefaults(app, input), values, pathOf(index), app.lastRecordId + 1);
      app.lastRecordId += 1;
      const at = toMinute(domain.now());
      return store(app, {
        id: app.lastRecordId,
        revision: 1,
        values,
        creator: actor.user,
        modifier: actor.user,
        createdAt: at,
        updatedAt: at,
        status: firstState(app.live),
        assignees: [],
      });
    }),
  );
}

/** Updates records, all or none; even an update that changes nothing makes a new revision. Throws GAIA_RE01, GAIA_CO02. */
export function updateRecords(
  domain: Domain,
  app: App,
  actor: Actor,
  updates: readonly RecordUpdate[],
  pathOf: PathOf,
): StoredRecord[] {
  return atOnce(app, () =>
    updates.map(({ id, revision, input, status }, index) => {
      const before = findRecord(app, actor, id);
      if (!actor.canEditRecord(app, id)) throw notPermitted();
      checkRevision(before, revision);
      const values = { ...before.values };
      fillIn(domain, app, actor, input, values, pathOf(index), id);
      return store(app, {
        ...before,
        revision: before.revision + 1,
        values,
        modifier: actor.user,
        updatedAt: toMinute(domain.now()),
        status: status ?? before.status,
      });
    }),
  );
}

/** Deletes records and their comments, all or none. Throws GAIA_RE01, GAIA_CO02. */
export function deleteRecords(
  app: App,
  actor: Actor,
  ids: readonly number[],
  revisions: readonly (number | undefined)[],
): void {
  atOnce(app, () => {
    for (const [index, id] of ids.entries()) {
      checkRevision(findRecord(app, actor, id), revisions[index]);
      if (!actor.canDeleteRecord(app, id)) throw notPermitted();
      app.records.delete(id);
    }
  });
  for (const id of ids) app.comments.delete(id);
}

/** Finds a record the actor may see. Throws GAIA_RE01 when there is none, CB_NO02 when it is hidden. */
export function findRecord(app: App, actor: Actor, id: number): StoredRecord {
  const record = app.records.get(id);
  if (record === undefined) throw recordNotFound(id);
  if (!actor.canSeeRecord(app, id)) throw notPermitted();
  return record;
}

function fillIn(
  domain: Domain,
  app: App,
  actor: Actor,
  input: RecordInput,
  values: Record<string, CellValue>,
  path: string,
  id: number,
): void {
  const errors: InputErrors = {};
  const copied = findCopiedFields(app.live.fields.values());
  for (const property of app.live.fields.values()) {
    const sent = input[property.code];
    if (sent === undefined || !isWritable(property) || copied.has(property.code)) continue;
    if (!actor.canEditField(app, property.code)) throw notPermitted();
    const place = { domain, path: `${path}.${property.code}`, errors };
    values[property.code] = acceptValue(property, sent.value, place, values[property.code]);
  }
  copyLookups(domain, app, actor, input, values);
  checkValues(app, { id, values }, path, errors);
  if (Object.keys(errors).length > 0) throw invalidInput(errors);
}

function withDefaults(app: App, input: RecordInput): RecordInput {
  const defaults: [string, { value: unknown }][] = [];
  for (const { code, defaultValue } of app.live.fields.values())
    if (input[code] === undefined && defaultValue !== undefined && defaultValue !== "")
      defaults.push([code, { value: defaultValue }]);
  return { ...Object.fromEntries(defaults), ...input };
}

/** Throws GAIA_CO02 when the record has another revision than the one given. */
export function checkRevision(record: StoredRecord, revision: number | undefined): void {
  if (revision !== undefined && revision !== -1 && revision !== record.revision) throw revisionConflict();
}

function store(app: App, record: StoredRecord): StoredRecord {
  app.records.set(record.id, record);
  return record;
}

/** Runs writes to an app's records and undoes all of them when one throws. */
export function atOnce<Result>(app: App, write: () => Result): Result {
  const before = [...app.records];
  try {
    return write();
  } catch (error) {
    app.records.clear();
    for (const [id, record] of before) app.records.set(id, record);
    throw error;
  }
}
