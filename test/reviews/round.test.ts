import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCsv } from "../../src/model/csv.ts";
import {
  addRemovals,
  changedSinceFinished,
  collectDecisions,
  readAuditedRemovals,
} from "../../src/reviews/collect-decisions.ts";
import {
  countRound,
  decodeRound,
  encodeRound,
  type ReviewRound,
  startRound,
} from "../../src/reviews/round.ts";
import { readSheet, renderSheet } from "../../src/reviews/sheet.ts";
import { hostileTexts } from "../corpus/hostile-texts.ts";
import { bigAccessReport, namedAccessReport } from "../report/who-has-what/access-samples.ts";

const startMs = Date.UTC(2026, 10, 28);
const report = bigAccessReport();
const small = { ...report, access: report.access.slice(0, 6) };
const begin = (): ReviewRound => startRound(small, "2026-12-31", startMs);

/** The sheet as somebody filled it in: what is written in each line, in order. */
function fillIn(round: ReviewRound, written: readonly (readonly [string, string, string])[]): string {
  const [head = [], ...rows] = parseCsv(renderSheet(round));
  const filled = rows.map((row, index) => [...row.slice(0, -3), ...(written[index] ?? row.slice(-3))]);
  return [head, ...filled]
    .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","))
    .join("\r\n");
}

const collected = (round: ReviewRound, sheet: string, nowMs = startMs): ReviewRound => {
  const { entries, problems } = readSheet(sheet, round);
  expect(problems).toEqual([]);
  return collectDecisions(round, entries, nowMs);
};

describe("a round of reviews", () => {
  it("has one line for each access, and never two for one", () => {
    const round = startRound(report, "2026-12-31", startMs);
    expect(round.lines).toHaveLength(report.access.length);
    expect(new Set(round.lines.map(({ key }) => key)).size).toBe(report.access.length);
    expect(round.population).toEqual({ count: report.access.length, hash: report.hash });
    const twice = startRound(
      { ...report, access: [...report.access, ...report.access] },
      "2026-12-31",
      startMs,
    );
    expect(twice.lines).toEqual(round.lines);
  });

  it("comes out of its file as it went in, and is not taken when somebody changed it by hand", () => {
    const text = encodeRound(begin());
    expect(decodeRound(text)).toEqual(begin());
    expect(decodeRound(text.replace("2026-12-31", "2027-12-31"))).toBe("changed-by-hand");
    expect(decodeRound(text.slice(1))).toBe("unreadable");
    expect(decodeRound("{}")).toBe("unreadable");
  });

  it("takes over what the sheet says, in English or Japanese, and keeps since when it does", () => {
    const written = [
      ["keep", "bob", ""],
      ["Remove", "bob", "left the team"],
      ["外す", "花子", "異動"],
      ["要確認", "花子", ""],
    ] as const;
    const first = collected(begin(), fillIn(begin(), written));
    expect(first.lines.map(({ decision }) => decision?.decision)).toEqual([
      "keep",
      "remove",
      "remove",
      "ask",
      undefined,
      undefined,
    ]);
    expect(countRound(first.lines)).toMatchObject({
      all: 6,
      undecided: 2,
      decided: { keep: 1, remove: 2, ask: 1 },
    });
    const later = startMs + 86_400_000;
    const changed = [
      ["keep", "bob", ""],
      ["keep", "bob", "came back"],
    ] as const;
    const second = collected(first, fillIn(first, changed), later);
    expect(second.lines[0]?.decision?.at).toBe(new Date(startMs).toISOString());
    expect(second.lines[1]?.decision).toMatchObject({ decision: "keep", at: new Date(later).toISOString() });
    expect(collected(second, fillIn(second, []), later + 1)).toEqual(second);
  });

  it("says of each line why it is not taken", () => {
    const sheet = fillIn(begin(), [
      ["delete it", "bob", ""],
      ["keep", "", ""],
    ]);
    const [head = "", ...rows] = sheet.split("\r\n");
    const strange = (rows[5] ?? "").replace(/"a-[^"]*"/u, '"a-other"');
    const problems = readSheet([head, ...rows.slice(0, 5), strange, rows[2]].join("\n"), begin()).problems;
    expect(problems).toEqual([
      { kind: "not-a-decision", line: 2, text: "delete it" },
      { kind: "no-reviewer", line: 3 },
      { kind: "unknown-key", line: 7 },
      { kind: "twice", lines: [4, 8] },
    ]);
    expect(readSheet("a,b\n1,2", begin()).problems).toEqual([
      { kind: "no-column", columns: ["key", "decision", "reviewer", "comment"] },
    ]);
  });

  it("is finished when all is decided, and what was decided then stays", () => {
    const all = Array.from({ length: 6 }, () => ["keep", "bob", ""] as const);
    const finished = collected(begin(), fillIn(begin(), all));
    expect(finished.finishedAt).toBe(new Date(startMs).toISOString());
    const otherwise = fillIn(finished, [...all.slice(0, 5), ["remove", "eve", ""]]);
    expect(changedSinceFinished(finished, readSheet(otherwise, finished).entries)).toEqual([7]);
    expect(collected(finished, otherwise)).toEqual(finished);
  });

  it("notes a removal with its request beside the decision that asked for it, and no other", () => {
    const round = collected(
      begin(),
      fillIn(begin(), [
        ["remove", "bob", ""],
        ["keep", "bob", ""],
      ]),
    );
    const entryOf = (line: ReviewRound["lines"][number] | undefined, overrides: object = {}): string =>
      JSON.stringify({
        kind: "unassign",
        status: "applied",
        at: "2026-11-30T01:00:00.000Z",
        runId: "run-1",
        requestId: "request-1",
        target: { account: line?.account, permissionSet: line?.permissionSet, principal: line?.principal },
        ...overrides,
      });
    const [gone, kept] = round.lines;
    const audit = [
      entryOf(gone, { at: "2026-11-01T00:00:00.000Z", requestId: "before the round" }),
      entryOf(gone, { status: "failed" }),
      "not JSON",
      "null",
      entryOf(gone),
      entryOf(kept),
    ].join("\n");
    const noted = addRemovals(round, readAuditedRemovals(audit));
    expect(noted.lines[0]?.removal).toEqual({
      at: "2026-11-30T01:00:00.000Z",
      runId: "run-1",
      requestId: "request-1",
    });
    expect(noted.lines.filter(({ removal }) => removal !== undefined)).toHaveLength(1);
    expect(decodeRound(encodeRound(noted))).toEqual(noted);
  });

  it("comes to the same however often and in whatever steps it is collected", () => {
    const answers = fc.constantFrom<readonly [string, string, string]>(
      ["", "", ""],
      ["keep", "bob", ""],
      ["remove", "eve", "left"],
      ["ask", "bob", "?"],
    );
    fc.assert(
      fc.property(fc.array(fc.array(answers, { minLength: 6, maxLength: 6 }), { minLength: 1 }), (steps) => {
        let round = begin();
        for (const written of steps) {
          if (round.finishedAt === undefined) round = collected(round, fillIn(round, written));
          expect(decodeRound(encodeRound(round))).toEqual(round);
          expect(round.lines.map(({ key }) => key)).toEqual(begin().lines.map(({ key }) => key));
          expect(collected(round, renderSheet(round))).toEqual(round);
        }
      }),
    );
  });
});

describe("a hostile text", () => {
  it("is no formula in the sheet, and takes no line of its own", () => {
    for (const text of hostileTexts) {
      const round = startRound(namedAccessReport(text), "2026-12-31", startMs);
      const rows = parseCsv(renderSheet(round)).filter((row) => row.length > 1);
      expect(rows).toHaveLength(2);
      for (const cell of rows[1] ?? []) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠|%]/u);
    }
  });
});
