import { describe, expect, it } from "vitest";
import { judgePlan } from "../../src/access/judge-plan.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { Change } from "../../src/model/plan.ts";
import {
  actualState,
  assignmentOf,
  definition,
  development,
  directory,
  group,
  managedPolicy,
  managedSet,
  production,
  user,
} from "../builders.ts";
import { assign, createSet, deleteSet, unassign } from "../report/builders.ts";

const [anna, ben] = [user("anna"), user("ben")];
const having = (name: string, policies: readonly string[], record: string) =>
  managedSet(name, {
    record,
    definition: definition({ managedPolicies: policies.map((policy) => managedPolicy(policy).arn) }),
  });
const admin = having("Admin", ["AdministratorAccess"], "1");
const audit = having("Audit", ["ReadOnlyAccess"], "2");
const billing = having("Billing", ["Billing"], "3");
const empty = having("Empty", [], "4");
const permissionSets = [admin, audit, billing, empty];

function lossesOf(changes: readonly Change[], actual: Partial<ActualState> = {}): readonly string[] {
  return [...judgePlan({ changes, actual: actualState({ permissionSets, ...actual }) }).losses];
}

describe("the end of an assignment", () => {
  const end = unassign("Audit", production, anna);
  const assignments = [assignmentOf("Audit", production, anna)];

  it("is a loss, but not of somebody who is disabled or gone", () => {
    expect(lossesOf([end], { assignments })).toEqual([end.id]);
    const disabled = directory({ users: [{ ...anna, enabled: false }] });
    const gone = directory({ users: [ben] });
    for (const people of [disabled, gone]) {
      expect(lossesOf([end], { assignments, directory: people })).toEqual([]);
    }
  });

  it("is none when the same account gets a set that grants something and whose class is not lower", () => {
    expect(lossesOf([assign("Billing", production, anna), end], { assignments })).toEqual([]);
    expect(lossesOf([assign("Admin", production, anna), end], { assignments })).toEqual([]);
    expect(lossesOf([assign("Empty", production, anna), end], { assignments })).toEqual([end.id]);
    expect(lossesOf([assign("Billing", development, anna), end], { assignments })).toEqual([end.id]);
    expect(lossesOf([assign("Billing", production, ben), end], { assignments })).toEqual([end.id]);
    const lower = unassign("Admin", production, anna);
    const own = { assignments: [assignmentOf("Admin", production, anna)] };
    expect(lossesOf([assign("Audit", production, anna), lower], own)).toEqual([lower.id]);
  });

  it("is none once for each new assignment, so that two sets for one are a loss", () => {
    const both = [end, unassign("Billing", production, anna)];
    const own = { assignments: [...assignments, assignmentOf("Billing", production, anna)] };
    expect(lossesOf([assign("Admin", production, anna), ...both], own)).toHaveLength(1);
  });

  it("is none in a rename by the same record, in one pass or two, nor is the end of the old set", () => {
    const made = createSet("Auditors");
    const renamed = {
      ...made,
      after: {
        attributes: { sessionDurationSeconds: 3_600 },
        tags: { "kintone-sso-sync:record": "2" },
      },
    } as Change;
    const changes = [assign("Auditors", production, anna), end, deleteSet("Audit")];
    expect(lossesOf([renamed, ...changes], { assignments })).toEqual([]);
    const second = {
      permissionSets: [...permissionSets, having("Auditors", [], "2")],
      assignments: [...assignments, assignmentOf("Auditors", production, anna)],
    };
    expect(lossesOf([end, deleteSet("Audit")], second)).toEqual([]);
    expect(lossesOf([end, deleteSet("Audit")], { assignments })).toEqual([end.id, deleteSet("Audit").id]);
  });

  it("is none when the set stays in the account through a group of the person, or through all members of the group", () => {
    const team = group("Team");
    const people = (...members: readonly (typeof anna)[]) =>
      directory({
        users: [anna, ben],
        groups: [team],
        memberships: new Map([[team.id, new Set(members.map(({ id }) => id))]]),
      });
    const byGroup = [assign("Audit", production, team), end];
    expect(lossesOf(byGroup, { assignments, directory: people(anna) })).toEqual([]);
    expect(lossesOf(byGroup, { assignments, directory: people(ben) })).toEqual([end.id]);
    const ofGroup = unassign("Audit", production, team);
    const own = { assignments: [assignmentOf("Audit", production, team)] };
    const byUser = [assign("Audit", production, anna), ofGroup];
    expect(lossesOf(byUser, { ...own, directory: people(anna) })).toEqual([]);
    expect(lossesOf(byUser, { ...own, directory: people(anna, ben) })).toEqual([ofGroup.id]);
  });
});
