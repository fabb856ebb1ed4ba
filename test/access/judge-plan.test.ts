import { describe, expect, it } from "vitest";
import { permissionSetName } from "../../src/model/ids.ts";
import type { Change } from "../../src/model/plan.ts";
import { judgePlan } from "../../src/access/judge-plan.ts";
import type { PermissionSetDefinition } from "../../src/model/permission-set.ts";
import {
  actualState,
  assignmentOf,
  definition,
  development,
  directory,
  managedPolicy,
  managedSet,
  production,
  user,
} from "../builders.ts";
import { assign, attachPolicy, unassign } from "../report/builders.ts";

const admin = managedPolicy("AdministratorAccess").arn;
const administrators = definition({ managedPolicies: [admin] });
const [anna, ben] = [user("anna"), user("ben")];

const inline = (...Action: string[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });

const effects = (changes: readonly Change[], actual: Parameters<typeof actualState>[0] = {}) =>
  judgePlan({ changes, actual: actualState(actual) });
const found = (changes: readonly Change[], actual: Parameters<typeof actualState>[0] = {}) => [
  ...effects(changes, actual).becomesAdministrator,
];
const sets = {
  permissionSets: [managedSet("Admin", { definition: administrators }), managedSet("ReadOnly")],
};

describe("the changes that make somebody administrator", () => {
  it("are assignments of sets whose content is an administrator's", () => {
    const grant = assign("Admin", production, anna);
    expect(found([grant, assign("ReadOnly", production, anna)], sets)).toEqual([grant.id]);
  });

  it("are none where the person was administrator of the account already", () => {
    const permissionSets = [...sets.permissionSets, managedSet("Root", { definition: administrators })];
    const assignments = [assignmentOf("Root", production, anna)];
    const elsewhere = assign("Admin", development, anna);
    const changes = [assign("Admin", production, anna), elsewhere];
    expect(found(changes, { permissionSets, assignments })).toEqual([elsewhere.id]);
  });

  it("are edits that make an administrator's of a set that somebody has", () => {
    const permissionSets = [managedSet("Admin"), managedSet("Root")];
    const assignments = [assignmentOf("Admin", production, ben)];
    const edit = attachPolicy("Admin", admin);
    expect(found([edit, attachPolicy("Root", admin)], { permissionSets, assignments })).toEqual([edit.id]);
  });

  it.each([
    ["a developer's", { managedPolicies: [managedPolicy("PowerUserAccess").arn] }, true],
    ["a service's own", { inlinePolicy: inline("sso:ListInstances", "s3:PutObject") }, true],
    ["one that reads secrets", { inlinePolicy: inline("secretsmanager:Get*") }, true],
    ["a customer's policy", { customerManagedPolicies: [{ name: "Team", path: "/" }] }, true],
    ["reading", { managedPolicies: [managedPolicy("ViewOnlyAccess", "/job-function/").arn] }, false],
    ["reading by an inline policy", { inlinePolicy: inline("ec2:Describe*", "s3:ListBucket") }, false],
  ])(
    "are all but plain reading in the account that the sync runs in: %s",
    (_what, content, isAdministrator) => {
      const keyAccounts = { ids: new Set([production]), isOpen: true };
      const permissionSets = [managedSet("Dev", { definition: definition(content) })];
      const [there, elsewhere] = [assign("Dev", production, anna), assign("Dev", development, anna)];
      const given = { permissionSets, directory: directory({ keyAccounts }) };
      expect(found([there, elsewhere], given)).toEqual(isAdministrator ? [there.id] : []);
    },
  );

  const denyAll = `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}`;
  const customer = { name: "Guard", path: "/" };
  const boundary = { kind: "aws-managed", arn: managedPolicy("ReadOnlyAccess").arn } as const;
  const about = {
    target: { permissionSet: permissionSetName("Admin") },
    records: [],
    dependsOn: [],
    accounts: [],
  };
  it.each<[string, Partial<PermissionSetDefinition>, Change]>([
    [
      "a boundary",
      { permissionsBoundary: boundary },
      { id: "x", kind: "delete-permissions-boundary", ...about, before: boundary },
    ],
    [
      "a statement that denies everything",
      { inlinePolicy: denyAll },
      { id: "x", kind: "delete-inline-policy", ...about, before: denyAll },
    ],
    [
      "a customer managed policy",
      { customerManagedPolicies: [customer] },
      { id: "x", kind: "detach-customer-managed-policy", ...about, before: customer },
    ],
    [
      "a policy that denies everything",
      { managedPolicies: [admin, managedPolicy("AWSDenyAll").arn] },
      { id: "x", kind: "detach-managed-policy", ...about, before: managedPolicy("AWSDenyAll").arn },
    ],
  ])("are edits that take %s off an administrator's set that somebody has", (_, held, edit) => {
    const permissionSets = [managedSet("Admin", { definition: { ...administrators, ...held } })];
    const assignments = [assignmentOf("Admin", production, ben)];
    expect(found([edit], { permissionSets, assignments })).toEqual(["x"]);
    expect(effects([edit], { permissionSets, assignments }).newAdministrators).toHaveLength(1);
  });

  it("are only those of several edits that decide", () => {
    const permissionSets = [managedSet("Admin")];
    const assignments = [assignmentOf("Admin", production, ben)];
    const [edit, other] = [attachPolicy("Admin", admin), attachPolicy("Admin", managedPolicy("Billing").arn)];
    expect(found([other, edit], { permissionSets, assignments })).toEqual([edit.id]);
  });
});

describe("those who may run as other roles", () => {
  const power = definition({ managedPolicies: [managedPolicy("PowerUserAccess").arn] });
  const permissionSets = [...sets.permissionSets, managedSet("Dev", { definition: power })];
  const runners = (
    changes: readonly Change[],
    assignments: readonly ReturnType<typeof assignmentOf>[] = [],
  ) => effects(changes, { permissionSets, assignments }).newRunners;

  it("are told by a new assignment, and by an edit of a set that somebody has", () => {
    const grant = assign("Dev", production, anna);
    expect(runners([grant, assign("ReadOnly", production, ben)])).toMatchObject([
      { permissionSet: "Dev", account: production, principal: { id: anna.id } },
    ]);
    const edit = attachPolicy("ReadOnly", managedPolicy("PowerUserAccess").arn);
    expect(runners([edit], [assignmentOf("ReadOnly", production, ben)])).toMatchObject([
      { permissionSet: "ReadOnly", principal: { id: ben.id } },
    ]);
  });

  it("are none who could already, in that way or as an administrator, and no administrators", () => {
    const held = [assignmentOf("Admin", production, anna), assignmentOf("Dev", production, ben)];
    expect(runners([assign("Dev", production, anna), assign("Admin", development, ben)], held)).toEqual([]);
  });
});

describe("people who lose everything", () => {
  const held = { ...sets, assignments: [assignmentOf("ReadOnly", production, anna)] };

  it("are told with the revocation that takes the last of it", () => {
    const revocation = unassign("ReadOnly", production, anna);
    expect(effects([revocation], held).losesAll).toMatchObject([
      { user: { id: anna.id }, changes: [revocation.id] },
    ]);
  });

  it("are none when the plan gives them something else", () => {
    const changes = [unassign("ReadOnly", production, anna), assign("Admin", production, anna)];
    expect(effects(changes, held).losesAll).toEqual([]);
  });
});

describe("an account that loses its last administrator", () => {
  const held = { ...sets, assignments: [assignmentOf("Admin", production, anna)] };

  it("is told with the change that takes the administrator away", () => {
    const revocation = unassign("Admin", production, anna);
    expect(effects([revocation], held).accountsWithoutAdministrator).toEqual([
      { account: production, changes: [revocation.id] },
    ]);
    const edit: Change = {
      id: "detach",
      kind: "detach-managed-policy",
      target: { permissionSet: permissionSetName("Admin") },
      before: admin,
      records: [],
      dependsOn: [],
      accounts: [],
    };
    expect(effects([edit], held).accountsWithoutAdministrator).toEqual([
      { account: production, changes: ["detach"] },
    ]);
  });
});
