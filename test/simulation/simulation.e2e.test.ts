import { expect, it } from "vitest";

import { tellStories } from "./tell-stories.ts";

const timeout = 600_000;

/** Of each seed; `npm run check` tells a hundred of thirteen seeds. */
const stories = 10;

// Seed 1 reads everything, seed 2 in part.
it.concurrent.each([1, 2])(
  "whatever happens in fifty steps, no promise is broken and all is as recorded once it is over (seed %d)",
  async (seed) => {
    expect(await tellStories([seed], stories)).toEqual({ runs: stories, failures: [] });
  },
  timeout,
);
