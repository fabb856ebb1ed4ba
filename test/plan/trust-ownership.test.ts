import { describe, expect, it } from "vitest";
import type { ActualState, ManagedPermissionSet } from "../../src/model/actual-state.ts";
import { emptyMemory, type Memory } from "../../src/model/memory.ts";
import { adoptedTag, adoptedValue, ownerTag, recordTag } from "../../src/model/ownership.ts";
import type { Plan } from "../../src/model/plan.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import { planAdoption } from "../../src/commands/adopt/plan-adoption.ts";
import { trustOwnership } from "../../src/plan/trust-ownership.ts";
import { rememberPass } from "../../src/remember/remember-pass.ts";
import { rememberAdoption } from "../../src/remember/remember-sets.ts";
import {
  actualState,
  assignmentOf,
  definition,
  desiredState,
  managedSet,
  now,
  owner,
  permissionSetRecord,
  production,
  rules,
  unmanagedSet,
  user,
  guardLimits,
} from "../builders.ts";
import { passOf } from "../report/builders.ts";

const readOnly = definition({ managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] });
const anna = user("anna");

interface Scene {
  readonly sets: readonly ManagedPermissionSet[];
  /** The name that record 1 gives; undefined: there is no record. */
  readonly recordName?: string | undefined;
  readonly memory?: Memory;
  readonly adopting?: ReadonlySet<string>;
  /** Who has the sets: Anna unless told otherwise. */
  readonly holder?: typeof anna;
}

/** What a pass makes of the sets, each of which Anna may use in production. */
function look({ sets, recordName, memory, adopting, holder = anna }: Scene) {
  const assignments = sets.map(({ name }) => assignmentOf(name, production, holder));
  const read = actualState({ permissionSets: sets, assignments });
  const actual = trustOwnership(read, { owner, memory, adopting });
  const desired = desiredState({
    permissionSets: recordName === undefined ? [] : [permissionSetRecord({ name: recordName })],
    actual,
  });
  const { protected: protectedThings } = rules();
  const plan = createPlan(desired, actual, {
    owner,
    protected: protectedThings,
    unlistedAssignments: "remove",
  });
  return { actual, desired, plan };
}

const removedFrom = ({ changes }: Plan) =>
  changes.map(({ id }) => id).filter((id) => !id.startsWith("assign"));
const adopted = (name: string, arn = unmanagedSet(name).arn) =>
  managedSet(name, {
    definition: readOnly,
    tags: { [ownerTag]: owner, [recordTag]: "1", [adoptedTag]: adoptedValue(arn, owner) },
  });

/** The memory after a pass that saw the sets. */
function memoryOf(permissionSets: ActualState["permissionSets"]): Memory {
  return rememberPass(
    emptyMemory(owner),
    passOf({ actual: actualState({ permissionSets }) }),
    now,
    guardLimits,
  );
}

describe("our owner tag on a set that was not ours the last time", () => {
  const foreign = unmanagedSet("Legacy");
  const tagged = managedSet("Legacy", { record: "9", definition: readOnly });
  const memory = memoryOf([foreign]);

  it("has nothing removed and nothing changed, and is told", () => {
    const { plan } = look({ sets: [tagged], memory });
    expect(plan.changes).toEqual([]);
    expect(plan.unmanaged).toEqual([{ target: { permissionSet: "Legacy" }, reason: "tag-appeared" }]);
  });

  it("is told in every pass until the set is adopted", () => {
    const first = look({ sets: [tagged], memory });
    const next = rememberPass(memory, passOf({ actual: first.actual }), now, guardLimits);
    expect(look({ sets: [tagged], memory: next }).plan.unmanaged).toHaveLength(1);
    const proven = rememberAdoption(next, [tagged.arn]);
    const { actual, plan } = look({ sets: [adopted("Legacy")], memory: proven, recordName: "Legacy" });
    expect(plan.unmanaged).toEqual([]);
    const after = rememberPass(proven, passOf({ actual }), now, guardLimits);
    expect(after).toMatchObject({ unmanagedSets: [], adoptedSets: [] });
  });

  it("is not believed for an adopted tag that somebody wrote, which holds no secret", () => {
    const forged = look({ sets: [adopted("Legacy")], memory });
    expect(forged.plan.changes).toEqual([]);
    expect(forged.plan.unmanaged).toMatchObject([{ reason: "tag-appeared" }]);
  });

  it("is not believed for the proof of another adoption, or for a proof without the tag", () => {
    const other = rememberAdoption(memory, [unmanagedSet("Other").arn]);
    expect(look({ sets: [adopted("Legacy")], memory: other }).plan.changes).toEqual([]);
    const proven = rememberAdoption(memory, [tagged.arn]);
    expect(look({ sets: [tagged], memory: proven }).plan.changes).toEqual([]);
  });

  it("keeps the proof while a pass sees the set before its tags are there", () => {
    const proven = rememberAdoption(memory, [tagged.arn]);
    const { actual } = look({ sets: [], memory: proven });
    const seen = { ...actual, permissionSets: [foreign] };
    const next = rememberPass(proven, passOf({ actual: seen }), now, guardLimits);
    expect(look({ sets: [adopted("Legacy")], memory: next }).plan.unmanaged).toEqual([]);
  });

  it("makes its name one that is in use, for the author of the record that gives it", () => {
    const { desired } = look({ sets: [tagged], memory, recordName: "Legacy" });
    expect(desired.issues).toMatchObject([{ code: "permission-set.not-managed" }]);
  });

  it("can be adopted, which a set that is ours cannot", () => {
    const adopting = new Set(["Legacy"]);
    const scene = { sets: [tagged], recordName: "Legacy", adopting };
    const judge = (given: Scene) => planAdoption("Legacy", { ...look(given), owner });
    expect(judge({ ...scene, memory })).toMatchObject({ kind: "possible" });
    expect(judge(scene)).toMatchObject({ reason: "already-managed" });
  });

  it("is believed when memory is of another instance", () => {
    const elsewhere = { ...memory, instanceArn: "arn:aws:sso:::instance/ssoins-2" };
    expect(removedFrom(look({ sets: [tagged], memory: elsewhere }).plan)).toContain(
      "delete-permission-set:Legacy",
    );
  });
});

describe("without a memory", () => {
  it("a set with the adopted tag of another set is not ours", () => {
    const { plan } = look({ sets: [adopted("Copy", unmanagedSet("Original").arn)] });
    expect(plan.changes).toEqual([]);
    expect(plan.unmanaged).toMatchObject([{ reason: "tags-copied" }]);
  });

  it("an adopted set is ours, and goes with its record", () => {
    expect(removedFrom(look({ sets: [adopted("Original")] }).plan)).toContain(
      "delete-permission-set:Original",
    );
  });

  it("a set without a record tag keeps everything when no record gives its name", () => {
    const { plan } = look({ sets: [managedSet("ByHand", { record: null })] });
    expect(plan.changes).toEqual([]);
    expect(plan.held.map(({ reason }) => reason)).toEqual(["ownership-unproven", "ownership-unproven"]);
  });

  it("a set without a record tag keeps even what a deleted user had while a record's name cannot be read", () => {
    const { plan } = look({
      sets: [managedSet("ByHand", { record: null })],
      recordName: "",
      holder: user("deleted"),
    });
    expect(plan.changes).toEqual([]);
  });

  it.each([
    ["the record's set is there", ["ReadOnly", "Copy"], "ReadOnly"],
    ["the record has another name now", ["ReadOnly", "Copy"], "Renamed"],
    ["the record is gone", ["ReadOnly", "Copy"], undefined],
  ])("of two sets with one record's tag neither is emptied or deleted when %s", (_, names, recordName) => {
    const sets = names.map((name) => managedSet(name, { definition: readOnly }));
    const { plan } = look({ sets, recordName });
    expect(removedFrom(plan).filter((id) => /^(delete-permission-set|unassign):Copy/u.test(id))).toEqual([]);
    expect(removedFrom(plan).some((id) => id.startsWith("delete-permission-set"))).toBe(false);
    expect(plan.held.some(({ target }) => target.permissionSet === "Copy")).toBe(true);
  });

  it.each([
    ["the new set names the old one", [["ReadOnly", "Old"], ["Old"]], ["Old"]],
    ["there were two renames", [["ReadOnly", "Older"], ["Older", "Old"], ["Old"]], ["Older", "Old"]],
    ["a rename was taken back", [["ReadOnly"], ["Other", "ReadOnly"]], ["Other"]],
    ["a killed pass has created nothing yet", [["Old"]], ["Old"]],
  ])("a set goes that its record has been renamed from: %s", (_, sets, gone) => {
    const built = sets.map(([name = "", formerName]) =>
      managedSet(name, { definition: readOnly, ...(formerName === undefined ? {} : { formerName }) }),
    );
    const { plan } = look({ sets: built, recordName: "ReadOnly" });
    const deleted = removedFrom(plan).filter((id) => id.startsWith("delete-permission-set"));
    expect(deleted).toEqual(gone.map((name) => `delete-permission-set:${name}`).toSorted());
  });

  it("a copy stays also while the set it was copied from goes after a rename", () => {
    const sets = [
      managedSet("ReadOnly", { definition: readOnly, formerName: "Old" }),
      managedSet("Old"),
      managedSet("Copy", { formerName: "Old" }),
    ];
    const { plan } = look({ sets, recordName: "ReadOnly" });
    expect(removedFrom(plan)).toContain("delete-permission-set:Old");
    expect(removedFrom(plan).join(" ")).not.toContain("Copy");
  });

  it("a renamed set that takes over another name says which one it was", () => {
    const sets = [managedSet("Mine", { record: "1" }), managedSet("ReadOnly", { record: "77" })];
    const { plan } = look({ sets, recordName: "ReadOnly" });
    expect(plan.changes.find(({ kind }) => kind === "tag-permission-set")).toMatchObject({
      after: { [recordTag]: "1", "kintone-sso-sync:former-name": "Mine" },
    });
  });
});
