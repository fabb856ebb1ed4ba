import { describe, expect, it } from "vitest";
import { renderAnnotations } from "../../src/tell/github-annotations.ts";
import { renderGithubSummary } from "../../src/tell/github-summary.ts";
import { lastPassNote } from "../../src/report/last-pass-note.ts";
import { reportOf } from "./builders.ts";
import { companyPass } from "./company-pass.ts";

const startedAtMs = Date.parse("2026-11-20T09:00:00Z");
const goodPassAt = (at: string) => ({ lastGoodRead: { at, permissionSets: 1, assignments: 1 } });
const noteAfter = (at: string, language: "ja" | "en" = "en") =>
  lastPassNote(goodPassAt(at), { startedAtMs, language, timeZone: "Asia/Tokyo" });

describe("a report", () => {
  it("says when the last good pass is older than 30 minutes, and when it was", () => {
    const note = noteAfter("2026-11-20T08:29:59Z");
    expect(note).toEqual({
      code: "last-pass-late",
      message: expect.stringContaining("2026-11-20 17:29 JST") as string,
    });
    expect(noteAfter("2026-11-20T08:29:59Z", "ja")?.message).toMatch(/2026-11-20 17:29 JST.*30分/u);
  });

  it("says nothing about a pass that came in time, or of which nothing is known", () => {
    const told = { startedAtMs, language: "en", timeZone: "Asia/Tokyo" } as const;
    expect(noteAfter("2026-11-20T08:30:00Z")).toBeUndefined();
    expect(lastPassNote(undefined, told)).toBeUndefined();
    expect(lastPassNote({}, told)).toBeUndefined();
    expect(lastPassNote(goodPassAt("yesterday"), told)).toBeUndefined();
  });

  it("shows GitHub a late pass as a warning and in the summary", async () => {
    const note = noteAfter("2026-11-20T05:00:00Z");
    const report = reportOf(await companyPass());
    const late = { ...report, notes: [...report.notes, ...(note ? [note] : [])] };
    expect(renderAnnotations(late, "en").filter((line) => line.includes("stayed away"))).toEqual([
      expect.stringMatching(/^::warning .*2026-11-20 14:00 JST/u),
    ]);
    expect(renderAnnotations(report, "en").filter((line) => line.includes("stayed away"))).toEqual([]);
    expect(renderGithubSummary(late, "en")).toContain("14:00");
  });
});
