import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyPlan } from "../../src/apply/apply-plan.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { DesiredState } from "../../src/model/desired-state.ts";
import type { Plan } from "../../src/model/plan.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import { actualState, desiredState, grants, owner, shuffled } from "../fakes/arbitrary-states.ts";
import { createIdentityCenterTwin } from "../fakes/in-memory-identity-center.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";
import { someOf } from "../share.ts";

function planOf(desired: DesiredState, actual: ActualState): Plan {
  return createPlan(desired, actual, {
    owner,
    protected: { accounts: [], principals: [], permissionSets: [] },
    unlistedAssignments: "remove",
  });
}

async function applied(desired: DesiredState, actual: ActualState): Promise<ActualState> {
  const clock = createVirtualClock();
  const twin = createIdentityCenterTwin(actual, { clock });
  await applyPlan(planOf(desired, actual), twin, clock, { outstandingOperations: 10 });
  return twin.state();
}

const runs = { numRuns: someOf(400) };

describe("a plan", () => {
  it("is empty for a state that already is what the records say", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
        const state = await applied(desired, actual);
        expect(planOf(desired, state).changes).toEqual([]);
      }),
      runs,
    );
  });

  it("once applied gives every desired assignment that may be written, and no other on a managed set", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
        const state = await applied(desired, actual);
        const writable = desired.assignments.filter(({ account }) => /^[234]/u.test(account));
        expect(grants(state)).toEqual(grants({ assignments: writable }));
      }),
      runs,
    );
  });

  it("does not depend on the order of records or answers", () => {
    fc.assert(
      fc.property(desiredState, actualState, (desired, actual) => {
        const other = {
          ...actual,
          permissionSets: actual.permissionSets.toReversed(),
          assignments: actual.assignments.toReversed(),
        };
        expect(planOf(shuffled(desired), other)).toEqual(planOf(desired, actual));
      }),
      runs,
    );
  });

  it("has another hash as soon as it writes anything else", () => {
    fc.assert(
      fc.property(desiredState, desiredState, actualState, (one, two, actual) => {
        const [first, second] = [planOf(one, actual), planOf(two, actual)];
        const written = ({ changes }: Plan) =>
          JSON.stringify(changes.map(({ id, before, after }) => [id, before, after]));
        expect(first.hash === second.hash).toBe(written(first) === written(second));
      }),
      runs,
    );
  });

  it("never touches a set without our owner tag, the management account or a suspended account", () => {
    fc.assert(
      fc.property(desiredState, actualState, (desired, actual) => {
        const { changes } = planOf(desired, actual);
        expect(changes.filter(({ target }) => target.permissionSet === "Foreign")).toEqual([]);
        const touched = new Set(changes.flatMap(({ accounts }) => accounts));
        expect([...touched].filter((account) => /^[19]/u.test(account))).toEqual([]);
      }),
      runs,
    );
  });

  it("deletes nothing while every record is held", () => {
    fc.assert(
      fc.property(desiredState, actualState, (desired, actual) => {
        const held: DesiredState = {
          ...desired,
          permissionSets: [],
          assignments: [],
          heldPermissionSets: actual.permissionSets.flatMap((set, index) =>
            set.managed
              ? [
                  {
                    record: {
                      app: "permissionSets",
                      id: set.tags["kintone-sso-sync:record"] ?? `${index}`,
                      revision: 2,
                    },
                  },
                ]
              : [],
          ),
        };
        expect(planOf(held, actual).changes).toEqual([]);
      }),
      runs,
    );
  });
});
