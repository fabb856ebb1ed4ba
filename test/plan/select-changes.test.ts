import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digest } from "../../src/model/digest.ts";
import type { Change, Plan } from "../../src/model/plan.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import type { Selection } from "../../src/model/pass.ts";
import { selectChanges } from "../../src/plan/select-changes.ts";
import { development, production, user } from "../builders.ts";
import { actualState, desiredState, owner } from "../fakes/arbitrary-states.ts";
import { assign, attachPolicy, createSet, deleteSet, planOf, unassign } from "../report/builders.ts";

const selections: readonly Selection[] = ["permission-sets", "assignments"];
const anna = user("anna");
const create = createSet("New");
const attach = attachPolicy("New", "arn:aws:iam::aws:policy/A", [create.id]);
const grantNew = assign("New", production, anna, { dependsOn: [create.id, attach.id] });
const grantOld = assign("Old", production, anna);
const revokeAfterMove = unassign("Former", production, anna, { dependsOn: [grantNew.id] });
const revoke = unassign("Gone", development, anna);
const remove = deleteSet("Gone", [revoke.id]);
const changes = [create, attach, grantNew, grantOld, revokeAfterMove, revoke, remove];

const ids = (list: readonly Change[]): readonly string[] => list.map(({ id }) => id);
const select = (plan: Plan, only: Selection): Plan => selectChanges(plan, only);

describe("one half of a plan", () => {
  it("is the permission sets without deletions that wait for revocations", () => {
    expect(ids(select(planOf(changes), "permission-sets").changes)).toEqual(ids([create, attach]));
  });

  it("is the assignments without those that wait for a set, and those that wait for these", () => {
    expect(ids(select(planOf(changes), "assignments").changes)).toEqual(ids([grantOld, revoke]));
  });

  it("keeps the deletion of a set that has no assignments", () => {
    const plan = planOf([deleteSet("Empty"), grantOld]);
    expect(ids(select(plan, "permission-sets").changes)).toEqual(ids([deleteSet("Empty")]));
  });

  it("lists everything left out as held, after what was held already", () => {
    const held = {
      target: { permissionSet: "Held" },
      would: "update",
      reason: "record-has-issues",
      records: [],
    };
    const plan = planOf(changes, { held: [held as Plan["held"][number]] });
    const wouldOf = (only: Selection) =>
      select(plan, only).held.map(({ target, would, reason }) => [target.permissionSet, would, reason]);
    expect(wouldOf("permission-sets")).toEqual([
      ["Held", "update", "record-has-issues"],
      ["New", "create", "not-selected"],
      ["Old", "create", "not-selected"],
      ["Former", "delete", "not-selected"],
      ["Gone", "delete", "not-selected"],
      ["Gone", "delete", "not-selected"],
    ]);
    expect(wouldOf("assignments")).toEqual([
      ["Held", "update", "record-has-issues"],
      ["New", "create", "not-selected"],
      ["New", "update", "not-selected"],
      ["New", "create", "not-selected"],
      ["Former", "delete", "not-selected"],
      ["Gone", "delete", "not-selected"],
    ]);
  });

  it("names who, where and which records of what is left out", () => {
    const records = [{ app: "assignments", id: "5", revision: 1 }] as const;
    const grant = assign("Old", production, anna, { records });
    expect(select(planOf([grant]), "permission-sets").held).toEqual([
      { target: grant.target, would: "create", reason: "not-selected", records },
    ]);
  });

  it("has another hash than the whole plan and than the other half, and the same one every time", () => {
    const plan = planOf(changes);
    const hashes = [plan.hash, ...selections.map((only) => select(plan, only).hash)];
    expect(new Set(hashes).size).toBe(3);
    expect(select(plan, "assignments").hash).toBe(select(planOf(changes), "assignments").hash);
    expect(select(plan, "assignments").hash).not.toBe(select(planOf([grantOld]), "assignments").hash);
  });

  it("leaves the rest of the plan as it is", () => {
    const plan = planOf(changes, {
      unchanged: { permissionSets: 3, assignments: 4 },
      unmanaged: [{ target: { permissionSet: "Foreign" }, reason: "not-ours" }],
    });
    const { hash: _hash, changes: _changes, held: _held, ...rest } = plan;
    expect(select(plan, "assignments")).toMatchObject(rest);
  });

  it("loses no change, and never keeps one that waits for one left out", () => {
    const rules = {
      owner,
      protected: { accounts: [], principals: [], permissionSets: [] },
      unlistedAssignments: "remove",
      digest,
    } as const;
    fc.assert(
      fc.property(desiredState, actualState, fc.constantFrom(...selections), (desired, actual, only) => {
        const whole = createPlan(desired, actual, rules);
        const half = select(whole, only);
        const leftOut = half.held.filter(({ reason }) => reason === "not-selected");
        const kept = new Set(ids(half.changes));
        expect(kept.size + leftOut.length).toBe(whole.changes.length);
        expect(ids(half.changes)).toEqual(ids(whole.changes).filter((id) => kept.has(id)));
        for (const { kind, dependsOn } of half.changes) {
          expect(kind === "assign" || kind === "unassign").toBe(only === "assignments");
          expect(dependsOn.filter((id) => !kept.has(id))).toEqual([]);
        }
      }),
    );
  });
});
