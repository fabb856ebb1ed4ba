import { describe, expect, it } from "vitest";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { Assignment } from "../../src/model/assignment.ts";
import type { Config } from "../../src/model/config.ts";
import type { Change } from "../../src/model/plan.ts";
import { checkGuards, type RecordCounts } from "../../src/plan/check-guards.ts";
import { actualState, assignmentOf, development, directory, group, production, user } from "../builders.ts";
import { assign, attachPolicy, createSet, deleteSet, planOf, unassign } from "../report/builders.ts";

const someRecords: RecordCounts = { permissionSets: 4, assignments: 9 };
const noLimits = { maxDeletions: 1_000, maxDeletionRatio: 1, maxUsersLosingAllAccess: 1_000 };
const defaults = { maxDeletions: 5, maxDeletionRatio: 0.1, maxUsersLosingAllAccess: 3 };

interface Given {
  readonly changes: readonly Change[];
  readonly actual?: Partial<ActualState>;
  readonly records?: RecordCounts;
  readonly limits?: Partial<Config["guards"]>;
}

function violations({ changes, actual = {}, records = someRecords, limits = {} }: Given) {
  return checkGuards(planOf(changes), actualState(actual), records, { ...noLimits, ...limits });
}

const users = Array.from({ length: 100 }, (_, index) => user(`user${index}`));
const everybody = directory({ users });
/** Each of the first so many users with one set in one account. */
const assignments = (count: number): readonly Assignment[] =>
  users.slice(0, count).map((one) => assignmentOf("Audit", production, one));
const revocations = (count: number): readonly Change[] =>
  users.slice(0, count).map((one) => unassign("Audit", production, one));

describe("the guard on deletions", () => {
  const limits = { maxDeletions: 5, maxDeletionRatio: 0.1 };
  const refused = (deletions: number, managed: number, own: Partial<Config["guards"]> = limits) =>
    violations({
      changes: revocations(deletions),
      actual: { directory: everybody, assignments: assignments(managed) },
      limits: own,
    });

  it("refuses a plan that exceeds the count and the ratio, and gives the numbers", () => {
    expect(refused(6, 59)).toEqual([
      {
        guard: "deletions",
        numbers: { deletions: 6, managed: 59, maxDeletions: 5, maxDeletionRatio: 0.1 },
      },
    ]);
  });

  it.each([
    ["exactly the count, whatever the ratio", 5, 5],
    ["exactly the ratio, whatever the count", 6, 60],
    ["less than both", 1, 100],
    ["more than the ratio only", 5, 20],
    ["more than the count only", 9, 100],
  ])("lets %s through", (_, deletions, managed) => {
    expect(refused(deletions, managed)).toEqual([]);
  });

  it("refuses one more than exactly both limits", () => {
    expect(refused(5, 50)).toEqual([]);
    expect(refused(6, 50)).toMatchObject([{ guard: "deletions" }]);
  });

  it("refuses the first deletion where none is allowed", () => {
    const none = { maxDeletions: 0, maxDeletionRatio: 0 };
    expect(refused(1, 100, none)).toMatchObject([{ guard: "deletions" }]);
    expect(refused(0, 100, none)).toEqual([]);
    expect(refused(0, 0, none)).toEqual([]);
  });

  it("lets everything go where the ratio is 1", () => {
    expect(refused(100, 100, { maxDeletions: 0, maxDeletionRatio: 1 })).toEqual([]);
  });

  it("counts deleted sets beside revocations, and nothing else", () => {
    const sets = ["A", "B", "C", "D", "E", "F"].map((name) => deleteSet(name));
    const actual = { directory: everybody, assignments: assignments(20) };
    const others = [createSet("G"), attachPolicy("G", "arn"), assign("G", production, user("user1"))];
    expect(
      violations({ changes: [...others, ...revocations(2), ...sets.slice(0, 3)], actual, limits }),
    ).toEqual([]);
    expect(
      violations({ changes: [...others, ...revocations(2), ...sets.slice(0, 4)], actual, limits }),
    ).toMatchObject([{ numbers: { deletions: 6 } }]);
  });

  it("refuses more deletions than the count where there is no managed assignment at all", () => {
    const sets = ["A", "B", "C", "D", "E", "F"].map((name) => deleteSet(name));
    expect(violations({ changes: sets.slice(0, 5), limits })).toEqual([]);
    expect(violations({ changes: sets, limits })).toMatchObject([{ numbers: { deletions: 6, managed: 0 } }]);
  });

  it("takes a ratio that cannot be told for one that is exceeded", () => {
    expect(violations({ changes: [], limits: { maxDeletions: -1 } })).toMatchObject([
      { guard: "deletions", numbers: { deletions: 0, managed: 0 } },
    ]);
  });
});

describe("the guard on empty apps", () => {
  const changes = [deleteSet("Audit")];

  it.each([
    ["permission sets", { permissionSets: 0, assignments: 9 }],
    ["assignments", { permissionSets: 4, assignments: 0 }],
    ["both", { permissionSets: 0, assignments: 0 }],
  ])("refuses a plan that deletes anything when there is no record: %s", (_, records) => {
    expect(violations({ changes, records })).toEqual([
      { guard: "source-empty", numbers: { ...records, deletions: 1 } },
    ]);
  });

  it("refuses a revocation just as a deleted set", () => {
    const records = { permissionSets: 4, assignments: 0 };
    const actual = { assignments: assignments(1) };
    expect(violations({ changes: revocations(1), actual, records })).toMatchObject([
      { guard: "source-empty" },
    ]);
  });

  it("lets a plan through that deletes nothing", () => {
    const records = { permissionSets: 1, assignments: 0 };
    expect(violations({ changes: [createSet("Audit")], records })).toEqual([]);
    expect(violations({ changes: [], records: { permissionSets: 0, assignments: 0 } })).toEqual([]);
  });

  it("lets deletions through when each app has a record", () => {
    expect(violations({ changes, records: { permissionSets: 1, assignments: 1 } })).toEqual([]);
  });
});

describe("the guard on users who lose all access", () => {
  const limits = { maxUsersLosingAllAccess: 3 };
  const [anna, ben] = [user("anna"), user("ben")];
  const lost = (changes: readonly Change[], actual: Partial<ActualState>): number | undefined =>
    violations({ changes, actual, limits: { maxUsersLosingAllAccess: 0 } })[0]?.numbers["users"];

  it("lets exactly the limit through and refuses one more, with the numbers", () => {
    const actual = { directory: everybody, assignments: assignments(50) };
    expect(violations({ changes: revocations(3), actual, limits })).toEqual([]);
    expect(violations({ changes: revocations(4), actual, limits })).toEqual([
      { guard: "users-losing-all-access", numbers: { users: 4, maxUsersLosingAllAccess: 3 } },
    ]);
  });

  it("counts a user who loses several assignments once", () => {
    const own = [assignmentOf("Audit", production, anna), assignmentOf("Audit", development, anna)];
    const changes = [unassign("Audit", production, anna), unassign("Audit", development, anna)];
    expect(lost(changes, { assignments: own })).toBe(1);
  });

  it("does not count a user who keeps another assignment", () => {
    const own = [assignmentOf("Audit", production, anna), assignmentOf("ReadOnly", development, anna)];
    expect(lost([unassign("Audit", production, anna)], { assignments: own })).toBeUndefined();
  });

  it("does not count a user who moves to another set or another account", () => {
    const own = [assignmentOf("Audit", production, anna), assignmentOf("Audit", production, ben)];
    const changes = [
      assign("ReadOnly", production, anna),
      unassign("Audit", production, anna),
      unassign("Audit", production, ben),
      assign("Audit", development, ben),
    ];
    expect(lost(changes, { assignments: own })).toBeUndefined();
  });

  it("does not count groups, also not one of the same id as a user", () => {
    const groups = [group("Auditors"), group("Twins", anna.id)];
    const own = groups.map((one) => assignmentOf("Audit", production, one));
    const changes = groups.map((one) => unassign("Audit", production, one));
    expect(lost(changes, { directory: directory({ groups }), assignments: own })).toBeUndefined();
  });

  it("does not count users who are gone from the directory", () => {
    const own = [assignmentOf("Audit", production, anna), assignmentOf("Audit", production, ben)];
    const changes = [unassign("Audit", production, anna), unassign("Audit", production, ben)];
    expect(lost(changes, { directory: directory({ users: [ben] }), assignments: own })).toBe(1);
  });

  it("does not count users who had nothing before", () => {
    expect(lost([deleteSet("Audit")], { directory: everybody })).toBeUndefined();
  });
});

describe("the guards together", () => {
  it("tell every limit that is broken, not only the first one", () => {
    const broken = violations({
      changes: revocations(10),
      actual: { directory: everybody, assignments: assignments(10) },
      records: { permissionSets: 4, assignments: 0 },
      limits: defaults,
    });
    expect(broken.map(({ guard }) => guard)).toEqual([
      "source-empty",
      "deletions",
      "users-losing-all-access",
    ]);
  });

  it("let a plan through that only adds, however much that is", () => {
    const changes = users.map((one) => assign("Audit", production, one));
    expect(violations({ changes, actual: { directory: everybody }, limits: defaults })).toEqual([]);
  });
});
