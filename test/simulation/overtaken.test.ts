import { describe, expect, it } from "vitest";

import { type AssignmentRecord } from "./kintone-twin.ts";
import { createWorld, type SimulatedWorld } from "./simulated-world.ts";

/** Somebody edits the record, and another pass carries that out, after a pass has read it and before that reads AWS. */
async function overtake(edit: Partial<AssignmentRecord>): Promise<SimulatedWorld> {
  const world = createWorld();
  await world.sync();
  await world.sync({
    between: async () => {
      const [first, ...rest] = world.kintone.records().assignments;
      if (first === undefined) throw new Error("there is no record");
      const edited = { ...first, ...edit, revision: first.revision + 1, updatedAtMs: world.clock.now() };
      world.kintone.replace({ assignments: [edited, ...rest] });
      await world.sync();
    },
  });
  return world;
}

const holders = ({ aws }: SimulatedWorld): readonly string[] =>
  [...aws.live().assignments.values()]
    .filter(({ permissionSet, account }) => permissionSet === "Alpha" && account === "222222222222")
    .map(({ principal }) => principal.id)
    .toSorted();

describe("a pass that read a record just before it was edited", () => {
  it("lets nobody in again whom another pass has just removed", async () => {
    expect(holders(await overtake({ users: ["anna"] }))).toEqual(["user-anna-0"]);
  });

  it("takes nothing away that another pass has just granted", async () => {
    const world = await overtake({ users: ["anna", "ben", "dai"] });
    expect(holders(world)).toEqual(["user-anna-0", "user-ben-0", "user-dai-0"]);
  });
});
