import { describe, expect, it } from "vitest";

import type { HeldAssignments } from "../../src/model/desired-state.ts";
import { judgedIncidents } from "../../src/tell/incidents.ts";
import { desiredState, recordRef } from "../builders.ts";
import { passOf, reportOf } from "../report/builders.ts";
import { failedReport, incidentsIn, layOut } from "./incident-samples.ts";

const unreadable: HeldAssignments = {
  record: recordRef({ app: "assignments", id: "3" }),
  reason: "record-has-issues",
  permissionSets: "any",
  accounts: "any",
  principals: "any",
};
const holding = (...heldAssignments: readonly HeldAssignments[]) =>
  reportOf(passOf({ desired: { ...desiredState(), heldAssignments } }));

describe("a record of which nothing can be told", () => {
  it("is told to operators, each record once: nothing is removed as long as it stays so", () => {
    const [incident, ...others] = incidentsIn(holding(unreadable, unreadable));
    expect(others).toEqual([]);
    if (incident === undefined) throw new Error("There must be an incident.");
    expect(layOut(incident.message)).toMatchInlineSnapshot(`
      "⚠️ kintone-sso-sync: nothing is removed, because nothing can be told of 1 record

      <https://example.cybozu.com/k/11/show#record=3>

      Whatever they asked for before may be theirs: until they are corrected or deleted, no assignment and no permission set is removed, whoever asks for it. Grants go on."
    `);
  });

  it("is a note of the report, with the record's address", () => {
    const { notes } = holding(unreadable);
    expect(notes).toMatchObject([{ code: "removals-held", record: "3" }]);
    expect(notes[0]?.url).toContain("3");
    expect(notes[0]?.message).toContain("nothing is removed from anybody");
  });

  it("is none of which a part can still be told", () => {
    const accounts = new Set(["222222222222"]);
    expect(incidentsIn(holding({ ...unreadable, accounts }))).toEqual([]);
  });

  it("is over once a pass finds none, and not when it could not read", () => {
    expect(judgedIncidents(holding())).toContain("removals-held");
    expect(judgedIncidents(failedReport())).not.toContain("removals-held");
  });
});
