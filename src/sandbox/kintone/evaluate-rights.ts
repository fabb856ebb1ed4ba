import type { Call } from "./call.ts";
import { invalidParameter, notPermitted } from "./kintone-api-error.ts";
import { readId, readList, requiring } from "./request-parameters.ts";

const MAX_IDS = 100;

/** What the person may do with records and their fields, by record. Throws CB_NO02 for tokens. */
export function evaluateRights({ app, actor, parameters }: Call): readonly object[] {
  if (actor.person === undefined) throw notPermitted();
  const ids = readList(requiring(parameters, "ids"), "ids");
  if (ids.length > MAX_IDS)
    throw invalidParameter("ids", {
      ja: "一度に100件まで指定できます。",
      en: "A maximum of 100 ids is allowed.",
    });
  return ids.map((sent) => {
    const id = readId({ ids: sent }, "ids");
    const isThere = app.records.has(id);
    const record = {
      viewable: isThere && actor.may(app, ["view"]) && actor.canSeeRecord(app, id),
      editable: isThere && actor.may(app, ["edit"]) && actor.canEditRecord(app, id),
      deletable: isThere && actor.may(app, ["delete"]) && actor.canDeleteRecord(app, id),
    };
    const fields = [...app.live.fields.keys()].map((code) => [
      code,
      {
        viewable: record.viewable && actor.canSeeField(app, code),
        editable: record.editable && actor.canEditField(app, code),
      },
    ]);
    return { id: String(id), record, fields: Object.fromEntries(fields) };
  });
}
