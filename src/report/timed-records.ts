import type { Language } from "../model/config.ts";
import { dayMs } from "../model/duration.ts";
import type { Pass } from "../model/pass.ts";
import type { TimedRecord } from "../model/period.ts";
import type { RecordRef } from "../model/record.ts";
import type { ReportedNote, ReportedRecord, ReportedTimed, RunReport } from "../model/run-report.ts";
import { endsTexts } from "../words/ends-texts.ts";
import { periodTexts } from "../words/period-texts.ts";
import { renderTime } from "./render-time.ts";

interface TimedContext {
  readonly language: Language;
  readonly timeZone: string;
  readonly appOf: (record: RecordRef) => ReportedRecord;
}

/** The records that count only for a time, with what their period is now in words. */
export function reportTimed(timed: readonly TimedRecord[], context: TimedContext): readonly ReportedTimed[] {
  return timed.map((one): ReportedTimed => {
    const { record, period, state, permissionSet } = one;
    const { startsMs, expiresMs } = period;
    return {
      ...context.appOf(record),
      state,
      ...(permissionSet === undefined ? {} : { permissionSet }),
      ...(startsMs === undefined ? {} : { starts: new Date(startsMs).toISOString() }),
      ...(expiresMs === undefined ? {} : { expires: new Date(expiresMs).toISOString() }),
      message: describePeriod(one, context),
    };
  });
}

/** What the record's period is now. */
function describePeriod(
  { period: { startsMs, expiresMs }, state }: TimedRecord,
  { language, timeZone }: { readonly language: Language; readonly timeZone: string },
): string {
  const texts = periodTexts(language);
  const time = (ms: number | undefined): string => (ms === undefined ? "" : renderTime(ms, timeZone));
  const ends = expiresMs === undefined ? [] : [texts.ends(time(expiresMs))];
  switch (state) {
    case "not-begun":
      return [texts.notBegun(time(startsMs)), ...ends].join(language === "ja" ? "、" : ", ");
    case "over":
      return texts.over(time(expiresMs));
    case "unclear":
      return texts.unclear;
    case "pending":
      return [texts.pending, ...ends].join(language === "ja" ? "、" : ", ");
    case "ended":
    case "in-force":
      break;
  }
  return ends.join("");
}

/** The days to come on which a large part of all assignments ends. */
export function manyEndsNotes({ endingDays = [] }: Pass, language: Language): readonly ReportedNote[] {
  const words = endsTexts(language);
  return endingDays.map((day) => ({
    code: "many-ends",
    message: [words.many(day), ...(day.asks ? [words.asks] : [])].join(language === "ja" ? "" : " "),
  }));
}

/** How far a reader looks ahead and back. */
const weekMs = 7 * dayMs;

/** Those that a reader looks for: what has not begun, and what ends or has ended within a week; the next one first. */
export function timedToShow({ plan, finishedAt }: RunReport): readonly ReportedTimed[] {
  const nowMs = Date.parse(finishedAt);
  const isNear = (time = ""): boolean => Math.abs(Date.parse(time) - nowMs) <= weekMs;
  const turnOf = ({ state, starts = "", expires = "" }: ReportedTimed): string =>
    state === "not-begun" ? starts : expires;
  return (plan?.timed ?? [])
    .filter(({ state, expires }) => state === "not-begun" || state === "unclear" || isNear(expires))
    .toSorted((a, b) => (turnOf(a) < turnOf(b) ? -1 : Number(turnOf(a) > turnOf(b))));
}

/** When the next record begins or ends, in milliseconds; undefined where the pass could not read. */
export function nextTurnOf({ plan, finishedAt }: RunReport): number | undefined {
  if (plan === undefined) return undefined;
  const turns = (plan.timed ?? []).flatMap(({ starts, expires }) => [starts, expires]);
  const nowMs = Date.parse(finishedAt);
  const ahead = turns.flatMap((time) => (time === undefined ? [] : [Date.parse(time)]));
  return Math.min(...ahead.filter((ms) => ms > nowMs));
}
