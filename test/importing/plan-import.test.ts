import { describe, expect, it } from "vitest";

import { planImport } from "../../src/importing/plan-import.ts";
import { ownerTag } from "../../src/model/ownership.ts";
import {
  account,
  actualState,
  assignmentOf,
  definition,
  development,
  directory,
  group,
  managedSet,
  management,
  production,
  rawAssignment,
  rawPermissionSet,
  user,
} from "../builders.ts";
import { importInput } from "./import-input.ts";

const anna = user("anna");
const nobodys = (name: string, overrides: Parameters<typeof managedSet>[1] = {}) =>
  managedSet(name, { tags: {}, ...overrides });

/** Anna, and whoever is given, with the set ReadOnly in production. */
function holding(...others: (typeof anna | ReturnType<typeof group>)[]) {
  const known = others.filter((other) => "userName" in other);
  return actualState({
    directory: directory({ users: [anna, ...known] }),
    permissionSets: [nobodys("ReadOnly")],
    assignments: [anna, ...others].map((principal) => assignmentOf("ReadOnly", production, principal)),
  });
}

describe("A set stays as it is, whole, when a record cannot say all of it", () => {
  it.each([
    [
      "a user without a login name in kintone",
      user("bob", { userName: "bob@elsewhere.example" }),
      "user-without-login",
    ],
    ["a disabled user", user("bob", { enabled: false }), "user-disabled"],
    ["a group that is gone", group("Gone"), "principal-deleted"],
    ["a user whose name no one can read", user("b\u200Bob"), "name-unreadable"],
  ])("%s", (_, principal, reason) => {
    const input = importInput({ actual: holding(principal) });
    const plan = planImport(input);
    expect(plan).toMatchObject({ permissionSets: [], assignments: [], proven: 0 });
    expect(plan.sets).toMatchObject([{ kind: "stays", leftOut: [{ reason }] }]);
    const named = planImport({ ...input, named: new Set(["ReadOnly"]) });
    expect(named).toMatchObject({ sets: [{ kind: "imported" }], proven: 1 });
  });

  it("a login name that kintone turns out not to have", () => {
    const input = importInput({ actual: holding() }, { withoutLogin: new Set(["anna"]) });
    expect(planImport(input).sets).toMatchObject([
      { kind: "stays", leftOut: [{ reason: "user-without-login" }] },
    ]);
  });

  it("an account that is not active", () => {
    const closed = account(development, "Development", { state: "SUSPENDED" });
    const actual = actualState({
      directory: directory({ accounts: [account(management, "Management"), closed] }),
      permissionSets: [nobodys("ReadOnly")],
      assignments: [assignmentOf("ReadOnly", development, anna)],
    });
    expect(planImport(importInput({ actual })).sets).toMatchObject([
      { kind: "stays", leftOut: [{ reason: "account-not-active" }] },
    ]);
  });

  it("a policy that no record may have", () => {
    const set = nobodys("ReadOnly", {
      definition: definition({ inlinePolicy: '{"Version":"2012-10-17","Statement":[]}' }),
    });
    const plan = planImport(importInput({ actual: actualState({ permissionSets: [set] }) }));
    expect(plan.sets).toMatchObject([{ kind: "stays", flaws: [expect.any(String)] }]);
  });
});

it.each([
  ["the management account's", nobodys("ReadOnly", { locked: true }), "provisioned-in-management-account"],
  ["another deployment's", nobodys("ReadOnly", { tags: { [ownerTag]: "other" } }), "other-owner"],
  ["Control Tower's", nobodys("ReadOnly", { tags: { managedBy: "ControlTower" } }), "control-tower"],
])("%s sets are out of reach", (_, set, obstacle) => {
  const plan = planImport(importInput({ actual: actualState({ permissionSets: [set] }) }));
  expect(plan).toMatchObject({ permissionSets: [], sets: [{ kind: "out-of-reach", obstacle }] });
});

it("records that are there already are not made again, and what they grant is not granted twice", () => {
  const actual = actualState({
    permissionSets: [nobodys("ReadOnly", { definition: definition({ managedPolicies: readOnly }) })],
    assignments: [production, development].map((where) => assignmentOf("ReadOnly", where, anna)),
  });
  const records = {
    permissionSets: [rawPermissionSet()],
    assignments: [rawAssignment({ accounts: "Production" })],
  };
  const plan = planImport(importInput({ actual, ...records }));
  expect(plan).toMatchObject({ permissionSets: [], foreignRecords: 1, proven: 2 });
  expect(plan.assignments.map(({ fields }) => fields["accounts"]?.value)).toEqual([
    [{ value: { account: { type: "SINGLE_LINE_TEXT", value: development } } }],
  ]);
});

const readOnly = ["arn:aws:iam::aws:policy/ReadOnlyAccess"];
