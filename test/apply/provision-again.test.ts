import { describe, expect, it } from "vitest";

import { applyPlan } from "../../src/apply/apply-plan.ts";
import type { AccountId } from "../../src/model/ids.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import type { IdentityCenter } from "../../src/ports.ts";
import {
  actualState,
  assignmentOf,
  desiredState,
  development,
  managedSet,
  owner,
  permissionSetRecord,
  production,
  rules,
  user,
} from "../builders.ts";
import { createIdentityCenterTwin, type TwinOptions } from "../fakes/in-memory-identity-center.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";

interface Scene extends Omit<TwinOptions, "clock"> {
  /** Where the set is when the plan is made, with its former definition. */
  readonly provisionedAccounts: readonly AccountId[];
  /** Where others take it away while the provisioning goes on. */
  readonly takenFrom: readonly AccountId[];
  readonly readParts?: IdentityCenter["readParts"];
  /** Stopped at the same time. */
  readonly stop?: AbortController;
}

/** Carries out the plan for a set that gets its first policy. */
async function changePolicy({ provisionedAccounts, takenFrom, readParts, stop, ...options }: Scene) {
  const clock = createVirtualClock();
  const set = managedSet("Reader", { provisionedAccounts });
  const anna = user("anna");
  const assignments = provisionedAccounts.map((account) => assignmentOf("Reader", account, anna));
  const actual = actualState({ permissionSets: [set], assignments });
  const twin = createIdentityCenterTwin(actual, { clock, ...options });
  const desired = desiredState({ permissionSets: [permissionSetRecord({ name: "Reader" })], actual });
  const plan = createPlan(desired, actual, { ...rules(), owner, unlistedAssignments: "report" });
  const stays = ({ account }: { readonly account: AccountId }): boolean => !takenFrom.includes(account);
  const applied = applyPlan(plan, readParts === undefined ? twin : { ...twin, readParts }, clock, {
    outstandingOperations: 10,
    ...(stop && { signal: stop.signal }),
  });
  await clock.sleep(1_000);
  twin.meddle((state) => ({
    ...state,
    assignments: state.assignments.filter(stays),
    permissionSets: state.permissionSets.map((one) =>
      one.managed
        ? { ...one, provisionedAccounts: provisionedAccounts.filter((account) => stays({ account })) }
        : one,
    ),
  }));
  stop?.abort();
  const outcomes = await applied;
  const provisionings = outcomes.filter(({ change }) => change.kind === "provision");
  return {
    statuses: provisionings.map(({ change, status }) => `${change.id} ${status}`),
    started: twin.started.filter((id) => id.startsWith("provision:")),
  };
}

describe("a provisioning that fails", () => {
  it("is over in an account that others have taken the set out of meanwhile", async () => {
    const scene = { provisionedAccounts: [production], takenFrom: [production] };
    const { statuses, started } = await changePolicy(scene);
    expect(statuses).toEqual([`provision:Reader/${production} applied`]);
    expect(started).toHaveLength(1);
  });

  it("is begun again for the accounts where the set still is", async () => {
    const scene = { provisionedAccounts: [production, development], takenFrom: [development] };
    const { statuses, started } = await changePolicy(scene);
    expect(statuses).toEqual(["provision:Reader/all applied"]);
    expect(started).toHaveLength(2);
  });

  it("is not begun again once the pass is stopped: the next one goes on", async () => {
    const scene = { provisionedAccounts: [production, development], takenFrom: [development] };
    const { statuses, started } = await changePolicy({ ...scene, stop: new AbortController() });
    expect(statuses).toEqual(["provision:Reader/all skipped"]);
    expect(started).toHaveLength(1);
  });

  it("stays failed where the set still is, and is not begun again", async () => {
    const reason = { code: "operation-failed", message: "Received a 404 status error: Not supported policy" };
    const { statuses, started } = await changePolicy({
      provisionedAccounts: [production],
      takenFrom: [],
      failing: ({ kind }) => (kind === "provision" ? { when: "end", reason } : undefined),
    });
    expect(statuses).toEqual([`provision:Reader/${production} failed`]);
    expect(started).toHaveLength(1);
  });

  it("stays failed when AWS does not say where the set is", async () => {
    const { statuses } = await changePolicy({
      provisionedAccounts: [production],
      takenFrom: [production],
      readParts: () => Promise.reject(new Error("AWS does not answer")),
    });
    expect(statuses).toEqual([`provision:Reader/${production} failed`]);
  });
});
