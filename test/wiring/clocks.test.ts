import { afterEach, describe, expect, it, vi } from "vitest";
import { acceleratedClock, systemClock } from "../../src/wiring/clocks.ts";

const start = Date.parse("2026-11-20T09:00:00Z");

afterEach(() => {
  vi.useRealTimers();
});

describe("an accelerated clock", () => {
  it("begins at the machine's time and runs so many times as fast", () => {
    vi.useFakeTimers({ now: start, toFake: ["Date"] });
    const clock = acceleratedClock(40);
    expect(clock.now()).toBe(start);
    vi.setSystemTime(start + 1_500);
    expect(clock.now()).toBe(start + 60_000);
  });

  it("sleeps that much shorter, and its own time has passed then", async () => {
    const clock = acceleratedClock(1_000);
    const [before, realBefore] = [clock.now(), performance.now()];
    await clock.sleep(20_000);
    expect(performance.now() - realBefore).toBeLessThan(10_000);
    // A timer of the machine can be early by a millisecond.
    expect(clock.now() - before).toBeGreaterThanOrEqual(18_000);
  });

  it("wakes at once, without an error, when the signal is aborted", async () => {
    const controller = new AbortController();
    const sleeping = acceleratedClock(40).sleep(3_600_000, controller.signal);
    controller.abort();
    await expect(sleeping).resolves.toBeUndefined();
  });

  it("does not sleep when the signal was aborted before", async () => {
    await expect(acceleratedClock(40).sleep(3_600_000, AbortSignal.abort())).resolves.toBeUndefined();
  });

  it("sleeps to the end when the signal is never aborted", async () => {
    const { signal } = new AbortController();
    await expect(acceleratedClock(1_000).sleep(2_000, signal)).resolves.toBeUndefined();
  });
});

describe("the system's clock", () => {
  it("has the machine's time", () => {
    const before = Date.now();
    const now = systemClock.now();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });
});
