import { describe, expect, it } from "vitest";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { Config } from "../../src/model/config.ts";
import type { Plan } from "../../src/model/plan.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import {
  actualState,
  assignmentOf,
  assignmentRecord,
  definition,
  desiredState,
  development,
  directory,
  group,
  managedSet,
  management,
  owner,
  permissionSetRecord,
  production,
  rules,
  user,
} from "../builders.ts";

const anna = user("anna");
const bob = user("bob");
const set = managedSet("ReadOnly", {
  definition: definition({ managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
  provisionedAccounts: [production],
});

interface Scene {
  readonly users?: readonly string[];
  readonly actual?: Partial<ActualState>;
  readonly unlisted?: Config["unlistedAssignments"];
  readonly protected?: Partial<Config["protected"]>;
}

/** One record that names the users; the directory knows Anna and Ben, and Bob is deleted. */
function planFor({ users = ["anna", "bob"], actual = {}, unlisted = "remove", ...scene }: Scene): Plan {
  const state = actualState({
    permissionSets: [set],
    assignments: [assignmentOf("ReadOnly", production, anna), assignmentOf("ReadOnly", production, bob)],
    ...actual,
  });
  const { protected: protectedThings, ...others } = rules({}, scene.protected);
  const desired = desiredState({
    permissionSets: [permissionSetRecord()],
    assignments: [assignmentRecord({ users })],
    actual: state,
    rules: { ...others, protected: protectedThings },
  });
  return createPlan(desired, state, {
    owner,
    protected: protectedThings,
    unlistedAssignments: unlisted,
  });
}

const removed = ({ changes }: Plan) => changes.filter(({ kind }) => kind === "unassign");

describe("an assignment of somebody who was deleted from the directory", () => {
  it("goes although a record still names them, while the record's other people keep theirs", () => {
    const plan = planFor({});
    expect(plan.changes).toMatchObject([
      { kind: "unassign", because: "principal-deleted", target: { principal: { id: bob.id } } },
    ]);
  });

  it("goes although a record that cannot be read holds everything else", () => {
    const state = { assignments: [assignmentOf("ReadOnly", production, bob)] };
    expect(removed(planFor({ users: [], actual: state }))).toHaveLength(1);
  });

  it("goes also when it is a group's", () => {
    const gone = group("Gone");
    const plan = planFor({
      users: ["anna"],
      actual: { assignments: [assignmentOf("ReadOnly", production, gone)] },
    });
    expect(removed(plan)).toMatchObject([{ because: "principal-deleted" }]);
  });

  it("goes also when somebody of the same name is there again, who gets an assignment of their own", () => {
    const reborn = user("bob", { id: user("bob-again").id });
    const plan = planFor({ actual: { directory: directory({ users: [anna, reborn] }) } });
    expect(plan.changes).toMatchObject([
      { kind: "unassign", target: { principal: { id: bob.id } } },
      { kind: "assign", target: { principal: { id: reborn.id } } },
    ]);
  });

  it("is only reported where unlisted assignments are", () => {
    const plan = planFor({ unlisted: "report" });
    expect(removed(plan)).toEqual([]);
    expect(plan.unmanaged).toMatchObject([{ reason: "principal-deleted" }]);
  });

  it.each([
    ["their id is protected", { protected: { principals: [bob.id] } }],
    ["the account is protected", { protected: { accounts: [production] } }],
    [
      "it is in the management account",
      { actual: { assignments: [assignmentOf("ReadOnly", management, bob)] } },
    ],
  ])("stays when %s", (_, scene) => {
    expect(removed(planFor(scene))).toEqual([]);
  });

  it("is not marked when the user is there and only no record asks any more", () => {
    const plan = planFor({
      users: ["anna"],
      actual: { assignments: [assignmentOf("ReadOnly", development, user("ben"))] },
    });
    expect(removed(plan)).toHaveLength(1);
    expect(removed(plan)[0]).not.toHaveProperty("because");
  });
});
