import { describe, expect, it } from "vitest";

import { type Edit, editHolders, editSet } from "./edit-records.ts";
import { createWorld, type SimulatedWorld } from "./simulated-world.ts";

/** Somebody edits records, and another pass carries that out, after a pass has read them and before that reads AWS. */
async function overtake(edit: Edit, world: SimulatedWorld = createWorld()): Promise<SimulatedWorld> {
  await world.sync();
  await world.sync({
    between: async () => {
      world.kintone.replace(edit(world));
      await world.sync();
    },
  });
  return world;
}

const rename = (from: string, name: string): Edit => editSet(from, { name });

const holders = ({ aws }: SimulatedWorld, name: string, inAccount: string): readonly string[] =>
  [...aws.live().assignments.values()]
    .filter(({ permissionSet, account }) => permissionSet === name && account === inAccount)
    .map(({ principal }) => principal.id)
    .toSorted();

describe("a pass that read a record just before it was edited", () => {
  it("lets nobody in again whom another pass has just removed", async () => {
    const world = await overtake(editHolders("Alpha", { users: ["anna"] }));
    expect(holders(world, "Alpha", "222222222222")).toEqual(["user-anna-0"]);
  });

  it("takes nothing away that another pass has just granted", async () => {
    const world = await overtake(editHolders("Alpha", { users: ["anna", "ben", "dai"] }));
    expect(holders(world, "Alpha", "222222222222")).toEqual(["user-anna-0", "user-ben-0", "user-dai-0"]);
  });

  it("keeps what another pass holds for a record that names a set as it was called two names ago", async () => {
    const world = createWorld();
    world.kintone.replace(editHolders("Gamma", { accounts: ["Staging"] })(world));
    await world.sync();
    world.kintone.replace(rename("Gamma", "Epsilon")(world));
    await overtake(rename("Epsilon", "Delta"), world);
    expect(holders(world, "Delta", "333333333333")).toEqual(["user-dai-0"]);
  });
});
