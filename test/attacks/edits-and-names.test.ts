import { describe, expect, it } from "vitest";

import type { Guardrails } from "../../src/model/guardrail.ts";
import { emptyMemory } from "../../src/model/memory.ts";
import { adoptedTag, adoptedValue, ownerTag, recordTag } from "../../src/model/ownership.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import { trustOwnership } from "../../src/plan/trust-ownership.ts";
import {
  actualState,
  assignmentOf,
  assignmentRecord,
  definition,
  desiredState,
  directory,
  managedPolicy,
  managedSet,
  owner,
  permissionSetRecord,
  production,
  rules,
  unmanagedSet,
  user,
} from "../builders.ts";
import { disguises } from "./disguises.ts";
import { plainAttacks } from "./plain-attacks.ts";

const anna = user("anna");
const noAdministrators: readonly Pick<Guardrails, "default" | "rules">[] = [
  { default: "deny", rules: [{ name: "ordinary", effect: "allow", administratorClass: false }] },
  { default: "allow", rules: [{ name: "none", effect: "deny", administratorClass: true }] },
];
const reading = ["arn:aws:iam::aws:policy/ReadOnlyAccess"];

describe("an edit of a set that somebody has", () => {
  const edits = Object.entries(plainAttacks).flatMap(([what, plain]) =>
    Object.entries(disguises).map(([how, write]) => ({ what, how, inlinePolicy: write(plain) })),
  );

  it.each(edits)("makes nobody administrator by $what, $how", ({ inlinePolicy }) => {
    for (const own of noAdministrators) {
      const config = { ...rules(), guardrails: { ...rules().guardrails, ...own } };
      const actual = actualState({
        directory: directory({ managedPolicies: [managedPolicy("ReadOnlyAccess")] }),
        permissionSets: [
          managedSet("Dev", {
            definition: definition({ managedPolicies: reading }),
            provisionedAccounts: [production],
          }),
        ],
        assignments: [assignmentOf("Dev", production, anna)],
      });
      const desired = desiredState({
        permissionSets: [
          permissionSetRecord({ name: "Dev", managedPolicies: "ReadOnlyAccess", inlinePolicy }),
        ],
        assignments: [assignmentRecord({ permissionSet: "Dev", users: ["anna"], accounts: production })],
        actual,
        rules: config,
      });
      const plan = createPlan(desired, actual, { owner, ...config, unlistedAssignments: "remove" });
      expect(plan.changes).toEqual([]);
      expect(desired.issues).not.toEqual([]);
    }
  });
});

describe("tags written on a foreign set where there is a memory", () => {
  const { arn } = unmanagedSet("Legacy");
  const forged: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "the owner's": { [ownerTag]: owner },
    "the owner's and a record's": { [ownerTag]: owner, [recordTag]: "1" },
    "all, with the very proof that adopt writes": {
      [ownerTag]: owner,
      [recordTag]: "1",
      [adoptedTag]: adoptedValue(arn, owner),
    },
  };
  const memory = (adoptedSets: readonly string[]) => ({
    ...emptyMemory(owner),
    instanceArn: actualState().instance.arn,
    unmanagedSets: [arn],
    adoptedSets,
  });

  it.each(Object.entries(forged))("have nothing emptied, deleted or granted: %s", (_which, tags) => {
    const legacy = managedSet("Legacy", { definition: definition({ managedPolicies: ["x"] }), tags });
    const read = actualState({
      permissionSets: [legacy],
      assignments: [assignmentOf("Legacy", production, anna)],
    });
    for (const adopted of [[], [unmanagedSet("Other").arn]]) {
      const actual = trustOwnership(read, { owner, memory: memory(adopted) });
      for (const permissionSets of [[], [permissionSetRecord({ name: "Legacy" })]]) {
        const desired = desiredState({ permissionSets, actual });
        const plan = createPlan(desired, actual, { owner, ...rules(), unlistedAssignments: "remove" });
        expect(plan.changes).toEqual([]);
      }
    }
  });
});

describe("a name that somebody else's record had", () => {
  const administrator = { managedPolicies: "AdministratorAccess" };
  const policies = directory({
    managedPolicies: ["AdministratorAccess", "ReadOnlyAccess"].map((name) => managedPolicy(name)),
  });
  const named = { permissionSet: "A", users: ["anna"], accounts: production };
  /** What anna gets by a record that says A, under its third revision, in a pass after the first. */
  const grantedAfter = (
    later: Parameters<typeof desiredState>[0],
    existing: readonly ReturnType<typeof managedSet>[],
    hasMemory: boolean,
  ): readonly string[] => {
    const first = actualState({ directory: policies, permissionSets: [managedSet("A", { record: "1" })] });
    const assignments = [assignmentRecord(named, { revision: 3 })];
    const before = desiredState({
      permissionSets: [permissionSetRecord({ name: "A" }, { id: "1" })],
      assignments,
      actual: first,
    });
    const memory = { ...emptyMemory(owner), instanceArn: first.instance.arn, meanings: before.meanings };
    const actual = actualState({ directory: policies, permissionSets: existing });
    const desired = desiredState({ assignments, ...later, actual, ...(hasMemory ? { memory } : {}) });
    const administrators = new Set(
      desired.permissionSets
        .filter(({ definition: own }) => own.managedPolicies.join(" ").includes("Administrator"))
        .map(({ name }) => String(name)),
    );
    return desired.assignments
      .map(({ permissionSet }) => String(permissionSet))
      .filter((name) => administrators.has(name));
  };

  const captures: Readonly<
    Record<
      string,
      {
        readonly sets: readonly ReturnType<typeof permissionSetRecord>[];
        readonly existing: readonly ReturnType<typeof managedSet>[];
        /** Where only the memory tells what the name meant; docs/security.md says so. */
        readonly needsMemory?: true;
      }
    >
  > = {
    "given to a new record after a rename": {
      sets: [
        permissionSetRecord({ name: "B" }, { id: "1" }),
        permissionSetRecord({ name: "A", ...administrator }, { id: "2" }),
      ],
      existing: [managedSet("B", { record: "1", formerName: "A" })],
    },
    "given to a new record after a rename whose tag is gone": {
      sets: [
        permissionSetRecord({ name: "B" }, { id: "1" }),
        permissionSetRecord({ name: "A", ...administrator }, { id: "2" }),
      ],
      existing: [managedSet("B", { record: "1" }), managedSet("A", { record: "2" })],
      needsMemory: true,
    },
    "claimed by a hand-written former name": {
      sets: [permissionSetRecord({ name: "Root", ...administrator }, { id: "2" })],
      existing: [managedSet("Root", { record: "2", formerName: "A" })],
      needsMemory: true,
    },
    "given to a new record after the old one was deleted": {
      sets: [permissionSetRecord({ name: "A", ...administrator }, { id: "2" })],
      existing: [managedSet("A", { record: "1" })],
    },
  };

  it.each(
    Object.entries(captures).flatMap(([how, scene]) =>
      (scene.needsMemory ? [true] : [true, false]).map((hasMemory) => ({
        how,
        scene,
        hasMemory,
        what: hasMemory ? "with a memory" : "without a memory",
      })),
    ),
  )("captures nobody when it is $how, $what", ({ scene: { sets, existing }, hasMemory }) => {
    expect(grantedAfter({ permissionSets: sets }, existing, hasMemory)).toEqual([]);
  });
});
