import { ADMINISTRATOR, type App } from "./kintone-domain.ts";

const MADE_AT = "2026-04-01T00:00:00.000Z";
const REVISION = "5";

/** The answer of app.json. */
export function describeApp(app: App): unknown {
  const { id, code = "", name, description = "", guestSpaceId } = app.seed;
  const space = guestSpaceId === undefined ? null : String(guestSpaceId);
  return {
    appId: String(id),
    code,
    name,
    description,
    createdAt: MADE_AT,
    creator: ADMINISTRATOR,
    modifiedAt: MADE_AT,
    modifier: ADMINISTRATOR,
    spaceId: space,
    threadId: space,
  };
}

/** The answer of app/form/fields.json: all fields, those included whose values the reader may not view. */
export function describeFields(app: App): unknown {
  return { properties: Object.fromEntries(app.fields), revision: REVISION };
}

/** The answer of app/settings.json. */
export function describeSettings(app: App): unknown {
  const { name, description = "", enableComments = true } = app.seed;
  return {
    name,
    description,
    icon: { type: "PRESET", key: "APP72" },
    theme: "WHITE",
    titleField: { selectionMode: "AUTO" },
    enableThumbnails: true,
    enableBulkDeletion: false,
    enableComments,
    enableDuplicateRecord: true,
    enableInlineRecordEditing: true,
    numberPrecision: { digits: "16", decimalPlaces: "4", roundingMode: "HALF_EVEN" },
    firstMonthOfFiscalYear: "4",
    revision: REVISION,
  };
}

/** The answer of app/status.json: states and actions are null until process management was switched on once. */
export function describeProcess(app: App): unknown {
  const states = app.seed.process?.states;
  if (states === undefined) return { enable: false, states: null, actions: null, revision: REVISION };
  const described = states.map((name, index) => [
    name,
    { name, index: String(index), assignee: { type: "ONE", entities: [] } },
  ]);
  const actions = states.slice(1).map((to, index) => ({
    name: `${to}にする`,
    from: states[index],
    to,
    filterCond: "",
    type: "PRIMARY",
  }));
  return { enable: true, states: Object.fromEntries(described), actions, revision: REVISION };
}
