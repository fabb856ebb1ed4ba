import { describe, expect, it } from "vitest";

import { createPacer, type Pacer } from "../../src/aws/pacer.ts";
import { createRequestPace } from "../../src/aws/request-pace.ts";
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

describe("the pace of requests", () => {
  it.each([15, 19, 20])(
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
      pacerOf("organizations", "ListAccounts"),
      pacerOf("organizations", "ListAccounts"),
      pacerOf("identitystore", "ListUsers"),
      pacerOf("identitystore", "ListGroups"),
    ]);
    expect(moments).toEqual([0, 1000, 0, 125, 0, 0]);
  });
});
