import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { handSteps, measuredSteps } from "../../src/model/acceptance.ts";
import { openBeliefs } from "../../src/sandbox/beliefs.ts";

/** The step that each belief names in docs/beliefs.md. */
const told = [
  ...readFileSync("docs/beliefs.md", "utf8").matchAll(/^\| `([a-z-]+)` \|.*\| `([a-z-]+)` \|$/gmu),
].map(([, belief, step]) => [belief, step] as const);

it("every belief that the sandbox can play the other way is told in docs/beliefs.md, and no other", () => {
  expect(told.map(([belief]) => belief)).toEqual([...openBeliefs].sort());
});

it("every belief names the step of the acceptance that settles it", () => {
  const measured = Object.entries(measuredSteps).flatMap(([step, { beliefs }]) =>
    Object.keys(beliefs).map((belief) => [belief, step] as const),
  );
  const byHand = Object.entries<readonly string[]>(handSteps).flatMap(([step, beliefs]) =>
    beliefs.map((belief) => [belief, step] as const),
  );
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries([...measured, ...byHand]));
});

it.each(["docs/acceptance.md", "docs/ja/acceptance.md"])("%s has every step", (page) => {
  const steps = [...readFileSync(page, "utf8").matchAll(/^\| `([a-z-]+)` \|/gmu)].map(([, step]) => step);
  expect(steps).toEqual([...Object.keys(measuredSteps), ...Object.keys(handSteps)]);
});
