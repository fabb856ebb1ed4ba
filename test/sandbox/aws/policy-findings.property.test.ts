import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { findInPolicy } from "../../../src/sandbox/aws/access-analyzer/policy-findings.ts";

/** Whether a text is refused as something that is not JSON. */
function isSyntaxError(text: string): boolean {
  return findInPolicy(text).some(({ issueCode }) => issueCode === "JSON_SYNTAX_ERROR");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const action = fc.oneof(fc.constantFrom("s3:GetObject", "nowhere:Get", "iam:PassRole", "*"), fc.string());
const statement = fc.record(
  {
    Effect: fc.constantFrom("Allow", "allow", "Deny"),
    Action: fc.oneof(action, fc.array(action, { maxLength: 3 })),
    Resource: fc.constant("*"),
  },
  { requiredKeys: [] },
);
const policy = fc.record(
  {
    Version: fc.constantFrom("2012-10-17", "2012-10-18"),
    Statement: fc.oneof(statement, fc.array(statement, { maxLength: 3 })),
  },
  { requiredKeys: [] },
);

describe("A finding of the sandbox's Access Analyzer", () => {
  test("stands where the element at the end of its path stands in the text", () => {
    fc.assert(
      fc.property(policy, fc.constantFrom(0, 1, 2), (document, indent) => {
        const text = JSON.stringify(document, undefined, indent);
        for (const { path, start, end } of findInPolicy(text)) {
          const element = path.reduce<unknown>(
            (value, step) => Reflect.get(Object(value) as object, "value" in step ? step.value : step.index),
            document,
          );
          expect(JSON.parse(text.slice(start, end))).toEqual(element);
        }
      }),
    );
  });

  test("says that a text is no JSON exactly when JSON.parse refuses it, at a place in the text", () => {
    const damaged = fc
      .tuple(policy, fc.nat(), fc.constantFrom("", ",", "}", "]", '"', "\\", "x", "0", "/**/"))
      .map(([value, seed, inserted]) => {
        const text = JSON.stringify(value);
        const at = seed % text.length;
        return text.slice(0, at) + inserted + text.slice(at + 1);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        expect(isSyntaxError(text)).toBe(!isJson(text));
        for (const { start, end } of findInPolicy(text)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});
