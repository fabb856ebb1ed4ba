import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyPlan } from "../../src/apply/apply-plan.ts";
import { digest } from "../../src/model/digest.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import { assignmentKey } from "../../src/model/assignment.ts";
import type { DesiredState } from "../../src/model/desired-state.ts";
import type { Outcome } from "../../src/model/outcome.ts";
import { customerManagedPolicyText } from "../../src/model/permission-set.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import type { Clock } from "../../src/ports.ts";
import { actualState, desiredState, owner } from "../fakes/arbitrary-states.ts";
import { createIdentityCenterTwin, type IdentityCenterTwin } from "../fakes/in-memory-identity-center.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";
import { someOf } from "../share.ts";

const rules = {
  owner,
  protected: { accounts: [], principals: [], permissionSets: [] },
  unlistedAssignments: "remove",
  digest,
} as const;

/** What of the pass failed. */
async function pass(
  desired: DesiredState,
  twin: IdentityCenterTwin,
  clock: Clock,
  { startsAfterMs = 0, outstandingOperations = 10 } = {},
): Promise<readonly Outcome[]> {
  if (startsAfterMs > 0) await clock.sleep(startsAfterMs);
  const plan = createPlan(desired, await twin.readActualState(), rules);
  // Reading takes time, in which the other pass goes on.
  await clock.sleep(startsAfterMs / 2);
  const outcomes = await applyPlan(plan, twin, clock, { outstandingOperations });
  return outcomes.filter(({ status }) => status === "failed");
}

/** Everything that matters of a state, in one order. */
function essence({ permissionSets, assignments }: ActualState) {
  return {
    assignments: assignments.map(assignmentKey).toSorted(),
    sets: permissionSets
      .map((set) => {
        if (!set.managed) return { name: set.name };
        const { name, tags, definition, provisionedAccounts, staleAccounts } = set;
        return {
          name,
          tags,
          definition: {
            ...definition,
            managedPolicies: definition.managedPolicies.toSorted(),
            customerManagedPolicies: definition.customerManagedPolicies
              .map(customerManagedPolicyText)
              .toSorted(),
          },
          provisionedAccounts: provisionedAccounts.toSorted(),
          staleAccounts,
        };
      })
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

describe("two passes at once over one Identity Center", () => {
  it("lead to the same state as one, fail at nothing, and take no grant away that stays", async () => {
    const delays = fc.integer({ min: 0, max: 60_000 });
    const speeds = fc.integer({ min: 1, max: 10 });
    const run = async (
      desired: DesiredState,
      actual: ActualState,
      startsAfterMs: number,
      outstandingOperations: number,
    ) => {
      const alone = createVirtualClock();
      const single = createIdentityCenterTwin(actual, { clock: alone });
      await pass(desired, single, alone);

      const clock = createVirtualClock();
      const twin = createIdentityCenterTwin(actual, { clock });
      const second = pass(desired, twin, clock, { startsAfterMs, outstandingOperations });
      const failed = await Promise.all([pass(desired, twin, clock), second]);
      expect(failed.flat()).toEqual([]);
      expect(essence(twin.state())).toEqual(essence(single.state()));
      const wanted = new Set(desired.assignments.map((one) => `unassign:${assignmentKey(one)}`));
      expect(twin.started.filter((id) => wanted.has(id))).toEqual([]);
    };
    await fc.assert(fc.asyncProperty(desiredState, actualState, delays, speeds, run), {
      numRuns: someOf(300),
      seed: 20_261_120,
    });
  });
});
