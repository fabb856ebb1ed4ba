import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { openBeliefs } from "../../src/sandbox/beliefs.ts";

it("every belief that the sandbox can play the other way is told in docs/beliefs.md, and no other", () => {
  const told = [...readFileSync("docs/beliefs.md", "utf8").matchAll(/^\| `([a-z-]+)` \|/gmu)].map(
    ([, name]) => name,
  );
  expect(told).toEqual([...openBeliefs].sort());
});
