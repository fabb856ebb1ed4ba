import type { Mutant } from "./mutant.ts";

const guardrails = ["test/desired/guardrails.test.ts"];

export const guardrailMutants: readonly Mutant[] = [
  {
    name: "guardrails that deny by default need no rule",
    file: "src/desired/guardrails.ts",
    before: 'rules.length === 0 && otherwise === "allow"',
    after: 'rules.length === 0 && otherwise !== ""',
    run: guardrails,
    fails: "the default of the guardrails denies what no rule allows, and names no rule",
  },
  {
    name: "what guardrails deny is not granted",
    file: "src/desired/guardrails.ts",
    before: "by === undefined ? [assignment] : []",
    after: "by === undefined ? [assignment] : [assignment]",
    run: guardrails,
    fails: "a guardrail that denies keeps what it names from being created",
  },
  {
    name: "a guardrail is for its people",
    file: "src/desired/guardrails.ts",
    before: "principals.has(principalKey(principal))",
    after: "principal.id.length > 0",
    run: guardrails,
    fails: "a guardrail that denies leaves everything else alone: another user",
  },
  {
    name: "a guardrail is for its permission sets",
    file: "src/desired/guardrails.ts",
    before: "matchesName([given.get(name) ?? name], names)",
    after: "name.length > 0",
    run: guardrails,
    fails: "a guardrail that denies leaves everything else alone: the right account but another set",
  },
  {
    name: "a guardrail for a group is for the group itself",
    file: "src/desired/guardrails.ts",
    before: '[...found, ...around].map(({ id }) => principalKey({ type: "GROUP", id })),',
    after: 'around.map(({ id }) => principalKey({ type: "GROUP", id })),',
    run: guardrails,
    fails: "a guardrail that denies means the group itself, and users who are members of several",
  },
  {
    name: "a customer managed policy may make administrators",
    file: "src/desired/guardrails.ts",
    before: "unknownPolicies(definition, guardrails).length === 0;",
    after: "definition.managedPolicies.length < 99;",
    run: guardrails,
    fails: "may be any with customer managed policies, unless the configuration knows them for ordinary",
  },
  {
    name: "what enforced guardrails deny is removed",
    file: "src/desired/guardrails.ts",
    before: "isEnforced: guardrails.enforce",
    after: "isEnforced: false",
    run: guardrails,
    fails: "existing access that a guardrail denies is removed with `enforce: true`",
  },
  {
    name: "no record keeps what enforced guardrails deny",
    file: "src/plan/plan-assignments.ts",
    before: "if (denied !== undefined) return holdDenied(denied);",
    after: "",
    run: guardrails,
    fails: "is removed with `enforce: true` whatever would keep it: a record that cannot be read",
  },
];
