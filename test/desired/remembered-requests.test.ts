import { describe, expect, it } from "vitest";

import { type Memory } from "../../src/model/memory.ts";
import { rememberPass, rememberPlanned } from "../../src/remember/remember-pass.ts";
import { emptyMemory } from "../../src/model/memory.ts";
import {
  actualState,
  assignmentRecord,
  desiredState,
  guardLimits,
  minutesAgo,
  now,
  permissionSetRecord,
  production,
  user,
} from "../builders.ts";
import { applied, failed, passOf, planOf, sourceOf, unassign } from "../report/builders.ts";

type Values = Parameters<typeof assignmentRecord>[0];

const permissionSets = [permissionSetRecord()];
const tooLong = "x".repeat(200_000);

function stateOf(
  values: Values,
  revision: number,
  memory?: Memory,
  updatedAt = minutesAgo(24 * 60),
  id = "1",
) {
  const assignments = [assignmentRecord(values, { revision, updatedAt, id })];
  return desiredState({ permissionSets, assignments, ...(memory === undefined ? {} : { memory }) });
}

/** What a pass over the one record leaves. */
function memoryAfter(
  values: Values,
  revision: number,
  before = emptyMemory("owner"),
  updatedAt = minutesAgo(24 * 60),
  id = "1",
): Memory {
  const desired = stateOf(values, revision, before, updatedAt, id);
  const { ref } = assignmentRecord(values, { revision, updatedAt, id });
  const source = sourceOf([], [{ ref, fields: {} }]);
  const begunAfter = before.writtenBy;
  const pass = passOf({ source, desired, actual: actualState(), ...(begunAfter && { begunAfter }) });
  return rememberPass(before, pass, now, guardLimits);
}

const good: Values = { users: ["anna", "ben"], accounts: "Production" };
const known = {
  permissionSets: new Set(["ReadOnly"]),
  accounts: new Set(["222222222222"]),
  principals: new Set(["USER/user-anna", "USER/user-ben"]),
};
const emptied: Values = { permissionSet: "", users: "", groups: "", accounts: "" };

describe("a record whose fields were emptied", () => {
  it("holds what it asked for in the version before, and nothing else", () => {
    const state = stateOf(emptied, 2, memoryAfter(good, 1));
    expect(state.heldAssignments).toMatchObject([{ record: { id: "1" }, ...known }, known]);
  });

  it("goes on doing so for as many passes and edits as it stays unusable", () => {
    let memory = memoryAfter(good, 1);
    for (const revision of [2, 2, 3, 4]) memory = memoryAfter(emptied, revision, memory);
    expect(stateOf(emptied, 5, memory).heldAssignments).toMatchObject([known, known]);
  });

  it("holds everything it may have granted when nothing is remembered", () => {
    const any = { permissionSets: "any", accounts: "any", principals: "any" };
    expect(stateOf(emptied, 2).heldAssignments).toMatchObject([any]);
    expect(stateOf(emptied, 2, emptyMemory("owner")).heldAssignments).toMatchObject([any]);
  });

  it("holds everything when a version in between may have been carried out by a pass that memory does not know", () => {
    const state = stateOf(emptied, 3, memoryAfter(good, 1));
    expect(state.heldAssignments).toMatchObject([{ permissionSets: "any", accounts: "any" }, known]);
  });

  it("holds everything when memory is newer than the record, as after a restored backup", () => {
    const state = stateOf(emptied, 1, memoryAfter(good, 2));
    expect(state.heldAssignments).toMatchObject([{ permissionSets: "any", accounts: "any" }, known]);
  });

  it("holds everything when memory is about another instance", () => {
    const memory = { ...memoryAfter(good, 1), instanceArn: "arn:aws:sso:::instance/ssoins-other" };
    expect(stateOf(emptied, 2, memory).heldAssignments).toMatchObject([{ principals: "any" }]);
  });
});

it("A record of which one part cannot be read any more holds what it says now, and all that it said before", () => {
  const memory = memoryAfter(good, 1);
  const before = { ...known };
  const moved = stateOf({ users: ["anna", "ghost"], accounts: "Development" }, 2, memory);
  expect(moved.heldAssignments).toMatchObject([
    { accounts: new Set(["333333333333"]), principals: known.principals },
    before,
  ]);
  const unreadable = stateOf({ users: ["anna"], accounts: tooLong }, 2, memory);
  expect(unreadable.heldAssignments).toMatchObject([
    { accounts: known.accounts, principals: new Set(["USER/user-anna"]) },
    before,
  ]);
});

it("A record that is moved with a typing mistake loses nobody what it granted, also when versions were missed", () => {
  const mistyped: Values = { permissionSet: "ReadOnyl", users: ["anna"], accounts: "Development" };
  for (const revision of [2, 4]) {
    let memory = memoryAfter(good, 1);
    for (let pass = 0; pass < 3; pass += 1) {
      expect(stateOf(mistyped, revision, memory).heldAssignments).toContainEqual(
        expect.objectContaining(known),
      );
      memory = memoryAfter(mistyped, revision, memory);
    }
  }
});

describe("a record that waits for somebody who has not arrived yet", () => {
  const waiting: Values = { users: ["anna", "newbie"], accounts: "Production\nDevelopment" };
  const updatedAt = minutesAgo(1);

  it("is remembered with what it is carried out for meanwhile, and with what it asked for before", () => {
    const memory = memoryAfter(waiting, 2, memoryAfter(good, 1), updatedAt);
    const broken = stateOf({ users: ["anna"], accounts: tooLong }, 3, memory);
    expect(broken.heldAssignments).toContainEqual(
      expect.objectContaining({
        accounts: new Set(["222222222222", "333333333333"]),
        principals: new Set(["USER/user-anna", "USER/user-ben"]),
      }),
    );
  });

  it("goes on holding anybody when nobody remembers what it asked for before, or when a version was missed", () => {
    const fresh = memoryAfter(waiting, 2, emptyMemory("owner"), updatedAt);
    expect(fresh.requests).toMatchObject({ "assignments/1": { revision: 0 } });
    const missed = memoryAfter(waiting, 4, memoryAfter(good, 1), updatedAt);
    for (const [memory, revision] of [
      [fresh, 3],
      [missed, 5],
    ] as const) {
      const state = stateOf(waiting, revision, memory, updatedAt);
      expect(state.heldAssignments).toContainEqual(expect.objectContaining({ principals: "any" }));
    }
  });

  it("leaves what it asked for before behind once everybody is there", () => {
    const memory = memoryAfter(waiting, 2, memoryAfter(good, 1), updatedAt);
    const arrived: Values = { users: ["anna"], accounts: "Development" };
    expect(memoryAfter(arrived, 3, memory).requests).toEqual({
      "assignments/1": {
        revision: 3,
        permissionSets: ["ReadOnly"],
        accounts: ["333333333333"],
        principals: ["USER/user-anna"],
      },
    });
  });
});

describe("what a record asked for before", () => {
  const moved: Values = { users: ["anna"], accounts: "Development" };
  const both = {
    accounts: ["222222222222", "333333333333"],
    principals: ["USER/user-anna", "USER/user-ben"],
  };

  it("is remembered while the plan that would put it behind is refused", () => {
    const desired = stateOf(moved, 2, memoryAfter(good, 1));
    const { ref } = assignmentRecord(moved, { revision: 2 });
    const refusedChange = unassign("ReadOnly", production, user("anna"), { records: [ref] });
    const refused = passOf({
      source: sourceOf([], [{ ref, fields: {} }]),
      desired,
      actual: actualState(),
      // Not overtaken: nothing but the refusal keeps what was asked for before.
      begunAfter: "run-1",
      plan: planOf([refusedChange]),
      violations: [{ guard: "deletions", numbers: {}, refuses: [refusedChange.id] }],
    });
    const memory = rememberPass(memoryAfter(good, 1), refused, now, guardLimits);
    expect(memory.requests).toMatchObject({ "assignments/1": both });
  });

  it("is remembered together with what it asks for now, before anything is written", () => {
    const desired = stateOf(moved, 2, memoryAfter(good, 1));
    const { ref } = assignmentRecord(moved, { revision: 2 });
    const source = sourceOf([], [{ ref, fields: {} }]);
    const planned = passOf({ source, desired, actual: actualState() });
    const memory = rememberPlanned(memoryAfter(good, 1), planned, now);
    expect(memory.requests).toMatchObject({ "assignments/1": { revision: 2, ...both } });
    expect(memory.seen).toEqual({ pass: 1, permissionSets: {} });
  });
});

it("A record that is gone is remembered until what it asked for is taken away, however often that is refused or fails", () => {
  const before = memoryAfter(good, 1);
  const record = { app: "assignments", id: "1", revision: 1 } as const;
  const [anna, ben] = ["anna", "ben"].map((login) =>
    unassign("ReadOnly", production, user(login), { records: [record] }),
  );
  if (anna === undefined || ben === undefined) throw new Error("there are two");
  const plan = planOf([anna, ben]);
  const refused = passOf({
    plan,
    violations: [{ guard: "deletions", numbers: {}, refuses: [anna.id, ben.id] }],
  });
  const known = { "assignments/1": before.requests?.["assignments/1"] };
  const once = rememberPass(before, refused, now, guardLimits);
  expect(once.requests).toEqual(known);
  const planned = rememberPlanned(once, passOf({ plan }), now);
  expect(planned.requests).toEqual(known);
  const partly = rememberPass(
    planned,
    passOf({ plan, outcomes: [applied(anna), failed(ben)] }),
    now,
    guardLimits,
  );
  expect(partly.requests).toEqual(known);
  const done = passOf({ runId: "run-2", plan: planOf([ben]), outcomes: [applied(ben)] });
  expect(rememberPass(partly, done, now, guardLimits).requests).toEqual({});
});

describe("a record that was never carried out", () => {
  const ghost: Values = { users: ["ghost"], accounts: "Production" };
  const nothing = { permissionSets: [], accounts: [], principals: [] };

  it("holds nothing from the second pass on, when memory has seen it since its first revision", () => {
    let memory = memoryAfter(ghost, 1, memoryAfter(good, 1, emptyMemory("owner"), undefined, "7"));
    for (const revision of [1, 2, 2, 3]) {
      expect(stateOf(emptied, revision, memory).heldAssignments).toEqual([]);
      expect(stateOf(ghost, revision, memory).heldAssignments).toEqual([]);
      memory = memoryAfter(emptied, revision, memory);
      expect(memory.requests).toMatchObject({ "assignments/1": { revision, ...nothing } });
    }
    expect(stateOf(emptied, 5, memory).heldAssignments).toContainEqual(
      expect.objectContaining({ permissionSets: "any", accounts: "any", principals: "any" }),
    );
  });

  it("may have been carried out all the same, when it was there before the memory", () => {
    let memory = memoryAfter(ghost, 1);
    expect(memory).toMatchObject({ requests: {}, earlierRecords: ["assignments/1"] });
    memory = memoryAfter(ghost, 1, memory);
    expect(memory).toMatchObject({ requests: {}, earlierRecords: ["assignments/1"] });
    expect(stateOf(ghost, 1, memory).heldAssignments).toMatchObject([{ anyOf: new Set(["USER"]) }]);
    expect(stateOf(ghost, 2, memory).heldAssignments).toMatchObject([{ principals: "any" }]);
  });

  it("may have been, when memory does not tell which records were there before, as one of an older version", () => {
    const { earlierRecords: _, ...older } = memoryAfter(good, 1, emptyMemory("owner"), undefined, "7");
    expect(memoryAfter(ghost, 1, older)).toMatchObject({ earlierRecords: ["assignments/1"] });
  });

  it("may have been, when it holds what nobody is known to have asked for", () => {
    const before = memoryAfter(good, 1, emptyMemory("owner"), undefined, "7");
    const desired = stateOf(ghost, 1, before);
    const { ref } = assignmentRecord(ghost, { revision: 1 });
    const kept = {
      permissionSet: "ReadOnly",
      account: production,
      principal: { type: "USER", id: user("carol").id },
    } as const;
    const held = [{ target: kept, would: "delete", reason: "record-has-issues", records: [ref] }] as const;
    const pass = passOf({
      source: sourceOf([], [{ ref, fields: {} }]),
      desired,
      actual: actualState(),
      plan: { ...planOf([]), held },
      ...(before.writtenBy && { begunAfter: before.writtenBy }),
    });
    const { requests, earlierRecords } = rememberPass(before, pass, now, guardLimits);
    expect(requests).not.toHaveProperty("assignments/1");
    expect(earlierRecords).toEqual(["assignments/1"]);
  });
});

it("A record that is gone is forgotten", () => {
  const memory = rememberPass(memoryAfter(good, 1), passOf(), now, guardLimits);
  expect(memory.requests).toEqual({});
});
