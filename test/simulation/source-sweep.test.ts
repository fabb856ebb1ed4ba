import { expect, it } from "vitest";
import { sweepSources } from "./source-sweep.ts";

it("whatever is wrong with the source, from an empty app to a page that is one per cent short, deletes nothing", async () => {
  const cases = await sweepSources();
  expect(cases.length).toBeGreaterThan(230);
  expect(cases.filter(({ problems }) => problems.length > 0)).toEqual([]);
}, 120_000);
