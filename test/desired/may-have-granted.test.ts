import { describe, expect, it } from "vitest";

import { covers } from "../../src/model/desired-state.ts";
import {
  actualState,
  assignmentRecord,
  desiredState,
  development,
  directory,
  group,
  permissionSetRecord,
  production,
  user,
} from "../builders.ts";
import type { Assignment } from "../../src/model/assignment.ts";
import { permissionSetName } from "../../src/model/ids.ts";

const anna = { type: "USER", id: user("anna").id } as const;
const ben = { type: "USER", id: user("ben").id } as const;
const auditors = { type: "GROUP", id: group("Auditors").id } as const;

const all: readonly Assignment[] = ["ReadOnly", "Admin"].flatMap((set) =>
  [production, development].flatMap((account) =>
    [anna, ben, auditors].map((principal) => ({ permissionSet: permissionSetName(set), account, principal })),
  ),
);

/** What a record holds at its first revision, when no memory knows it. */
function heldBy(values: Parameters<typeof assignmentRecord>[0]): readonly string[] {
  const { heldAssignments } = desiredState({
    permissionSets: [permissionSetRecord(), permissionSetRecord({ name: "Admin" }, { id: "2" })],
    assignments: [assignmentRecord(values, { revision: 1 })],
    actual: actualState({ directory: directory() }),
  });
  return all
    .filter((one) => heldAssignments.some((pattern) => covers(pattern, one)))
    .map(({ permissionSet, account, principal }) => {
      return `${permissionSet} ${account === production ? "Production" : "Development"} ${principal.id}`;
    });
}

describe("a record at its first revision that cannot be carried out holds", () => {
  it.each([
    [
      "users of its set and account, when a user is unknown",
      { users: ["anna", "ghost"] },
      ["ReadOnly Production user-anna", "ReadOnly Production user-ben"],
    ],
    [
      "groups of its set and account besides who it names, when a group is unknown",
      { users: ["anna"], groups: "Ghosts" },
      ["ReadOnly Production user-anna", `ReadOnly Production ${auditors.id}`],
    ],
    [
      "what its people have of any set in its account, when the set is unknown",
      { permissionSet: "Nothing" },
      ["ReadOnly Production user-anna", "Admin Production user-anna"],
    ],
    [
      "what its people have of its set in any account, when the account is unknown",
      { accounts: "Nowhere" },
      ["ReadOnly Production user-anna", "ReadOnly Development user-anna"],
    ],
    ["nothing, when no set is filled in", { permissionSet: "" }, []],
    ["nothing, when no account is filled in", { accounts: "" }, []],
    ["nothing, when nobody is filled in", { users: "" }, []],
    ["nothing, when nothing is filled in", { permissionSet: "", users: "", accounts: "" }, []],
  ] as const)("%s", (_, values, expected) => {
    expect(heldBy(values)).toEqual(expected);
  });

  it("anything where a field cannot be read, which is not blank", () => {
    expect(heldBy({ permissionSet: { type: "NUMBER", value: 7 } })).toHaveLength(2);
    expect(heldBy({ accounts: "x".repeat(200_000) })).toHaveLength(2);
  });
});
