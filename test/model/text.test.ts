import { describe, expect, it } from "vitest";

import { foldCase, normalizeName, positionAt, shorten, splitLine, splitLines } from "../../src/model/text.ts";

describe("a name as it is compared", () => {
  it.each([
    ["ＡＢＣ１２３", "ABC123"],
    ["ｶﾞｲﾊﾂ", "ガイハツ"],
    ["a\u3000b\u00A0c\u2009d", "a b c d"],
    ["\uFEFF\u3000 name \r\n", "name"],
    ["Cafe\u0301", "Café"],
    ["Team™ ① 𝐁 ﬁ ㈱", "Team™ ① 𝐁 ﬁ ㈱"],
    ["a\u200Bb", "a\u200Bb"],
  ])("reads %j as %j", (typed, expected) => {
    expect(normalizeName(typed)).toBe(expected);
  });

  it("stays as it is when it is normalised again", () => {
    for (const text of ["ＡＢ　Ｃ", "ｶﾞ ", "\uFEFFx\u00A0", "e\u0301"]) {
      expect(normalizeName(normalizeName(text))).toBe(normalizeName(text));
    }
  });

  it("has no case where users are concerned", () => {
    expect(foldCase("ＡＮＮＡ@Example.CO.JP ")).toBe("anna@example.co.jp");
  });
});

describe("the place of a character", () => {
  it.each([
    ["abc", 0, { line: 1, column: 1 }],
    ["abc", 2, { line: 1, column: 3 }],
    ["a\nbc", 3, { line: 2, column: 2 }],
    ["a\r\nbc", 3, { line: 2, column: 1 }],
    ["a\rbc", 2, { line: 2, column: 1 }],
    ["🙏🙏x", 4, { line: 1, column: 3 }],
    ["\n\n\n", 3, { line: 4, column: 1 }],
  ])("in %j at %i is %j", (text, offset, expected) => {
    expect(positionAt(text, offset)).toEqual(expected);
  });
});

describe("a value in a message", () => {
  it("is as typed up to the limit", () => {
    expect(shorten("a".repeat(100))).toBe("a".repeat(100));
  });

  it("is cut at the limit, and never inside a character", () => {
    expect(shorten("a".repeat(101))).toBe(`${"a".repeat(100)}…`);
    expect(shorten(`${"a".repeat(99)}🙏🙏`)).toBe(`${"a".repeat(99)}…`);
  });
});

describe("the entries of a text", () => {
  it("are separated by line ends and commas of every kind", () => {
    expect(splitLines("a\nb\r\nc\u2028d")).toEqual(["a", "b", "", "c", "d"]);
    expect(splitLine("a,b，c、d､e")).toEqual(["a", "b", "c", "d", "e"]);
  });
});
