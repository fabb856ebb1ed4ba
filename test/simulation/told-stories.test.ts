import { describe, expect, it } from "vitest";

import { brokenBy } from "./invariants.ts";
import { converge } from "./converge.ts";
import { deleteSet, type Edit, editSet, renameSet } from "./edit-records.ts";
import { createWorld, type SyncOptions, type WorldOptions } from "./simulated-world.ts";

/** What people save before the next pass, or what happens to a pass. */
type Step = readonly Edit[] | SyncOptions;

/** What is not as it should be once all is over. */
async function tell(steps: readonly Step[], options?: WorldOptions): Promise<readonly string[]> {
  const world = createWorld(options);
  await converge(world);
  for (const [index, step] of steps.entries()) {
    world.clock.jump(1_000);
    const edits = Array.isArray(step) ? (step as readonly Edit[]) : [];
    for (const edit of edits) world.kintone.replace(edit(world));
    if (index < steps.length - 1) await world.sync(Array.isArray(step) ? {} : (step as SyncOptions));
  }
  const problems = await converge(world);
  return [...problems, ...world.passes.flatMap(brokenBy)];
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

  it("a read shows one record too few, and another set gets the name that it gives", async () => {
    const problems = await tell([
      [editSet("Gamma", { name: "Delta" })],
      [editSet("Delta", { name: "Epsilon" })],
      { sourceFault: { kind: "shrunk", app: "assignments", left: 3 } },
      [deleteSet("Alpha", "entered again"), renameSet("Alpha", "Gamma")],
    ]);
    expect(problems).toEqual([]);
  });
});
