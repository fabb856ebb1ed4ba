import { describe, expect, it } from "vitest";

import type { ActualState } from "../../src/model/actual-state.ts";
import type { GuardrailRule, Guardrails } from "../../src/model/guardrail.ts";
import type { PermissionSetDefinition } from "../../src/model/permission-set.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import {
  actualState,
  assignmentOf,
  assignmentRecord,
  definition,
  desiredState,
  development,
  group,
  managedSet,
  owner,
  permissionSetRecord,
  production,
  rules,
  user,
} from "../builders.ts";

const [anna, ben] = [user("anna"), user("ben")];
const policyArn = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const noAdministrators: GuardrailRule = {
  name: "no administrators in production",
  effect: "deny",
  administratorClass: true,
  accounts: ["Production"],
};
const boundary = { kind: "aws-managed" as const, arn: policyArn("PowerUserAccess") };
const customerManaged = (name: string) => ({ name, path: "/" });

interface Given {
  readonly before?: Partial<PermissionSetDefinition>;
  /** Fields of the set's record. */
  readonly record?: Parameters<typeof permissionSetRecord>[0];
  readonly holders?: ActualState["assignments"];
  readonly guardrails?: Partial<Guardrails>;
  readonly asks?: Parameters<typeof assignmentRecord>[0];
}

/** What becomes of a set, Deploy, that people have already, when its record is edited. */
function edit({
  before = {},
  record = { managedPolicies: "AdministratorAccess" },
  holders = [assignmentOf("Deploy", production, anna)],
  guardrails = {},
  asks = {},
}: Given) {
  const own = { default: "allow" as const, enforce: false, ordinaryPolicies: [], rules: [noAdministrators] };
  const config = { ...rules(), guardrails: { ...own, ...guardrails } };
  const provisionedAccounts = [...new Set(holders.map(({ account }) => account))];
  const existing = managedSet("Deploy", { definition: definition(before), provisionedAccounts });
  const state = actualState({ permissionSets: [existing], assignments: holders });
  const desired = desiredState({
    permissionSets: [permissionSetRecord({ name: "Deploy", ...record })],
    assignments: [assignmentRecord({ permissionSet: "Deploy", ...asks }, { id: "7" })],
    actual: state,
    rules: config,
  });
  const plan = createPlan(desired, state, { owner, ...config, unlistedAssignments: "remove" });
  const kinds = plan.changes.map(({ kind }) => kind);
  const told = desired.issues.filter(({ code }) => code === "permission-set.denied-by-guardrail");
  return { plan, kinds, told, issues: desired.issues };
}

describe("a set that is edited into one with which one can become administrator", () => {
  it("stays as it is while people have it to whom a guardrail denies that, and its author is told", () => {
    const { plan, kinds, told } = edit({});
    expect(kinds).toEqual([]);
    expect(plan.held).toMatchObject([{ target: { permissionSet: "Deploy" }, would: "update" }]);
    expect(told).toMatchObject([
      {
        record: { app: "permissionSets" },
        field: "name",
        params: {
          name: "Deploy",
          rule: "no administrators in production",
          accounts: [production],
          principals: [anna.userName],
        },
      },
    ]);
  });

  it("stays as it is also for somebody whom no record names, and for a group", () => {
    const developers = group("Developers");
    for (const holder of [ben, developers]) {
      const holders = [assignmentOf("Deploy", production, holder)];
      const { kinds, told } = edit({ holders, guardrails: { rules: [{ ...noAdministrators }] } });
      expect(kinds.filter((kind) => kind.includes("policy"))).toEqual([]);
      expect(told).toHaveLength(1);
    }
  });

  it("gives nobody new the set, and takes it away from nobody, until the record is corrected", () => {
    const { kinds, plan } = edit({
      guardrails: { enforce: true },
      asks: { users: ["anna", "ben"], accounts: "Production" },
    });
    expect(kinds).toEqual([]);
    expect(plan.held.map(({ reason, would }) => [reason, would])).toContainEqual([
      "permission-set-held",
      "create",
    ]);
  });

  it("is edited where the guardrails deny nobody who has it anything", () => {
    const holders = [assignmentOf("Deploy", development, anna)];
    const { kinds, told } = edit({ holders, asks: { accounts: "Development" } });
    expect(kinds).toContain("attach-managed-policy");
    expect(told).toEqual([]);
  });

  it("is edited when only somebody has it who is not in the directory any more", () => {
    const { kinds } = edit({ holders: [assignmentOf("Deploy", production, user("gone"))] });
    expect(kinds).toContain("attach-managed-policy");
  });

  it("is edited once nobody has it there any more", () => {
    expect(edit({ holders: [], asks: { accounts: "Development" } }).kinds).toContain("attach-managed-policy");
  });

  it("is told with no rule where the default denies", () => {
    const allow = { name: "anna", effect: "allow" as const, users: ["anna*"], permissionSets: ["Other"] };
    const { told, kinds } = edit({ guardrails: { default: "deny", rules: [allow] } });
    expect(kinds).toEqual([]);
    expect(told[0]?.params).not.toHaveProperty("rule");
  });

  it.each<[string, Given]>([
    [
      "by an inline policy",
      {
        record: {
          inlinePolicy:
            '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:*","Resource":"*"}]}',
        },
      },
    ],
    ["by a customer managed policy that may be anything", { record: { customerManagedPolicies: "Any" } }],
    [
      "by another customer managed policy than the one it has",
      {
        before: { customerManagedPolicies: [customerManaged("Logs")] },
        record: { customerManagedPolicies: "Any" },
      },
    ],
    [
      "by AdministratorAccess in the place of a policy that may be anything",
      { before: { customerManagedPolicies: [customerManaged("Logs")] } },
    ],
    [
      "by taking off the boundary that held it back",
      { before: { managedPolicies: [policyArn("AdministratorAccess")], permissionsBoundary: boundary } },
    ],
  ])("stays as it is: %s", (_, given) => {
    const { kinds, told } = edit(given);
    expect(kinds.filter((kind) => /policy|boundary/u.test(kind))).toEqual([]);
    expect(told).toHaveLength(1);
  });

  it.each<[string, Given]>([
    [
      "whose holders are administrators already",
      {
        before: { managedPolicies: [policyArn("AdministratorAccess")] },
        record: { managedPolicies: "AdministratorAccess\nReadOnlyAccess" },
      },
    ],
    [
      "that keeps the customer managed policies it has",
      {
        before: { customerManagedPolicies: [customerManaged("Logs")] },
        record: { managedPolicies: "SecurityAudit", customerManagedPolicies: "Logs" },
      },
    ],
    [
      "whose new customer managed policy is known for ordinary",
      { record: { customerManagedPolicies: "Any" }, guardrails: { ordinaryPolicies: ["any"] } },
    ],
    [
      "that stops making administrators",
      {
        before: { managedPolicies: [policyArn("AdministratorAccess")] },
        record: { managedPolicies: "ReadOnlyAccess" },
      },
    ],
  ])("does not hold a set %s", (_, given) => {
    const { kinds, told } = edit(given);
    expect(kinds.some((kind) => kind.startsWith("attach") || kind.startsWith("detach"))).toBe(true);
    expect(told).toEqual([]);
  });
});
