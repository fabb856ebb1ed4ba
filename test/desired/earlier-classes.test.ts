import { describe, expect, it } from "vitest";

import { administratorPolicies } from "../../src/access/administrator-policies.ts";
import { administratorRoles, escalations, roleActions, runsAsRoles } from "../../src/access/escalations.ts";
import { classRules } from "../../src/access/judged-class.ts";
import { runsAsRolesPolicies } from "../../src/access/runs-as-policies.ts";
import { digest } from "../../src/model/digest.ts";
import type { Guardrails } from "../../src/model/guardrail.ts";
import { policiesDigest, type RememberedClass } from "../../src/model/judged-class.ts";
import { emptyMemory, type Memory } from "../../src/model/memory.ts";
import type { SeenPermissionSet } from "../../src/model/reading.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import {
  actualState,
  assignmentOf,
  assignmentRecord,
  definition,
  desiredState,
  managedSet,
  owner,
  permissionSetRecord,
  production,
  rules,
  user,
} from "../builders.ts";

const policy = "arn:aws:iam::aws:policy/AdministratorAccess";
const administrator = definition({
  attributes: { sessionDurationSeconds: 3600, description: "Admins" },
  managedPolicies: [policy],
});
const set = (revision: number) =>
  permissionSetRecord(
    { name: "Admin", description: "Admins", managedPolicies: "AdministratorAccess" },
    { revision },
  );
const enforcing: Guardrails = {
  default: "allow",
  enforce: true,
  ordinaryPolicies: [],
  rules: [{ name: "no administrators", effect: "deny", administratorClass: true }],
};
const admin = managedSet("Admin", { definition: administrator, provisionedAccounts: [production] });
const actual = actualState({
  permissionSets: [admin],
  assignments: [assignmentOf("Admin", production, user("anna"))],
});

/** What an earlier version took the set for, at revision 3 of its record. */
const ordinary: RememberedClass = {
  revision: 3,
  policies: policiesDigest(administrator),
  class: "ordinary",
};
const memoryWith = (part: Partial<Memory>): Memory => ({
  ...emptyMemory(owner),
  instanceArn: actual.instance.arn,
  ...part,
});
const remembered = (one: Partial<RememberedClass> = {}): Memory =>
  memoryWith({ classes: { "permissionSets/1": { ...ordinary, ...one } } });
const seenAs = (mark: Partial<SeenPermissionSet>): Memory => {
  const seen = { name: "Admin", tags: {}, definition: "0", pass: 1, stalePass: 1, accounts: {}, ...mark };
  return memoryWith({ seen: { pass: 1, permissionSets: { [admin.arn]: seen } } });
};

/** What becomes of an existing assignment that a record asks for, and of a new one beside it. */
function judge(memory: Memory | undefined, { revision = 3, own = enforcing } = {}) {
  const config = { ...rules(), guardrails: own };
  const desired = desiredState({
    permissionSets: [set(revision)],
    assignments: [assignmentRecord({ permissionSet: "Admin", users: ["anna", "ben"], accounts: production })],
    actual,
    rules: config,
    ...(memory === undefined ? {} : { memory }),
  });
  const plan = createPlan(desired, actual, { owner, ...config, unlistedAssignments: "remove" });
  const kinds = new Set(plan.changes.map(({ kind }) => kind));
  return { desired, removed: kinds.has("unassign"), granted: kinds.has("assign") };
}

describe("existing access that only the rules of a newer version deny", () => {
  it("stays while its record is as it was, is listed, and is no way to more", () => {
    const { desired, removed, granted } = judge(remembered());
    expect({ removed, granted }).toEqual({ removed: false, granted: false });
    expect(desired.reclassified).toEqual([{ name: "Admin", assignments: 1 }]);
    const again = judge(memoryWith({ classes: desired.classes }));
    expect(again.removed).toBe(false);
    expect(again.desired.classes).toEqual({ "permissionSets/1": ordinary });
  });

  it.each<[string, Memory | undefined, Parameters<typeof judge>[1]]>([
    ["without a memory", undefined, {}],
    ["when the record was saved since", remembered(), { revision: 4 }],
    [
      "when a person has accepted the rules",
      remembered(),
      { own: { ...enforcing, acceptedClassRules: classRules } },
    ],
    ["when another app's record has the same number", remembered({ policies: "0123456789abcdef" }), {}],
    ["when the set was an administrator's before", remembered({ class: "administrator" }), {}],
    [
      "when the memory is another instance's",
      { ...remembered(), instanceArn: "arn:aws:sso:::instance/other" },
      {},
    ],
    ["when memory knows nothing of the set", memoryWith({ classes: {} }), {}],
  ])("is removed %s", (_when, memory, options) => {
    const { desired, removed } = judge(memory, options);
    expect(removed).toBe(true);
    expect(desired.reclassified).toBeUndefined();
    expect(desired.classes["permissionSets/1"]).toMatchObject({ class: "administrator" });
  });

  it("stays at the update from a version that kept no classes, where that version saw no administrator's set", () => {
    expect(judge(seenAs({})).removed).toBe(false);
    expect(judge(seenAs({ administrator: true })).removed).toBe(true);
    expect(judge(memoryWith({})).removed).toBe(true);
  });
});

it("the rules of the administrator class have another number when they change", () => {
  const lists = [escalations, roleActions, runsAsRoles, administratorRoles].map((list) =>
    JSON.stringify(list),
  );
  const names = [administratorPolicies, runsAsRolesPolicies].map((list) => [...list].toSorted().join(" "));
  // Whoever changes a list so that it takes more for an administrator's raises classRules with it.
  expect({ classRules, lists: digest([...lists, ...names].join("\n")).slice(0, 16) }).toEqual({
    classRules: 2,
    lists: "b3565f6c9265c6dd",
  });
});
