import { expect, it } from "vitest";
import { sweepCrashes, sweptWrites } from "./crash-sweep.ts";
import { everyFifth, someOf } from "../share.ts";

it("a pass that is killed before or after any of forty-two writes is made good by the next one", async () => {
  const cases = await sweepCrashes(everyFifth);
  expect(cases).toHaveLength(1 + someOf(2 * sweptWrites));
  expect(cases.filter(({ problems }) => problems.length > 0)).toEqual([]);
}, 120_000);
