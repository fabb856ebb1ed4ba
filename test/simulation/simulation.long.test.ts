import { describe, expect, it } from "vitest";

import { tellStories } from "./tell-stories.ts";

const timeout = 1_200_000;
/** Other stories in every run, beside the ones that are always told: the failure names the seed. */
const fresh = Math.floor(Date.now() / 1000);

describe.concurrent("whatever happens in fifty steps to records, people, AWS, the network and the process itself", () => {
  it.each([
    ["everything", [1, 3, 5, 7, 9, 11, 13]],
    ["in part", [2, 4, 6]],
  ])(
    "no promise is broken, and all is as recorded once it is over, when passes read %s",
    async (_how, seeds) => {
      expect(await tellStories(seeds)).toEqual({ runs: seeds.length * 100, failures: [] });
    },
    timeout,
  );

  it(
    `no promise is broken in stories that were never told before (seeds ${fresh} and ${fresh + 1})`,
    async () => {
      expect(await tellStories([fresh, fresh + 1])).toEqual({ runs: 200, failures: [] });
    },
    timeout,
  );
});
