import { describe, expect, it } from "vitest";

import { handSteps, type MeasuredStep, measuredSteps } from "../../src/model/acceptance.ts";
import { managedPolicyArn, userName } from "../simulation/company.ts";
import { firstRecords } from "../simulation/simulated-world.ts";
import { sweepBeliefs } from "./belief-sweep.ts";
import { companyInMemory } from "./company-under-belief.ts";
import { findWrongWrites } from "./find-wrong-writes.ts";
import { unasked } from "./where-it-matters.ts";

describe("A belief that is wrong", () => {
  it.each(["none", "create-with-tags", "description-stays", "missing-assignment-deletion", "reads-lag"])(
    "makes no wrong write, and what it keeps from being done is told: %s",
    async (belief) => {
      const problems: string[] = [];
      const stories = { inMemory: 1, overHttp: 0, demo: false, seed: 1 };
      for await (const { name, problems: found } of sweepBeliefs(stories, belief)) {
        problems.push(...found.map((problem) => `${name}: ${problem}`));
      }
      expect(problems).toEqual([]);
    },
  );
});

it("what no story shows is what the acceptance settles on a real tenant", () => {
  const settled = new Set([
    ...Object.values<MeasuredStep>(measuredSteps).flatMap(({ beliefs }) => Object.keys(beliefs)),
    ...Object.values<readonly string[]>(handSteps).flat(),
  ]);
  expect([...unasked].filter((belief) => !settled.has(belief))).toEqual([]);
});

describe("What counts as a wrong write", () => {
  const records = firstRecords(0);
  const judge = async (operation: string, input: Readonly<Record<string, string>>) => {
    const { state } = await companyInMemory(new Set());
    const principal = { PrincipalType: "USER", PrincipalId: state.userId(userName("ben")) };
    const write = { operation, input: { ...principal, PermissionSetArn: "arn", ...input }, isRefused: false };
    return findWrongWrites([write], { records, state, nameOf: () => input["set"] ?? "Alpha" });
  };

  it.each([
    ["CreateAccountAssignment", { TargetId: "444444444444" }, "no record asks for the assignment"],
    ["DeleteAccountAssignment", { TargetId: "222222222222" }, "a record asks for the assignment"],
    ["DeletePermissionSet", {}, "there is a record of the name"],
    ["CreatePermissionSet", { Name: "Omega" }, "there is no record of the name"],
    [
      "AttachManagedPolicyToPermissionSet",
      { ManagedPolicyArn: managedPolicyArn("AdministratorAccess") },
      "the record has no such policy",
    ],
    ["UpdatePermissionSet", { SessionDuration: "PT12H", Description: "Simulated" }, "says otherwise"],
    ["TagResource", { set: "ControlTower" }, "not the sync's to write to"],
  ])("%s %j", async (operation, input, problem) => {
    expect(await judge(operation, input)).toEqual([expect.stringContaining(problem)]);
  });

  it("is nothing that the records ask for", async () => {
    expect(await judge("CreateAccountAssignment", { TargetId: "222222222222" })).toEqual([]);
    expect(await judge("DeleteAccountAssignment", { TargetId: "444444444444" })).toEqual([]);
  });
});
