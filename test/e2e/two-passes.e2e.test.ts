import { expect, test } from "vitest";
import { appliedSets, developer, developers, readers, readOnly } from "./small-company.ts";
import { grantsIn, reportIn, type World, withSandbox } from "./with-sandbox.ts";

const stateOf = (world: World) => ({
  grants: grantsIn(world),
  sets: world.aws.state
    .permissionSets()
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ arn: _arn, ...set }) => set),
});

/** Renames one set, drops people and accounts, and changes a policy, all in one pass. */
const changed = {
  permissionSets: [
    { ...readOnly, name: "Viewer" },
    { ...developer, managed_policies: "ViewOnlyAccess" },
  ],
  assignments: [
    { ...readers, permission_set: "Viewer", users: ["hanako", "misaki"] },
    { ...developers, accounts: "production" },
  ],
  aws: { permissionSets: appliedSets },
};
const config = "guards: { maxDeletions: 100, maxUsersLosingAllAccess: 100 }\n";

test.each([
  ["from nothing", {}],
  ["with a rename, removals and a changed policy", changed],
])("two syncs at once come to the same end as one, and no change of either fails: %s", (_, company) =>
  withSandbox({ company, config, speed: 20 }, async (alone) => {
    expect((await alone.cli("sync")).code).toBe(0);
    await withSandbox({ company, config, speed: 20 }, async (shared) => {
      const runs = await Promise.all([shared.cli("sync --json"), shared.cli("sync --json")]);
      for (const run of runs) {
        const failed = reportIn(run).outcomes.filter(({ status }) => status === "failed");
        expect(failed).toEqual([]);
      }
      expect(stateOf(shared)).toEqual(stateOf(alone));
    });
  }),
);
