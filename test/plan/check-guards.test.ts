import { describe, expect, it } from "vitest";
import type { ActualState } from "../../src/model/actual-state.ts";
import { type Assignment, assignmentKey } from "../../src/model/assignment.ts";
import type { Config } from "../../src/model/config.ts";
import type { User } from "../../src/model/directory.ts";
import type { PermissionSetDefinition } from "../../src/model/permission-set.ts";
import type { Change } from "../../src/model/plan.ts";
import type { DesiredState } from "../../src/model/desired-state.ts";
import type { Memory } from "../../src/model/memory.ts";
import type { Violation } from "../../src/model/violation.ts";
import { checkGuards } from "../../src/plan/check-guards.ts";
import type { RecordCounts } from "../../src/plan/guards/guard-input.ts";
import {
  actualState,
  assignmentOf,
  definition,
  desiredState,
  development,
  directory,
  group,
  guardLimits as defaults,
  managedSet,
  management,
  now,
  permissionSetRecord,
  production,
  recordRef,
  rules,
  unmanagedSet,
  user,
} from "../builders.ts";
import { assign, attachPolicy, createSet, deleteSet, planOf, unassign } from "../report/builders.ts";

const someRecords: RecordCounts = { permissionSets: 4, assignments: 9 };
const noLimits: Config["guards"] = {
  maxDeletions: 1_000,
  maxDeletionRatio: 1,
  deletionCap: 1_000,
  maxShareOfAll: 1,
  maxUsersLosingAllAccess: 1_000,
  maxRecordsLost: 0,
  maxRecordShrink: 1,
  recordsLostCap: 1_000,
  maxPeopleGone: 1_000,
  maxPeopleGoneRatio: 1,
  peopleGoneCap: 1_000,
  maxDeletionsPerDay: 1_000,
  maxDeletionRatioPerDay: 1,
  deletionCapPerDay: 1_000,
  maxAdminGrants: 1_000,
  maxAdminGrantsPerDay: 1_000,
};

interface Given {
  readonly changes: readonly Change[];
  readonly actual?: Partial<ActualState>;
  readonly records?: RecordCounts;
  readonly limits?: Partial<Config["guards"]>;
  readonly desired?: DesiredState;
  readonly memory?: Pick<Memory, "lastGoodRead" | "deletions" | "managed" | "departures" | "adminGrants">;
  readonly protected?: Partial<Config["protected"]>;
}

/** What guards find wrong, without what they refuse. */
function violations(given: Given): readonly Omit<Violation, "refuses">[] {
  return refusals(given).map(({ refuses: _refuses, ...violation }) => violation);
}

function refusals({ changes, actual = {}, records = someRecords, limits = {}, ...given }: Given) {
  return checkGuards({
    plan: planOf(changes),
    actual: actualState(actual),
    desired: given.desired ?? desiredState(),
    records,
    limits: { ...noLimits, ...limits },
    protected: rules({}, given.protected).protected,
    ...(given.memory === undefined ? {} : { memory: given.memory }),
    nowMs: now,
  });
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

describe("the guard on deletions, by the size of the company", () => {
  const asked = (lost: number, managed: number, memory?: Memory["managed"]) => {
    const people = Array.from({ length: managed }, (_, index) => user(`person${index}`));
    const own = people.map((one) => assignmentOf("Audit", production, one));
    const limits = { ...defaults, maxUsersLosingAllAccess: 100_000 };
    const actual = { directory: directory({ users: people }), assignments: own };
    const changes = people.slice(0, lost).map((one) => unassign("Audit", production, one));
    return guardsOf({ changes, actual, limits, ...(memory && { memory: { managed: memory } }) });
  };

  it("asks in a small company before more than half of all goes", () => {
    expect(asked(2, 5)).toEqual([]);
    expect(asked(3, 5)).toEqual(["deletions"]);
    expect(asked(2, 2)).toEqual([]);
    expect(asked(5, 10)).toEqual([]);
  });

  it.each([
    [5, 2],
    [50, 5],
    [500, 50],
    [5_000, 100],
  ])("lets of %i assignments %i go in one pass, and asks before one more", (managed, allowed) => {
    expect(asked(allowed, managed)).toEqual([]);
    expect(asked(allowed + 1, managed)).toContain("deletions");
  });

  it("asks in a large company before more than the cap goes, whatever the ratio", () => {
    const [guard, ...others] = asked(999, 10_000);
    expect([guard, others]).toEqual(["deletions", ["deletions-per-day"]]);
  });
});

describe("the guard on a directory that shrank", () => {
  const limits = { maxPeopleGone: 5, maxPeopleGoneRatio: 0.1, peopleGoneCap: 500 };
  const held = assignments(50);
  const disable = (count: number) =>
    directory({ users: users.map((one, index) => (index < count ? { ...one, enabled: false } : one)) });
  const purged = (count: number) => directory({ users: users.slice(count) });

  it("lets exactly the count and the ratio go, and lets none of one more go, but everything else", () => {
    const grant = assign("Audit", development, users[60] ?? user("x"));
    const loss = unassign("Audit", production, users[40] ?? user("x"));
    for (const shrunken of [disable, purged]) {
      const judged = (gone: number) =>
        refusals({
          changes: [...revocations(gone), loss, grant],
          actual: { directory: shrunken(gone), assignments: held },
          limits,
        });
      expect(judged(5)).toEqual([]);
      expect(judged(6)).toMatchObject([
        { guard: "directory-shrank", refuses: revocations(6).map(({ id }) => id) },
      ]);
    }
  });

  it("says who was disabled, and how many are gone", () => {
    const judged = violations({
      changes: revocations(6),
      actual: { directory: disable(6), assignments: held },
      limits,
    });
    expect(judged).toEqual([
      {
        guard: "directory-shrank",
        numbers: { disabled: 6, deleted: 0, earlier: 0, withAccess: 50, ...limits },
        subjects: users.slice(0, 6).map(({ userName }) => userName),
      },
    ]);
  });

  it("counts with those of the last 24 hours, each person once", () => {
    const at = new Date(now - 3_600_000).toISOString();
    const earlier = (names: readonly string[]) => ({
      departures: [{ at, count: names.length, ids: names.map((name) => `USER/${user(name).id}`) }],
    });
    const given = { changes: revocations(3), actual: { directory: purged(3), assignments: held }, limits };
    expect(violations({ ...given, memory: earlier(["user0", "left1", "left2"]) })).toEqual([]);
    expect(violations({ ...given, memory: earlier(["left0", "left1", "left2"]) })).toMatchObject([
      { guard: "directory-shrank", numbers: { deleted: 3, earlier: 3, withAccess: 53 } },
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
    const [refused, ...others] = violations({ changes: revocations(4), actual, limits });
    expect(others).toEqual([]);
    expect(refused).toMatchObject({
      guard: "users-losing-all-access",
      numbers: { users: 4, maxUsersLosingAllAccess: 3 },
    });
  });

  it("names them in order", () => {
    const own = [ben, anna].map((one) => assignmentOf("Audit", production, one));
    const changes = [ben, anna].map((one) => unassign("Audit", production, one));
    const actual = { directory: directory({ users: [ben, anna] }), assignments: own };
    const [refused] = violations({ changes, actual, limits: { maxUsersLosingAllAccess: 0 } });
    expect(refused?.subjects).toEqual([anna.userName, ben.userName]);
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

const adminPolicy = "arn:aws:iam::aws:policy/AdministratorAccess";
const administrators = (name = "Admin", overrides: Parameters<typeof managedSet>[1] = {}) =>
  managedSet(name, { definition: definition({ managedPolicies: [adminPolicy] }), ...overrides });
const readers = (name = "Audit", overrides: Parameters<typeof managedSet>[1] = {}) =>
  managedSet(name, {
    record: "2",
    definition: definition({ managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
    ...overrides,
  });
const guardsOf = (given: Given) => violations(given).map(({ guard }) => guard);

describe("the guard on users who lose all access, where a set is emptied", () => {
  const [anna, ben] = [user("anna"), user("ben")];
  const detach = (name: string, before: string): Change =>
    ({
      ...attachPolicy(name, before),
      kind: "detach-managed-policy",
      before,
    }) as unknown as Change;
  const actual = {
    permissionSets: [administrators(), readers()],
    assignments: [assignmentOf("Admin", production, anna), assignmentOf("Admin", production, ben)],
  };
  const limits = { maxUsersLosingAllAccess: 0 };

  it("counts everybody who has nothing but that set", () => {
    const refused = violations({ changes: [detach("Admin", adminPolicy)], actual, limits });
    expect(refused).toContainEqual({
      guard: "users-losing-all-access",
      numbers: { users: 2, maxUsersLosingAllAccess: 0 },
      subjects: [anna.userName, ben.userName],
    });
  });

  it("counts nobody who gets another set, or whose set gets another policy", () => {
    const other = attachPolicy("Admin", "arn:aws:iam::aws:policy/ReadOnlyAccess");
    const changes = [detach("Admin", adminPolicy), other];
    expect(guardsOf({ changes, actual, limits })).not.toContain("users-losing-all-access");
    const moved = [assign("Audit", production, anna), assign("Audit", production, ben)];
    const both = [detach("Admin", adminPolicy), ...moved];
    expect(guardsOf({ changes: both, actual, limits })).not.toContain("users-losing-all-access");
  });
});

describe("the guard on a source that shrank, against the memory", () => {
  const limits = { maxRecordShrink: 0.2 };
  const memory = { lastGoodRead: { at: "2026-11-19T09:00:00.000Z", permissionSets: 10, assignments: 100 } };
  const actual = { directory: everybody, assignments: assignments(100) };
  const shrunk = (
    permissionSets: number,
    assignments_: number,
    changes: readonly Change[] = revocations(1),
  ) =>
    violations({ changes, actual, limits, memory, records: { permissionSets, assignments: assignments_ } });

  it("lets exactly the limit through and refuses one more in either app, with the numbers", () => {
    expect(shrunk(8, 80)).toEqual([]);
    expect(shrunk(8, 79)).toEqual([
      {
        guard: "source-shrank",
        numbers: {
          permissionSetsBefore: 10,
          permissionSets: 8,
          assignmentsBefore: 100,
          assignments: 79,
          deletions: 1,
          maxRecordsLost: 0,
          maxRecordShrink: 0.2,
          recordsLostCap: 1_000,
        },
      },
    ]);
    expect(shrunk(7, 100)).toMatchObject([{ guard: "source-shrank" }]);
  });

  it("lets everything through that deletes nothing: there is nothing to lose", () => {
    expect(shrunk(1, 1, [])).toEqual([]);
    expect(shrunk(4, 60, [assign("Audit", production, user("user1"))])).toEqual([]);
  });

  it("lets nothing through, grants neither, where fewer than half of the records are there: that is another source", () => {
    const grant = assign("Audit", production, user("user1"));
    expect(shrunk(1, 1, [grant])).toMatchObject([{ guard: "source-shrank" }]);
  });

  it("never minds a source that grew", () => {
    expect(shrunk(1_000, 1_000)).toEqual([]);
  });

  it("refuses when everything is gone, and when nothing was there before it does not", () => {
    expect(shrunk(0, 0)).toMatchObject([{ guard: "source-empty" }, { guard: "source-shrank" }]);
    const nothing = { lastGoodRead: { ...memory.lastGoodRead, permissionSets: 0, assignments: 0 } };
    expect(violations({ changes: revocations(1), actual, limits, memory: nothing })).toEqual([]);
  });
});

describe("the guard on a source that shrank, by what AWS shows", () => {
  const limits = { maxRecordShrink: 0.2, maxDeletions: 5 };
  const sets = Array.from({ length: 10 }, (_, index) => managedSet(`Set${index}`, { record: String(index) }));
  const desiredOf = (left: number) =>
    desiredState({
      permissionSets: sets
        .slice(10 - left)
        .map(({ name, tags }) =>
          permissionSetRecord({ name }, { id: tags["kintone-sso-sync:record"] ?? "" }),
        ),
    });
  const actual = { directory: everybody, permissionSets: sets, assignments: assignments(100) };
  const deleted = (gone: number, revoked: number, own: Partial<Config["guards"]> = limits) =>
    violations({
      changes: [...sets.slice(0, gone).map(({ name }) => deleteSet(name)), ...revocations(revoked)],
      actual,
      desired: desiredOf(10 - gone),
      limits: own,
    });

  it("refuses when more than the limit of the managed sets have no record any more", () => {
    expect(deleted(2, 4)).toEqual([]);
    expect(deleted(3, 3)).toEqual([
      {
        guard: "source-shrank",
        numbers: {
          setsWithoutRecord: 3,
          managedSets: 10,
          revocations: 3,
          managedAssignments: 100,
          deletions: 6,
          maxDeletions: 5,
          maxRecordsLost: 0,
          maxRecordShrink: 0.2,
        },
      },
    ]);
  });

  it("refuses when more than the limit of the managed assignments would go", () => {
    expect(deleted(0, 20)).toEqual([]);
    expect(deleted(0, 21)).toMatchObject([{ guard: "source-shrank", numbers: { revocations: 21 } }]);
  });

  it("lets as many deletions through as one pass may always make", () => {
    expect(deleted(5, 0)).toEqual([]);
    expect(deleted(6, 0)).toMatchObject([{ guard: "source-shrank" }]);
  });

  it("refuses with a memory just what it refuses without one", () => {
    const memory = { lastGoodRead: { at: "2026-11-19T09:00:00.000Z", permissionSets: 1, assignments: 1 } };
    const changes = sets.slice(0, 6).map(({ name }) => deleteSet(name));
    const given = { changes, actual, desired: desiredOf(4), limits };
    expect(violations({ ...given, memory })).toEqual(violations(given));
  });
});

describe("ratios", () => {
  const hoursAgo = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
  const actual = { directory: everybody, assignments: assignments(100) };
  const limits = {
    maxDeletions: 5,
    maxDeletionRatio: 0.1,
    maxDeletionsPerDay: 5,
    maxDeletionRatioPerDay: 0.1,
  };
  const refused = (managed: Memory["managed"]) =>
    violations({ changes: revocations(10), actual, limits, ...(managed && { memory: { managed } }) });

  it("are taken of the fewest assignments of the last 24 hours, so that granting more makes no room for a deletion", () => {
    expect(refused(undefined)).toEqual([]);
    expect(refused([{ at: hoursAgo(2), count: 100 }])).toEqual([]);
    const padded = [
      { at: hoursAgo(23), count: 40 },
      { at: hoursAgo(1), count: 100 },
    ];
    expect(refused(padded)).toMatchObject([
      { guard: "deletions", numbers: { deletions: 10, managed: 40 } },
      { guard: "deletions-per-day", numbers: { managed: 40 } },
    ]);
  });

  it("forget what is older, and never count more than there is", () => {
    expect(refused([{ at: hoursAgo(24), count: 40 }])).toEqual([]);
    expect(refused([{ at: hoursAgo(1), count: 1_000 }])).toEqual([]);
  });

  it("refuse where there was nothing, and a clock that was set back lets nothing through", () => {
    const guards = refused([{ at: hoursAgo(-48), count: 0 }]).map(({ guard }) => guard);
    expect(guards).toEqual(["source-shrank", "deletions", "deletions-per-day"]);
  });
});

describe("the guard on the deletions of a day", () => {
  const limits = { maxDeletionsPerDay: 20, maxDeletionRatioPerDay: 0.2 };
  const hoursAgo = (hours: number) => new Date(now - hours * 3_600_000).toISOString();
  const refused = (
    deletions: readonly { readonly at: string; readonly count: number }[],
    own: number,
    managed = 100,
  ) =>
    violations({
      changes: revocations(own),
      actual: { directory: everybody, assignments: assignments(managed) },
      memory: { deletions },
      limits,
    });

  it("counts those of the last 24 hours with those of the plan: exactly the limit goes through, one more does not", () => {
    const earlier = [
      { at: hoursAgo(23), count: 8 },
      { at: hoursAgo(1), count: 7 },
    ];
    expect(refused(earlier, 5)).toEqual([]);
    expect(refused(earlier, 6)).toEqual([
      {
        guard: "deletions-per-day",
        numbers: {
          deletions: 6,
          earlier: 15,
          managed: 100,
          maxDeletionsPerDay: 20,
          maxDeletionRatioPerDay: 0.2,
        },
      },
    ]);
  });

  it("lets more than the count through while it is within the ratio, and more than the ratio within the count", () => {
    expect(refused([{ at: hoursAgo(1), count: 10 }], 9, 20)).toEqual([]);
    expect(refused([{ at: hoursAgo(1), count: 11 }], 10, 20)).toMatchObject([{ guard: "deletions-per-day" }]);
  });

  it("forgets what is 24 hours old", () => {
    expect(refused([{ at: hoursAgo(24), count: 90 }], 5)).toEqual([]);
    expect(refused([{ at: hoursAgo(23.99), count: 90 }], 5)).toMatchObject([{ guard: "deletions-per-day" }]);
  });

  it("counts what lies in the future, where a clock was set back, and times nobody can read", () => {
    expect(refused([{ at: hoursAgo(-48), count: 90 }], 5)).toMatchObject([{ guard: "deletions-per-day" }]);
    expect(refused([{ at: "yesterday", count: 90 }], 5)).toMatchObject([{ guard: "deletions-per-day" }]);
  });

  it("lets a plan through that deletes nothing, whatever was deleted before", () => {
    expect(refused([{ at: hoursAgo(1), count: 90 }], 0)).toEqual([]);
  });
});

describe("the guard on sets that records still name", () => {
  const changes = [deleteSet("Audit")];
  const naming = (name: string): DesiredState => ({
    ...desiredState(),
    namedPermissionSets: new Map([[name, [recordRef({ app: "assignments" })]]]),
  });
  const actual = { permissionSets: [readers()] };

  it("refuses the deletion of a set that an assignment record names", () => {
    expect(violations({ changes, actual, desired: naming("Audit") })).toEqual([
      { guard: "permission-set-still-named", numbers: { permissionSets: 1 }, subjects: ["Audit"] },
    ]);
    expect(violations({ changes, actual, desired: naming("Other") })).toEqual([]);
  });

  it("refuses the deletion of a set that a permission-set record defines, trusted or not", () => {
    const trusted = desiredState({ permissionSets: [permissionSetRecord({ name: "Audit" })] });
    const held = desiredState({
      permissionSets: [permissionSetRecord({ name: "Audit", managedPolicies: "Nonsense" })],
    });
    expect(held.heldPermissionSets).toHaveLength(1);
    for (const desired of [trusted, held]) {
      expect(guardsOf({ changes, actual, desired })).toEqual(["permission-set-still-named"]);
    }
  });

  it("lets a renamed set go whose name stays in the tags of the new one", () => {
    const kept = [readers(), managedSet("Auditors", { formerName: "Audit" })];
    expect(violations({ changes, actual: { permissionSets: kept }, desired: naming("Audit") })).toEqual([]);
    const create = createSet("Auditors");
    const tagged = {
      ...create,
      after: {
        attributes: { sessionDurationSeconds: 3_600 },
        tags: { "kintone-sso-sync:former-name": "Audit" },
      },
    } as Change;
    expect(violations({ changes: [tagged, ...changes], actual, desired: naming("Audit") })).toEqual([]);
  });
});

describe("the guard on what must never be written to", () => {
  const anna = user("anna");
  const actual = {
    permissionSets: [readers(), unmanagedSet("Foreign"), readers("Locked", { locked: true })],
  };
  const arn = (change: Change, of: { readonly arn: string }) =>
    ({ ...change, target: { ...change.target, permissionSetArn: of.arn } }) as Change;

  it.each<[string, Change, Partial<Config["protected"]>]>([
    ["the management account", assign("Audit", management, anna), {}],
    ["a protected account", unassign("Audit", production, anna), { accounts: [production] }],
    ["a protected user, by name", assign("Audit", production, anna), { principals: [anna.userName] }],
    ["a protected user, by id", unassign("Audit", production, anna), { principals: [anna.id] }],
    ["a protected group", assign("Audit", production, group("Auditors")), { principals: ["auditors"] }],
    ["a protected set", deleteSet("Audit"), { permissionSets: ["Audit"] }],
    ["a set that is not ours", attachPolicy("Foreign", "arn"), {}],
    ["a set that the management account uses", attachPolicy("Locked", "arn"), {}],
    ["a set of another ARN than ours has", arn(deleteSet("Audit"), unmanagedSet("Foreign")), {}],
    ["a new set with the name of a foreign one", createSet("Foreign"), {}],
  ])("refuses a change of %s", (_, change, protected_) => {
    expect(violations({ changes: [change], actual, protected: protected_ })).toEqual([
      { guard: "protected", numbers: { changes: 1 }, subjects: [change.id] },
    ]);
  });

  it("refuses a change of the account that the sync runs in, unless the configuration opens it", () => {
    const given = (isOpen: boolean) => {
      const keyAccounts = { ids: new Set([production]), isOpen };
      const changes = [assign("Audit", production, anna)];
      return guardsOf({ changes, actual: { ...actual, directory: directory({ keyAccounts }) } });
    };
    expect(given(false)).toEqual(["protected"]);
    expect(given(true)).toEqual([]);
  });

  it("refuses to provision everywhere when that reaches the management account", () => {
    const change = { ...attachPolicy("Audit", "arn"), kind: "provision", accounts: [production, management] };
    expect(guardsOf({ changes: [change as unknown as Change], actual })).toEqual(["protected"]);
  });

  it("lets everything else through", () => {
    const changes = [
      assign("Audit", production, anna),
      createSet("New"),
      arn(attachPolicy("Audit", "x"), readers()),
    ];
    const others = { accounts: [development], principals: ["ben@example.co.jp"], permissionSets: ["Other"] };
    expect(violations({ changes, actual, protected: others })).toEqual([]);
  });
});

describe("the guard on the last administrator of an account", () => {
  const [anna, ben] = [user("anna"), user("ben")];
  const permissionSets = [administrators(), readers()];
  const own = [assignmentOf("Admin", production, anna), assignmentOf("Audit", production, ben)];
  const refused = (changes: readonly Change[], assignments_ = own) =>
    violations({ changes, actual: { permissionSets, assignments: assignments_ } });

  it("refuses to take it away, and names the account", () => {
    expect(refused([unassign("Admin", production, anna)])).toEqual([
      { guard: "last-administrator", numbers: { accounts: 1 }, subjects: [production] },
    ]);
  });

  it("lets it go when another one stays, also a group, or comes", () => {
    const two = [...own, assignmentOf("Admin", production, group("Developers"))];
    expect(refused([unassign("Admin", production, anna)], two)).toEqual([]);
    expect(refused([unassign("Admin", production, anna), assign("Admin", production, ben)])).toEqual([]);
  });

  it("does not take one in another account, one of an ordinary set or one of a user who is gone for another", () => {
    const others = [
      ...own,
      assignmentOf("Admin", development, ben),
      assignmentOf("Admin", production, user("left")),
    ];
    expect(refused([unassign("Admin", production, anna)], others)).toMatchObject([
      { guard: "last-administrator", subjects: [production] },
    ]);
  });

  it("refuses an edit after which the set is no administrator's any more", () => {
    const detached = {
      ...attachPolicy("Admin", adminPolicy),
      kind: "detach-managed-policy",
      before: adminPolicy,
    };
    expect(refused([detached as unknown as Change])).toMatchObject([{ guard: "last-administrator" }]);
    const readOnly = attachPolicy("Admin", "arn:aws:iam::aws:policy/ReadOnlyAccess");
    expect(refused([readOnly])).toEqual([]);
  });

  it("does not take a disabled user for one that stays, nor for one that goes", () => {
    const disabled = { ...ben, enabled: false };
    const actual = { permissionSets, directory: directory({ users: [anna, disabled] }) };
    const both = [anna, ben].map((one) => assignmentOf("Admin", production, one));
    const leave = (who: typeof anna, assignments_ = both) =>
      guardsOf({
        changes: [unassign("Admin", production, who)],
        actual: { ...actual, assignments: assignments_ },
        limits: { maxUsersLosingAllAccess: 9 },
      });
    expect(leave(anna)).toEqual(["last-administrator"]);
    expect(leave(ben)).toEqual([]);
    expect(leave(ben, [assignmentOf("Admin", production, ben)])).toEqual([]);
  });

  it("lets a rename through, in which the administrators move to the new set", () => {
    const changes = [
      createSet("Owner"),
      attachPolicy("Owner", adminPolicy),
      assign("Owner", production, anna),
      unassign("Admin", production, anna),
    ];
    expect(refused(changes)).toEqual([]);
  });

  it("does not count a set whose content nobody knows as one that stays", () => {
    const unknown = managedSet("Custom", {
      definition: definition({ customerManagedPolicies: [{ name: "Everything", path: "/" }] }),
    });
    const actual = {
      permissionSets: [...permissionSets, unknown],
      assignments: [...own, assignmentOf("Custom", production, ben)],
    };
    expect(guardsOf({ changes: [unassign("Admin", production, anna)], actual })).toEqual([
      "last-administrator",
    ]);
  });
});

describe("an edit after which a set is worth nothing, though policies are left", () => {
  const [anna, ben] = [user("anna"), user("ben")];
  const denyAll = "arn:aws:iam::aws:policy/AWSDenyAll";
  const actual = {
    permissionSets: [administrators()],
    assignments: [anna, ben].map((one) => assignmentOf("Admin", production, one)),
  };
  const deny = (condition: string) =>
    `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"${condition}}]}`;
  const edit = (change: Partial<Change>) =>
    ({ ...attachPolicy("Admin", denyAll), ...change }) as unknown as Change;

  it.each<[string, Change]>([
    ["AWSDenyAll is attached", attachPolicy("Admin", denyAll)],
    [
      "AWSDenyAll is its boundary",
      edit({ kind: "put-permissions-boundary", after: { kind: "aws-managed", arn: denyAll } }),
    ],
    ["its inline policy denies everything", edit({ kind: "put-inline-policy", after: deny("") })],
  ])("takes all access away and the account's last administrators: %s", (_, change) => {
    const guards = guardsOf({ changes: [change], actual, limits: { maxUsersLosingAllAccess: 1 } });
    expect(guards).toEqual(["users-losing-all-access", "last-administrator"]);
  });

  it("is not one that denies something under a condition", () => {
    const condition = ',"Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}';
    const change = edit({ kind: "put-inline-policy", after: deny(condition) });
    expect(guardsOf({ changes: [change], actual, limits: { maxUsersLosingAllAccess: 0 } })).toEqual([]);
  });

  it("leaves no administrator either when it puts a boundary on the set, which nobody weighs", () => {
    const after = { kind: "aws-managed", arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" } as const;
    expect(guardsOf({ changes: [edit({ kind: "put-permissions-boundary", after })], actual })).toEqual([
      "last-administrator",
    ]);
  });
});

describe("a group that becomes administrator", () => {
  const staff = group("Staff");
  const numbersFor = (members: readonly User[] | undefined, more: Partial<Given> = {}) => {
    const memberships = new Map(
      members === undefined ? [] : [[staff.id, new Set(members.map(({ id }) => id))]],
    );
    return violations({
      changes: [assign("Admin", production, staff)],
      limits: { maxAdminGrants: 3 },
      actual: {
        directory: directory({ users, groups: [staff], memberships }),
        permissionSets: [administrators()],
        ...more.actual,
      },
      ...(more.memory && { memory: more.memory }),
    }).map(({ numbers }) => numbers["grants"]);
  };

  it("counts its members, and one where none is known", () => {
    expect(numbersFor(users.slice(0, 4))).toEqual([4]);
    expect(numbersFor(users.slice(0, 3))).toEqual([]);
    expect(numbersFor([])).toEqual([]);
    expect(numbersFor(undefined)).toEqual([]);
  });

  it("does not count who is administrator of the account already", () => {
    const assignments = users.slice(0, 2).map((one) => assignmentOf("Admin", production, one));
    expect(numbersFor(users.slice(0, 5), { actual: { assignments } })).toEqual([]);
    expect(numbersFor(users.slice(0, 6), { actual: { assignments } })).toEqual([4]);
  });

  it("counts by the people of the day too", () => {
    const adminGrants = [{ at: new Date(now - 3_600_000).toISOString(), count: 999 }];
    expect(numbersFor(users.slice(0, 2), { memory: { adminGrants } })).toEqual([2]);
  });
});

describe("the guard on the new administrators of a day", () => {
  const limits = { maxAdminGrantsPerDay: 25 };
  const refused = (grants: number, adminGrants?: Memory["adminGrants"]) =>
    violations({
      changes: users.slice(0, grants).map((one) => assign("Admin", production, one)),
      limits,
      actual: { directory: everybody, permissionSets: [administrators()] },
      ...(adminGrants && { memory: { adminGrants } }),
    });
  const before = (hours: number, count: number, ids?: readonly string[]) => [
    { at: new Date(now - hours * 3_600_000).toISOString(), count, ...(ids && { ids }) },
  ];

  it("counts those of the last 24 hours with those of the plan: exactly the limit goes through, one more does not", () => {
    expect(refused(5, before(23, 20))).toEqual([]);
    expect(refused(6, before(23, 20))).toEqual([
      {
        guard: "administrator-grants-per-day",
        numbers: { grants: 6, earlier: 20, maxAdminGrantsPerDay: 25 },
      },
    ]);
    expect(refused(6, before(25, 20))).toEqual([]);
    expect(refused(25)).toEqual([]);
  });

  it("counts once what several passes plan", () => {
    const ids = users.slice(0, 20).map((one) => assignmentKey(assignmentOf("Admin", production, one)));
    expect(refused(25, before(1, 20, ids))).toEqual([]);
    expect(refused(26, before(1, 20, ids))).toMatchObject([{ numbers: { grants: 26, earlier: 0 } }]);
  });
});

describe("one record that is over a limit by itself", () => {
  const mistaken = [recordRef({ app: "assignments", id: "1" })];
  const other = [recordRef({ app: "assignments", id: "2" })];
  const lose = (from: number, to: number, records: Change["records"] = []) =>
    users.slice(from, to).map((one) => unassign("Audit", production, one, { records }));
  const become = (from: number, to: number, records: Change["records"]) =>
    users.slice(from, to).map((one) => assign("Admin", production, one, { records }));
  const refusedIds = (changes: readonly Change[], limits: Partial<Config["guards"]>) => {
    const actual = {
      directory: everybody,
      permissionSets: [administrators(), readers()],
      assignments: assignments(50),
    };
    return refusals({ changes, actual, limits }).flatMap(({ refuses }) => refuses);
  };
  const ids = (changes: readonly Change[]) => changes.map(({ id }) => id);

  it.each<[string, Partial<Config["guards"]>]>([
    ["deletions", { maxDeletions: 5, maxDeletionRatio: 0.1 }],
    ["deletions of a day", { maxDeletionsPerDay: 5, maxDeletionRatioPerDay: 0.1 }],
    ["users who lose everything", { maxUsersLosingAllAccess: 5 }],
  ])("waits, and nobody else's removal does: %s", (_, limits) => {
    const own = lose(0, 20, mistaken);
    const others = lose(20, 24, other);
    expect(refusedIds([...own, ...others], limits)).toEqual(ids(own));
    // Which of many small ones is the mistake nobody can tell.
    const small = users.slice(0, 8).map((one, index) =>
      unassign("Audit", production, one, {
        records: [recordRef({ app: "assignments", id: `${index}` })],
      }),
    );
    expect(refusedIds(small, limits)).toEqual(ids(small));
    expect(refusedIds([...own, ...lose(20, 26, other)], limits)).toHaveLength(26);
  });

  it.each<[string, Partial<Config["guards"]>]>([
    ["in one pass", { maxAdminGrants: 5 }],
    ["in a day", { maxAdminGrantsPerDay: 5 }],
  ])("waits, and nobody else becomes administrator later for it: %s", (_, limits) => {
    const own = become(0, 20, mistaken);
    expect(refusedIds([...own, ...become(20, 24, other)], limits)).toEqual(ids(own));
  });

  it("is nobody's where no record asked for what goes: that waits, and what records say goes on", () => {
    const unasked = lose(0, 3);
    const asked = [...lose(3, 6, mistaken), ...lose(6, 8, other)];
    const limits = { maxDeletions: 5, maxDeletionRatio: 0.1 };
    expect(refusedIds([...unasked, ...asked], limits)).toEqual(ids(unasked));
  });
});

describe("the guard on new administrators", () => {
  const limits = { maxAdminGrants: 25 };
  const permissionSets = [administrators(), readers()];
  const grants = (set: string, count: number) =>
    users.slice(0, count).map((one) => assign(set, production, one));
  const refused = (changes: readonly Change[], assignments_: readonly Assignment[] = []) =>
    violations({
      changes,
      limits,
      actual: { directory: everybody, permissionSets, assignments: assignments_ },
    });

  it("lets exactly the limit through and refuses one more, with the numbers", () => {
    expect(refused(grants("Admin", 25))).toEqual([]);
    expect(refused(grants("Admin", 26))).toEqual([
      { guard: "administrator-grants", numbers: { grants: 26, maxAdminGrants: 25 } },
    ]);
  });

  it("does not count ordinary sets, however many assignments there are", () => {
    expect(refused(grants("Audit", 100))).toEqual([]);
  });

  it("counts what a new set is by its content, whatever its name", () => {
    const inline = {
      ...attachPolicy("Harmless", "x"),
      kind: "put-inline-policy",
      after: '{"Statement":{"Effect":"Allow","Action":"iam:Pass*","Resource":"*"}}',
    } as unknown as Change;
    const changes = [createSet("Harmless"), inline, ...grants("Harmless", 26)];
    expect(refused(changes)).toMatchObject([{ numbers: { grants: 26 } }]);
  });

  it("counts everybody who has a set that one edit makes an administrator's", () => {
    const edit = attachPolicy("Audit", adminPolicy);
    expect(refused([edit], assignments(25))).toEqual([]);
    expect(refused([edit], assignments(26))).toMatchObject([{ numbers: { grants: 26 } }]);
    expect(refused([edit, unassign("Audit", production, users[0] ?? user("x"))], assignments(26))).toEqual(
      [],
    );
  });

  it("does not take a set for an administrator's before because its policy cannot be understood", () => {
    const edited = managedSet("Edited", {
      definition: definition({ inlinePolicy: '{"Version":"2012-10-17"}' }),
    });
    const had = users.slice(0, 26).map((one) => assignmentOf("Edited", production, one));
    const refusedEdit = (changes: readonly Change[]) =>
      violations({
        changes,
        limits,
        actual: { directory: everybody, permissionSets: [edited], assignments: had },
      });
    expect(refusedEdit([attachPolicy("Edited", adminPolicy)])).toMatchObject([{ numbers: { grants: 26 } }]);
    expect(refusedEdit([])).toEqual([]);
  });

  const denyAll = "arn:aws:iam::aws:policy/AWSDenyAll";
  const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  const boundary = (arn: string) => ({ kind: "aws-managed" as const, arn });
  const denial = (action: string) =>
    `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"${action}","Resource":"*"}]}`;
  it.each<[string, Partial<PermissionSetDefinition>, Partial<Change>]>([
    [
      "whose boundary goes",
      { permissionsBoundary: boundary(readOnly) },
      { kind: "delete-permissions-boundary" },
    ],
    [
      "whose boundary is another one",
      { permissionsBoundary: boundary(readOnly) },
      { kind: "put-permissions-boundary", after: boundary(adminPolicy) },
    ],
    ["whose denial goes", { inlinePolicy: denial("iam:*") }, { kind: "delete-inline-policy" }],
    [
      "that loses AWSDenyAll",
      { managedPolicies: [adminPolicy, denyAll] },
      { kind: "detach-managed-policy", before: denyAll },
    ],
    [
      "that loses a customer managed policy, which may deny",
      { customerManagedPolicies: [{ name: "DenyAll", path: "/" }] },
      { kind: "detach-customer-managed-policy", before: { name: "DenyAll", path: "/" } },
    ],
  ])("counts everybody who has an administrator's set %s", (_, before, edit) => {
    const set = managedSet("Admin", {
      definition: definition({ managedPolicies: [adminPolicy], ...before }),
    });
    const had = users.slice(0, 26).map((one) => assignmentOf("Admin", production, one));
    const change = { ...attachPolicy("Admin", "x"), ...edit } as unknown as Change;
    const actual = { directory: everybody, permissionSets: [set], assignments: had };
    const refusal = { guard: "administrator-grants", numbers: { grants: 26, maxAdminGrants: 25 } };
    expect(violations({ changes: [change], limits, actual })).toContainEqual(refusal);
    expect(violations({ changes: [attachPolicy("Admin", readOnly)], limits, actual })).toEqual([]);
  });

  it("does not count who is administrator of the account already", () => {
    const had = users.slice(0, 26).map((one) => assignmentOf("Admin", production, one));
    const changes = [createSet("Owner"), attachPolicy("Owner", adminPolicy), ...grants("Owner", 26)];
    expect(refused(changes, had)).toEqual([]);
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
      "source-shrank",
      "deletions",
      "users-losing-all-access",
    ]);
  });

  it("let a plan through that only adds, however much that is", () => {
    const changes = users.map((one) => assign("Audit", production, one));
    expect(violations({ changes, actual: { directory: everybody }, limits: defaults })).toEqual([]);
  });
});

describe("what a guard refuses", () => {
  const admin = managedSet("Admin", {
    definition: definition({ managedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] }),
  });
  const audit = managedSet("Audit", { record: "2" });
  const [anna, ben, carol] = [user("anna"), user("ben"), user("carol")];
  const people = directory({ users: [anna, ben, carol] });
  const refusedBy = (given: Given) =>
    Object.fromEntries(refusals(given).map(({ guard, refuses }) => [guard, refuses]));

  it("is the grants of administrators and no revocation that stands beside them", () => {
    const grants = [assign("Admin", production, anna), assign("Admin", development, ben)];
    const given = {
      changes: [...grants, unassign("Audit", production, carol), assign("Audit", production, ben)],
      actual: {
        directory: people,
        permissionSets: [admin, audit],
        assignments: [assignmentOf("Audit", production, carol)],
      },
      limits: { maxAdminGrants: 1 },
    };
    expect(refusedBy(given)).toEqual({ "administrator-grants": grants.map(({ id }) => id) });
  });

  it("is the revocations over a limit and no grant, but the deletion of a set that depends on them", () => {
    const revocation = unassign("Audit", production, anna);
    const deletion = deleteSet("Audit", [revocation.id]);
    const given = {
      changes: [assign("Admin", production, ben), revocation, deletion],
      actual: {
        directory: people,
        permissionSets: [admin, audit],
        assignments: [assignmentOf("Audit", production, anna)],
      },
      limits: { maxUsersLosingAllAccess: 0 },
    };
    expect(refusedBy(given)).toEqual({ "users-losing-all-access": [revocation.id, deletion.id] });
  });

  it("is judged again without what is refused: a revocation that the refused grant made harmless is refused as well", () => {
    const grant = assign("Admin", production, ben);
    const revocation = unassign("Admin", production, anna);
    const given = {
      changes: [grant, revocation],
      actual: {
        directory: people,
        permissionSets: [admin],
        assignments: [assignmentOf("Admin", production, anna)],
      },
      limits: { maxAdminGrants: 0 },
    };
    expect(refusedBy(given)).toEqual({
      "administrator-grants": [grant.id],
      "last-administrator": [revocation.id],
    });
  });

  it("is a definition as a whole, with its provisioning and the grants of the set that wait for it", () => {
    const attach = attachPolicy("Audit", "arn:aws:iam::aws:policy/AdministratorAccess");
    const other = attachPolicy("Audit", "arn:aws:iam::aws:policy/job-function/Billing");
    const grant = assign("Audit", development, ben, { dependsOn: [attach.id, other.id] });
    const given = {
      changes: [attach, other, grant, attachPolicy("Admin", "arn:aws:iam::aws:policy/SecurityAudit")],
      actual: {
        directory: people,
        permissionSets: [admin, audit],
        assignments: [assignmentOf("Audit", production, anna)],
      },
      limits: { maxAdminGrants: 0 },
    };
    expect(refusedBy(given)).toEqual({ "administrator-grants": [attach.id, grant.id, other.id] });
  });
});
