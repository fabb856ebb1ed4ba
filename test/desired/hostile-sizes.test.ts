import { describe, expect, it } from "vitest";

import {
  account,
  actualState,
  assignmentRecord,
  desiredState,
  directory,
  group,
  managedPolicy,
  permissionSetRecord,
  table,
  user,
} from "../builders.ts";

const manyNames = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

/** An organization as large as AWS lets one be, more or less. */
const large = actualState({
  directory: directory({
    accounts: manyNames("account-name-", 7_000).map((name, index) =>
      account(String(300_000_000_000 + index), name),
    ),
    groups: manyNames("Group name ", 10_000).map((name) => group(name)),
    users: manyNames("user.name.", 20_000).map((login) => user(login)),
    managedPolicies: manyNames("AmazonPolicyName", 1_600).map((name) => managedPolicy(name)),
  }),
});

describe("a record of 10,000 rows in a large organization", { timeout: 5_000 }, () => {
  it("is told of every account that does not exist, the first ones with the nearest names", () => {
    const accounts = table("SINGLE_LINE_TEXT", manyNames("acount-nme-", 10_000));
    const { issues } = desiredState({
      permissionSets: [permissionSetRecord({ managedPolicies: "AmazonPolicyName1" })],
      assignments: [assignmentRecord({ accounts, users: "user.name.1" })],
      actual: large,
    });
    expect(issues).toHaveLength(10_000);
    expect(issues[0]).toMatchObject({ code: "account.unknown", params: { suggestions: expect.any(Array) } });
    expect(issues[0]?.params).not.toHaveProperty("suggestions", []);
    expect(issues.at(-1)?.params).toHaveProperty("suggestions", []);
  });

  it("is told of every user and group that does not exist", () => {
    const users = table("SINGLE_LINE_TEXT", manyNames("usr.nme.", 10_000));
    const groups = table("SINGLE_LINE_TEXT", manyNames("Grup nme ", 10_000));
    const { issues } = desiredState({
      permissionSets: [permissionSetRecord({ managedPolicies: "AmazonPolicyName1" })],
      assignments: [assignmentRecord({ accounts: "account-name-1", users, groups })],
      actual: large,
    });
    expect(issues.map(({ code }) => code)).toEqual([
      ...Array.from({ length: 10_000 }, () => "user.unknown"),
      ...Array.from({ length: 10_000 }, () => "group.unknown"),
    ]);
  });

  it("grants 10,000 users what it says", () => {
    const users = table("SINGLE_LINE_TEXT", manyNames("user.name.", 10_000));
    const state = desiredState({
      permissionSets: [permissionSetRecord({ managedPolicies: "AmazonPolicyName1" })],
      assignments: [assignmentRecord({ accounts: "account-name-1", users })],
      actual: large,
    });
    expect(state.issues).toEqual([]);
    expect(state.assignments).toHaveLength(10_000);
  });

  it("is refused with 10,000 groups", () => {
    const groups = table("SINGLE_LINE_TEXT", manyNames("Group name ", 10_000));
    const state = desiredState({
      permissionSets: [permissionSetRecord({ managedPolicies: "AmazonPolicyName1" })],
      assignments: [assignmentRecord({ accounts: "account-name-1", groups })],
      actual: large,
    });
    expect(state.issues).toMatchObject([{ code: "assignment.too-many-groups", params: { count: 10_000 } }]);
  });
});

describe("a thousand records that give one name to a thousand different sets", { timeout: 5_000 }, () => {
  it("are all held, and the assignments of the name wait", () => {
    const permissionSets = manyNames("Note ", 1_000).map((description, index) =>
      permissionSetRecord({ description }, { id: String(index + 1) }),
    );
    const state = desiredState({ permissionSets, assignments: [assignmentRecord()] });
    expect(state.permissionSets).toEqual([]);
    expect(state.heldPermissionSets).toHaveLength(1_000);
    expect(new Set(state.issues.map(({ code }) => code))).toEqual(
      new Set(["permission-set.name-conflict", "assignment.permission-set-held"]),
    );
  });
});
