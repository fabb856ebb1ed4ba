import { describe, expect, it } from "vitest";

import { type Memory } from "../../src/model/memory.ts";
import { rememberPass } from "../../src/report/remember-pass.ts";
import { emptyMemory } from "../../src/model/memory.ts";
import {
  actualState,
  assignmentRecord,
  desiredState,
  guardLimits,
  now,
  permissionSetRecord,
} from "../builders.ts";
import { passOf, sourceOf } from "../report/builders.ts";

type Values = Parameters<typeof assignmentRecord>[0];

const permissionSets = [permissionSetRecord()];
const tooLong = "x".repeat(200_000);

function stateOf(values: Values, revision: number, memory?: Memory) {
  const assignments = [assignmentRecord(values, { revision })];
  return desiredState({ permissionSets, assignments, ...(memory === undefined ? {} : { memory }) });
}

/** What a pass over the one record leaves. */
function memoryAfter(values: Values, revision: number, before = emptyMemory("owner")): Memory {
  const desired = stateOf(values, revision, before);
  const { ref } = assignmentRecord(values, { revision });
  const source = sourceOf([], [{ ref, fields: {} }]);
  return rememberPass(before, passOf({ source, desired, actual: actualState() }), now, guardLimits);
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
    expect(state.heldAssignments).toMatchObject([{ record: { id: "1" }, ...known }]);
  });

  it("goes on doing so for as many passes and edits as it stays unusable", () => {
    let memory = memoryAfter(good, 1);
    for (const revision of [2, 2, 3, 4]) memory = memoryAfter(emptied, revision, memory);
    expect(stateOf(emptied, 5, memory).heldAssignments).toMatchObject([known]);
  });

  it("holds everything it may have granted when nothing is remembered", () => {
    const any = { permissionSets: "any", accounts: "any", principals: "any" };
    expect(stateOf(emptied, 2).heldAssignments).toMatchObject([any]);
    expect(stateOf(emptied, 2, emptyMemory("owner")).heldAssignments).toMatchObject([any]);
  });

  it("holds everything when a version in between may have been carried out by a pass that memory does not know", () => {
    const state = stateOf(emptied, 3, memoryAfter(good, 1));
    expect(state.heldAssignments).toMatchObject([{ permissionSets: "any", accounts: "any" }]);
  });

  it("holds everything when memory is newer than the record, as after a restored backup", () => {
    const state = stateOf(emptied, 1, memoryAfter(good, 2));
    expect(state.heldAssignments).toMatchObject([{ permissionSets: "any", accounts: "any" }]);
  });

  it("holds everything when memory is about another instance", () => {
    const memory = { ...memoryAfter(good, 1), instanceArn: "arn:aws:sso:::instance/ssoins-other" };
    expect(stateOf(emptied, 2, memory).heldAssignments).toMatchObject([{ principals: "any" }]);
  });
});

it("A record of which one part cannot be read any more holds what memory knows of that part, and what the others say", () => {
  const memory = memoryAfter(good, 1);
  const moved = stateOf({ users: ["anna", "ghost"], accounts: "Development" }, 2, memory);
  expect(moved.heldAssignments).toMatchObject([
    { accounts: new Set(["333333333333"]), principals: known.principals },
  ]);
  const unreadable = stateOf({ users: ["anna"], accounts: tooLong }, 2, memory);
  expect(unreadable.heldAssignments).toMatchObject([
    { accounts: known.accounts, principals: new Set(["USER/user-anna"]) },
  ]);
});

it("A record that was never right is not remembered, and one that is gone is forgotten", () => {
  expect(memoryAfter(emptied, 1).requests).toEqual({});
  const memory = rememberPass(memoryAfter(good, 1), passOf(), now, guardLimits);
  expect(memory.requests).toEqual({});
});
