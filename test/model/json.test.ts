import { describe, expect, it } from "vitest";

import { canonicalJson } from "../../src/model/json.ts";

describe("two JSON texts", () => {
  it.each([
    ["white space", '{"a":[1,2]}', ' {\n "a" : [ 1, 2 ]\t}'],
    ["the order of keys at every level", '{"a":{"x":1,"y":2},"b":3}', '{"b":3,"a":{"y":2,"x":1}}'],
    ["escapes", '{"a":"/é"}', String.raw`{"\u0061":"\/\u00e9"}`],
    ["the spelling of a number", '{"a":1000}', '{"a":1e3}'],
  ])("are one document when they differ in %s only", (_, one, other) => {
    expect(canonicalJson(one)).toBe(canonicalJson(other));
    expect(canonicalJson(one)).toBeDefined();
  });

  it.each([
    ["the order of a list", "[1,2]", "[2,1]"],
    ["a number and a text", '{"a":1}', '{"a":"1"}'],
    ["nothing and null", "{}", '{"a":null}'],
    ["a key named like the prototype", "{}", '{"__proto__":1}'],
  ])("are two documents when they differ in %s", (_, one, other) => {
    expect(canonicalJson(one)).not.toBe(canonicalJson(other));
  });

  it.each(["", "{", "undefined", "{'a':1}", "[1,]"])(
    "are no documents when they are no JSON, such as %j",
    (text) => {
      expect(canonicalJson(text)).toBeUndefined();
    },
  );

  it("are compared up to a depth of one hundred, however deep they are", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(canonicalJson(nested(100))).toBe(nested(100));
    expect(canonicalJson(nested(101))).toBeUndefined();
    expect(canonicalJson(nested(1_000_000))).toBeUndefined();
  });

  it("are not deep for brackets inside strings", () => {
    expect(canonicalJson(JSON.stringify('["\\['.repeat(200)))).toBeDefined();
  });
});
