import { appParts, type AppSettings } from "../model/made-app.ts";

/** Whether what is there says all that is wanted; what else is there does not count. kintone hands numbers out as texts. */
export function covers(actual: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    const list: readonly unknown[] = Array.isArray(actual) ? actual : [];
    return list.length === wanted.length && wanted.every((item, index) => covers(list[index], item));
  }
  if (!isObject(wanted)) return String(actual) === String(wanted);
  return isObject(actual) && Object.entries(wanted).every(([key, value]) => covers(actual[key], value));
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the settings say all that the others say, whatever their revisions. */
export function saysTheSame(one: AppSettings, other: AppSettings): boolean {
  return appParts.every((part) => {
    const { revision: _, ...wanted } = other[part];
    return covers(one[part], wanted);
  });
}
