import { describe, expect, it } from "vitest";

import { classify } from "../../src/access/administrator-class.ts";
import type { GuardrailRule, Guardrails } from "../../src/model/guardrail.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import {
  actualState,
  assignmentRecord,
  definition,
  desiredState,
  managedSet,
  owner,
  permissionSetRecord,
  rules,
} from "../builders.ts";
import { disguises } from "./disguises.ts";
import { plainAttacks, rareAttacks } from "./plain-attacks.ts";

const rule = (effect: GuardrailRule["effect"], administratorClass: boolean): GuardrailRule => ({
  name: "administrators",
  effect,
  administratorClass,
});
const strict: readonly Pick<Guardrails, "default" | "rules">[] = [
  { default: "deny", rules: [rule("allow", false)] },
  { default: "allow", rules: [rule("deny", true)] },
];

/** How many assignments a record gets that asks for a set with the policy, which stands in Identity Center already or not. */
function granted(inlinePolicy: string, own: Pick<Guardrails, "default" | "rules">, isThere: boolean): number {
  const config = {
    ...rules(),
    guardrails: { enforce: false, ordinaryPolicies: [], ...own },
  };
  const actual = actualState({
    permissionSets: isThere ? [managedSet("Dev", { definition: definition({ inlinePolicy }) })] : [],
  });
  const desired = desiredState({
    permissionSets: [permissionSetRecord({ name: "Dev", managedPolicies: "", inlinePolicy })],
    assignments: [assignmentRecord({ permissionSet: "Dev" })],
    actual,
    rules: config,
  });
  const { changes } = createPlan(desired, actual, { owner, ...config, unlistedAssignments: "remove" });
  return changes.filter(({ kind }) => kind === "assign").length;
}

describe("a policy that makes an administrator", () => {
  const tries = Object.entries(plainAttacks).flatMap(([what, plain]) =>
    Object.entries(disguises).map(([how, write]) => ({ what, how, inlinePolicy: write(plain) })),
  );

  it.each(tries)("by $what, $how, gets nobody past a guardrail", ({ inlinePolicy }) => {
    expect(classify(definition({ inlinePolicy }))).toBe("administrator");
    for (const own of strict) {
      expect([granted(inlinePolicy, own, false), granted(inlinePolicy, own, true)]).toEqual([0, 0]);
    }
  });
});

describe("a rare action that makes an administrator", () => {
  const ways = Object.entries(disguises);
  // Each in a few spellings, so that all spellings come in turn.
  const tries = rareAttacks.flatMap((plain, index) =>
    [0, 1, 2].map((turn) => {
      const [how = "", write = JSON.stringify] = ways[(index * 3 + turn) % ways.length] ?? [];
      return {
        what: plain.actions.join(" "),
        on: plain.resources.join(" "),
        how,
        inlinePolicy: write(plain),
      };
    }),
  );

  it.each(tries)("by $what on $on, $how, gets nobody past a guardrail", ({ inlinePolicy }) => {
    expect(classify(definition({ inlinePolicy }))).toBe("administrator");
    for (const own of strict) expect(granted(inlinePolicy, own, true)).toBe(0);
  });
});

describe("a customer managed policy that the configuration calls ordinary", () => {
  const team = "arn:aws:iam::123456789012:policy/Team";
  const rewriting = {
    "a new version of it": { Action: "iam:CreatePolicyVersion", Resource: team },
    "another default version of it": { Action: "iam:SetDefaultPolicyVersion", Resource: team },
    "a version by prefix": { Action: "iam:Set*", Resource: "arn:aws:iam::*:policy/*" },
    "a version by question marks": { Action: "i?m:CreatePolicyV?rsion", Resource: "*" },
    "it made anew": { Action: "iam:CreatePolicy", Resource: team },
    "all of IAM": { Action: "iam:*", Resource: team },
    "all but S3": { NotAction: "s3:*", Resource: team },
  };

  it.each(Object.entries(rewriting))("is none for a set that may write %s", (_what, statement) => {
    const inlinePolicy = JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", ...statement },
    });
    const config = {
      ...rules(),
      guardrails: {
        default: "allow",
        enforce: false,
        ordinaryPolicies: ["Team"],
        rules: [rule("deny", true)],
      } as const,
    };
    const ask = (values: Parameters<typeof permissionSetRecord>[0]): number => {
      const actual = actualState();
      const desired = desiredState({
        permissionSets: [
          permissionSetRecord({
            name: "Dev",
            managedPolicies: "",
            customerManagedPolicies: "Team",
            ...values,
          }),
        ],
        assignments: [assignmentRecord({ permissionSet: "Dev" })],
        actual,
        rules: config,
      });
      const plan = createPlan(desired, actual, { owner, ...config, unlistedAssignments: "remove" });
      return plan.changes.filter(({ kind }) => kind === "assign").length;
    };
    expect([ask({}), ask({ inlinePolicy })]).toEqual([1, 0]);
  });
});
