import { describe, expect, it } from "vitest";

import { type Edit, editHolders, editSet } from "./edit-records.ts";
import { createWorld, type SimulatedWorld } from "./simulated-world.ts";

/** Everything that Identity Center has, but for the versions that count how often a set was changed. */
const stateOf = ({ aws }: SimulatedWorld) => {
  const { sets, assignments } = aws.live();
  return {
    sets: [...sets.values()].map(({ name, definition, provisioned, version }) => ({
      name,
      definition,
      accounts: [...provisioned].map(([id, has]) => `${id} ${has === version ? "up to date" : "stale"}`),
    })),
    assignments: [...assignments.keys()].toSorted(),
  };
};

/** Somebody edits records, one pass carries that out, and the edit is taken back before the next one. */
async function takeBack(edit: Edit) {
  const world = createWorld({ readsInPart: true });
  await world.sync();
  await world.sync();
  const before = stateOf(world);
  const records = world.kintone.records();
  world.kintone.replace(edit(world));
  await world.sync();
  const edited = stateOf(world);
  const raised = <One extends { readonly revision: number }>(one: One): One => ({
    ...one,
    revision: one.revision + 2,
    updatedAtMs: world.clock.now(),
  });
  world.kintone.replace({
    sets: records.sets.map(raised),
    assignments: records.assignments.map(raised),
  });
  await world.sync();
  return { before, edited, after: stateOf(world) };
}

describe("an edit that is taken back after one pass is undone by the next, also where passes read in part:", () => {
  it.each<[string, Edit]>([
    ["access of one more user", editHolders("Alpha", ({ users }) => ({ users: [...users, "dai"] }))],
    ["a user who had lost access", editHolders("Alpha", { users: ["anna"] })],
    ["a policy that was attached", editSet("Alpha", { policies: ["ReadOnlyAccess", "Billing"] })],
  ])("%s", async (_, edit) => {
    const { before, edited, after } = await takeBack(edit);
    expect(edited).not.toEqual(before);
    expect(after).toEqual(before);
  });
});
