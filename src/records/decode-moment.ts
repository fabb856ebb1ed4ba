import type { LocalTime, WallTime } from "../model/local-time.ts";
import type { Period } from "../model/period.ts";
import { normalizeName, shorten } from "../model/text.ts";
import { decodeText, type FieldReader, report } from "./decode-field.ts";

/** How the two fields of a period are read. */
export interface PeriodReaders {
  readonly starts: FieldReader;
  readonly expires: FieldReader;
  readonly zone: LocalTime;
}

/** From when to when a record counts, as far as it can be read: what cannot is an issue. */
export function decodePeriod({ starts, expires, zone }: PeriodReaders): Period {
  const startsMs = decodeMoment(starts, zone, "first");
  const expiresMs = decodeMoment(expires, zone, "end");
  if (startsMs !== undefined && expiresMs !== undefined && startsMs >= expiresMs) {
    report(expires, "period.reversed", {});
    return {};
  }
  return {
    ...(startsMs === undefined ? {} : { startsMs }),
    ...(expiresMs === undefined ? {} : { expiresMs }),
  };
}

/** kintone gives a date as it is and a date and time in UTC; a text may have either, and an hour without a zone. */
const moment =
  /^(?<year>\d{4})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})(?:[T ]+(?<hour>\d{1,2}):(?<minute>\d{2})(?::\d{2}(?:\.\d+)?)?(?<zone>Z|[+-]\d{2}:?\d{2})?)?$/u;

type Edge = "first" | "end";

/** A date is the beginning of its day, and as an end the end of it. */
function decodeMoment(reader: FieldReader, zone: LocalTime, edge: Edge): number | undefined {
  const text = decodeText(reader);
  if (text === undefined) return undefined;
  const value = normalizeName(text);
  if (value === "") return undefined;
  return instantOf(value, zone, edge) ?? report(reader, "period.unreadable", { value: shorten(value) });
}

function instantOf(value: string, zone: LocalTime, edge: Edge): number | undefined {
  const parts = moment.exec(value)?.groups;
  const wall = parts && wallTime(parts);
  if (wall === undefined) return undefined;
  const isEnd = edge === "end";
  if (parts?.["hour"] === undefined)
    return zone.instantOf({ ...wall, day: wall.day + Number(isEnd) }, "first");
  const ahead = parts["zone"];
  return ahead === undefined ? zone.instantOf(wall, isEnd ? "last" : "first") : utcOf(wall) - aheadMs(ahead);
}

/** Undefined for a day that no calendar has, or a time that no clock shows. */
function wallTime(parts: Readonly<Record<string, string | undefined>>): WallTime | undefined {
  const number = (part: string): number => Number(parts[part] ?? 0);
  const wall = {
    year: number("year"),
    month: number("month"),
    day: number("day"),
    hour: number("hour"),
    minute: number("minute"),
  };
  const date = new Date(utcOf(wall));
  const isReal =
    date.getUTCFullYear() === wall.year &&
    date.getUTCMonth() === wall.month - 1 &&
    date.getUTCDate() === wall.day &&
    date.getUTCHours() === wall.hour &&
    date.getUTCMinutes() === wall.minute;
  return isReal ? wall : undefined;
}

function utcOf({ year, month, day, hour, minute }: WallTime): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** Of `Z`, or of an offset such as `+09:00`. */
function aheadMs(zone: string): number {
  if (zone === "Z") return 0;
  const digits = zone.replace(":", "");
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits.startsWith("-") ? -minutes : minutes) * 60_000;
}
