import { describe, expect, it } from "vitest";

import { classify } from "../../src/access/administrator-class.ts";
import { definition } from "../builders.ts";
import published from "../corpus/published-paths.json" with { type: "json" };

const withActions = (actions: readonly string[]) =>
  classify(
    definition({
      inlinePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: actions.map((Action) => ({ Effect: "Allow", Action, Resource: "*" })),
      }),
    }),
  );

describe("of the published ways to escalate privileges", () => {
  const existing = published.paths.filter(({ category }) => category === "existing-passrole");
  const needsNone = published.paths.filter(
    ({ category, actions }) =>
      category !== "existing-passrole" && actions.some((action) => /^(iam|sts):/u.test(action)),
  );

  it("65 are known", () => {
    expect(published.paths).toHaveLength(65);
  });

  it.each(needsNone)(
    "$id, which needs no service that has a role already, is the administrator class",
    (one) => {
      expect(withActions(one.actions)).toBe("administrator");
    },
  );

  it.each(existing)("$id, which runs as a role that a service has already, is told", (one) => {
    expect(withActions(one.actions)).toBe("runs-as-other-roles");
  });

  it.each(published.paths)("$id is never ordinary", ({ actions }) => {
    expect(withActions(actions)).not.toBe("ordinary");
  });
});
