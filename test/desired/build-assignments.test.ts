import { describe, expect, it } from "vitest";

import type { DesiredState } from "../../src/model/desired-state.ts";
import {
  actualState,
  assignmentRecord,
  carriedOut,
  desiredState,
  development,
  directory,
  group,
  managedSet,
  minutesAgo,
  permissionSetRecord,
  production,
} from "../builders.ts";

type Values = Parameters<typeof assignmentRecord>[0];

const readOnly = permissionSetRecord();
const stateOf = (values: Values, input: Parameters<typeof desiredState>[0] = {}) =>
  desiredState({ permissionSets: [readOnly], assignments: [assignmentRecord(values)], ...input });
const grants = ({ assignments }: DesiredState) =>
  assignments.map(({ permissionSet, account, principal }) => `${permissionSet} ${account} ${principal.id}`);
const codes = ({ issues }: DesiredState) => issues.map(({ code }) => code);

describe("an assignment record", () => {
  it("stands for every user and group in every account", () => {
    const state = stateOf({
      users: ["anna", "ben"],
      groups: "Developers",
      accounts: "Production\n333333333333",
    });
    expect(state.issues).toEqual([]);
    expect(grants(state)).toEqual([
      "ReadOnly 222222222222 user-anna",
      "ReadOnly 222222222222 user-ben",
      "ReadOnly 222222222222 group-Developers",
      "ReadOnly 333333333333 user-anna",
      "ReadOnly 333333333333 user-ben",
      "ReadOnly 333333333333 group-Developers",
    ]);
    expect(state.heldAssignments).toEqual([]);
  });

  it("means one account when it gives the account's id and its name", () => {
    expect(grants(stateOf({ accounts: "Production\n222222222222\n２２２２２２２２２２２２" }))).toEqual([
      "ReadOnly 222222222222 user-anna",
    ]);
  });

  it("means one user when it spells the user in two ways", () => {
    expect(grants(stateOf({ users: "anna\nANNA\nanna@example.co.jp" }))).toEqual([
      "ReadOnly 222222222222 user-anna",
    ]);
  });

  it("can give the set's name in full-width letters", () => {
    expect(grants(stateOf({ permissionSet: "ＲｅａｄＯｎｌｙ" }))).toHaveLength(1);
  });
});

describe("the same assignment from two records", () => {
  it("is one assignment with two sources in the order of their ids", () => {
    const assignments = [
      assignmentRecord({ users: ["anna", "ben"] }, { id: "10" }),
      assignmentRecord({ users: ["anna"] }, { id: "9" }),
    ];
    const state = desiredState({ permissionSets: [readOnly], assignments });
    expect(
      state.assignments.map(({ principal, records }) => [principal.id, records.map(({ id }) => id)]),
    ).toEqual([
      ["user-anna", ["9", "10"]],
      ["user-ben", ["10"]],
    ]);
  });

  it("stays desired when one of the two records is held", () => {
    const assignments = [
      assignmentRecord({ accounts: "Production" }, { id: "1" }),
      assignmentRecord({ accounts: "Production\nNowhere" }, { id: "2" }),
    ];
    const state = desiredState({ permissionSets: [readOnly], assignments });
    expect(state.assignments).toMatchObject([{ records: [{ id: "1" }] }]);
    expect(state.heldAssignments).toMatchObject([{ record: { id: "2" } }]);
  });

  it("is one assignment however many records ask for it", () => {
    const assignments = Array.from({ length: 1_000 }, (_, index) =>
      assignmentRecord({}, { id: String(index + 1) }),
    );
    const state = desiredState({ permissionSets: [readOnly], assignments });
    expect(state.assignments).toHaveLength(1);
    expect(state.assignments[0]?.records).toHaveLength(1_000);
  });
});

describe("what an untrusted assignment record may have granted is held", () => {
  const known = {
    permissionSets: new Set(["ReadOnly"]),
    accounts: new Set([production]),
    principals: new Set(["USER/user-anna"]),
  };
  const zoeAccount = { accounts: "Production\nNowhere" };
  const tooLong = "x".repeat(3_000);

  it.each([
    ["an unknown account", zoeAccount, { ...known, accounts: "any" }],
    ["an account that cannot be read", { accounts: "Prod\u200B" }, { ...known, accounts: "any" }],
    [
      "accounts of the wrong type",
      { accounts: { type: "NUMBER", value: "1" } },
      { ...known, accounts: "any" },
    ],
    ["no accounts", { accounts: "" }, { ...known, accounts: "any" }],
    ["an unknown user", { users: ["anna", "zoe"] }, { ...known, principals: "any" }],
    ["a user that cannot be read", { users: "anna\nb\u200Ben" }, { ...known, principals: "any" }],
    ["an unknown group", { users: ["anna"], groups: "Nobody" }, { ...known, principals: "any" }],
    ["a group that cannot be read", { users: ["anna"], groups: tooLong }, { ...known, principals: "any" }],
    ["no principals", { users: [] }, { ...known, principals: "any" }],
    ["an unknown set", { permissionSet: "Nothing" }, { ...known, permissionSets: "any" }],
    ["a set that cannot be read", { permissionSet: "Read\u200BOnly" }, { ...known, permissionSets: "any" }],
    ["no set", { permissionSet: "" }, { ...known, permissionSets: "any" }],
    [
      "nothing that can be read",
      { permissionSet: tooLong, users: tooLong, groups: tooLong, accounts: tooLong },
      { permissionSets: "any", accounts: "any", principals: "any" },
    ],
    [
      "a disabled user beside an unknown account: the user is not held",
      { ...zoeAccount, users: ["anna", "carol"] },
      { ...known, accounts: "any" },
    ],
  ] as const)("with %s", (_, values, pattern) => {
    const company = directory();
    const carol = { ...company.users[0], userName: "carol@example.co.jp", enabled: false };
    const actual = actualState({
      directory: { ...company, users: [...company.users, carol as (typeof company.users)[number]] },
    });
    const state = stateOf(values, { actual });
    expect(state.assignments).toEqual([]);
    expect(state.heldAssignments).toMatchObject([{ record: { id: "1" }, reason: "record-has-issues" }]);
    expect(state.heldAssignments[0]).toMatchObject(pattern);
  });

  it("while a user is waiting: for every principal, though the others are granted", () => {
    const assignment = assignmentRecord({ users: ["anna", "zoe"] }, { updatedAt: minutesAgo(5) });
    const state = desiredState({ permissionSets: [readOnly], assignments: [assignment] });
    expect(grants(state)).toEqual(["ReadOnly 222222222222 user-anna"]);
    expect(state.waiting).toMatchObject([{ record: { id: "1" }, userName: "zoe@example.co.jp" }]);
    expect(state.heldAssignments).toMatchObject([
      { ...known, principals: "any", reason: "principal-waiting" },
    ]);
    expect(state.issues).toEqual([]);
  });

  it("under every name the set has while its record renames it", () => {
    const state = stateOf(
      { permissionSet: "NewName", accounts: "Nowhere" },
      {
        permissionSets: [permissionSetRecord({ name: "NewName" })],
        actual: actualState({ permissionSets: [managedSet("OldName", { formerName: "Older" })] }),
      },
    );
    expect(state.heldAssignments).toMatchObject([{ permissionSets: new Set(["NewName", "OldName"]) }]);
  });

  it("under the old and the new name when the record still gives the old one", () => {
    const renamed = permissionSetRecord({ name: "NewName" });
    const state = stateOf(
      { permissionSet: "OldName", accounts: "Nowhere" },
      {
        permissionSets: [renamed],
        actual: actualState({ permissionSets: [carriedOut(renamed, "OldName")] }),
      },
    );
    expect(state.heldAssignments).toMatchObject([{ permissionSets: new Set(["NewName", "OldName"]) }]);
  });

  it("but a record that only has warnings is not held", () => {
    const state = stateOf({ accounts: "Management\nProduction" });
    expect(codes(state)).toEqual(["account.management"]);
    expect(state.heldAssignments).toEqual([]);
    expect(state.assignments).toHaveLength(2);
  });
});

describe("more than a hundred groups on one set in one account", () => {
  const groups = Array.from({ length: 130 }, (_, index) => group(`Team${index}`));
  const names = (from: number, to: number) => groups.slice(from, to).map(({ displayName }) => displayName);
  const actual = actualState({ directory: directory({ groups }) });
  const build = (...assignments: ReturnType<typeof assignmentRecord>[]) =>
    desiredState({ permissionSets: [readOnly], assignments, actual });

  it("are refused in one record", () => {
    const state = build(assignmentRecord({ groups: names(0, 101) }));
    expect(state.issues).toMatchObject([
      {
        code: "assignment.too-many-groups",
        field: "groups",
        params: { name: "ReadOnly", account: production, count: 101, limit: 100 },
      },
    ]);
    expect(state.assignments).toEqual([]);
    expect(state.heldAssignments).toMatchObject([{ accounts: new Set([production]) }]);
  });

  it("are refused in two records together, and a third one goes on", () => {
    const state = build(
      assignmentRecord({ groups: names(0, 60) }, { id: "1" }),
      assignmentRecord({ groups: names(60, 120) }, { id: "2" }),
      assignmentRecord({ groups: names(0, 60), accounts: "Development" }, { id: "3" }),
    );
    expect(state.issues.map(({ code, record }) => `${record.id} ${code}`)).toEqual([
      "1 assignment.too-many-groups",
      "2 assignment.too-many-groups",
    ]);
    expect(state.assignments).toHaveLength(60);
  });

  it("are told once for each account", () => {
    const state = build(assignmentRecord({ groups: names(0, 101), accounts: "Production\nDevelopment" }));
    expect(state.issues).toMatchObject([
      { params: { account: production } },
      { params: { account: development } },
    ]);
  });

  it("are fine when there are just a hundred, given by several records", () => {
    const state = build(
      assignmentRecord({ groups: names(0, 60) }, { id: "1" }),
      assignmentRecord({ groups: names(40, 100) }, { id: "2" }),
    );
    expect(state.issues).toEqual([]);
    expect(state.assignments).toHaveLength(100);
  });

  it("do not count where the record that gives them is held for another reason", () => {
    const state = build(
      assignmentRecord({ groups: names(0, 60) }, { id: "1" }),
      assignmentRecord({ groups: names(60, 120), accounts: "Production\nNowhere" }, { id: "2" }),
    );
    expect(codes(state)).toEqual(["account.unknown"]);
    expect(state.assignments).toHaveLength(60);
  });

  it("are not users", () => {
    const users = Array.from({ length: 101 }, (_, index) => `user${index}@example.co.jp`);
    const company = directory();
    const many = actualState({
      directory: {
        ...company,
        users: users.map((userName) => ({ id: group(userName).id, userName, emails: [], enabled: true })),
      },
    });
    const state = stateOf({ users: users.join("\n") }, { actual: many });
    expect(state.issues).toEqual([]);
    expect(state.assignments).toHaveLength(101);
  });
});
