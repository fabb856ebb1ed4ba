import { describe, expect, it } from "vitest";
import { type ExitCodeOptions, exitCodeOf } from "../../src/report/exit-codes.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import { passOf, reportOf } from "./builders.ts";

function codeOf(result: RunReport["result"], issues: number, options: ExitCodeOptions = {}): number {
  const report = reportOf(passOf());
  return exitCodeOf({ ...report, result, counts: { ...report.counts, issues } }, options);
}

const plain = {};
const changesAreTwo = { changesAreTwo: true };
const strict = { strict: true };
const both = { changesAreTwo: true, strict: true };

describe("the exit code", () => {
  it.each([
    // result, issues, code: plain, with --exit-code, with --strict, with both
    ["in-sync", 0, [0, 0, 0, 0]],
    ["in-sync", 2, [0, 0, 4, 4]],
    ["applied", 0, [0, 0, 0, 0]],
    ["applied", 2, [0, 0, 4, 4]],
    ["removals-waiting", 0, [0, 2, 0, 2]],
    ["changes-pending", 0, [0, 2, 0, 2]],
    ["changes-pending", 2, [0, 2, 4, 2]],
    ["failed", 0, [1, 1, 1, 1]],
    ["failed", 2, [1, 1, 1, 1]],
    ["refused", 0, [3, 3, 3, 3]],
    ["refused", 2, [3, 3, 3, 3]],
    ["partly-applied", 0, [4, 4, 4, 4]],
    ["partly-applied", 2, [4, 4, 4, 4]],
  ] as const)("of %s with %i issues is %j: plain, --exit-code, --strict, both", (result, issues, codes) => {
    expect([plain, changesAreTwo, strict, both].map((options) => codeOf(result, issues, options))).toEqual(
      codes,
    );
  });
});
