import { describe, expect, it } from "vitest";
import { permissionSetName } from "../../src/model/ids.ts";
import type { Plan } from "../../src/model/plan.ts";
import { judgedIncidents } from "../../src/tell/incidents.ts";
import { passOf, planOf, reportOf } from "../report/builders.ts";
import { failedReport, incidentsIn, layOut } from "./incident-samples.ts";

const doubtful = (overrides: Partial<Plan>) => reportOf(passOf({ plan: planOf([], overrides) }));
const target = { permissionSet: permissionSetName("Legacy") };

describe("permission sets with our tags that may not be ours", () => {
  it("are one incident, which says what to do", () => {
    const [incident, ...others] = incidentsIn(
      doubtful({
        unmanaged: [
          { target, reason: "tag-appeared" },
          { target: { permissionSet: "Theirs" }, reason: "not-ours" },
        ],
        held: [
          { target: { permissionSet: "Copy" }, would: "delete", reason: "ownership-unproven", records: [] },
        ],
      }),
    );
    expect(others).toEqual([]);
    if (incident === undefined) throw new Error("There must be an incident.");
    expect(incident.key).toBe("ownership-doubtful");
    expect(layOut(incident.message)).toMatchInlineSnapshot(`
      "⚠️ kintone-sso-sync: 2 permission sets carry our tags, and nothing proves that they are ours

      Legacy: somebody else has put our owner tag on it: not managed until it is adopted

      Copy: its tags do not prove that this service made it: no record tag, or another set has the same one; remove the tag kintone-sso-sync:owner from it, or delete it

      They are left alone. Find out in CloudTrail who called TagResource. To manage a set whose record is right, run kintone-sso-sync adopt NAME; otherwise remove the tag kintone-sso-sync:owner from it."
    `);
  });

  it("are no incident where every other set is just somebody else's", () => {
    expect(incidentsIn(doubtful({ unmanaged: [{ target, reason: "not-ours" }] }))).toEqual([]);
  });

  it("are over once a pass sees none, and not when it could not read", () => {
    expect(judgedIncidents(doubtful({}))).toContain("ownership-doubtful");
    expect(judgedIncidents(failedReport())).not.toContain("ownership-doubtful");
  });
});
