import { describe, expect, it } from "vitest";

import type { ActualState, ManagedPermissionSet } from "../../src/model/actual-state.ts";
import { formerNameTag, ownerTag, provisioningTag, recordTag } from "../../src/model/ownership.ts";
import type { PermissionSetDefinition } from "../../src/model/permission-set.ts";
import {
  assignmentOf,
  definition,
  development,
  directory,
  group,
  managedSet,
  owner,
  production,
  unmanagedSet,
  user,
} from "../builders.ts";
import { recordedCompany, type RecordedCompany } from "./recorded-company.ts";

const many = Array.from({ length: 30 }, (_, index) => user(`person${index}`));
const [anna, leaver, newcomer, mallory] = ["anna", "leaver", "newcomer", "mallory"].map((name) =>
  user(name),
) as [ReturnType<typeof user>, ReturnType<typeof user>, ReturnType<typeof user>, ReturnType<typeof user>];
const people = directory({
  users: [anna, leaver, newcomer, mallory, ...many],
  groups: [group("Developers"), group("Auditors")],
});
const policy = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const allowing = (action: string): string =>
  `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"${action}","Resource":"*"}}`;
const denying = `{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`;

/**
 * Thirty people read in production, anna administrates it under a boundary, and the leaver has support there, which ends;
 * the newcomer gets it.
 */
async function settled(hasMemory: boolean): Promise<RecordedCompany> {
  const company = recordedCompany({ directory: people, hasMemory });
  company.saveSet("1", {
    name: "ReadOnly",
    managedPolicies: "ReadOnlyAccess",
    inlinePolicy: allowing("s3:Get*"),
  });
  company.saveSet("2", {
    name: "Admin",
    managedPolicies: "AdministratorAccess",
    permissionsBoundary: "SecurityAudit",
  });
  company.saveSet("3", { name: "Support", managedPolicies: "SecurityAudit", relayState: "" });
  company.saveSet("4", { name: "Billing", managedPolicies: "Billing" });
  const codes = many.map(({ userName }) => userName.slice(0, userName.indexOf("@")));
  company.saveAssignment("1", { permissionSet: "ReadOnly", users: codes });
  company.saveAssignment("2", { permissionSet: "Admin", users: ["anna"] });
  company.saveAssignment("3", { permissionSet: "Support", users: ["leaver"] });
  company.saveAssignment("4", { permissionSet: "Billing", groups: "Auditors", accounts: "Development" });
  for (let passes = 0; passes < 2; passes += 1) await company.pass();
  expect(company.has(assignmentOf("Support", production, leaver))).toBe(true);
  return company;
}

/** One pass after the mistake, the leaver has left and the newcomer is there. */
async function goesOnFor(company: RecordedCompany): Promise<void> {
  company.saveAssignment("3", { users: ["newcomer"] });
  await company.pass();
  expect({
    leaver: company.has(assignmentOf("Support", production, leaver)),
    newcomer: company.has(assignmentOf("Support", production, newcomer)),
  }).toEqual({ leaver: false, newcomer: true });
}

type Meddling = (state: ActualState) => ActualState;

const withSet =
  (name: string, edit: (set: ManagedPermissionSet) => ActualState["permissionSets"][number]): Meddling =>
  (state) => ({
    ...state,
    permissionSets: state.permissionSets.map((set) => (set.name === name && set.managed ? edit(set) : set)),
  });
const redefined = (name: string, edit: Partial<PermissionSetDefinition>): Meddling =>
  withSet(name, (set) => ({
    ...set,
    definition: { ...set.definition, ...edit },
    staleAccounts: set.provisionedAccounts,
  }));
const described = (name: string, edit: Partial<PermissionSetDefinition["attributes"]>): Meddling =>
  withSet(name, (set) => ({
    ...set,
    definition: { ...set.definition, attributes: { ...set.definition.attributes, ...edit } },
  }));
const tagged = (name: string, edit: Readonly<Record<string, string>>): Meddling =>
  withSet(name, (set) => ({ ...set, tags: { ...set.tags, ...edit } }));
const untagged = (name: string, key: string): Meddling =>
  withSet(name, (set) => {
    const { [key]: _gone, ...tags } = set.tags;
    return { ...set, tags };
  });
const assigned = (...args: Parameters<typeof assignmentOf>): Meddling => {
  const assignment = assignmentOf(...args);
  return (state) => ({
    ...withSet(assignment.permissionSet, (set) => ({
      ...set,
      provisionedAccounts: [...new Set([...set.provisionedAccounts, assignment.account])],
    }))(state),
    assignments: [...state.assignments, assignment],
  });
};
const without =
  (name: string): Meddling =>
  (state) => ({
    ...state,
    permissionSets: state.permissionSets.filter((set) => set.name !== name),
    assignments: state.assignments.filter(({ permissionSet }) => permissionSet !== name),
  });
const more = (set: ActualState["permissionSets"][number]): Meddling => {
  return (state) => ({ ...state, permissionSets: [...state.permissionSets, set] });
};

/** What somebody does by hand in AWS, also to the very set of the leaver and the newcomer. */
const byHand: Readonly<Record<string, Meddling>> = {
  "another description": described("Support", { description: "Mine" }),
  "another session duration": described("Support", { sessionDurationSeconds: 43_200 }),
  "another relay state": described("Support", { relayState: "https://example.com" }),
  "an ordinary policy attached": redefined("Support", {
    managedPolicies: [policy("SecurityAudit"), policy("ReadOnlyAccess")],
  }),
  "the only policy detached": redefined("Support", { managedPolicies: [] }),
  "AdministratorAccess attached": redefined("Support", {
    managedPolicies: [policy("SecurityAudit"), policy("AdministratorAccess")],
  }),
  "everything allowed inline": redefined("Support", { inlinePolicy: allowing("*") }),
  "everything denied inline": redefined("Support", { inlinePolicy: denying }),
  "a customer managed policy attached": redefined("Support", {
    customerManagedPolicies: [{ name: "Mine", path: "/" }],
  }),
  "a boundary put on": redefined("Support", {
    permissionsBoundary: { kind: "aws-managed", arn: policy("ReadOnlyAccess") },
  }),
  "a boundary taken off the administrators": withSet("Admin", (set) => {
    const { permissionsBoundary: _gone, ...rest } = set.definition;
    return { ...set, definition: rest };
  }),
  "everything denied to the administrators": redefined("Admin", { inlinePolicy: denying }),
  "AdministratorAccess detached": redefined("Admin", { managedPolicies: [] }),
  "AdministratorAccess attached to what thirty people have": redefined("ReadOnly", {
    managedPolicies: [policy("ReadOnlyAccess"), policy("AdministratorAccess")],
  }),
  "an ordinary assignment": assigned("ReadOnly", development, mallory),
  "an assignment to a group": assigned("ReadOnly", production, group("Developers")),
  "an assignment to somebody who is not there": assigned("ReadOnly", production, user("nobody")),
  "an administrator in the account of others": assigned("Admin", production, mallory),
  "an assignment taken away": (state) => ({
    ...state,
    assignments: state.assignments.filter(({ permissionSet }) => permissionSet !== "Billing"),
  }),
  "a set deleted that thirty people have": without("ReadOnly"),
  "the administrators' set deleted": without("Admin"),
  "the very set deleted": without("Support"),
  "the owner's tag taken off": untagged("ReadOnly", ownerTag),
  "the owner's tag of somebody else": tagged("ReadOnly", { [ownerTag]: "somebody else" }),
  "the record's tag taken off": untagged("ReadOnly", recordTag),
  "the record's tag of another record": tagged("ReadOnly", { [recordTag]: "3" }),
  "the record's tag of no record": tagged("Support", { [recordTag]: "99" }),
  "our tags on a set that was not ours": more({
    ...unmanagedSet("Foreign"),
    tags: { [ownerTag]: owner, [recordTag]: "3" },
  }),
  "a copy of a set of ours": more(
    managedSet("Copy", {
      record: "3",
      definition: definition({ managedPolicies: [policy("ReadOnlyAccess")] }),
    }),
  ),
  "a provisioning that is half done": withSet("Support", (set) => ({
    ...set,
    staleAccounts: set.provisionedAccounts,
  })),
  "a provisioning that is said to be half done": tagged("Support", { [provisioningTag]: "pending" }),
};

describe("one change by hand in AWS keeps nobody else's grant or removal from happening in the next pass", () => {
  it.each(Object.entries(byHand))("%s", async (_, meddling) => {
    for (const hasMemory of [true, false]) {
      const company = await settled(hasMemory);
      company.identityCenter.meddle(meddling);
      await expect(goesOnFor(company)).resolves.toBeUndefined();
    }
  });

  it("a former name of another set's, as memory knows which set the record meant", async () => {
    const company = await settled(true);
    company.identityCenter.meddle(tagged("Billing", { [formerNameTag]: "Support" }));
    await expect(goesOnFor(company)).resolves.toBeUndefined();
  });

  it("an administrator in an account without one, which without a memory waits for a person", async () => {
    for (const hasMemory of [true, false]) {
      const company = await settled(hasMemory);
      company.identityCenter.meddle(assigned("Admin", development, mallory));
      await expect(goesOnFor(company)).resolves.toBeUndefined();
      expect(company.has(assignmentOf("Admin", development, mallory))).toBe(!hasMemory);
    }
  });
});

const codesOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `person${index}`);

/** What the author of one record does, by mistake or not. */
const byRecord: Readonly<Record<string, (company: RecordedCompany) => void>> = {
  "nothing filled in": ({ saveAssignment }) =>
    saveAssignment("9", { permissionSet: "", users: [], groups: "", accounts: "" }),
  "a group that does not exist": ({ saveAssignment }) =>
    saveAssignment("9", { permissionSet: "Support", groups: "Nobody" }),
  "a login that does not exist": ({ saveAssignment }) =>
    saveAssignment("9", { permissionSet: "ReadOnly", users: ["lever"] }),
  "an account that does not exist": ({ saveAssignment }) =>
    saveAssignment("9", { permissionSet: "ReadOnly", users: ["leaver"], accounts: "Prodution" }),
  "a set that does not exist": ({ saveAssignment }) =>
    saveAssignment("9", { permissionSet: "Suport", users: ["leaver"] }),
  "the management account": ({ saveAssignment }) =>
    saveAssignment("9", { permissionSet: "Support", users: ["leaver"], accounts: "Management" }),
  "thirty people": ({ saveAssignment }) =>
    saveAssignment("9", { permissionSet: "Billing", users: codesOf(30) }),
  "thirty administrators": ({ saveAssignment }) =>
    saveAssignment("9", { permissionSet: "Admin", users: codesOf(30) }),
  "what another record asks for": ({ saveAssignment }) =>
    saveAssignment("9", { permissionSet: "ReadOnly", users: codesOf(30) }),
  "nobody any more": ({ saveAssignment }) => saveAssignment("1", { users: [] }),
  "twenty people less": ({ saveAssignment }) => saveAssignment("1", { users: codesOf(8) }),
  "a record that is deleted": ({ deleteAssignment }) => deleteAssignment("1"),
  "no administrator any more": ({ deleteAssignment }) => deleteAssignment("2"),
  "another set for thirty people": ({ saveAssignment }) => saveAssignment("1", { permissionSet: "Billing" }),
  "a blank record that granted much": ({ saveAssignment }) =>
    saveAssignment("1", { permissionSet: "", users: [], accounts: "" }),
  "a set that becomes an administrator's for thirty people": ({ saveSet }) =>
    saveSet("1", { managedPolicies: "AdministratorAccess" }),
  "a set that is worth nothing any more": ({ saveSet }) =>
    saveSet("1", { managedPolicies: "", inlinePolicy: "" }),
  "a set that denies everything": ({ saveSet }) => saveSet("1", { inlinePolicy: denying }),
  "an inline policy that is no JSON": ({ saveSet }) => saveSet("1", { inlinePolicy: "{" }),
  "a policy that does not exist": ({ saveSet }) => saveSet("1", { managedPolicies: "ReadOnly" }),
  "the name of somebody else's set": ({ saveSet }) => saveSet("9", { name: "Billing" }),
  "a set under another name": ({ saveSet }) => saveSet("1", { name: "Readers" }),
  "a set without a name": ({ saveSet }) => saveSet("1", { name: "" }),
  "a set record that is deleted though people have the set": ({ deleteSet }) => deleteSet("1"),
  "a boundary taken off the administrators": ({ saveSet }) => saveSet("2", { permissionsBoundary: "" }),
  "hostile text everywhere": ({ saveAssignment }) =>
    saveAssignment("9", {
      permissionSet: "../../\u0000",
      users: ["<script>"],
      accounts: "*",
      groups: "=cmd",
    }),
};

describe("one record keeps nobody else's grant or removal from happening in the next pass", () => {
  it.each(Object.entries(byRecord))("%s", async (_, mistake) => {
    const company = await settled(true);
    mistake(company);
    await expect(goesOnFor(company)).resolves.toBeUndefined();
  });
});
