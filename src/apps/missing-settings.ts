import type { AppPart, AppSettings } from "../model/made-app.ts";
import type { AppDescription } from "./describe-app.ts";
import { covers, isObject } from "./covers.ts";

/** How much of the description an app gets: one of ours all, one that others made only what a pass needs and it lacks. */
export type Extent = "whole" | "missing";

/** What to write to one part of an app's settings. */
export interface PartToWrite {
  readonly part: AppPart;
  readonly body: Readonly<Record<string, unknown>>;
}

type Entries = Readonly<Record<string, unknown>>;

const whole = ["settings", "appAcl", "recordAcl", "fieldAcl"] as const;

/** Codes that help people and that no pass needs. */
const helpful: ReadonlySet<string> = new Set(["note", "holders"]);

/** The parts that have to be written, in their order: fields come first, since everything else names them. */
export function missingSettings(
  { settings }: AppDescription,
  actual: AppSettings,
  extent: Extent,
): readonly PartToWrite[] {
  const lacking = missingEntries(settings.fields["properties"], actual.fields["properties"]);
  if (extent === "missing") {
    const needed = Object.fromEntries(Object.entries(lacking).filter(([code]) => !helpful.has(code)));
    return [...fieldsToAdd(needed), ...missingComments(actual)];
  }
  const views = missingEntries(settings.views["views"], actual.views["views"]);
  const layout = { layout: withOtherRows(settings.layout["layout"], actual.layout["layout"]) };
  return [
    ...fieldsToAdd(lacking),
    ...(covers(actual.layout, layout) ? [] : [{ part: "layout" as const, body: layout }]),
    ...(isEmpty(views) ? [] : [{ part: "views" as const, body: { views: withViews(actual, views) } }]),
    ...whole
      .filter((part) => !covers(actual[part], settings[part]))
      .map((part) => ({ part, body: settings[part] })),
    ...missingReminders(settings.reminders, actual.reminders),
  ];
}

/** kintone takes the whole list of reminders: those of others stay. */
function missingReminders(wanted: Entries, actual: Entries): readonly PartToWrite[] {
  const [ours, there] = [wanted, actual].map(({ notifications }): readonly unknown[] =>
    Array.isArray(notifications) ? notifications : [],
  );
  const added = (ours ?? []).filter((one) => !(there ?? []).some((other) => covers(other, one)));
  if (added.length === 0) return [];
  const { timezone } = (there ?? []).length === 0 ? wanted : actual;
  return [{ part: "reminders", body: { notifications: [...(there ?? []), ...added], timezone } }];
}

function fieldsToAdd(properties: Entries): readonly PartToWrite[] {
  return isEmpty(properties) ? [] : [{ part: "fields", body: { properties } }];
}

/** Entries of a name that is there stay as they are. */
function missingEntries(wanted: unknown, actual: unknown): Entries {
  if (!isObject(wanted)) return {};
  const there = isObject(actual) ? actual : {};
  return Object.fromEntries(Object.entries(wanted).filter(([key]) => !Object.hasOwn(there, key)));
}

/** Rows that hold none of our fields stay behind ours: kintone wants every field of the form in its layout. */
function withOtherRows(wanted: unknown, actual: unknown): readonly unknown[] {
  const [ours, there] = [wanted, actual].map((rows): readonly unknown[] => (Array.isArray(rows) ? rows : []));
  const placed = new Set((ours ?? []).flatMap(codesOf));
  const others = (there ?? []).filter((row) => {
    const codes = codesOf(row);
    return codes.length > 0 && !codes.some((code) => placed.has(code));
  });
  return [...(ours ?? []), ...others];
}

/** The fields that a row or table of a layout holds. */
function codesOf(row: unknown): readonly unknown[] {
  if (!isObject(row)) return [];
  const own = row["code"] === undefined ? [] : [row["code"]];
  const cells = row["type"] === "ROW" && Array.isArray(row["fields"]) ? row["fields"] : [];
  return [...own, ...cells.flatMap((cell: unknown) => (isObject(cell) ? (cell["code"] ?? []) : []))];
}

/** kintone takes the whole list of views: one that is not sent is gone. */
function withViews({ views: { views } }: AppSettings, added: Entries): Entries {
  const there = Object.entries(isObject(views) ? views : {});
  const behind = Object.entries(added).map(([name, view], index): [string, unknown] => [
    name,
    isObject(view) ? { ...view, index: String(there.length + index) } : view,
  ]);
  return Object.fromEntries([...there, ...behind]);
}

function missingComments(actual: AppSettings): readonly PartToWrite[] {
  return covers(actual.settings, { enableComments: true })
    ? []
    : [{ part: "settings", body: { enableComments: true } }];
}

function isEmpty(entries: object): boolean {
  return Object.keys(entries).length === 0;
}
