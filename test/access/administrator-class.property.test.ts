import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { type AdministratorClass, classify } from "../../src/access/administrator-class.ts";
import { definition } from "../builders.ts";
import { dangerousActions, harmlessActions, runningActions } from "../corpus/dangerous-actions.ts";
import published from "../corpus/published-paths.json" with { type: "json" };
import { someOf } from "../share.ts";

const rank: Readonly<Record<AdministratorClass, number>> = {
  ordinary: 0,
  "runs-as-other-roles": 1,
  unknown: 2,
  administrator: 3,
};

const rankOf = (inlinePolicy: string) => rank[classify(definition({ inlinePolicy }))];
const document = (Statement: unknown) => JSON.stringify({ Version: "2012-10-17", Statement });
const known = [
  ...dangerousActions,
  ...runningActions,
  ...harmlessActions,
  ...published.paths.flatMap(({ actions }) => actions),
];
const plainRanks = new Map(
  known.map((Action) => [Action, rankOf(document({ Effect: "Allow", Action, Resource: "*" }))] as const),
);

interface Disguise {
  readonly isUpper: boolean;
  readonly isEscaped: boolean;
  readonly wild: "none" | "one" | "tail" | "middle";
  readonly at: number;
}

const disguise: fc.Arbitrary<Disguise> = fc.record({
  isUpper: fc.boolean(),
  isEscaped: fc.boolean(),
  wild: fc.constantFrom("none", "one", "tail", "middle"),
  at: fc.nat(30),
});

/** The action as a pattern that still means it. */
function disguised(action: string, { isUpper, wild, at }: Disguise): string {
  const text = isUpper ? action.toUpperCase() : action.toLowerCase();
  const place = text.indexOf(":") + 1 + (at % (text.length - text.indexOf(":") - 1));
  if (wild === "one") return `${text.slice(0, place)}?${text.slice(place + 1)}`;
  if (wild === "tail") return `${text.slice(0, place)}*`;
  return wild === "middle" ? `${text.slice(0, place)}*${text.slice(place + 1)}` : text;
}

const escape = (text: string) =>
  Array.from(text, (one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`).join("");

describe("a disguise of a policy", () => {
  it("never gives it a class lower than that of its plain form", () => {
    const action = fc.constantFrom(...known);
    fc.assert(
      fc.property(fc.array(fc.tuple(action, disguise), { minLength: 1, maxLength: 3 }), (parts) => {
        const plain = Math.max(...parts.map(([one]) => plainRanks.get(one) ?? 0));
        const statements = parts.map(([one, how]) => {
          const text = disguised(one, how);
          return `{"Effect":"Allow","Action":"${how.isEscaped ? escape(text) : text}","Resource":["arn:aws:s3:::x","*"]}`;
        });
        const policy = `{"Version":"2012-10-17","Statement":[${statements.join(",")}]}`;
        expect(rankOf(policy)).toBeGreaterThanOrEqual(plain);
      }),
      { numRuns: someOf(5_000) },
    );
  });
});
