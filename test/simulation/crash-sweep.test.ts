import { expect, it } from "vitest";
import { sweepCrashes, sweptWrites } from "./crash-sweep.ts";

it("a pass that is killed before or after any of forty-two writes is made good by the next one", async () => {
  const cases = await sweepCrashes();
  expect(cases).toHaveLength(2 * sweptWrites + 1);
  expect(cases.filter(({ problems }) => problems.length > 0)).toEqual([]);
}, 120_000);
