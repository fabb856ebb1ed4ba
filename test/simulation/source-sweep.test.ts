import { expect, it } from "vitest";
import { sweepSources } from "./source-sweep.ts";
import { everyFifth, someOf } from "../share.ts";

it("whatever is wrong with the source, from an empty app to a page that is one per cent short, deletes nothing", async () => {
  const cases = await sweepSources(everyFifth);
  expect(cases.length).toBeGreaterThan(someOf(230));
  expect(cases.filter(({ problems }) => problems.length > 0)).toEqual([]);
}, 120_000);
