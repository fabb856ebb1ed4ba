import { describe, expect, it } from "vitest";

import { hundredRuns, timeoutMs } from "./hundred-runs.ts";

describe("whatever happens in fifty steps to records, people, AWS, the network and the process itself", () => {
  it.each([1, 3])(
    "no promise is broken, and all is as recorded once it is over (seed %i)",
    async (seed) => {
      expect(await hundredRuns(seed)).toEqual({ runs: 100, failure: undefined });
    },
    timeoutMs,
  );
});
