import { describe, expect, it } from "vitest";

import { createWorld, type SimulatedWorld } from "./simulated-world.ts";

type Edit = Parameters<SimulatedWorld["kintone"]["replace"]>[0];

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
async function takeBack(edit: (world: SimulatedWorld) => Edit) {
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
  it("access of one more user", async () => {
    const { before, edited, after } = await takeBack(({ kintone }) => ({
      assignments: kintone
        .records()
        .assignments.map((one) =>
          one.set === "Alpha" ? { ...one, users: [...one.users, "dai"], revision: 2 } : one,
        ),
    }));
    expect(edited).not.toEqual(before);
    expect(after).toEqual(before);
  });

  it("a user who had lost access", async () => {
    const { before, edited, after } = await takeBack(({ kintone }) => ({
      assignments: kintone
        .records()
        .assignments.map((one) => (one.set === "Alpha" ? { ...one, users: ["anna"], revision: 2 } : one)),
    }));
    expect(edited).not.toEqual(before);
    expect(after).toEqual(before);
  });

  it("a policy that was attached", async () => {
    const { before, edited, after } = await takeBack(({ kintone }) => ({
      sets: kintone
        .records()
        .sets.map((one) =>
          one.name === "Alpha" ? { ...one, policies: [...one.policies, "Billing"], revision: 2 } : one,
        ),
    }));
    expect(edited).not.toEqual(before);
    expect(after).toEqual(before);
  });
});
