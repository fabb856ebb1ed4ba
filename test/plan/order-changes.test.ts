import { describe, expect, it } from "vitest";
import { runInLanes } from "../../src/apply/run-in-lanes.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { Change } from "../../src/model/plan.ts";
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
  owner,
  permissionSetRecord,
  production,
  rules,
  user,
} from "../builders.ts";

const anna = user("anna");
const ben = user("ben");
const juniors = Array.from({ length: 14 }, (_, index) => user(`junior${index}`));
const readOnlyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const readOnly = definition({ managedPolicies: [readOnlyArn] });
const sets = ["ReadOnly", "Support"].map((name) =>
  managedSet(name, { definition: readOnly, record: name === "ReadOnly" ? "1" : "2" }),
);

interface Scene {
  readonly records: ReturnType<typeof assignmentRecord>[];
  readonly setRecords?: ReturnType<typeof permissionSetRecord>[];
  readonly actual?: Partial<ActualState>;
}

function planFor({ records, setRecords, actual }: Scene): readonly Change[] {
  const state = actualState({
    permissionSets: sets,
    directory: directory({ users: [anna, ben, ...juniors] }),
    ...actual,
  });
  const own = rules();
  const desired = desiredState({
    permissionSets: setRecords ?? [
      permissionSetRecord({}, { id: "1" }),
      permissionSetRecord({ name: "Support" }, { id: "2" }),
    ],
    assignments: records,
    actual: state,
    rules: own,
  });
  return createPlan(desired, state, { owner, protected: own.protected, unlistedAssignments: "remove" })
    .changes;
}

/** Ids in the order in which changes are started when one operation goes on at a time. */
async function started(changes: readonly Change[]): Promise<readonly string[]> {
  const ids: string[] = [];
  await runInLanes(changes, { atATime: 1, provisions: 1, definitions: 1 }, async ({ id }) => {
    ids.push(id);
  });
  return ids;
}

const inAccounts = (ids: readonly string[]) => ids.filter((id) => /^(un)?assign:/u.test(id));
const benLoses = `unassign:ReadOnly/${production}/USER/user-ben`;
const both = [assignmentOf("ReadOnly", production, anna), assignmentOf("ReadOnly", production, ben)];
const annaStays = assignmentRecord({ users: ["anna"] }, { id: "100" });

describe("a revocation", () => {
  it("is the first of all, however many records ask for access in its account", async () => {
    const junk = juniors.map(({ userName }, index) =>
      assignmentRecord(
        { users: [userName.split("@")[0] ?? ""], accounts: [production, development] },
        { id: String(200 + index) },
      ),
    );
    const changes = planFor({ records: [annaStays, ...junk], actual: { assignments: both } });
    expect(changes).toHaveLength(29);
    expect(changes[0]?.id).toBe(benLoses);
    expect((await started(changes))[0]).toBe(benLoses);
  });

  it("starts before everything that other records define", async () => {
    const junk = Array.from({ length: 14 }, (_, index) =>
      permissionSetRecord({ name: `A${index}` }, { id: String(50 + index) }),
    );
    const changes = planFor({
      records: [annaStays],
      setRecords: [permissionSetRecord({}, { id: "1" }), ...junk],
      actual: { assignments: both, permissionSets: sets.slice(0, 1) },
    });
    expect(changes.length).toBeGreaterThan(14);
    expect(changes[0]?.id).toBe(benLoses);
  });

  it("does not wait for the definition of its own set", async () => {
    const wider = permissionSetRecord({ managedPolicies: "ReadOnlyAccess\nSecurityAudit" }, { id: "1" });
    const changes = planFor({
      records: [annaStays],
      setRecords: [wider, permissionSetRecord({ name: "Support" }, { id: "2" })],
      actual: { assignments: both },
    });
    expect(changes.map(({ kind }) => kind)).toContain("attach-managed-policy");
    const slow: string[] = [];
    await runInLanes(changes, { atATime: 1, provisions: 1, definitions: 1 }, async (change) => {
      if (change.accounts.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      slow.push(change.id);
    });
    expect(slow[0]).toBe(benLoses);
  });

  it("comes after the one grant that its holder moves to, and before all others", async () => {
    const moved = assignmentRecord({ users: ["ben"], permissionSet: "Support" }, { id: "300" });
    const junk = juniors.map(({ userName }, index) =>
      assignmentRecord({ users: [userName.split("@")[0] ?? ""] }, { id: String(200 + index) }),
    );
    const changes = planFor({ records: [annaStays, ...junk, moved], actual: { assignments: both } });
    const grant = `assign:Support/${production}/USER/user-ben`;
    expect(inAccounts(await started(changes)).slice(0, 2)).toEqual([grant, benLoses]);
  });

  it("waits for one grant only, however many its holder is given in the account", async () => {
    const names = ["Support", "B", "C", "D"];
    const setRecords = [
      permissionSetRecord({}, { id: "1" }),
      ...names.map((name, index) => permissionSetRecord({ name }, { id: String(2 + index) })),
    ];
    const given = names.map((permissionSet, index) =>
      assignmentRecord({ users: ["ben"], permissionSet }, { id: String(300 + index) }),
    );
    const permissionSets = [
      ...sets,
      ...["B", "C", "D"].map((name, index) =>
        managedSet(name, { definition: readOnly, record: String(3 + index) }),
      ),
    ];
    const changes = planFor({
      records: [annaStays, ...given],
      setRecords,
      actual: { assignments: both, permissionSets },
    });
    expect(inAccounts(await started(changes)).indexOf(benLoses)).toBe(1);
  });

  it("comes after the grant to a group, as far as it is known to have its holder", async () => {
    const staff = group("Staff");
    const viaGroup = assignmentRecord({ groups: ["Staff"], users: [] }, { id: "300" });
    const scene = (memberships: ActualState["directory"]["memberships"]): readonly Change[] =>
      planFor({
        records: [annaStays, viaGroup],
        actual: {
          assignments: both,
          directory: directory({ users: [anna, ben], groups: [staff], memberships }),
        },
      });
    const grant = `assign:ReadOnly/${production}/GROUP/group-Staff`;
    const member = await started(scene(new Map([[staff.id, new Set([ben.id])]])));
    expect(inAccounts(member)).toEqual([grant, benLoses]);
    expect(inAccounts(await started(scene(new Map())))).toEqual([benLoses, grant]);
  });

  it("of the last holder in an account comes after the first new one, so that the role there stays", async () => {
    const others = ["junior1", "junior2"].map((login, index) =>
      assignmentRecord({ users: [login] }, { id: String(400 + index) }),
    );
    const changes = planFor({
      records: others,
      actual: { assignments: both },
    });
    expect(inAccounts(await started(changes))).toEqual([
      `unassign:ReadOnly/${production}/USER/user-anna`,
      `assign:ReadOnly/${production}/USER/user-junior1`,
      benLoses,
      `assign:ReadOnly/${production}/USER/user-junior2`,
    ]);
  });
});

describe("definitions", () => {
  it("that take something away come before those that give, and before new sets", () => {
    const named = ["Gives", "New", "Takes"];
    const changes = planFor({
      records: [],
      setRecords: named.map((name, index) =>
        permissionSetRecord(
          {
            name,
            managedPolicies: name === "Takes" ? "" : "ReadOnlyAccess\nSecurityAudit",
            description: name,
          },
          { id: String(index + 1) },
        ),
      ),
      actual: {
        permissionSets: [
          managedSet("Gives", { definition: readOnly, record: "1" }),
          managedSet("Takes", {
            definition: definition({ managedPolicies: [readOnlyArn] }),
            record: "3",
          }),
        ],
      },
    });
    const order = [...new Set(changes.map(({ target }) => target.permissionSet))];
    expect(order).toEqual(["Takes", "Gives", "New"]);
  });
});
