import { describe, expect, it } from "vitest";

import { createPacer, type Pacer, type Purpose } from "../../src/aws/pacer.ts";
import { createRequestPace, purposeOf } from "../../src/aws/request-pace.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";

async function momentsOf(
  clock: ReturnType<typeof createVirtualClock>,
  pacers: readonly Pacer[],
): Promise<number[]> {
  return Promise.all(
    pacers.map(async (pacer) => {
      await pacer.take();
      return clock.now();
    }),
  );
}

describe("a pacer", () => {
  it("lets a burst through at once and the rest at even intervals, in order", async () => {
    const clock = createVirtualClock(0);
    const pacer = createPacer({ requestsPerSecond: 4, burst: 2, clock });
    const moments = await momentsOf(clock, Array<Pacer>(6).fill(pacer));
    expect(moments).toEqual([0, 0, 250, 500, 750, 1000]);
  });

  it.each([
    [15, 3],
    [15, 1],
    [7, 5],
  ])("never lets more than %d + %d requests through within a second", async (requestsPerSecond, burst) => {
    const clock = createVirtualClock(0);
    const pacer = createPacer({ requestsPerSecond, burst, clock });
    const moments = await momentsOf(clock, Array<Pacer>(200).fill(pacer));
    const busiest = Math.max(
      ...moments.map((start) => moments.filter((moment) => moment >= start && moment < start + 1000).length),
    );
    expect(busiest).toBeLessThanOrEqual(requestsPerSecond + burst);
    expect(busiest).toBeGreaterThanOrEqual(requestsPerSecond);
  });

  it("saves up no more than a burst while nobody asks", async () => {
    const clock = createVirtualClock(0);
    const pacer = createPacer({ requestsPerSecond: 10, burst: 2, clock });
    await pacer.take();
    await clock.sleep(60_000);
    const moments = await momentsOf(clock, [pacer, pacer, pacer]);
    expect(moments).toEqual([60_000, 60_000, 60_100]);
  });
});

describe("a pacer that many want to pass", () => {
  it("lets writes through before polls and both before reads, however late they came", async () => {
    const clock = createVirtualClock();
    const pacer = createPacer({ requestsPerSecond: 10, clock });
    const order: string[] = [];
    const pass = async (name: string, purpose: Purpose) => {
      await pacer.take(purpose);
      order.push(name);
    };
    const reading = ["first", "read 1", "read 2", "read 3"].map((name) => pass(name, "read"));
    const polling = pass("poll", "poll");
    const writing = pass("write", "write");
    await Promise.all([...reading, polling, writing]);
    expect(order).toEqual(["first", "write", "poll", "read 1", "read 2", "read 3"]);
  });

  it("goes slower by a third once others use the quota too, and is as fast as before after a while", async () => {
    const clock = createVirtualClock();
    const pacer = createPacer({ requestsPerSecond: 10, clock });
    const secondsFor = async (requests: number): Promise<number> => {
      const startMs = clock.now();
      await momentsOf(clock, Array<Pacer>(requests).fill(pacer));
      return (clock.now() - startMs) / 1_000;
    };
    expect(await secondsFor(11)).toBe(1);
    pacer.slowDown();
    // Refusals of the same crowd count once.
    pacer.slowDown();
    expect(await secondsFor(10)).toBeGreaterThan(1.3);
    await clock.sleep(15_000);
    expect(await secondsFor(11)).toBeLessThanOrEqual(1.1);
  });

  it("never stops altogether, however often it is slowed", async () => {
    const clock = createVirtualClock();
    const pacer = createPacer({ requestsPerSecond: 10, clock });
    for (let refusal = 0; refusal < 50; refusal += 1) {
      pacer.slowDown();
      await clock.sleep(1_000);
    }
    const startMs = clock.now();
    await momentsOf(clock, [pacer, pacer, pacer]);
    expect(clock.now() - startMs).toBeLessThan(3_000);
  });
});

describe("the pace of requests", () => {
  it.each([
    ["CreateAccountAssignment", "write"],
    ["ProvisionPermissionSet", "write"],
    ["TagResource", "write"],
    ["ListAccountAssignmentCreationStatus", "poll"],
    ["DescribePermissionSetProvisioningStatus", "poll"],
    ["ListAccountAssignments", "read"],
    ["DescribePermissionSet", "read"],
    ["GetInlinePolicyForPermissionSet", "read"],
  ])("takes %s as %s", (operation, urgency) => {
    expect(purposeOf(operation)).toBe(urgency);
  });

  it.each([15, 18, 19, 20])(
    "keeps below 20 Identity Center requests a second at %d",
    async (requestsPerSecond) => {
      const clock = createVirtualClock(0);
      const pacerOf = createRequestPace({ requestsPerSecond, clock });
      const pacers = Array.from({ length: 100 }, (_, index) => pacerOf("sso", `Operation${index}`));
      const moments = await momentsOf(clock, pacers);
      const busiest = Math.max(
        ...moments.map(
          (start) => moments.filter((moment) => moment >= start && moment < start + 1000).length,
        ),
      );
      expect(busiest).toBeLessThanOrEqual(20);
    },
  );

  it("counts each operation of the other services for itself", async () => {
    const clock = createVirtualClock(0);
    const pacerOf = createRequestPace({ requestsPerSecond: 15, clock });
    const moments = await momentsOf(clock, [
      pacerOf("organizations", "DescribeOrganization"),
      pacerOf("organizations", "DescribeOrganization"),
      pacerOf("organizations", "ListRoots"),
      pacerOf("organizations", "ListRoots"),
      pacerOf("identitystore", "ListUsers"),
      pacerOf("identitystore", "ListGroups"),
    ]);
    expect(moments).toEqual([0, 1000, 0, 125, 0, 0]);
  });

  it("lets the first eight pages of accounts through at once", async () => {
    const clock = createVirtualClock(0);
    const pacerOf = createRequestPace({ requestsPerSecond: 15, clock });
    const pages = Array.from({ length: 10 }, () => pacerOf("organizations", "ListAccounts"));
    expect(await momentsOf(clock, pages)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 125, 250]);
  });
});
