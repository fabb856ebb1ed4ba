import { judgeOnce } from "./judge-once.ts";

/** A date and a time of day as a clock on the wall shows them; the month counts from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** The clocks on the walls of one time zone. */
export interface LocalTime {
  /**
   * The moment at which they show a time. Of two, where they are set back, the first or the last one; of none, where they
   * are set forward, the one that would have been.
   */
  readonly instantOf: (wall: WallTime, which: "first" | "last") => number;
  /** The day that they show, as `2026-03-31`. */
  readonly dayOf: (ms: number) => string;
}

const dayMs = 24 * 60 * 60_000;

/** The time of an IANA time zone; a formatter of times is costly to make. */
export const localTime = judgeOnce((timeZone: string): LocalTime => {
  const format = new Intl.DateTimeFormat("en", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    era: "short",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  });
  const shown = (ms: number): number => {
    const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, value]));
    const [year = 0, month = 1, ...rest] = units.map((unit) => Number(parts.get(unit)));
    return Date.UTC(parts.get("era") === "BC" ? 1 - year : year, month - 1, ...rest);
  };
  const instantOf: LocalTime["instantOf"] = ({ year, month, day, hour, minute }, which) => {
    const wanted = Date.UTC(year, month - 1, day, hour, minute);
    // What the clocks are ahead of UTC by, before and after whatever change there is on that day.
    const [before, after] = [wanted - dayMs, wanted + dayMs].map((ms) => shown(ms) - ms);
    const candidates = [before, after].flatMap((ahead) => (ahead === undefined ? [] : [wanted - ahead]));
    const right = candidates.filter((ms) => shown(ms) === wanted).toSorted((a, b) => a - b);
    return (which === "first" ? right.at(0) : right.at(-1)) ?? wanted - (before ?? 0);
  };
  return { instantOf, dayOf: (ms) => new Date(shown(ms)).toISOString().slice(0, 10) };
});

const units = ["year", "month", "day", "hour", "minute", "second"] as const;
