import { describe, expect, it } from "vitest";

import type { Group, User } from "../../src/model/directory.ts";
import {
  actualState,
  assignmentRecord,
  desiredState,
  directory,
  group,
  minutesAgo,
  permissionSetRecord,
  rules,
  user,
} from "../builders.ts";

type Values = Parameters<typeof assignmentRecord>[0];
interface World {
  readonly users?: readonly User[];
  readonly groups?: readonly Group[];
  readonly rules?: ReturnType<typeof rules>;
  readonly age?: number;
}

/** What a record with these principals leads to in a company with more people. */
function assign(values: Values, { users = [], groups = [], age = 1_440, ...rest }: World = {}) {
  const company = directory();
  const everybody = { users: [...company.users, ...users], groups: [...company.groups, ...groups] };
  const state = desiredState({
    permissionSets: [permissionSetRecord()],
    assignments: [assignmentRecord(values, { updatedAt: minutesAgo(age) })],
    actual: actualState({ directory: { ...company, ...everybody } }),
    ...rest,
  });
  const granted = state.assignments.map(({ principal }) => `${principal.type} ${principal.id}`);
  return { ...state, granted };
}

describe("a user who is not in Identity Center", () => {
  it("is waiting until waitMinutes after the record's last update, and unknown from then on", () => {
    const young = assign({ users: ["zoe"] }, { age: 59 });
    expect(young).toMatchObject({ issues: [], waiting: [{ userName: "zoe@example.co.jp" }] });
    const old = assign({ users: ["zoe"] }, { age: 60 });
    expect(old.waiting).toEqual([]);
    expect(old.issues).toMatchObject([
      { code: "user.unknown", field: "users", params: { value: "zoe@example.co.jp", waitedMinutes: 60 } },
    ]);
  });

  it("is unknown at once when nobody is waited for", () => {
    const state = assign({ users: ["zoe"] }, { age: 0, rules: rules({ waitMinutes: 0 }) });
    expect(state.issues).toMatchObject([{ code: "user.unknown", params: { waitedMinutes: 0 } }]);
  });

  it("is unknown at once when the record does not say when it was updated", () => {
    const { updatedAt: _, ...ref } = assignmentRecord().ref;
    const record = { ...assignmentRecord({ users: ["zoe"] }), ref };
    const state = desiredState({ permissionSets: [permissionSetRecord()], assignments: [record] });
    expect(state.issues).toMatchObject([{ code: "user.unknown", params: { waitedMinutes: 60 } }]);
  });

  it("does not keep the others of the record waiting", () => {
    expect(assign({ users: ["anna", "zoe"], groups: "Auditors" }, { age: 1 }).granted).toEqual([
      "USER user-anna",
      "GROUP group-Auditors",
    ]);
  });

  it("is waited for once, however often the record names the user", () => {
    expect(assign({ users: "zoe\nzoe@example.co.jp" }, { age: 1 }).waiting).toHaveLength(1);
  });

  it("is shown shortened when the name is long", () => {
    const state = assign({ users: "z".repeat(2_000) });
    expect(state.issues).toMatchObject([{ params: { value: `${"z".repeat(100)}…` } }]);
  });
});

describe("two users whose names differ only in case", () => {
  const twins = [user("twin", { id: user("twin-1").id }), user("TWIN", { id: user("twin-2").id })];

  it("are ambiguous, and both are named", () => {
    const state = assign({ users: ["twin"] }, { users: twins });
    expect(state.issues).toMatchObject([
      {
        code: "user.ambiguous",
        params: { value: "twin@example.co.jp", matches: ["twin@example.co.jp", "TWIN@example.co.jp"] },
      },
    ]);
    expect(state.granted).toEqual([]);
  });

  it("are never told apart by their order", () => {
    expect(assign({ users: ["TWIN"] }, { users: twins.toReversed() }).granted).toEqual([]);
  });

  it("do not hide behind thousands: ten of them are named", () => {
    const many = Array.from({ length: 3_000 }, (_, index) =>
      user(`user${index}`, { emails: ["all@example.co.jp"] }),
    );
    const state = assign({ users: ["all"] }, { users: many, rules: rules({ userMatch: "email" }) });
    const [issue] = state.issues;
    expect(issue?.code).toBe("user.ambiguous");
    expect(issue?.params).toHaveProperty("matches.length", 10);
  });
});

describe("one user with one address in two spellings", () => {
  it("is not ambiguous", () => {
    const emails = ["Dora@example.co.jp", "dora@example.co.jp"];
    const state = assign(
      { users: ["dora"] },
      { users: [user("d.d", { emails })], rules: rules({ userMatch: "email" }) },
    );
    expect(state).toMatchObject({ issues: [], granted: ["USER user-d.d"] });
  });
});

describe("a disabled user", () => {
  const users = [user("carol", { enabled: false })];

  it("gets nothing, and the record is not held, when disabledUsers is revoke", () => {
    const state = assign({ users: ["anna", "carol"] }, { users });
    expect(state.issues).toMatchObject([{ code: "user.disabled", params: { value: "carol@example.co.jp" } }]);
    expect(state).toMatchObject({ granted: ["USER user-anna"], heldAssignments: [] });
  });

  it("is not waited for either", () => {
    expect(assign({ users: ["carol"] }, { users, age: 0 })).toMatchObject({
      granted: [],
      waiting: [],
      heldAssignments: [],
    });
  });

  it("keeps the assignment, with a warning, when disabledUsers is keep", () => {
    const state = assign({ users: ["carol"] }, { users, rules: rules({ disabledUsers: "keep" }) });
    expect(state.issues).toMatchObject([{ code: "user.disabled" }]);
    expect(state).toMatchObject({ granted: ["USER user-carol"], heldAssignments: [] });
  });
});

describe("a login name", () => {
  it("is put into the template as it is, replacement patterns included", () => {
    const users = [user("x", { userName: "$&.$1@corp.example" })];
    const state = assign(
      { users: ["$&.$1"] },
      { users, rules: rules({ userTemplate: "{code}@corp.example" }) },
    );
    expect(state.granted).toEqual(["USER user-x"]);
  });

  it("is looked for as it is when the template is nothing but the code", () => {
    const users = [user("x", { userName: "k.tanaka" })];
    const state = assign({ users: ["K.Tanaka"] }, { users, rules: rules({ userTemplate: "{code}" }) });
    expect(state.granted).toEqual(["USER user-x"]);
  });

  it("that is an address is not put into the template", () => {
    expect(assign({ users: ["ben@example.co.jp"] }).granted).toEqual(["USER user-ben"]);
  });
});

describe("a group", () => {
  it("is found by its display name", () => {
    expect(assign({ groups: "Developers" }).granted).toEqual(["GROUP group-Developers"]);
  });

  it("is found by a display name in Japanese, in either width", () => {
    const groups = [group("開発 ＡＢＣ ﾁｰﾑ", "g-1")];
    expect(assign({ groups: "開発\u3000ABC チーム" }, { groups }).granted).toEqual(["GROUP g-1"]);
  });

  it("with a circled digit is not the group with a plain one", () => {
    const groups = [group("Team①", "g-1"), group("Team1", "g-2")];
    expect(assign({ groups: "Team①" }, { groups }).granted).toEqual(["GROUP g-1"]);
  });

  it.each([
    ["Developer", ["Developers"]],
    ["auditors", ["Auditors"]],
    ["Sales", []],
  ])("that does not exist, such as %s, is told with the nearest names", (value, suggestions) => {
    expect(assign({ groups: value }).issues).toMatchObject([
      { code: "group.unknown", field: "groups", params: { value, suggestions } },
    ]);
  });

  it("is not waited for", () => {
    expect(assign({ groups: "Sales" }, { age: 0 }).issues).toMatchObject([{ code: "group.unknown" }]);
  });

  it("whose display name two groups have is ambiguous", () => {
    const groups = [group("Twins", "g-1"), group("Twins", "g-2")];
    expect(assign({ groups: "Twins" }, { groups }).issues).toMatchObject([
      { code: "group.ambiguous", params: { value: "Twins" } },
    ]);
  });
});

describe("a protected principal", () => {
  it.each([
    ["a user by user name", { users: ["anna"] }, "Anna@Example.co.jp"],
    ["a user by id", { users: ["anna"] }, "user-anna"],
    ["a group by display name", { groups: "Auditors" }, "auditors"],
    ["a group by id", { groups: "Auditors" }, "group-Auditors"],
  ])("raises a warning and holds nothing: %s", (_, values, listed) => {
    const state = assign(values, { rules: rules({}, { principals: [listed] }) });
    expect(state.issues).toMatchObject([{ code: "principal.protected" }]);
    expect(state.heldAssignments).toEqual([]);
    expect(state.granted).toHaveLength(1);
  });
});
