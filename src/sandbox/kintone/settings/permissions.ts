import type { AppRight, AppSettings, FieldRight, RecordRight } from "../app-settings.ts";
import { asPreview } from "../kintone-domain.ts";
import { fieldNotFound, invalidParameter, type Message } from "../kintone-api-error.ts";
import { readChoice, readFlag, readObjects, readText, requiring } from "../request-parameters.ts";
import { checkCondition } from "../select-records.ts";
import { readEntity } from "./entities.ts";
import { ANYONE, MANAGER, type Setting, type SettingChange } from "./setting.ts";

const NEEDS_ANOTHER: Message = {
  ja: "この権限には、前提となる権限も必要です。",
  en: "This permission needs another one beside it.",
};
const TWICE: Message = { ja: "値が重複しています。", en: "The value is duplicated." };

/** Who may do what with the app as a whole. */
export const APP_PERMISSIONS: Setting = {
  name: "AppAcl",
  readBy: MANAGER,
  describe: ({ appRights }) => ({ rights: appRights }),
  update: (change) => ({ ...change.settings, appRights: readAppRights(change) }),
};

/** Who may do what with which records. */
export const RECORD_PERMISSIONS: Setting = {
  name: "RecordAcl",
  readBy: MANAGER,
  describe: ({ recordRights }) => ({ rights: recordRights }),
  update: (change) => ({ ...change.settings, recordRights: readRecordRights(change) }),
};

/** Who may read or write which fields. */
export const FIELD_PERMISSIONS: Setting = {
  name: "FieldAcl",
  readBy: ANYONE,
  describe: ({ fieldRights }) => ({ rights: fieldRights }),
  update: (change): AppSettings => ({ ...change.settings, fieldRights: readFieldRights(change) }),
};

function readAppRights({ domain, app, parameters }: SettingChange): readonly AppRight[] {
  const seen = new Set<string>();
  return readObjects(requiring(parameters, "rights"), "rights").map((sent, index): AppRight => {
    const flag = (name: string) => readFlag(sent, name, false);
    const right: AppRight = {
      ...readEntity(domain, app, sent, ["USER", "GROUP", "ORGANIZATION", "CREATOR"]),
      appEditable: flag("appEditable"),
      recordViewable: flag("recordViewable"),
      recordAddable: flag("recordAddable"),
      recordEditable: flag("recordEditable"),
      recordDeletable: flag("recordDeletable"),
      recordImportable: flag("recordImportable"),
      recordExportable: flag("recordExportable"),
    };
    const lacksView = !right.recordViewable && (right.recordEditable || right.recordDeletable);
    const lacksAdd = !right.recordAddable && right.recordImportable;
    if (lacksView || lacksAdd) throw invalidParameter(`rights[${index}]`, NEEDS_ANOTHER);
    const key = JSON.stringify(right.entity);
    if (seen.has(key)) throw invalidParameter(`rights[${index}].entity`, TWICE);
    seen.add(key);
    return right;
  });
}

function readRecordRights({ domain, app, parameters }: SettingChange): readonly RecordRight[] {
  return readObjects(requiring(parameters, "rights"), "rights").map((sent): RecordRight => {
    const filterCond = readText(sent, "filterCond", "");
    checkCondition(domain, asPreview(app), filterCond);
    const entities = readObjects(requiring(sent, "entities"), "entities").map((entity) => ({
      ...readEntity(domain, app, entity, ["USER", "GROUP", "ORGANIZATION", "FIELD_ENTITY"]),
      viewable: readFlag(entity, "viewable", false),
      editable: readFlag(entity, "editable", false),
      deletable: readFlag(entity, "deletable", false),
    }));
    return { filterCond, entities };
  });
}

function readFieldRights({ domain, app, settings, parameters }: SettingChange): readonly FieldRight[] {
  return readObjects(requiring(parameters, "rights"), "rights").map((sent): FieldRight => {
    const code = readText(sent, "code", "");
    if (!settings.fields.has(code)) throw fieldNotFound(code);
    const entities = readObjects(requiring(sent, "entities"), "entities").map((entity) => ({
      ...readEntity(domain, app, entity, ["USER", "GROUP", "ORGANIZATION", "FIELD_ENTITY"]),
      accessibility: readChoice(entity, "accessibility", ["READ", "WRITE", "NONE"]),
    }));
    return { code, entities };
  });
}
