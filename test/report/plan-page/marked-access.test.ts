import { describe, expect, it } from "vitest";
import { pageDataOf } from "../../../src/report/access-page/page-data.ts";
import { markAccess } from "../../../src/report/plan-page/marked-access.ts";
import { renderPlanPage } from "../../../src/report/plan-page/render-plan-page.ts";
import { now, owner, recordRef, recordUrl } from "../../builders.ts";
import { reportOf } from "../builders.ts";
import { companyPass } from "../company-pass.ts";

const reader = { language: "en", timeZone: "Asia/Tokyo" } as const;
const context = {
  nowMs: now,
  owner,
  recordUrl: (record: Parameters<typeof recordRef>[0]) => recordUrl(recordRef(record)),
};

describe("all access with the changes of a plan", () => {
  it("holds what stands as well, marks what is added and removed, and has what changes first", async () => {
    const pass = await companyPass({ mode: "plan" });
    const { report, marks } = markAccess(pass, context);
    const data = pageDataOf(report, reader, marks);
    const count = (kind: string) => pass.plan.changes.filter((change) => change.kind === kind).length;
    const marked = data.lines.map((line) => line[9]);
    expect(count("assign")).toBeGreaterThan(0);
    expect(count("unassign")).toBeGreaterThan(0);
    expect([0, 1].map((mark) => marked.filter((one) => one === mark).length)).toEqual([
      count("assign"),
      count("unassign"),
    ]);
    const stands = pass.actual.assignments.length - count("unassign");
    expect(marked.filter((one) => one < 0)).toHaveLength(stands);
    expect(marked.findLastIndex((one) => one >= 0)).toBe(count("assign") + count("unassign") - 1);
  });

  it("stands below the plan, in data of its own", async () => {
    const pass = await companyPass({ mode: "plan" });
    const html = renderPlanPage(reportOf(pass), reader, markAccess(pass, context));
    const [, below = ""] = /id="below">(.*?)<\/script>/su.exec(html) ?? [];
    expect(below).not.toMatch(/[<>&]/u);
    expect(JSON.parse(below)).toMatchObject({ isBelow: true, marks: ["+ added", "− removed"] });
    expect(html.match(/<script/gu)).toHaveLength(3);
  });
});
