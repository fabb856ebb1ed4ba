import { describe, expect, it } from "vitest";

import type { Config } from "../../src/model/config.ts";
import { dayMs } from "../../src/model/duration.ts";
import type { Gate } from "../../src/model/gate.ts";
import { assignmentOf, development, directory, production, user } from "../builders.ts";
import { companyConfig } from "../report/company-pass.ts";
import { recordedCompany } from "./recorded-company.ts";

const anna = user("anna");
const ben = user("ben");
const people = directory({ users: [anna, ben] });
const gate: Gate = { field: "status", approved: ["Approved"], ended: ["Ended"] };
const fourEyes: Gate = { ...gate, approver: "approver" };

function withGates(gates: NonNullable<Config["kintone"]["gates"]>): Pick<Config, "kintone"> {
  return { kintone: { ...companyConfig.kintone, gates } };
}

interface Setting {
  readonly gates?: NonNullable<Config["kintone"]["gates"]>;
  readonly hasMemory?: boolean;
}

/** Anna reads in production by an approved record. */
async function approvedCompany({ gates = { assignments: gate }, hasMemory = true }: Setting = {}) {
  const company = recordedCompany({ directory: people, hasMemory, config: withGates(gates) });
  company.saveSet("1", { name: "ReadOnly" }, { state: "Approved", by: "carl", approvers: ["boss"] });
  company.saveAssignment("1", { users: ["anna"] }, { state: "Approved", by: "anna", approvers: ["boss"] });
  company.saveAssignment("2", { users: ["ben"] }, { state: "Applied", by: "ben", approvers: ["boss"] });
  await company.pass();
  await company.pass();
  const who = (): readonly string[] =>
    company.identityCenter
      .state()
      .assignments.map(({ account, principal }) => `${principal.id} ${account}`)
      .toSorted();
  return { ...company, who };
}

const annas = `${anna.id} ${production}`;
const hourMs = dayMs / 24;
const inHours = (hours: number): string =>
  new Date(Date.parse("2026-11-20T09:00:00Z") + hours * hourMs).toISOString();

describe("a record that waits for approval", () => {
  it("ends at the end that was approved last, which an edit neither delays nor brings forward", async () => {
    const company = await approvedCompany();
    company.saveAssignment("1", { expires: inHours(48) });
    company.moveAssignment("1", "Applied");
    await company.pass();
    company.moveAssignment("1", "Approved");
    await company.pass();
    company.moveAssignment("1", "Applied");
    company.saveAssignment("1", { expires: inHours(1) });
    await company.later(3 * hourMs);
    await company.pass();
    expect(company.who()).toEqual([annas]);
    company.saveAssignment("1", { expires: inHours(5_000) });
    await company.later(48 * hourMs);
    await company.pass();
    expect(company.who()).toEqual([]);
  });

  it("has no end as long as none was approved, also when its edit lies in the past", async () => {
    const company = await approvedCompany();
    company.moveAssignment("1", "Applied");
    company.saveAssignment("1", { expires: inHours(-5) });
    await company.pass();
    expect(company.who()).toEqual([annas]);
  });

  it("keeps what somebody made by hand no more than any other record does", async () => {
    const company = await approvedCompany();
    company.moveAssignment("1", "Applied");
    company.saveAssignment("1", { users: ["anna", "ben"], accounts: "Production\nDevelopment" });
    company.identityCenter.meddle((state) => ({
      ...state,
      assignments: [...state.assignments, assignmentOf("ReadOnly", development, ben)],
    }));
    await company.pass();
    await company.pass();
    expect(company.who()).toEqual([annas]);
  });

  it("keeps what exists and no other record gave, though no pass has met the record before, until somebody decides", async () => {
    const company = await approvedCompany();
    company.identityCenter.meddle((state) => ({
      ...state,
      assignments: [...state.assignments, assignmentOf("ReadOnly", development, ben)],
    }));
    company.saveAssignment("5", { users: ["ben"], accounts: "Development" }, { state: "Applied" });
    company.moveAssignment("5", "Checking");
    for (let passes = 0; passes < 3; passes += 1) await company.pass();
    expect(company.who()).toEqual([annas, `${ben.id} ${development}`]);
    company.moveAssignment("5", "Ended");
    await company.pass();
    expect(company.who()).toEqual([annas]);
  });

  it("keeps nothing of what another record gave that is gone", async () => {
    const company = await approvedCompany();
    company.deleteAssignment("1");
    company.saveAssignment("6", { users: ["anna"] }, { state: "Applied" });
    company.moveAssignment("6", "Checking");
    await company.pass();
    await company.pass();
    expect(company.who()).toEqual([]);
  });

  it("loses nothing when two passes overlap or the memory is gone in between", async () => {
    const company = await approvedCompany();
    company.moveAssignment("1", "Applied");
    company.loseMemory();
    await Promise.all([company.pass(), company.pass()]);
    company.saveAssignment("1", { accounts: "Production\nDevelopment" });
    await company.pass();
    expect(company.who()).toEqual([annas]);
  });
});

describe("a gate that is switched on", () => {
  it("takes nothing away and grants nothing new to records that nobody has approved", async () => {
    const company = recordedCompany({ directory: people, hasMemory: true });
    company.saveSet("1", { name: "ReadOnly" }, { state: "Applied" });
    company.saveAssignment("1", { users: ["anna"] }, { state: "Applied" });
    await company.pass();
    const on = withGates({ assignments: gate, permissionSets: gate });
    await company.pass(on);
    company.saveAssignment("1", { users: ["anna", "ben"] });
    company.saveSet("1", { managedPolicies: "AdministratorAccess" });
    await company.pass(on);
    await company.pass(on);
    const { assignments, permissionSets } = company.identityCenter.state();
    expect(assignments).toEqual([assignmentOf("ReadOnly", production, anna)]);
    expect(permissionSets.map((set) => set.managed && set.definition.managedPolicies)).toEqual([
      ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
    ]);
  });
});

describe("a permission set whose record waits for approval", () => {
  const both = { assignments: gate, permissionSets: gate };
  const policiesIn = ({ identityCenter }: Awaited<ReturnType<typeof approvedCompany>>) =>
    identityCenter
      .state()
      .permissionSets.map((set) => [
        set.name,
        set.managed && set.definition.managedPolicies.map((arn) => arn.split("/").at(-1)),
      ]);

  it("stays as it was approved, goes on to be granted, and is put back when somebody changes it by hand", async () => {
    const company = await approvedCompany({ gates: both });
    company.moveSet("1", "Applied");
    company.saveSet("1", { name: "Everything", managedPolicies: "AdministratorAccess" });
    company.moveAssignment("2", "Approved");
    expect((await company.pass()).desired.issues).toEqual([]);
    expect(company.who()).toEqual([annas, `${ben.id} ${production}`]);
    expect(policiesIn(company)).toEqual([["ReadOnly", ["ReadOnlyAccess"]]]);
    company.identityCenter.meddle((state) => ({
      ...state,
      permissionSets: state.permissionSets.map((set) =>
        set.managed ? { ...set, definition: { ...set.definition, managedPolicies: [] } } : set,
      ),
    }));
    await company.pass();
    await company.pass();
    expect(policiesIn(company)).toEqual([["ReadOnly", ["ReadOnlyAccess"]]]);
    company.moveSet("1", "Approved");
    await company.pass();
    await company.pass();
    expect(policiesIn(company)).toContainEqual(["Everything", ["AdministratorAccess"]]);
  });

  it("is left as it is when no memory knows what was approved", async () => {
    const company = await approvedCompany({ gates: both });
    company.moveSet("1", "Applied");
    company.saveSet("1", { managedPolicies: "AdministratorAccess" });
    company.loseMemory();
    company.moveAssignment("2", "Approved");
    const { plan } = await company.pass();
    expect(plan.held.map(({ reason }) => reason)).toContain("waits-for-approval");
    expect(policiesIn(company)).toEqual([["ReadOnly", ["ReadOnlyAccess"]]]);
    expect(company.who()).toEqual([annas]);
  });

  it("is not made before it is approved, and whoever names it hears that", async () => {
    const company = await approvedCompany({ gates: both });
    company.saveSet("2", { name: "Support", managedPolicies: "SecurityAudit" }, { state: "Applied" });
    company.saveSet("3", { name: "ReadOnly", managedPolicies: "AdministratorAccess" }, { state: "Applied" });
    company.saveAssignment("3", { permissionSet: "Support" }, { state: "Approved" });
    const { desired } = await company.pass();
    expect(desired.issues.map(({ code }) => code)).toEqual(["assignment.permission-set-not-approved"]);
    expect(policiesIn(company)).toEqual([["ReadOnly", ["ReadOnlyAccess"]]]);
    company.moveSet("2", "Approved");
    await company.pass();
    expect(policiesIn(company)).toContainEqual(["Support", ["SecurityAudit"]]);
  });
});

describe("a record that is edited after its approval", () => {
  it("waits, and counts again once it was in another state or is as it was", async () => {
    const company = await approvedCompany();
    company.saveAssignment("1", { users: ["ben"] });
    const { desired } = await company.pass();
    expect(desired.gated).toMatchObject([{ record: { id: "1" }, standing: "pending", reason: "edited" }, {}]);
    await company.pass();
    expect(company.who()).toEqual([annas]);
    company.saveAssignment("1", { users: ["anna"] });
    expect((await company.pass()).desired.gated).toMatchObject([{ record: { id: "2" } }]);
    company.saveAssignment("1", { users: ["ben"] });
    company.moveAssignment("1", "Applied");
    await company.pass();
    company.moveAssignment("1", "Approved");
    await company.pass();
    expect(company.who()).toEqual([`${ben.id} ${production}`]);
  });

  it("counts when its approver is known to have approved it again between two passes", async () => {
    const company = await approvedCompany({ gates: { assignments: fourEyes } });
    company.saveAssignment("1", { users: ["ben"] }, { by: "anna" });
    await company.pass();
    expect(company.who()).toEqual([annas]);
    company.moveAssignment("1", "Applied", "anna");
    company.moveAssignment("1", "Approved", "boss");
    await company.pass();
    expect(company.who()).toEqual([`${ben.id} ${production}`]);
  });
});

describe("whoever edited a record last", () => {
  it.each([
    ["does not approve it", ["ben"], "own-approval"],
    ["approves nothing where no approver is named", [], "no-approver"],
    ["needs one other approver", ["ben", "boss"], undefined],
  ])("%s", async (_, approvers, reason) => {
    const company = await approvedCompany({ gates: { assignments: fourEyes } });
    company.saveAssignment("2", {}, { approvers, by: "ben" });
    company.moveAssignment("2", "Approved", "ben");
    const { desired } = await company.pass();
    expect(desired.gated?.map((one) => one.reason)).toEqual(reason === undefined ? undefined : [reason]);
    expect(company.who()).toHaveLength(reason === undefined ? 2 : 1);
  });

  it("may be the approver when it was edited and approved between two passes: that waits until a pass has seen it", async () => {
    const company = await approvedCompany({ gates: { assignments: fourEyes } });
    company.saveAssignment("2", { accounts: "Development" }, { by: "boss" });
    company.moveAssignment("2", "Approved", "boss");
    expect((await company.pass()).desired.gated).toMatchObject([{ reason: "editor-unknown" }]);
    company.moveAssignment("2", "Applied", "ben");
    await company.pass();
    company.moveAssignment("2", "Approved", "boss");
    expect((await company.pass()).desired.gated).toBeUndefined();
    expect(company.who()).toHaveLength(2);
  });
});
