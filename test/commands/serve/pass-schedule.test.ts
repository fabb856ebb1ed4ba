import { describe, expect, it } from "vitest";
import { createSchedule, followSchedule } from "../../../src/commands/serve/pass-schedule.ts";
import type { Config } from "../../../src/model/config.ts";
import { createVirtualClock } from "../../fakes/virtual-clock.ts";

const hourMs = 3_600_000;
const noon = Date.UTC(2026, 10, 20, 12);
const at = (time: string): number => Date.parse(`2026-11-20T${time}:00Z`);

/** The times of day (UTC) at which passes begin within some hours from noon. */
async function beginnings(when: Config["serve"]["when"], hours: number, timeZone = "Asia/Tokyo") {
  const clock = createVirtualClock(noon);
  const end = new AbortController();
  const times: string[] = [];
  const schedule = createSchedule(when, timeZone, noon);
  const following = followSchedule(schedule, clock, end.signal, () => {
    times.push(new Date(clock.now()).toISOString().slice(11, 16));
  });
  await clock.sleep(hours * hourMs + 1);
  end.abort();
  await following;
  return times;
}

describe("an interval", () => {
  it("comes round every so many minutes from the start", async () => {
    expect(await beginnings({ kind: "interval", minutes: 20 }, 1)).toEqual(["12:20", "12:40", "13:00"]);
  });

  it("lets a good pass count for three of them", () => {
    const schedule = createSchedule({ kind: "interval", minutes: 10 }, "UTC", noon);
    expect(schedule.goodUntil(at("12:03"))).toBe(at("12:33"));
  });
});

describe("a cron expression", () => {
  it("comes round at its minutes", async () => {
    expect(await beginnings({ kind: "cron", schedule: "4-59/20 * * * *" }, 1)).toEqual([
      "12:04",
      "12:24",
      "12:44",
    ]);
  });

  it("is read in the configured time zone", async () => {
    expect(await beginnings({ kind: "cron", schedule: "30 22 * * *" }, 24)).toEqual(["13:30"]);
  });

  it("lets a good pass count until the third time that follows", () => {
    const schedule = createSchedule({ kind: "cron", schedule: "0 * * * *" }, "UTC", noon);
    expect(schedule.goodUntil(at("12:03"))).toBe(at("15:00"));
  });
});

describe("a machine that slept", () => {
  it("makes up once for what it slept through", async () => {
    const clock = createVirtualClock(noon);
    let offsetMs = 0;
    const jumping = {
      now: () => clock.now() + offsetMs,
      sleep: (ms: number, signal?: AbortSignal) => clock.sleep(ms, signal),
    };
    const end = new AbortController();
    const times: string[] = [];
    const schedule = createSchedule({ kind: "interval", minutes: 10 }, "UTC", noon);
    const following = followSchedule(schedule, jumping, end.signal, () => {
      times.push(new Date(jumping.now()).toISOString().slice(11, 16));
    });
    await clock.sleep(5 * 60_000 + 1);
    offsetMs = hourMs;
    await clock.sleep(6 * 60_000);
    end.abort();
    await following;
    expect(times).toEqual(["13:06", "13:10"]);
  });
});

describe("a record that begins or ends", () => {
  it("brings a pass at that minute, once, beside those of the schedule", async () => {
    const clock = createVirtualClock(noon);
    const end = new AbortController();
    const times: string[] = [];
    const schedule = createSchedule({ kind: "interval", minutes: 30 }, "UTC", noon);
    const following = followSchedule(
      schedule,
      clock,
      end.signal,
      (due) => {
        times.push(`${due} ${new Date(clock.now()).toISOString().slice(11, 16)}`);
      },
      () => at("12:17"),
    );
    await clock.sleep(hourMs + 1);
    end.abort();
    await following;
    expect(times).toEqual(["turn 12:17", "schedule 12:30", "schedule 13:00"]);
  });
});
