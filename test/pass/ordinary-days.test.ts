import { describe, expect, it } from "vitest";

import type { Config } from "../../src/model/config.ts";
import type { Pass } from "../../src/model/pass.ts";
import { assignmentOf, development, directory, group, production, user } from "../builders.ts";
import { recordedCompany, type RecordedCompany } from "./recorded-company.ts";

const crew = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => user(`person${from + index}`));
const codes = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `person${from + index}`);

const appliedIn = ({ outcomes }: Pass, kind: "assign" | "unassign"): number =>
  outcomes.filter(({ status, change }) => status === "applied" && change.kind === kind).length;
const guardsIn = ({ violations }: Pass) => violations.map(({ guard }) => guard);

/** Each person has a record for each of two accounts, and everything is carried out. */
async function withPeople(
  count: number,
  more: { readonly config?: Partial<Config> } = {},
): Promise<RecordedCompany> {
  const company = recordedCompany({
    directory: directory({ users: crew(count + 10) }),
    hasMemory: true,
    ...more,
  });
  company.saveSet("1", { name: "ReadOnly", managedPolicies: "ReadOnlyAccess" });
  for (const [index, code] of codes(count).entries()) {
    company.saveAssignment(`${index + 1}`, { users: [code], accounts: "Production\nDevelopment" });
  }
  for (let passes = 0; passes < 2; passes += 1) await company.pass();
  return company;
}

const withDirectory = (company: RecordedCompany, users: readonly ReturnType<typeof user>[]): void =>
  company.identityCenter.meddle((state) => ({ ...state, directory: { ...state.directory, users } }));

describe("an ordinary 1 April", () => {
  it("goes through as a whole: of 100 people four have left, and three are new", async () => {
    const company = await withPeople(100);
    withDirectory(
      company,
      crew(110).map((one, index) => (index < 4 ? { ...one, enabled: false } : one)),
    );
    for (const index of [101, 102, 103]) {
      company.saveAssignment(`${index}`, { users: [`person${index}`] });
    }
    const pass = await company.pass();
    expect([guardsIn(pass), appliedIn(pass, "unassign"), appliedIn(pass, "assign")]).toEqual([[], 8, 3]);
  });

  it("keeps the removals of twelve people who are gone from the directory for a person, and nothing else", async () => {
    const company = await withPeople(100);
    withDirectory(company, crew(110).slice(12));
    company.saveAssignment("101", { users: ["person101"] });
    company.deleteAssignment("50");
    const pass = await company.pass();
    expect(guardsIn(pass)).toEqual(["directory-shrank"]);
    expect(pass.violations[0]?.refuses).toHaveLength(24);
    expect([appliedIn(pass, "unassign"), appliedIn(pass, "assign")]).toEqual([2, 1]);
  });

  it("carries out that a set which twelve of forty have is renamed", async () => {
    const company = recordedCompany({ directory: directory({ users: crew(40) }), hasMemory: true });
    company.saveSet("1", { name: "ReadOnly", managedPolicies: "ReadOnlyAccess" });
    company.saveSet("2", { name: "Audit", managedPolicies: "SecurityAudit" });
    company.saveAssignment("1", { users: codes(28) });
    company.saveAssignment("2", { permissionSet: "Audit", users: codes(12, 28) });
    for (let passes = 0; passes < 2; passes += 1) await company.pass();
    company.saveSet("2", { name: "Auditors" });
    company.saveAssignment("2", { permissionSet: "Auditors" });
    const pass = await company.pass();
    expect([guardsIn(pass), appliedIn(pass, "assign"), appliedIn(pass, "unassign")]).toEqual([[], 12, 12]);
  });
});

describe("a small company", () => {
  it("may lose one of four records, and is asked before three of five assignments go", async () => {
    const company = await withPeople(4);
    company.deleteAssignment("4");
    const pass = await company.pass();
    expect([guardsIn(pass), appliedIn(pass, "unassign")]).toEqual([[], 2]);
    const five = recordedCompany({ directory: directory({ users: crew(5) }), hasMemory: true });
    five.saveSet("1", { name: "ReadOnly", managedPolicies: "ReadOnlyAccess" });
    five.saveAssignment("1", { users: codes(5) });
    await five.pass();
    five.saveAssignment("1", { users: codes(2) });
    expect(guardsIn(await five.pass())).toEqual(["deletions"]);
  });
});

describe("groups that the directory makes anew", () => {
  it("have under their new ids at once what they had, and what is left of the former ones may wait", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `Team${index}`);
    const company = recordedCompany({
      directory: directory({ users: crew(3), groups: names.map((name) => group(name)) }),
      hasMemory: true,
    });
    company.saveSet("1", { name: "ReadOnly", managedPolicies: "ReadOnlyAccess" });
    company.saveAssignment("1", { groups: names.join("\n"), accounts: "Production\nDevelopment" });
    company.saveAssignment("2", { users: ["person0"] });
    for (let passes = 0; passes < 2; passes += 1) await company.pass();
    const anew = names.map((name) => group(name, `anew-${name}`));
    company.identityCenter.meddle((state) => ({
      ...state,
      directory: { ...state.directory, groups: anew },
    }));
    company.saveAssignment("2", { users: ["person1"] });
    await company.pass();
    for (const team of anew) {
      expect(company.has(assignmentOf("ReadOnly", production, team))).toBe(true);
      expect(company.has(assignmentOf("ReadOnly", development, team))).toBe(true);
    }
    const [before, after] = crew(2) as [ReturnType<typeof user>, ReturnType<typeof user>];
    expect(company.has(assignmentOf("ReadOnly", production, before))).toBe(false);
    expect(company.has(assignmentOf("ReadOnly", production, after))).toBe(true);
  });
});
