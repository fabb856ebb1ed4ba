import { describe, expect, it } from "vitest";

import { converge } from "./converge.ts";
import { deleteSet, type Edit, editSet, renameSet } from "./edit-records.ts";
import { createWorld, type WorldOptions } from "./simulated-world.ts";

/** What is not as it should be once all is over; the edits of one step are saved before the next pass. */
async function tell(steps: readonly (readonly Edit[])[], options?: WorldOptions): Promise<readonly string[]> {
  const world = createWorld(options);
  await converge(world);
  for (const [index, step] of steps.entries()) {
    for (const edit of step) world.kintone.replace(edit(world));
    if (index < steps.length - 1) await world.sync();
  }
  return converge(world);
}

describe("stories that the simulation found, and that came to a good end only later:", () => {
  it("a set takes the name that another one gave up, both are entered again, and the one that has it now is broken", async () => {
    const problems = await tell(
      [
        [renameSet("Alpha", "Delta"), deleteSet("Gamma")],
        [
          renameSet("Beta", "Alpha"),
          deleteSet("Alpha", "entered again"),
          deleteSet("Delta", "entered again"),
          editSet("Alpha", { flaw: "duration-invalid" }),
        ],
      ],
      { readsInPart: true },
    );
    expect(problems).toEqual([]);
  });
});
