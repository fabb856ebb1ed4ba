import type { AppSettings, View } from "../app-settings.ts";
import { asPreview } from "../kintone-domain.ts";
import { fieldNotFound, invalidParameter, type Message, notPermitted } from "../kintone-api-error.ts";
import {
  type Parameters,
  readBoundedText,
  readChoice,
  readInteger,
  readList,
  readNamedObjects,
  readText,
} from "../request-parameters.ts";
import { checkCondition } from "../select-records.ts";
import { ANYONE, type Setting, type SettingChange } from "./setting.ts";

const MAX_NAME = 64;
const NAME_DIFFERS: Message = {
  ja: "一覧名が正しくありません。",
  en: "The name of the view is not valid.",
};

/** The views of the record list: those that are not sent are gone. A token cannot change an app with a custom view. */
export const VIEWS: Setting = {
  name: "Views",
  readBy: ANYONE,
  describe: ({ views }) => ({ views }),
  update: (change) => ({ ...change.settings, views: readViews(change) }),
  answer: ({ views }) => ({
    views: Object.fromEntries(Object.entries(views).map(([name, { id }]) => [name, { id }])),
  }),
};

function readViews(change: SettingChange): Readonly<Record<string, View>> {
  const { settings, parameters, isToken } = change;
  const hasCustom = Object.values(settings.views).some(({ type }) => type === "CUSTOM");
  const sent = readNamedObjects(parameters, "views");
  if (isToken && (hasCustom || sent.some(([, view]) => view["type"] === "CUSTOM"))) throw notPermitted();
  const views = sent
    .map(([name, view]) => readView(change, name, view))
    .sort((left, right) => Number(left.index) - Number(right.index))
    .map((view, index): View => ({ ...view, index: String(index) }));
  return Object.fromEntries(views.map((view) => [view.name, view]));
}

/** A view that is there can be renamed: it is sent under its old name. */
function readView({ domain, app, settings }: SettingChange, key: string, sent: Parameters): View {
  const before = settings.views[key] ?? { id: nextId(domain), filterCond: "", sort: "" };
  const filterCond = readText(sent, "filterCond", before.filterCond);
  const sort = readText(sent, "sort", before.sort);
  checkCondition(domain, asPreview(app), filterCond, sort);
  for (const code of readList(sent, "fields").map(String))
    if (!settings.fields.has(code)) throw fieldNotFound(code);
  return {
    ...before,
    ...sent,
    index: String(readInteger(sent, "index") ?? 0),
    type: readChoice(sent, "type", ["LIST", "CALENDAR", "CUSTOM"]),
    name: readName(settings, key, sent),
    filterCond,
    sort,
  };
}

function readName({ views }: AppSettings, key: string, sent: Parameters): string {
  const name = readBoundedText({ name: sent["name"] ?? key }, "name", { min: 1, max: MAX_NAME });
  if (views[key] === undefined && name !== key) throw invalidParameter(`views[${key}].name`, NAME_DIFFERS);
  return name;
}

function nextId(domain: SettingChange["domain"]): string {
  domain.lastViewId += 1;
  return String(domain.lastViewId);
}
