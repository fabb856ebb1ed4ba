import { describe, expect, it } from "vitest";
import type { Progress } from "../../src/apply/apply-plan.ts";
import { showProgress } from "../../src/process/show-progress.ts";

/** What is shown of changes that end one after another, those with these numbers failed. */
function shown(
  total: number,
  isInteractive: boolean,
  failing: readonly number[] = [],
  secondsEach = 0,
): readonly string[] {
  const lines: string[] = [];
  const say = (text: string): void => void lines.push(`${text}\n`);
  const show: (progress: Progress) => void = showProgress(
    { say, isInteractive },
    { write: (text) => lines.push(text) },
  );
  for (let finished = 1; finished <= total; finished += 1) {
    const failed = failing.filter((number) => number <= finished).length;
    show({ finished, total, failed, remainingMs: (total - finished) * secondsEach * 1_000 });
  }
  return lines;
}

describe("progress in a log", () => {
  it("is a plain line every tenth, from the first change to the last", () => {
    expect(shown(100, false)).toEqual(
      ["1", "10", "20", "30", "40", "50", "60", "70", "80", "90", "100"].map((done) => `${done}/100\n`),
    );
  });

  it("is at most eleven lines, however many changes there are", () => {
    expect(shown(5_000, false)).toHaveLength(11);
  });

  it("is a line for each of a few changes", () => {
    expect(shown(3, false)).toEqual(["1/3\n", "2/3\n", "3/3\n"]);
  });

  it("is one line for one change", () => {
    expect(shown(1, false)).toEqual(["1/1\n"]);
  });

  it("says how much longer it will take, in minutes and seconds, while that is worth saying", () => {
    expect(shown(3, false, [], 45)).toEqual(["1/3 ≈ 1:30\n", "2/3 ≈ 0:45\n", "3/3\n"]);
  });

  it("counts failures", () => {
    expect(shown(2, false, [2])).toEqual(["1/2\n", "2/2 (✗ 1)\n"]);
  });
});

describe("progress on a terminal", () => {
  it("is one bar that is drawn over itself and ends its line when it is full", () => {
    const frames = shown(4, true, [3]);
    expect(frames).toEqual([
      `\r${"█".repeat(8)}${"░".repeat(22)} 1/4`,
      `\r${"█".repeat(15)}${"░".repeat(15)} 2/4`,
      `\r${"█".repeat(23)}${"░".repeat(7)} 3/4 (✗ 1)`,
      `\r${"█".repeat(30)} 4/4 (✗ 1)\n`,
    ]);
  });
});
