import { describe, expect, it } from "vitest";
import { createPassQueue } from "../../../src/commands/serve/pass-queue.ts";
import { createVirtualClock } from "../../fakes/virtual-clock.ts";

const passMs = 60_000;

/** A queue whose passes take a minute, and what they did. */
function aQueue() {
  const clock = createVirtualClock(0);
  const log: string[] = [];
  let atOnce = 0;
  const queue = createPassQueue(async () => {
    atOnce += 1;
    log.push(`begins at ${clock.now() / 1000} s${atOnce > 1 ? " BESIDE ANOTHER" : ""}`);
    await clock.sleep(passMs);
    atOnce -= 1;
  });
  return { clock, log, queue };
}

describe("one pass at a time", () => {
  it("begins a pass when one is asked for and none is running", () => {
    const { queue, log } = aQueue();
    expect(queue.onDemand()).toBe("started");
    expect(log).toEqual(["begins at 0 s"]);
  });

  it("follows a running pass by exactly one more, however often it is asked for", async () => {
    const { queue, log, clock } = aQueue();
    queue.onSchedule();
    await clock.sleep(10_000);
    expect([queue.onDemand(), queue.onDemand(), queue.onDemand()]).toEqual([
      "promised",
      "promised",
      "promised",
    ]);
    await clock.sleep(10 * passMs);
    expect(log).toEqual(["begins at 0 s", "begins at 60 s"]);
  });

  it("promises another one during the one that was promised", async () => {
    const { queue, log, clock } = aQueue();
    queue.onDemand();
    queue.onDemand();
    await clock.sleep(passMs + 1);
    expect(queue.onDemand()).toBe("promised");
    await clock.sleep(10 * passMs);
    expect(log).toEqual(["begins at 0 s", "begins at 60 s", "begins at 120 s"]);
  });

  it("leaves out what is due while a pass is running", async () => {
    const { queue, log, clock } = aQueue();
    expect(queue.onSchedule()).toBe("started");
    await clock.sleep(10_000);
    expect(queue.onSchedule()).toBe("running");
    await clock.sleep(10 * passMs);
    expect(log).toHaveLength(1);
    expect(queue.onSchedule()).toBe("started");
  });

  it("lets the running pass end, and no other begin, once it is closed", async () => {
    const { queue, log, clock } = aQueue();
    queue.onDemand();
    queue.onDemand();
    await clock.sleep(10_000);
    await queue.close();
    expect(clock.now()).toBe(passMs);
    expect([queue.onDemand(), queue.onSchedule()]).toEqual(["closed", "running"]);
    await clock.sleep(10 * passMs);
    expect(log).toEqual(["begins at 0 s"]);
  });
});
