import { describe, expect, it } from "vitest";

import type { ActualPermissionSet } from "../../../src/model/actual-state.ts";
import { adoptedTag, adoptedValue, ownerTag, recordTag } from "../../../src/model/ownership.ts";
import { createPlan } from "../../../src/plan/create-plan.ts";
import { planAdoption } from "../../../src/commands/adopt/plan-adoption.ts";
import { actualState, desiredState, managedSet, owner, permissionSetRecord } from "../../builders.ts";

/** A set of nobody, read in full. */
const nobodys = (overrides: Parameters<typeof managedSet>[1] = {}) =>
  managedSet("ReadOnly", { tags: {}, ...overrides });

function adopt(
  sets: readonly ActualPermissionSet[],
  records = [permissionSetRecord()],
  protectedSets: readonly string[] = [],
) {
  const actual = actualState({ permissionSets: sets });
  const desired = desiredState({ permissionSets: records, actual });
  const plan = createPlan(desired, actual, {
    owner,
    protected: { accounts: [], principals: [], permissionSets: protectedSets },
    unlistedAssignments: "remove",
  });
  return planAdoption("ReadOnly", { actual, desired, plan, owner });
}

describe("Adopting a permission set", () => {
  it("writes the owner, the record and a value that belongs to this set alone", () => {
    const set = nobodys();
    expect(adopt([set])).toMatchObject({
      kind: "possible",
      change: {
        kind: "tag-permission-set",
        target: { permissionSetArn: set.arn },
        after: { [ownerTag]: owner, [recordTag]: "1", [adoptedTag]: adoptedValue(set.arn, owner) },
      },
    });
    expect(adoptedValue(set.arn, owner)).not.toBe(adoptedValue("another", owner));
    expect(adoptedValue(set.arn, owner)).not.toBe(adoptedValue(set.arn, "another"));
  });

  it.each([
    ["does not exist", [], undefined, "not-found"],
    ["is ours already", [managedSet("ReadOnly")], undefined, "already-managed"],
    ["belongs to another deployment", [nobodys({ tags: { [ownerTag]: "other" } })], undefined, "other-owner"],
    [
      "is provisioned in the management account",
      [nobodys({ locked: true })],
      undefined,
      "provisioned-in-management-account",
    ],
    ["has no record", [nobodys()], [], "no-record"],
    [
      "has a record with issues",
      [nobodys()],
      [permissionSetRecord({ sessionDuration: "13" })],
      "record-has-issues",
    ],
  ] as const)("is refused when it %s", (_, sets, records, reason) => {
    expect(adopt(sets, records === undefined ? undefined : [...records])).toEqual({
      kind: "refused",
      name: "ReadOnly",
      reason,
    });
  });

  it("is refused when the configuration protects it", () => {
    expect(adopt([nobodys()], undefined, ["ReadOnly"])).toMatchObject({ reason: "protected-permission-set" });
  });
});
