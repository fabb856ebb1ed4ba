import { describe, expect, it } from "vitest";
import { permissionSetName } from "../../src/model/ids.ts";
import type { Change } from "../../src/model/plan.ts";
import { administratorChanges } from "../../src/report/administrator-changes.ts";
import {
  actualState,
  assignmentOf,
  definition,
  desiredState,
  development,
  managedPolicy,
  managedSet,
  production,
  recordRef,
  user,
} from "../builders.ts";
import { assign, attachPolicy, passOf, planOf } from "./builders.ts";

const admin = managedPolicy("AdministratorAccess").arn;
const administrators = definition({ managedPolicies: [admin] });
const [anna, ben] = [user("anna"), user("ben")];

function found(changes: readonly Change[], actual: Parameters<typeof actualState>[0] = {}) {
  const wanted = (name: string, of = administrators) => ({
    name: permissionSetName(name),
    record: recordRef(),
    definition: of,
  });
  const permissionSets = [wanted("Admin"), wanted("Root"), wanted("ReadOnly", definition())];
  const desired = { ...desiredState(), permissionSets };
  return [...administratorChanges(passOf({ plan: planOf(changes), desired, actual: actualState(actual) }))];
}

describe("the changes that make somebody administrator", () => {
  it("are assignments of sets whose content is an administrator's", () => {
    const grant = assign("Admin", production, anna);
    expect(found([grant, assign("ReadOnly", production, anna)])).toEqual([grant.id]);
  });

  it("are none where the person was administrator of the account already", () => {
    const permissionSets = [managedSet("Root", { definition: administrators })];
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
});
