import { invalidParameter } from "./kintone-api-error.ts";
import type { QueryFunction } from "./parse-query.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** The sandbox's domain is in Japan: a day begins there nine hours before UTC's. */
const JST_MS = 9 * 60 * 60 * 1000;

/**
 * The text a call of a query function stands for, in a field of the given type. Of kintone's functions, those that
 * mean one day, one moment or one person are played. Throws CB_VA01 for any other.
 * https://cybozu.dev/ja/kintone/docs/overview/query/#function
 */
export function callFunction(
  { name, parameters }: QueryFunction,
  fieldType: string,
  now: Date,
  user: string,
): string {
  if (name === "LOGINUSER" && parameters.length === 0) return user;
  if (name === "NOW" && parameters.length === 0) return now.toISOString();
  const day = findDay(name, parameters, now);
  if (day === undefined)
    throw invalidParameter("query", { ja: "クエリ記法が間違っています。", en: "Query syntax is invalid." });
  return fieldType === "DATE"
    ? day.toISOString().slice(0, 10)
    : new Date(day.getTime() - JST_MS).toISOString();
}

/** The beginning of a day in Japan, written as if it were UTC. */
function findDay(name: string, parameters: readonly string[], now: Date): Date | undefined {
  const inJapan = new Date(Math.floor((now.getTime() + JST_MS) / DAY_MS) * DAY_MS);
  if (name === "FROM_TODAY") return moveDay(inJapan, parameters);
  const days = { YESTERDAY: -1, TODAY: 0, TOMORROW: 1 }[name];
  return days === undefined || parameters.length > 0
    ? undefined
    : new Date(inJapan.getTime() + days * DAY_MS);
}

function moveDay(day: Date, [count = "", unit = ""]: readonly string[]): Date | undefined {
  const by = Number(count);
  if (!Number.isInteger(by)) return undefined;
  const [year, month, date] = [day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate()];
  switch (unit.toUpperCase()) {
    case "DAYS":
      return new Date(Date.UTC(year, month, date + by));
    case "WEEKS":
      return new Date(Date.UTC(year, month, date + 7 * by));
    case "MONTHS":
      return new Date(Date.UTC(year, month + by, date));
    case "YEARS":
      return new Date(Date.UTC(year + by, month, date));
    default:
      return undefined;
  }
}
