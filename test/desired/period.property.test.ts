import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultMapping } from "../../src/model/fields.ts";
import { emptyMemory } from "../../src/model/memory.ts";
import { decodeAssignmentRecord } from "../../src/records/decode-assignment.ts";
import { managedSet, now, rawAssignment, tokyo } from "../builders.ts";
import { actualState, assignmentRecord, desiredState, directory, permissionSetRecord } from "../builders.ts";

type Values = Parameters<typeof assignmentRecord>[0];

const permissionSets = [permissionSetRecord()];
const minuteMs = 60_000;
const at = (minutes: number): string => new Date(now + minutes * minuteMs).toISOString();

function stateOf(values: Values) {
  return desiredState({ permissionSets, assignments: [assignmentRecord(values)] });
}

describe("a record with a period", () => {
  it("stands for what it asks for from the minute of its beginning to the minute of its end, and for nothing else", () => {
    const minute = fc.integer({ min: -3_000, max: 3_000 });
    fc.assert(
      fc.property(fc.option(minute), fc.option(minute), (starts, expires) => {
        fc.pre(starts === null || expires === null || starts < expires);
        const bound = (one: number | null) => (one === null ? "" : at(one));
        const { assignments, heldAssignments, timed, issues } = stateOf({
          starts: bound(starts),
          expires: bound(expires),
        });
        const isInForce = (starts === null || starts <= 0) && (expires === null || expires > 0);
        expect(assignments).toHaveLength(isInForce ? 1 : 0);
        expect(heldAssignments).toEqual([]);
        expect(issues).toEqual([]);
        const isTimed = starts !== null || expires !== null;
        const state = isInForce ? "in-force" : expires !== null && expires <= 0 ? "over" : "not-begun";
        expect(timed.map((one) => one.state)).toEqual(isTimed ? [state] : []);
      }),
    );
  });

  it("is held and grants nothing while one of its ends cannot be read", () => {
    for (const values of [{ expires: "31 March" }, { starts: "2027-02-31" }]) {
      const { assignments, heldAssignments } = stateOf(values);
      expect(assignments).toEqual([]);
      expect(heldAssignments).toMatchObject([{ reason: "record-has-issues" }]);
    }
  });
});

describe("a record that is over", () => {
  it("holds nothing and tells nobody of what else is wrong with it", () => {
    const state = stateOf({ expires: at(-1), accounts: "Nowhere", users: ["nobody"], permissionSet: "?" });
    expect(state.heldAssignments).toEqual([]);
    expect(state.issues).toEqual([]);
    expect(state.waiting).toEqual([]);
    expect(state.namedPermissionSets.size).toBe(0);
  });

  it("is remembered as one that asks for nothing", () => {
    expect(stateOf({ expires: at(-1) }).requests).toEqual({
      "assignments/1": { revision: 2, permissionSets: [], accounts: [], principals: [] },
    });
  });
});

describe("a record that has not begun", () => {
  it("waits for nobody, and says what is wrong with it before it begins", () => {
    const actual = actualState({ permissionSets: [managedSet("ReadOnly")], directory: directory() });
    const values = { starts: at(60), users: ["anna", "newcomer"], accounts: "Production\nNowhere" };
    const { issues, waiting } = desiredState({
      permissionSets,
      assignments: [assignmentRecord(values)],
      actual,
    });
    expect(waiting).toEqual([]);
    expect(issues.map(({ code }) => code)).toEqual(["account.unknown"]);
  });
});

describe("clocks that are more than five minutes apart", () => {
  const state = (values: Values, clockAheadMs: number) =>
    desiredState({ permissionSets, assignments: [assignmentRecord(values)], clockAheadMs });

  it("begin nothing and end nothing, whichever of them is wrong", () => {
    for (const ahead of [-6, 6, -1_440, 1_440]) {
      for (const values of [{ starts: at(3) }, { starts: at(-3) }, { expires: at(3) }, { expires: at(-3) }]) {
        const { assignments, heldAssignments, issues, requests } = state(values, ahead * minuteMs);
        const isInForceByBoth = [0, ahead].every(
          (shift) =>
            (values.starts === undefined || Date.parse(values.starts) <= now + shift * minuteMs) &&
            (values.expires === undefined || Date.parse(values.expires) > now + shift * minuteMs),
        );
        expect(assignments).toHaveLength(isInForceByBoth ? 1 : 0);
        expect(heldAssignments.map(({ reason }) => reason)).toEqual(isInForceByBoth ? [] : ["clocks-apart"]);
        expect(issues).toEqual([]);
        expect(Object.keys(requests)).toHaveLength(isInForceByBoth ? 1 : 0);
      }
    }
  });

  it("leave every other record alone", () => {
    expect(state({}, 86_400_000).assignments).toHaveLength(1);
    expect(state({ starts: at(-9_999), expires: at(9_999) }, 600_000).assignments).toHaveLength(1);
  });

  it("and clocks that are closer than that go by ours", () => {
    expect(state({ expires: at(-1) }, -4 * minuteMs).heldAssignments).toEqual([]);
  });
});

describe("an app that has lost its field for ends", () => {
  const { expires: _expires, ...fields } = rawAssignment().fields;
  const record = decodeAssignmentRecord({ ...rawAssignment(), fields }, defaultMapping.assignments, tokyo);
  const end = { expires: at(99), since: at(-99), assignments: 1 };
  const memory = { ...emptyMemory("owner"), ends: { "assignments/1": end } };

  it("holds the records that had one, instead of giving them for ever what they had for a time", () => {
    const { assignments, heldAssignments } = desiredState({ permissionSets, assignments: [record], memory });
    expect(assignments).toEqual([]);
    expect(heldAssignments).toMatchObject([{ reason: "end-unknown" }]);
  });

  it("changes nothing for those that had none, and nothing where the configuration wants no such field", () => {
    expect(desiredState({ permissionSets, assignments: [record] }).assignments).toHaveLength(1);
    const mapping = { ...defaultMapping.assignments, expires: null };
    const wanted = decodeAssignmentRecord({ ...rawAssignment(), fields }, mapping, tokyo);
    expect(desiredState({ permissionSets, assignments: [wanted], memory }).assignments).toHaveLength(1);
  });
});
