import { Cron } from "croner";
import type { Config } from "../../model/config.ts";
import type { Clock } from "../../ports.ts";

const minuteMs = 60_000;

/** When passes begin, in milliseconds since the epoch. */
export interface PassSchedule {
  /** The first beginning after the moment. */
  readonly nextAfter: (ms: number) => number;
  /** Until when a good pass at the moment speaks for the deployment: three intervals, or the third beginning of a cron expression. */
  readonly goodUntil: (ms: number) => number;
}

const goodIntervals = 3;

/** Counts the interval from `startMs`; a cron expression is read in the time zone. */
export function createSchedule(
  when: Config["serve"]["when"],
  timeZone: string,
  startMs: number,
): PassSchedule {
  if (when.kind === "interval") {
    const intervalMs = when.minutes * minuteMs;
    return {
      nextAfter: (ms) => startMs + (Math.floor((ms - startMs) / intervalMs) + 1) * intervalMs,
      goodUntil: (ms) => ms + goodIntervals * intervalMs,
    };
  }
  const cron = new Cron(when.schedule, { paused: true, mode: "5-part", timezone: timeZone });
  const nextAfter = (ms: number): number => cron.nextRun(new Date(ms))?.getTime() ?? Number.POSITIVE_INFINITY;
  const goodUntil = (ms: number): number =>
    cron.nextRuns(goodIntervals, new Date(ms)).at(-1)?.getTime() ?? Number.POSITIVE_INFINITY;
  return { nextAfter, goodUntil };
}

/** Short enough for a clock that is set right, or a machine that slept, not to put a pass off for long. */
const longestSleepMs = minuteMs;

/** Why a pass is due: the schedule says so, or a record begins or ends. */
export type Due = "schedule" | "turn";

/**
 * Calls `onDue` at every beginning, and when a record begins or ends, until the signal is aborted. A beginning that was
 * slept through is made up for once.
 */
export async function followSchedule(
  schedule: PassSchedule,
  clock: Clock,
  signal: AbortSignal,
  onDue: (due: Due) => void,
  nextTurn: () => number = () => Infinity,
): Promise<void> {
  let dueMs = schedule.nextAfter(clock.now());
  let doneMs = clock.now();
  while (!signal.aborted) {
    const turnMs = nextTurn();
    // One that has been met already is not met again before a pass has read the records anew.
    const isTurn = turnMs > doneMs && turnMs < dueMs;
    const leftMs = (isTurn ? turnMs : dueMs) - clock.now();
    if (leftMs > 0) await clock.sleep(Math.min(leftMs, longestSleepMs), signal);
    else {
      doneMs = clock.now();
      onDue(isTurn ? "turn" : "schedule");
      dueMs = schedule.nextAfter(clock.now());
    }
  }
}
