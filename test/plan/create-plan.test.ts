import { describe, expect, it } from "vitest";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { Config } from "../../src/model/config.ts";
import { formerNameTag, ownerTag, provisioningTag, recordTag } from "../../src/model/ownership.ts";
import type { Memory } from "../../src/model/memory.ts";
import type { PermissionSetDefinition } from "../../src/model/permission-set.ts";
import type { Plan } from "../../src/model/plan.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import {
  account,
  actualState,
  assignmentOf,
  assignmentRecord,
  definition,
  desiredState,
  development,
  directory,
  group,
  managedSet,
  management,
  minutesAgo,
  owner,
  permissionSetRecord,
  production,
  rules,
  unmanagedSet,
  user,
} from "../builders.ts";

const readOnlyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const readOnly = definition({ managedPolicies: [readOnlyArn] });
const anna = user("anna");
const ben = user("ben");

interface Scene {
  readonly sets?: ReturnType<typeof permissionSetRecord>[];
  readonly assignments?: ReturnType<typeof assignmentRecord>[];
  readonly actual?: Partial<ActualState>;
  readonly protected?: Partial<Config["protected"]>;
  readonly unlisted?: Config["unlistedAssignments"];
  /** What memory knows. */
  readonly requests?: Memory["requests"];
}

/** The plan for records and an actual state, through the same steps as in a pass. */
function planFor(scene: Scene): Plan {
  const actual = actualState(scene.actual);
  const own = rules({}, scene.protected);
  const desired = desiredState({
    permissionSets: scene.sets ?? [],
    assignments: scene.assignments ?? [],
    actual,
    rules: own,
    ...(scene.requests && { memory: { instanceArn: actual.instance.arn, requests: scene.requests } }),
  });
  return createPlan(desired, actual, {
    owner,
    protected: own.protected,
    unlistedAssignments: scene.unlisted ?? "remove",
  });
}

const ids = ({ changes }: Plan) => changes.map(({ id }) => id);
const set = (values: Parameters<typeof permissionSetRecord>[0] = {}, id = "1") =>
  permissionSetRecord(values, { id });
const grant = (values: Parameters<typeof assignmentRecord>[0] = {}, id = "1") =>
  assignmentRecord(values, { id });

describe("the hash of a plan, to which an approval is bound,", () => {
  interface Written {
    readonly values?: Parameters<typeof permissionSetRecord>[0];
    readonly before?: Partial<PermissionSetDefinition>;
    readonly tags?: Readonly<Record<string, string>>;
    readonly instanceArn?: string;
    readonly hashedFor?: string;
  }

  /** The hash of a plan that redefines a set and takes another one away. */
  function hashOf({ values = {}, before = {}, tags = {}, instanceArn, hashedFor = owner }: Written): string {
    const redefined = managedSet("ReadOnly", {
      definition: definition({ inlinePolicy: policyFor("s3:GetObject"), ...before }),
    });
    const gone = managedSet("Gone", { record: "9" });
    const actual = actualState({
      permissionSets: [redefined, { ...gone, tags: { ...gone.tags, ...tags } }],
    });
    const instance = { ...actual.instance, ...(instanceArn && { arn: instanceArn }) };
    const own = rules({}, {});
    const desired = desiredState({
      permissionSets: [set({ inlinePolicy: policyFor("s3:ListBucket"), ...values })],
      actual: { ...actual, instance },
      rules: own,
    });
    const plan = createPlan(
      desired,
      { ...actual, instance },
      {
        owner: hashedFor,
        protected: own.protected,
        unlistedAssignments: "remove",
      },
    );
    return plan.hash;
  }

  const policyFor = (action: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
    });

  it("is the same for the same", () => {
    expect(hashOf({})).toBe(hashOf({}));
  });

  it.each<[string, Written]>([
    ["inline policy", { values: { inlinePolicy: policyFor("*") } }],
    ["description", { values: { description: "for auditors" } }],
    ["session duration", { values: { sessionDuration: "PT2H" } }],
    ["boundary", { values: { permissionsBoundary: "SecurityAudit" } }],
    ["policy that is replaced", { before: { inlinePolicy: policyFor("s3:PutObject") } }],
    ["instance", { instanceArn: "arn:aws:sso:::instance/ssoins-2222222222222222" }],
    ["owner", { hashedFor: "example.cybozu.com/99" }],
  ])("is another one for another %s", (_, written) => {
    expect(hashOf(written)).not.toBe(hashOf({}));
  });
});

describe("a permission set that is renamed onto a name that is out of reach", () => {
  it("stays as it is, also when nobody is assigned", () => {
    const plan = planFor({
      sets: [set({ name: "Emergency" })],
      actual: { permissionSets: [managedSet("ReadOnly", { definition: readOnly })] },
      protected: { permissionSets: ["Emergency"] },
    });
    expect(plan.changes).toEqual([]);
    expect(plan.held.map(({ target, would, reason }) => [target.permissionSet, would, reason])).toEqual([
      ["ReadOnly", "delete", "permission-set-held"],
    ]);
  });
});

describe("a permission set from a rename that was taken back", () => {
  const renamedBack = [
    managedSet("Viewer", { definition: readOnly }),
    managedSet("Reader", { definition: readOnly, formerName: "Viewer" }),
  ];

  it("is deleted", () => {
    const plan = planFor({ sets: [set({ name: "Viewer" })], actual: { permissionSets: renamedBack } });
    expect(ids(plan)).toEqual(["delete-permission-set:Reader"]);
  });

  it("stays while another record gives its name, which cannot be carried out as long as it is there", () => {
    const sets = [set({ name: "Viewer" }), set({ name: "Reader" }, "2")];
    const plan = planFor({ sets, actual: { permissionSets: renamedBack } });
    expect(plan.changes).toEqual([]);
    expect(
      plan.held.map(({ target, would, reason }) => [target.permissionSet, would, reason]),
    ).toContainEqual(["Reader", "delete", "still-named"]);
  });
});

describe("a new permission set", () => {
  it("is created with our tags, then gets its policies, and only then is assigned", () => {
    const plan = planFor({ sets: [set()], assignments: [grant()] });
    expect(ids(plan)).toEqual([
      "create-permission-set:ReadOnly",
      `attach-managed-policy:ReadOnly/${readOnlyArn}`,
      `assign:ReadOnly/${production}/USER/user-anna`,
    ]);
    expect(plan.changes[0]).toMatchObject({ after: { tags: { [ownerTag]: owner, [recordTag]: "1" } } });
    expect(plan.changes[2]?.dependsOn).toEqual(ids(plan).slice(0, 2));
  });

  it("gets its boundary before any policy", () => {
    const values = {
      permissionsBoundary: "customer:/team/Boundary",
      customerManagedPolicies: "Reader",
      inlinePolicy: null,
    };
    expect(ids(planFor({ sets: [set(values)] }))).toEqual([
      "create-permission-set:ReadOnly",
      "put-permissions-boundary:ReadOnly",
      "attach-customer-managed-policy:ReadOnly//Reader",
      `attach-managed-policy:ReadOnly/${readOnlyArn}`,
    ]);
  });
});

const begin = "begin-provisioning:ReadOnly";
const end = "end-provisioning:ReadOnly";

describe("a changed permission set", () => {
  const existing = (overrides: Parameters<typeof managedSet>[1] = {}) =>
    managedSet("ReadOnly", { definition: readOnly, ...overrides });

  it("is updated only in what differs, and provisioned once in all its accounts", () => {
    const permissionSets = [
      existing({
        definition: definition({ managedPolicies: ["arn:aws:iam::aws:policy/SecurityAudit"] }),
        provisionedAccounts: [production, development],
      }),
    ];
    const plan = planFor({ sets: [set()], actual: { permissionSets } });
    expect(ids(plan)).toEqual([
      begin,
      "detach-managed-policy:ReadOnly/arn:aws:iam::aws:policy/SecurityAudit",
      `attach-managed-policy:ReadOnly/${readOnlyArn}`,
      "provision:ReadOnly/all",
      end,
    ]);
    expect(plan.changes[3]?.accounts).toEqual([production, development]);
  });

  it("gets nothing that widens it unless all that narrows it was applied, and reaches its accounts in any case", () => {
    const before = definition({
      managedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      permissionsBoundary: { kind: "customer-managed", path: "/", name: "Old" },
    });
    const permissionSets = [existing({ definition: before, provisionedAccounts: [production, development] })];
    const values = { customerManagedPolicies: "/team/Deny", inlinePolicy: null };
    const { changes } = planFor({ sets: [set(values)], actual: { permissionSets } });
    const detach = "detach-managed-policy:ReadOnly/arn:aws:iam::aws:policy/AdministratorAccess";
    const deny = "attach-customer-managed-policy:ReadOnly//team/Deny";
    const attach = `attach-managed-policy:ReadOnly/${readOnlyArn}`;
    expect(changes.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      [begin, []],
      [detach, [begin]],
      [deny, [begin, detach]],
      [attach, [begin, detach, deny]],
      ["delete-permissions-boundary:ReadOnly", [begin, detach, deny, attach]],
      ["provision:ReadOnly/all", []],
      [end, [begin, "provision:ReadOnly/all"]],
    ]);
  });

  it("loses a customer managed policy, which may deny, only after everything it may have denied", () => {
    const before = definition({
      managedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      customerManagedPolicies: [{ name: "Deny", path: "/" }],
      inlinePolicy: '{"Version":"2012-10-17","Statement":[]}',
    });
    const permissionSets = [existing({ definition: before })];
    const { changes } = planFor({ sets: [set()], actual: { permissionSets } });
    const detach = "detach-managed-policy:ReadOnly/arn:aws:iam::aws:policy/AdministratorAccess";
    const inline = "delete-inline-policy:ReadOnly";
    const deny = "detach-customer-managed-policy:ReadOnly//Deny";
    expect(changes.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      [detach, []],
      [inline, [detach]],
      [deny, [detach, inline]],
      [`attach-managed-policy:ReadOnly/${readOnlyArn}`, [detach, inline, deny]],
    ]);
  });

  it("is rid of a customer managed policy's old path before it gets the new one, since both have one name", () => {
    const before = definition({ ...readOnly, customerManagedPolicies: [{ name: "Deny", path: "/old/" }] });
    const permissionSets = [existing({ definition: before })];
    const { changes } = planFor({
      sets: [set({ customerManagedPolicies: "/new/Deny" })],
      actual: { permissionSets },
    });
    expect(changes.map(({ id }) => id)).toEqual([
      "detach-customer-managed-policy:ReadOnly//old/Deny",
      "attach-customer-managed-policy:ReadOnly//new/Deny",
    ]);
  });

  it("with as many policies as AWS takes loses one before it gets another, and reaches its accounts only with that", () => {
    const policies = (from: number) =>
      Array.from({ length: 25 }, (_, index) => ({ name: `policy${index + from}`, path: "/" }));
    const names = policies(1).map(({ name }) => name);
    const { changes } = planFor({
      sets: [permissionSetRecord({ managedPolicies: "", customerManagedPolicies: names.join("\n") })],
      actual: {
        permissionSets: [
          managedSet("ReadOnly", {
            definition: definition({ customerManagedPolicies: policies(0) }),
            provisionedAccounts: [production],
          }),
        ],
      },
    });
    const kinds = changes.map(({ kind }) => kind).filter((kind) => !kind.endsWith("provisioning"));
    expect(kinds).toEqual(["detach-customer-managed-policy", "attach-customer-managed-policy", "provision"]);
    const [detach, attach, provision] = changes.filter(({ kind }) => kinds.includes(kind));
    expect(attach?.dependsOn).toContain(detach?.id);
    expect(provision?.dependsOn).toContain(attach?.id);
  });

  it("that has lost a policy and not got the one in its place goes on keeping its accounts as they were", () => {
    const { changes } = planFor({
      sets: [set({ managedPolicies: "", customerManagedPolicies: "denial-2" })],
      actual: {
        permissionSets: [
          managedSet("ReadOnly", {
            definition: definition({}),
            provisionedAccounts: [production],
            tags: { [ownerTag]: owner, [recordTag]: "1", [provisioningTag]: "pending" },
          }),
        ],
      },
    });
    const attach = changes.find(({ kind }) => kind === "attach-customer-managed-policy");
    expect(changes.find(({ kind }) => kind === "provision")?.dependsOn).toEqual([attach?.id]);
  });

  it("is provisioned account by account after a pass in which all at once did not do", () => {
    const stale = [production, development];
    const permissionSets = [existing({ provisionedAccounts: stale, staleAccounts: stale })];
    expect(ids(planFor({ sets: [set()], actual: { permissionSets } }))).toEqual([
      begin,
      `provision:ReadOnly/${production}`,
      `provision:ReadOnly/${development}`,
      end,
    ]);
  });

  it("keeps the note that accounts miss its definition until all have it, and loses it then without a provisioning", () => {
    const tags = { [ownerTag]: owner, [recordTag]: "1", [provisioningTag]: "pending" };
    const suspended = account("444444444444", "Closed", { state: "SUSPENDED" });
    const accounts = [...directory().accounts, suspended];
    const plan = (staleAccounts: readonly (typeof suspended.id)[]) =>
      planFor({
        sets: [set()],
        actual: {
          permissionSets: [
            existing({ tags, provisionedAccounts: [production, suspended.id], staleAccounts }),
          ],
          directory: directory({ accounts }),
        },
      });
    expect(ids(plan([production]))).toEqual([`provision:ReadOnly/${production}`, end]);
    expect(ids(plan([]))).toEqual([end]);
    expect(ids(plan([suspended.id]))).toEqual([]);
    expect(ids(plan([production, suspended.id]))).toEqual([`provision:ReadOnly/${production}`]);
  });

  it("gets all three attributes at once, because AWS clears the one that is left out", () => {
    const relayState = "https://console.aws.amazon.com/s3/";
    const before = { sessionDurationSeconds: 3_600, relayState };
    const permissionSets = [existing({ definition: { ...readOnly, attributes: before } })];
    const plan = planFor({ sets: [set({ sessionDuration: "8", relayState })], actual: { permissionSets } });
    expect(plan.changes).toMatchObject([
      { kind: "update-attributes", before, after: { sessionDurationSeconds: 28_800, relayState } },
    ]);
  });

  it("stays as it is when its inline policy is only laid out differently and its duration spelled differently", () => {
    const policy = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
    const compact = JSON.stringify({ Statement: policy.Statement, Version: policy.Version });
    const permissionSets = [existing({ definition: { ...readOnly, inlinePolicy: compact } })];
    const values = { inlinePolicy: JSON.stringify(policy, null, 2), sessionDuration: "PT60M" };
    const plan = planFor({ sets: [set(values)], actual: { permissionSets } });
    expect(plan).toMatchObject({ changes: [], unchanged: { permissionSets: 1 } });
  });

  it("is provisioned account by account when one of its accounts must not be written to", () => {
    const suspended = account("444444444444", "Closed", { state: "SUSPENDED" });
    const accounts = [...directory().accounts, suspended];
    const permissionSets = [
      existing({ definition: definition(), provisionedAccounts: [development, production, suspended.id] }),
    ];
    const plan = planFor({ sets: [set()], actual: { permissionSets, directory: directory({ accounts }) } });
    expect(ids(plan).slice(2)).toEqual([
      `provision:ReadOnly/${production}`,
      `provision:ReadOnly/${development}`,
    ]);
    expect(plan.locked).toMatchObject([{ target: { account: suspended.id }, reason: "account-not-active" }]);
  });

  it("is provisioned where an earlier pass did not get to", () => {
    const permissionSets = [
      existing({ provisionedAccounts: [development, production], staleAccounts: [production] }),
    ];
    expect(ids(planFor({ sets: [set()], actual: { permissionSets } }))).toEqual([
      begin,
      `provision:ReadOnly/${production}`,
      end,
    ]);
  });

  it("is given to nobody new in an account before the account has the definition", () => {
    const permissionSets = [
      existing({
        definition: definition({ managedPolicies: [readOnlyArn] }),
        provisionedAccounts: [production, development],
        staleAccounts: [development],
      }),
    ];
    const users = [anna, ben].map(({ userName }) => userName.replace(/@.*/u, ""));
    const assignments = [grant({ users, accounts: "Production\nDevelopment" })];
    const plan = planFor({ sets: [set()], assignments, actual: { permissionSets } });
    const waits = plan.changes.flatMap((change) =>
      change.kind === "assign" ? [[change.target.account, change.dependsOn]] : [],
    );
    expect(Object.fromEntries(waits)).toEqual({
      [production]: [],
      [development]: [`provision:ReadOnly/${development}`],
    });
  });

  it("is not provisioned for a change of tags alone", () => {
    const permissionSets = [existing({ record: "7", provisionedAccounts: [production] })];
    const plan = planFor({ sets: [set()], actual: { permissionSets } });
    expect(plan.changes).toMatchObject([
      { kind: "tag-permission-set", before: { [recordTag]: "7" }, after: { [recordTag]: "1" } },
    ]);
  });
});

describe("a renamed permission set", () => {
  const actual = {
    permissionSets: [managedSet("Viewer", { definition: readOnly, provisionedAccounts: [production] })],
    assignments: [assignmentOf("Viewer", production, anna)],
  };

  it("is made anew, its assignments move, and the old one goes last", () => {
    const plan = planFor({ sets: [set()], assignments: [grant()], actual });
    expect(ids(plan)).toEqual([
      "create-permission-set:ReadOnly",
      `attach-managed-policy:ReadOnly/${readOnlyArn}`,
      `assign:ReadOnly/${production}/USER/user-anna`,
      `unassign:Viewer/${production}/USER/user-anna`,
      "delete-permission-set:Viewer",
    ]);
    expect(plan.changes[0]).toMatchObject({ after: { tags: { [formerNameTag]: "Viewer" } } });
    expect(plan.changes[3]?.dependsOn).toEqual([`assign:ReadOnly/${production}/USER/user-anna`]);
    expect(plan.changes[4]?.dependsOn).toEqual([`unassign:Viewer/${production}/USER/user-anna`]);
  });

  it("writes an old name with a comma, which AWS refuses in a tag, with a slash, which no name has", () => {
    const former = managedSet("View,er", { definition: readOnly });
    const plan = planFor({ sets: [set()], actual: { permissionSets: [former] } });
    expect(plan.changes[0]).toMatchObject({ after: { tags: { [formerNameTag]: "View/er" } } });
    const renamed = managedSet("ReadOnly", { definition: readOnly, formerName: "View/er" });
    const next = planFor({
      sets: [set()],
      assignments: [grant({ permissionSet: "View,er" })],
      actual: { permissionSets: [former, renamed] },
    });
    expect(ids(next)).toEqual([
      `assign:ReadOnly/${production}/USER/user-anna`,
      "delete-permission-set:View,er",
    ]);
  });

  it("keeps the assignments of records that still give the old name", () => {
    const plan = planFor({ sets: [set()], assignments: [grant({ permissionSet: "Viewer" })], actual });
    expect(ids(plan)).toContain(`assign:ReadOnly/${production}/USER/user-anna`);
  });

  it("goes on where a killed pass stopped: what is there already is not made again", () => {
    const half = {
      permissionSets: [
        ...actual.permissionSets,
        managedSet("ReadOnly", { definition: readOnly, formerName: "Viewer" }),
      ],
      assignments: [...actual.assignments, assignmentOf("ReadOnly", production, anna)],
    };
    expect(ids(planFor({ sets: [set()], assignments: [grant()], actual: half }))).toEqual([
      `unassign:Viewer/${production}/USER/user-anna`,
      "delete-permission-set:Viewer",
    ]);
  });
});

describe("a permission set that is renamed to a name which is out of reach", () => {
  const old = managedSet("ReadOnly", { definition: readOnly, provisionedAccounts: [production] });
  const scenes: readonly [string, Scene][] = [
    ["because the name is protected", { protected: { permissionSets: ["Emergency"] } }],
    [
      "because the set of the name is provisioned in the management account",
      { actual: { permissionSets: [old, { ...managedSet("Emergency", { record: "99" }), locked: true }] } },
    ],
  ];

  it.each(
    scenes.flatMap(([why, scene]) => ["Emergency", "ReadOnly"].map((name) => [why, name, scene] as const)),
  )("keeps its set and whoever has it: %s, and assignment records say %s", (_, permissionSet, scene) => {
    const plan = planFor({
      sets: [set({ name: "Emergency" })],
      assignments: [grant({ permissionSet })],
      ...scene,
      actual: {
        permissionSets: [old],
        assignments: [assignmentOf("ReadOnly", production, anna)],
        ...scene.actual,
      },
    });
    expect(plan.changes).toEqual([]);
    expect(plan.held.map(({ target, would }) => [target.permissionSet, would])).toContainEqual([
      "ReadOnly",
      "delete",
    ]);
  });
});

describe("a permission set whose record is gone", () => {
  const actual = {
    permissionSets: [managedSet("ReadOnly", { definition: readOnly })],
    assignments: [assignmentOf("ReadOnly", production, anna)],
  };

  it("is emptied and deleted", () => {
    const sets = [set({ name: "Other" }, "2")];
    const all = ids(planFor({ sets, actual }));
    expect(all.at(0)).toBe(`unassign:ReadOnly/${production}/USER/user-anna`);
    expect(all.at(-1)).toBe("delete-permission-set:ReadOnly");
  });

  it("is taken over by a new record that gives its name", () => {
    expect(ids(planFor({ sets: [set({}, "2")], assignments: [grant()], actual }))).toEqual([
      "tag-permission-set:ReadOnly",
    ]);
  });

  it("stays while an assignment record still names it", () => {
    const plan = planFor({ assignments: [grant()], actual });
    expect(plan.changes).toEqual([]);
    expect(plan.held).toMatchObject([
      { would: "delete", reason: "still-assigned", target: { permissionSet: "ReadOnly" } },
      { would: "delete", reason: "record-has-issues", target: { account: production } },
    ]);
  });
});

describe("an assignment", () => {
  const actual = {
    permissionSets: [managedSet("ReadOnly", { definition: readOnly })],
    assignments: [assignmentOf("ReadOnly", production, anna), assignmentOf("ReadOnly", production, ben)],
  };

  it("that no record asks for any more is removed", () => {
    expect(ids(planFor({ sets: [set()], assignments: [grant()], actual }))).toEqual([
      `unassign:ReadOnly/${production}/USER/user-ben`,
    ]);
  });

  it("that is removed is put down to the record that asked for it before, edited or gone", () => {
    const request = (users: readonly string[], revision: number) => ({
      revision,
      permissionSets: ["ReadOnly"],
      accounts: [production],
      principals: users.map((name) => `USER/user-${name}`),
    });
    const requests = {
      "assignments/1": request(["anna", "ben"], 1),
      "assignments/7": request(["ben"], 4),
      "assignments/8": request(["anna"], 4),
    };
    const plan = planFor({ sets: [set()], assignments: [grant()], actual, requests });
    expect(plan.changes).toMatchObject([
      {
        kind: "unassign",
        records: [
          { id: "1", revision: 2 },
          { app: "assignments", id: "7", revision: 4 },
        ],
      },
    ]);
    expect(plan.hash).toBe(planFor({ sets: [set()], assignments: [grant()], actual }).hash);
  });

  it("that no record asks for is only reported where the configuration says so", () => {
    const plan = planFor({ sets: [set()], assignments: [grant()], actual, unlisted: "report" });
    expect(plan.changes).toEqual([]);
    expect(plan.unmanaged).toMatchObject([
      { reason: "unlisted-assignment", target: { principal: { id: "user-ben" } } },
    ]);
  });

  it("asked for by two records is one assignment with two sources", () => {
    const plan = planFor({ sets: [set()], assignments: [grant({}, "1"), grant({}, "2")] });
    expect(plan.changes.filter(({ kind }) => kind === "assign")).toMatchObject([
      { records: [{ id: "1" }, { id: "2" }] },
    ]);
  });

  it("of a principal who is gone from the directory is removed by its id", () => {
    const gone = [assignmentOf("ReadOnly", production, user("carol"))];
    const plan = planFor({ sets: [set()], actual: { ...actual, assignments: gone } });
    expect(ids(plan)).toEqual([`unassign:ReadOnly/${production}/USER/user-carol`]);
  });

  it.each([
    ["in the management account", { accounts: management }, {}, "management-account"],
    ["in a protected account", {}, { accounts: [production] }, "protected-account"],
    ["of a protected user", {}, { principals: ["Anna@example.co.jp"] }, "protected-principal"],
    ["of a protected group", { groups: "Auditors" }, { principals: ["Auditors"] }, "protected-principal"],
    ["of a protected set", {}, { permissionSets: ["ReadOnly"] }, "protected-permission-set"],
  ])("%s is listed as locked and not made", (_where, values, protected_, reason) => {
    const permissionSets = [managedSet("ReadOnly", { definition: readOnly })];
    const plan = planFor({
      sets: [set()],
      assignments: [grant(values)],
      actual: { permissionSets },
      protected: protected_,
    });
    expect(plan.changes).toEqual([]);
    expect(plan.locked).toMatchObject([{ would: "create", reason }]);
  });

  it.each([
    ["in a protected account", { accounts: [production] }, "protected-account"],
    ["of protected users", { principals: ["user-anna", "user-ben"] }, "protected-principal"],
    ["of a protected set", { permissionSets: ["ReadOnly"] }, "protected-permission-set"],
  ])("%s is not removed either", (_where, protected_, reason) => {
    const plan = planFor({ sets: [set()], actual, protected: protected_ });
    expect(plan.changes).toEqual([]);
    expect(plan.locked).toMatchObject([
      { would: "delete", reason },
      { would: "delete", reason },
    ]);
  });

  it.each([
    ["of the sync itself", { ids: new Set([production]), isOpen: false }, "key-account"],
    ["of the sync itself that is open", { ids: new Set([production]), isOpen: true }, undefined],
  ])(
    "in the account %s is neither made nor removed, unless the account is open",
    (_where, keyAccounts, reason) => {
      const found = { ...actual, directory: directory({ keyAccounts }) };
      const gone = planFor({ sets: [set()], actual: found });
      const made = planFor({ sets: [set()], assignments: [grant()], actual: { ...found, assignments: [] } });
      const locked = [...gone.locked, ...made.locked].map((item) => item.reason);
      expect(new Set(locked)).toEqual(new Set(reason === undefined ? [] : [reason]));
      const touched = [...gone.changes, ...made.changes].filter(({ accounts }) =>
        accounts.includes(production),
      );
      expect(touched.length > 0).toBe(reason === undefined);
    },
  );

  it("of a set provisioned in the management account is locked, and so is every change of the set", () => {
    const permissionSets = [managedSet("ReadOnly", { locked: true })];
    const plan = planFor({ sets: [set()], assignments: [grant()], actual: { permissionSets } });
    expect(plan.changes).toEqual([]);
    expect(plan.locked.map(({ would, reason }) => `${would} ${reason}`)).toEqual([
      "update provisioned-in-management-account",
      "create provisioned-in-management-account",
    ]);
  });
});

describe("a record that cannot be trusted", () => {
  const actual = {
    permissionSets: [managedSet("ReadOnly", { definition: readOnly })],
    assignments: [assignmentOf("ReadOnly", production, anna), assignmentOf("ReadOnly", development, ben)],
  };

  it("neither grants nor revokes what it names, and nothing else is held because of it", () => {
    const assignments = [grant({ users: ["anna", "nobody"], groups: "Auditors" })];
    const plan = planFor({ sets: [set()], assignments, actual });
    expect(ids(plan)).toEqual([`unassign:ReadOnly/${development}/USER/user-ben`]);
    expect(plan.held).toMatchObject([
      {
        would: "delete",
        reason: "record-has-issues",
        target: { account: production },
        records: [{ id: "1" }],
      },
    ]);
  });

  it("with an emptied account field holds its people's assignments in every account", () => {
    const plan = planFor({ sets: [set()], assignments: [grant({ accounts: "" })], actual });
    expect(ids(plan)).toEqual([`unassign:ReadOnly/${development}/USER/user-ben`]);
  });

  it("with nothing readable holds every removal", () => {
    const assignments = [grant({ permissionSet: "", accounts: "", users: [] })];
    const plan = planFor({ sets: [set()], assignments, actual });
    expect(plan.changes).toEqual([]);
    expect(plan.held).toHaveLength(2);
  });

  it("of which nothing can be told keeps every set, also one that nobody is assigned", () => {
    const unused = managedSet("Unused", { record: "9" });
    const gone = { ...actual, permissionSets: [...(actual.permissionSets ?? []), unused] };
    const assignments = [grant({ permissionSet: "", accounts: "", users: [] })];
    const { changes, held } = planFor({ sets: [set()], assignments, actual: gone });
    expect(changes.filter(({ kind }) => kind === "delete-permission-set")).toEqual([]);
    expect(held.map(({ target, would, reason }) => [target.permissionSet, would, reason])).toContainEqual([
      "Unused",
      "delete",
      "record-has-issues",
    ]);
    expect(ids(planFor({ sets: [set()], actual: gone }))).toContain("delete-permission-set:Unused");
  });

  it("of the permission-set app keeps its set as it is and takes no new assignments", () => {
    const sets = [set({ managedPolicies: "ReadOnlyAcess" })];
    const assignments = [grant({ users: ["anna"] }), grant({ users: ["ben"] }, "2")];
    const plan = planFor({
      sets,
      assignments,
      actual: { ...actual, assignments: actual.assignments.slice(0, 1) },
    });
    expect(plan.changes).toEqual([]);
    expect(plan.held.map(({ would, reason }) => `${would} ${reason}`)).toEqual([
      "update record-has-issues",
      "create permission-set-held",
    ]);
  });

  it("of the permission-set app does not keep anybody's access from being revoked while it still names its set", () => {
    const plan = planFor({
      sets: [set({ managedPolicies: "ReadOnlyAcess" })],
      assignments: [grant()],
      actual,
    });
    expect(ids(plan)).toEqual([`unassign:ReadOnly/${development}/USER/user-ben`]);
  });

  it("of the permission-set app holds all assignments of its set when it may be renaming it", () => {
    const sets = [set({ name: "Renamed", managedPolicies: "ReadOnlyAcess" })];
    const plan = planFor({ sets, assignments: [grant({ permissionSet: "Renamed" })], actual });
    expect(plan.changes).toEqual([]);
  });

  it("waiting for a new user grants the others, and removes nothing in its accounts meanwhile", () => {
    const record = assignmentRecord({ users: ["anna", "newcomer"] }, { updatedAt: minutesAgo(5) });
    const existing = [assignmentOf("ReadOnly", production, ben), assignmentOf("ReadOnly", development, ben)];
    const plan = planFor({
      sets: [set()],
      assignments: [record],
      actual: { ...actual, assignments: existing },
    });
    expect(ids(plan)).toEqual([
      `unassign:ReadOnly/${development}/USER/user-ben`,
      `assign:ReadOnly/${production}/USER/user-anna`,
    ]);
    expect(plan.waiting).toMatchObject([{ userName: "newcomer@example.co.jp" }]);
    expect(plan.held).toMatchObject([{ reason: "principal-waiting", target: { account: production } }]);
  });
});

describe("somebody else's permission set", () => {
  it("is listed as unmanaged, and a record with its name is held and told", () => {
    const plan = planFor({
      sets: [set()],
      assignments: [grant()],
      actual: { permissionSets: [unmanagedSet("ReadOnly")] },
    });
    expect(plan.changes).toEqual([]);
    expect(plan.unmanaged).toMatchObject([{ reason: "not-ours", target: { permissionSet: "ReadOnly" } }]);
    expect(plan.held.map(({ reason }) => reason)).toContain("record-has-issues");
  });

  it.each([
    ["another owner", { [ownerTag]: "other.cybozu.com/1" }],
    ["an owner that begins with ours", { [ownerTag]: `${owner}0` }],
    ["the tag in other letters", { [ownerTag.toUpperCase()]: owner }],
    ["part of the tag's name", { "kintone-sso-sync": owner }],
  ])("with %s is never deleted", (_tag, tags) => {
    const foreign = { ...unmanagedSet("Foreign"), tags };
    const plan = planFor({ sets: [set()], actual: { permissionSets: [foreign] } });
    expect(ids(plan).filter((id) => id.includes("Foreign"))).toEqual([]);
  });
});

it("groups are principals like users", () => {
  const assignments = [grant({ groups: "Developers" })];
  const actual = { permissionSets: [managedSet("ReadOnly", { definition: readOnly })] };
  const plan = planFor({ sets: [set()], assignments, actual });
  expect(ids(plan)).toEqual([`assign:ReadOnly/${production}/GROUP/${group("Developers").id}`]);
});

it("a set that two records are renaming around stays with whom a record may mean by it: neither granted nor deleted", () => {
  const permissionSets = [
    managedSet("OldName", { definition: readOnly, record: "5" }),
    managedSet("Taken", { definition: readOnly, record: "6" }),
  ];
  const actual = { permissionSets, assignments: [assignmentOf("Taken", production, anna)] };
  const sets = [set({ name: "Taken" }, "5"), set({ name: "Renamed" }, "6")];
  const plan = planFor({ sets, assignments: [grant({ permissionSet: "Taken" })], actual });
  expect(ids(plan).filter((id) => id.includes("Taken"))).toEqual([]);
  expect(plan.held.map(({ target, would }) => `${would} ${target.permissionSet}`)).toContain("delete Taken");
});

describe("what is out of reach", () => {
  it("a protected set stays when its record is gone", () => {
    const plan = planFor({
      actual: { permissionSets: [managedSet("ReadOnly", { definition: readOnly })] },
      protected: { permissionSets: ["ReadOnly"] },
    });
    expect(plan.changes).toEqual([]);
    expect(plan.locked).toMatchObject([{ would: "delete", reason: "protected-permission-set" }]);
  });

  it("an assignment in an account that the organization no longer lists stays", () => {
    const elsewhere = assignmentOf("ReadOnly", account("999999999999", "Elsewhere").id, anna);
    const plan = planFor({
      sets: [permissionSetRecord()],
      actual: {
        permissionSets: [managedSet("ReadOnly", { definition: readOnly })],
        assignments: [elsewhere],
      },
    });
    expect(plan.changes.filter(({ kind }) => kind === "unassign")).toEqual([]);
    expect(plan.locked).toMatchObject([{ would: "delete", reason: "account-unknown" }]);
  });

  it("a set that nobody has stays while an assignment record still names it, and says so", () => {
    const plan = planFor({
      assignments: [assignmentRecord()],
      actual: { permissionSets: [managedSet("ReadOnly", { definition: readOnly })] },
    });
    expect(plan.changes).toEqual([]);
    expect(plan.held.map(({ reason }) => reason)).toContain("still-named");
  });
});
