import { describe, expect, it } from "vitest";

import type { ActualState } from "../../src/model/actual-state.ts";
import type { Config } from "../../src/model/config.ts";
import { groupsNamedBy, type GuardrailRule, type Guardrails } from "../../src/model/guardrail.ts";
import { principalId } from "../../src/model/ids.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import {
  actualState,
  assignmentOf,
  assignmentRecord,
  definition,
  desiredState,
  development,
  directory,
  group,
  managedPolicy,
  managedSet,
  minutesAgo,
  owner,
  permissionSetRecord,
  production,
  rules,
  user,
} from "../builders.ts";

const [anna, ben] = [user("anna"), user("ben")];
const developers = group("Developers");
const admin = permissionSetRecord({ name: "Admin", managedPolicies: "AdministratorAccess" });
const readOnly = permissionSetRecord({}, { id: "2" });
const administrator = definition({ managedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] });
const guardrails = (overrides: Partial<Guardrails> = {}): Guardrails => ({
  default: "allow",
  enforce: false,
  ordinaryPolicies: [],
  rules: [],
  ...overrides,
});
const deny = (rule: Partial<GuardrailRule>): GuardrailRule => ({ name: "no", effect: "deny", ...rule });
const allow = (rule: Partial<GuardrailRule>): GuardrailRule => ({ name: "yes", effect: "allow", ...rule });

const statement = (Action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });

interface Given {
  readonly values?: Parameters<typeof assignmentRecord>[0];
  readonly sets?: readonly ReturnType<typeof permissionSetRecord>[];
  readonly actual?: Partial<ActualState>;
  readonly unlisted?: Config["unlistedAssignments"];
  readonly updatedAt?: string;
}

/** What becomes of one record that asks for it. */
function ask(
  own: Partial<Guardrails>,
  { values = {}, sets = [admin, readOnly], actual, unlisted = "remove", updatedAt }: Given = {},
) {
  const config: ReturnType<typeof rules> = {
    ...rules(),
    guardrails: guardrails(own),
  };
  const state = actualState(actual);
  const desired = desiredState({
    permissionSets: sets,
    assignments: [
      assignmentRecord({ permissionSet: "Admin", ...values }, updatedAt === undefined ? {} : { updatedAt }),
    ],
    actual: state,
    rules: config,
  });
  const plan = createPlan(desired, state, { owner, ...config, unlistedAssignments: unlisted });
  const granted = plan.changes.filter(({ kind }) => kind === "assign").length;
  return { desired, plan, granted, issues: desired.issues };
}

describe("in the sync's own account, where it is open", () => {
  const keyAccounts = { ids: new Set([production]), isOpen: true };
  const contents = {
    "a developer's policy": { managedPolicies: "PowerUserAccess" },
    "a service's actions": { managedPolicies: "", inlinePolicy: statement("s3:PutObject") },
    "reading of secrets": { managedPolicies: "", inlinePolicy: statement("secretsmanager:GetSecretValue") },
    "plain reading": { managedPolicies: "ReadOnlyAccess" },
  } as const;
  const known = directory({
    keyAccounts,
    managedPolicies: ["PowerUserAccess", "ReadOnlyAccess"].map((name) => managedPolicy(name)),
  });

  it.each([
    ["a developer's policy", "Production", 0],
    ["a service's actions", "Production", 0],
    ["reading of secrets", "Production", 0],
    ["plain reading", "Production", 1],
    ["a developer's policy", "Development", 1],
    ["a service's actions", "Development", 1],
  ] as const)("%s counts as administrator class in %s or not", (content, accounts, count) => {
    const set = permissionSetRecord({ name: "Dev", ...contents[content] });
    const given = { values: { permissionSet: "Dev", accounts }, sets: [set], actual: { directory: known } };
    for (const rule of [
      deny({ administratorClass: true }),
      deny({ runsAsOtherRoles: true, accounts: [production] }),
    ]) {
      expect(ask({ rules: [rule] }, given).granted).toBe(count);
    }
    const strict = { default: "deny", rules: [allow({ administratorClass: false })] } as const;
    expect(ask(strict, given).granted).toBe(count);
  });
});

describe("a guardrail that denies", () => {
  it.each<[string, Partial<GuardrailRule>]>([
    ["the account by id", { accounts: [production] }],
    ["the account by name", { accounts: ["Production"] }],
    ["the account by a pattern, in another case", { accounts: ["PROD*"] }],
    ["the set by name", { permissionSets: ["Admin"] }],
    ["the set by a pattern", { permissionSets: ["other", "adm*"] }],
    ["what one can become administrator with", { administratorClass: true }],
    ["the user by name", { users: ["anna@*"] }],
    ["the group that the user is a member of", { groups: ["Developers"] }],
    ["a pattern of groups that the user is a member of", { groups: ["dev*"] }],
    [
      "everything at once",
      { accounts: ["*"], permissionSets: ["*"], administratorClass: true, users: ["*"] },
    ],
  ])("keeps what it names from being created: %s", (_, rule) => {
    const memberships = new Map([[developers.id, new Set([anna.id])]]);
    const actual = { directory: directory({ memberships }) };
    const { granted, issues, plan } = ask({ rules: [deny(rule)] }, { actual });
    expect(granted).toBe(0);
    expect(issues).toMatchObject([
      {
        code: "assignment.denied-by-guardrail",
        field: "permissionSet",
        params: { name: "Admin", rule: "no", accounts: [production], principals: [anna.userName] },
      },
    ]);
    expect(plan.changes.map(({ kind }) => kind)).toContain("create-permission-set");
  });

  it.each<[string, Partial<GuardrailRule>]>([
    ["another account", { accounts: ["Develop*", development] }],
    ["a part of the account's name", { accounts: ["Prod"] }],
    ["another set", { permissionSets: ["ReadOnly"] }],
    ["another user", { users: [ben.userName] }],
    ["a group that the user is no member of", { groups: ["Auditors"] }],
    ["the right account but another set", { accounts: ["*"], permissionSets: ["ReadOnly"] }],
    ["the right user but another account", { users: ["anna*"], accounts: [development] }],
  ])("leaves everything else alone: %s", (_, rule) => {
    const memberships = new Map([[developers.id, new Set([anna.id])]]);
    const { granted, issues } = ask(
      { rules: [deny(rule)] },
      { actual: { directory: directory({ memberships }) } },
    );
    expect({ granted, issues }).toEqual({ granted: 1, issues: [] });
  });

  it("by users denies groups that have one of them as a member, and no others", () => {
    const memberships = new Map([[developers.id, new Set([anna.id])]]);
    const actual = { directory: directory({ memberships }) };
    const values = { groups: "Developers", users: [] };
    const asking = (users: readonly string[]) =>
      ask({ rules: [deny({ users })] }, { actual, values }).granted;
    expect(asking(["anna@*"])).toBe(0);
    expect(asking(["ben@*"])).toBe(1);
  });

  it.each([
    ["other code in functions", "lambda:UpdateFunctionCode", { runsAsOtherRoles: true }, 0],
    ["reading a bucket", "s3:GetObject", { runsAsOtherRoles: true }, 1],
    ["all of IAM", "iam:*", { runsAsOtherRoles: true }, 0],
    ["reading a bucket, where only what runs as roles may", "s3:GetObject", { runsAsOtherRoles: false }, 0],
  ])("by the class below administrators goes by content: %s", (_, Action, rule, granted) => {
    const inlinePolicy = statement(Action);
    const sets = [permissionSetRecord({ name: "Admin", inlinePolicy })];
    expect(ask({ rules: [deny(rule)] }, { sets }).granted).toBe(granted);
  });

  it.each([
    ["a tag of a role", "iam:TagRole", 0],
    ["any role by a pattern of names", "sts:Assume*", 0],
    ["reading IAM", "iam:Get*", 1],
    ["a bucket", "s3:*", 1],
  ])("takes no inline policy about IAM where the configuration wants none: %s", (_, Action, granted) => {
    const sets = [permissionSetRecord({ name: "Admin", inlinePolicy: statement(Action) })];
    expect(ask({ inlineIam: "deny" }, { sets }).granted).toBe(granted);
  });

  it("does not believe that a customer managed policy is ordinary of a set that may write it", () => {
    const asking = (Action: string) => {
      const set = { name: "Admin", customerManagedPolicies: "Team", inlinePolicy: statement(Action) };
      const own = { ordinaryPolicies: ["Team"], rules: [deny({ administratorClass: true })] };
      return ask(own, { sets: [permissionSetRecord(set)] }).granted;
    };
    expect(asking("s3:GetObject")).toBe(1);
    expect(asking("iam:CreatePolicy")).toBe(0);
  });

  it("denies the rest of a record nothing", () => {
    const values = { accounts: "Production\nDevelopment", users: ["anna", "ben"] };
    const { granted, issues } = ask(
      { rules: [deny({ accounts: ["Production"], users: ["anna@*"] })] },
      { values },
    );
    expect(granted).toBe(3);
    expect(issues).toHaveLength(1);
  });

  it("means the group itself, and users who are members of several", () => {
    const memberships = new Map([[developers.id, new Set([anna.id, principalId("user-gone")])]]);
    const actual = { directory: directory({ memberships }) };
    const rule = deny({ groups: ["Developers"] });
    expect(ask({ rules: [rule] }, { actual, values: { groups: "Developers", users: ["ben"] } }).granted).toBe(
      1,
    );
  });

  it("wins over any rule that allows, whichever comes first", () => {
    const both = [allow({ users: ["anna@*"] }), deny({ accounts: ["Production"] })];
    expect(ask({ rules: both }).granted).toBe(0);
    expect(ask({ rules: both.toReversed() }).granted).toBe(0);
  });

  it("is named by the first one where several deny", () => {
    const several = [deny({ name: "first", accounts: ["*"] }), deny({ name: "second", users: ["*"] })];
    expect(ask({ rules: several }).issues).toMatchObject([{ params: { rule: "first" } }]);
  });
});

describe("the default of the guardrails", () => {
  it("allows everything where nothing else is said", () => {
    expect(ask({}).granted).toBe(1);
  });

  it("denies what no rule allows, and names no rule", () => {
    const { granted, issues } = ask({ default: "deny" });
    expect(granted).toBe(0);
    expect(issues).toMatchObject([{ code: "assignment.denied-by-guardrail" }]);
    expect(issues[0]?.params).not.toHaveProperty("rule");
    expect(ask({ default: "deny", rules: [allow({ users: ["anna@*"] })] }).granted).toBe(1);
  });
});

describe("a set of the administrator class", () => {
  const rule = deny({ administratorClass: true });
  const customer = (policies: string) =>
    permissionSetRecord({
      name: "Admin",
      managedPolicies: "ReadOnlyAccess",
      customerManagedPolicies: policies,
    });

  it("is one by what its record says, whatever its name", () => {
    expect(ask({ rules: [rule] }, { values: { permissionSet: "ReadOnly" } }).granted).toBe(1);
    const inlinePolicy =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"*"}]}';
    const disguised = permissionSetRecord({ name: "Admin", managedPolicies: "", inlinePolicy });
    expect(ask({ rules: [rule] }, { sets: [disguised] }).granted).toBe(0);
  });

  it("may be any with customer managed policies, unless the configuration knows them for ordinary", () => {
    const sets = [customer("/team/DenyBuckets\nLogs")];
    expect(ask({ rules: [rule] }, { sets }).granted).toBe(0);
    expect(ask({ rules: [rule], ordinaryPolicies: ["/team/*"] }, { sets }).granted).toBe(0);
    expect(ask({ rules: [rule], ordinaryPolicies: ["/team/*", "logs"] }, { sets }).granted).toBe(1);
  });
});

describe("a rule for sets that are no administrator's", () => {
  const rules = [
    allow({ name: "everybody", administratorClass: false }),
    allow({ name: "ben", users: ["ben@*"] }),
  ];

  it("leaves administrators to whom another rule allows it", () => {
    const values = { users: ["anna", "ben"] };
    expect(ask({ default: "deny", rules }, { values }).granted).toBe(1);
    expect(
      ask({ default: "deny", rules }, { values: { ...values, permissionSet: "ReadOnly" } }).granted,
    ).toBe(2);
  });
});

describe("existing access that a guardrail denies", () => {
  const existing = assignmentOf("Admin", production, anna);
  const actual = {
    permissionSets: [managedSet("Admin", { definition: administrator, provisionedAccounts: [production] })],
    assignments: [existing],
  };
  const denied = { rules: [deny({ accounts: ["Production"] })] };

  it("is held and reported with the record that asks for it", () => {
    const { plan } = ask(denied, { actual });
    expect(plan.changes.filter(({ kind }) => kind === "unassign")).toEqual([]);
    expect(plan.held).toMatchObject([
      {
        target: { permissionSet: "Admin", account: production },
        would: "delete",
        reason: "denied-by-guardrail",
        records: [{ app: "assignments", id: "1" }],
      },
    ]);
  });

  it("is removed with `enforce: true`", () => {
    const { plan } = ask({ ...denied, enforce: true }, { actual });
    expect(plan.held).toEqual([]);
    expect(plan.changes.filter(({ kind }) => kind === "unassign")).toMatchObject([
      { target: { account: production }, records: [{ id: "1" }] },
    ]);
  });

  it.each<[string, Given]>([
    ["a record that cannot be read", { values: { groups: "No such group" } }],
    [
      "a record with somebody who has not arrived yet",
      { values: { users: ["anna", "newbie"] }, updatedAt: minutesAgo(1) },
    ],
    ["no record at all", { values: { permissionSet: "ReadOnly" } }],
    [
      "no record at all, where the configuration only reports that",
      { values: { permissionSet: "ReadOnly" }, unlisted: "report" },
    ],
  ])("is removed with `enforce: true` whatever would keep it: %s", (_, given) => {
    const { plan } = ask({ ...denied, enforce: true }, { actual, ...given });
    expect(plan.changes.filter(({ kind }) => kind === "unassign")).toMatchObject([
      { target: { permissionSet: "Admin", account: production } },
    ]);
    const reported = ask(denied, { actual, ...given }).plan;
    const isListed = given.unlisted !== "report" && given.values?.permissionSet === "ReadOnly";
    expect(reported.changes.filter(({ kind }) => kind === "unassign")).toHaveLength(isListed ? 1 : 0);
  });

  it("is held also where its set is being renamed", () => {
    const sets = [permissionSetRecord({ name: "Owner", managedPolicies: "AdministratorAccess" })];
    const { plan } = ask(denied, { actual, sets, values: { permissionSet: "Owner" } });
    expect(plan.held.map(({ target, reason }) => [target.permissionSet, reason])).toContainEqual([
      "Admin",
      "denied-by-guardrail",
    ]);
    expect(plan.changes.filter(({ kind }) => /unassign|delete/u.test(kind))).toEqual([]);
  });

  it("stays as it is once the guardrail is gone", () => {
    const { plan } = ask({}, { actual });
    expect(plan.unchanged.assignments).toBe(1);
    expect(plan.held).toEqual([]);
  });
});

describe("the groups whose members have to be known", () => {
  it("are those that a rule names, and no others", () => {
    const named = groupsNamedBy(
      guardrails({ rules: [deny({ groups: ["Dev*", "sre"] }), deny({ accounts: ["*"] })] }),
    );
    const groups = ["Developers", "SRE", "Auditors"].filter((displayName) => named({ displayName }));
    expect(groups).toEqual(["Developers", "SRE"]);
    expect(groupsNamedBy(guardrails())({ displayName: "Developers" })).toBe(false);
  });

  it("are all, where a rule denies something to users, who may be in any", () => {
    const named = groupsNamedBy(guardrails({ rules: [deny({ users: ["*@partner.example.com"] })] }));
    expect(named({ displayName: "Auditors" })).toBe(true);
  });
});
