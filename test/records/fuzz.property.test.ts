import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { defaultMapping } from "../../src/model/fields.ts";
import { holdsRecord, type Issue, type TextPosition } from "../../src/model/issue.ts";
import { decodeAssignmentRecord } from "../../src/records/decode-assignment.ts";
import { decodePermissionSetRecord } from "../../src/records/decode-permission-set.ts";
import { anyRecord, seed } from "../arbitrary-records.ts";
import { permissionSetRecord, tokyo } from "../builders.ts";
import { someOf } from "../share.ts";

const holdingFields = (issues: readonly Issue[]) =>
  new Set(issues.filter(({ code }) => holdsRecord(code)).map(({ field }) => field));

describe("whatever a record holds", () => {
  it("a permission-set record is either a draft or has an issue that holds it", () => {
    fc.assert(
      fc.property(anyRecord("permissionSets"), (raw) => {
        const { draft, name, issues } = decodePermissionSetRecord(raw, defaultMapping.permissionSets);
        const holding = holdingFields(issues);
        expect(draft === undefined).toBe(holding.size > 0);
        expect(name === undefined).toBe(holding.has("name"));
      }),
      { seed, numRuns: someOf(3_000) },
    );
  });

  it("a part of an assignment record is either read or has an issue that holds it", () => {
    fc.assert(
      fc.property(anyRecord("assignments"), (raw) => {
        const { issues, ref, ...parts } = decodeAssignmentRecord(raw, defaultMapping.assignments, tokyo);
        const holding = holdingFields(issues);
        expect(ref).toBe(raw.ref);
        const unread = (["permissionSet", "accounts", "users", "groups"] as const).filter(
          (field) => parts[field] === undefined,
        );
        expect([...holding]).toEqual(expect.arrayContaining(unread));
        const principals = [...(parts.users ?? []), ...(parts.groups ?? [])];
        expect(holding.size > 0 || principals.length > 0).toBe(true);
      }),
      { seed, numRuns: someOf(3_000) },
    );
  });

  it("every place that an issue names has a line and a column from one on", () => {
    fc.assert(
      fc.property(anyRecord("permissionSets"), (raw) => {
        const { issues } = decodePermissionSetRecord(raw, defaultMapping.permissionSets);
        for (const { params } of issues) {
          const { line = 1, column = 1 } = params as Partial<TextPosition>;
          expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
        }
      }),
      { seed: seed + 1, numRuns: someOf(1_000) },
    );
  });
});

const scalar = fc.oneof(fc.string({ unit: "grapheme-ascii", maxLength: 12 }), fc.nat(), fc.boolean());
const listOr = <Item>(item: fc.Arbitrary<Item>) =>
  fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }));
const action = fc.constantFrom("*", "s3:*", "s3:GetObject", "ec2:Describe?*", "sso-directory:List");
const resource = fc
  .string({ unit: "grapheme-ascii", maxLength: 20 })
  .map((rest) => (rest === "" ? "*" : `arn:aws:s3:::${rest}`));
const condition = fc.dictionary(
  fc.constantFrom("Bool", "StringEquals"),
  fc.dictionary(fc.constantFrom("aws:a", "aws:b"), listOr(scalar)),
);
const effect = fc.constantFrom("Allow", "Deny");
const statement = fc.oneof(
  fc.record({ Effect: effect, Action: listOr(action), Resource: listOr(resource) }),
  fc.record({
    Effect: effect,
    NotAction: listOr(action),
    NotResource: listOr(resource),
    Condition: condition,
  }),
);
/** Documents that IAM takes, printed in any of three ways. */
const policyText = fc
  .tuple(
    fc.record({ Version: fc.constant("2012-10-17"), Statement: listOr(statement) }),
    fc.constantFrom(0, 2, "\t"),
  )
  .map(([document, indent]) => JSON.stringify(document, null, indent));

describe("whatever an inline policy holds", () => {
  it("is accepted as the same document when IAM takes it", () => {
    fc.assert(
      fc.property(policyText, (text) => {
        const { draft, issues } = permissionSetRecord({ inlinePolicy: text });
        expect(issues).toEqual([]);
        expect(JSON.parse(draft?.inlinePolicy ?? "")).toEqual(JSON.parse(text));
      }),
      { seed, numRuns: someOf(1_000) },
    );
  });

  it("is a syntax error just when it is no JSON, wherever it was broken", () => {
    const inserted = fc.constantFrom("", "{", "}", "[", "]", '"', ",", ":", "'", "/", "*", "\\", " ", "\n");
    const splices = fc.array(fc.tuple(fc.nat(), fc.nat(3), inserted), { minLength: 1, maxLength: 3 });
    const broken = fc
      .tuple(policyText, splices)
      .map(([text, places]) =>
        places.reduce((before, [place, count, insert]) => {
          const at = place % before.length;
          return before.slice(0, at) + insert + before.slice(at + count);
        }, text),
      )
      .filter((text) => text.trim() !== "");
    fc.assert(
      fc.property(broken, (text) => {
        const { draft, issues } = permissionSetRecord({ inlinePolicy: text });
        const document = parseJson(text.trim());
        const isSyntaxError = issues.some(({ code }) => code === "policy.json-syntax");
        expect(isSyntaxError).toBe(document === undefined);
        expect(parseJson(draft?.inlinePolicy ?? "")).toEqual(draft === undefined ? undefined : document);
      }),
      { seed, numRuns: someOf(3_000) },
    );
  });

  it("is refused without running out of stack, however its brackets are nested", () => {
    const token = fc.constantFrom(
      "[",
      "]",
      "{",
      "}",
      '{"a":',
      '"',
      '"a"',
      ":",
      ",",
      "//",
      "/*",
      "*/",
      "\n",
      "1",
      "\\",
    );
    const soup = fc.array(fc.tuple(token, fc.constantFrom(1, 1, 2, 30, 4_000)), {
      minLength: 1,
      maxLength: 12,
    });
    const repeated = fc.tuple(fc.array(token, { minLength: 1, maxLength: 6 }), fc.constantFrom(1, 10, 3_000));
    const text = fc.oneof(
      soup.map((parts) => parts.map(([part, times]) => part.repeat(times)).join("")),
      repeated.map(([parts, times]) => parts.join("").repeat(times)),
    );
    fc.assert(
      fc.property(text, (inlinePolicy) => {
        fc.pre(inlinePolicy.trim() !== "");
        expect(permissionSetRecord({ inlinePolicy: inlinePolicy.slice(0, 32_768) }).draft).toBeUndefined();
      }),
      { seed, numRuns: someOf(1_000) },
    );
  });
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
