import { assert, nat, property } from "fast-check";
import { describe, expect, it } from "vitest";

import { formatIsoDuration, parseIsoDurationSeconds } from "../../src/model/duration.ts";

describe("an ISO 8601 duration", () => {
  it.each([
    ["PT8H", 28_800],
    ["PT1H30M", 5400],
    ["PT90M", 5400],
    ["PT3600S", 3600],
    ["PT0.5S", 0.5],
    ["P1D", 86_400],
    ["P1DT2H", 93_600],
    ["P2W", 1_209_600],
  ])("%s is %d seconds", (text, seconds) => {
    expect(parseIsoDurationSeconds(text)).toBe(seconds);
  });

  it.each([
    "",
    "P",
    "PT",
    "P1DT",
    "8",
    "8H",
    "pt8h",
    "PT8",
    "PT8H ",
    "PT1M1H",
    "P1Y",
    "P1M",
    "-PT8H",
    "PT8H\n",
  ])("%j is no session duration", (text) => {
    expect(parseIsoDurationSeconds(text)).toBeUndefined();
  });

  it.each([
    [28_800, "PT8H"],
    [5400, "PT1H30M"],
    [3605, "PT1H5S"],
    [0, "PT0S"],
  ])("%d seconds are written as %s", (seconds, text) => {
    expect(formatIsoDuration(seconds)).toBe(text);
  });

  it("means the same after it has been written and read", () => {
    assert(
      property(nat(10_000_000), (seconds) => {
        expect(parseIsoDurationSeconds(formatIsoDuration(seconds))).toBe(seconds);
      }),
    );
  });
});
