import { describe, expect, it } from "vitest";
import { simulate } from "./simulate.ts";

const commands = 50;
const runs = 100;
/** A failure prints its seed; `npm run prove -- simulation --seed N` tells the same stories again. */
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

describe("whatever happens in fifty steps to records, people, AWS, the network and the process itself", () => {
  it.each(seeds)(
    "no promise is broken, and all is as recorded once it is over (seed %i)",
    async (seed) => {
      const result = await simulate({ seed, runs, commands });
      expect(result.failure).toBeUndefined();
      expect(result.runs).toBe(runs);
    },
    300_000,
  );
});
