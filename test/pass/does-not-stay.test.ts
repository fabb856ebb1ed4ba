import { describe, expect, it } from "vitest";
import { emptyMemory } from "../../src/model/memory.ts";
import type { PermissionSetDefinition } from "../../src/model/permission-set.ts";
import type { Change } from "../../src/model/plan.ts";
import type { IdentityCenter } from "../../src/ports.ts";
import { reconcile } from "../../src/pass/reconcile.ts";
import { rememberPass } from "../../src/remember/remember-pass.ts";
import { rememberTold } from "../../src/remember/remember-troubles.ts";
import { exitCodeOf } from "../../src/report/exit-codes.ts";
import {
  actualState,
  assignmentOf,
  definition,
  directory,
  managedPolicy,
  managedSet,
  now,
  production,
  rawAssignment,
  rawPermissionSet,
  recordUrl,
  user,
} from "../builders.ts";
import { createIdentityCenterTwin } from "../fakes/in-memory-identity-center.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";
import { reportOf, sourceOf } from "../report/builders.ts";
import { companyConfig } from "../report/company-pass.ts";

const [anna, ben] = [user("anna"), user("ben")];

interface Company {
  /** What AWS says that it has done, and has not. */
  readonly isLost: (change: Change) => boolean;
  /** Beside its AWS managed policy, what no record asks for. */
  readonly more?: Partial<PermissionSetDefinition>;
}

/** ReadOnly is anna's; passes take ten minutes. */
function company({ isLost, more = {} }: Company) {
  const clock = createVirtualClock(now);
  const set = managedSet("ReadOnly", {
    record: "1",
    definition: definition({ managedPolicies: [managedPolicy("ReadOnlyAccess").arn], ...more }),
    provisionedAccounts: [production],
  });
  const state = actualState({
    directory: directory({ users: [anna, ben] }),
    permissionSets: [set],
    assignments: [assignmentOf("ReadOnly", production, anna)],
  });
  const twin = createIdentityCenterTwin(state, { clock });
  const asked: string[] = [];
  const identityCenter: IdentityCenter = {
    ...twin,
    startChange: async (change, arn) => {
      asked.push(change.kind);
      return isLost(change) ? { status: "done" } : twin.startChange(change, arn);
    },
  };
  let memory = emptyMemory(companyConfig.owner);
  const pass = async (fields: Parameters<typeof rawPermissionSet>[0] = {}, users = ["anna"]) => {
    asked.length = 0;
    const source = sourceOf(
      [rawPermissionSet({ name: "ReadOnly", ...fields }, { id: "1" })],
      [rawAssignment({ permissionSet: "ReadOnly", accounts: "Production", users }, { id: "1" })],
    );
    const records = { readAllRecords: () => Promise.resolve(source) };
    const policyAnalyzer = {
      analyzePolicy: () => Promise.resolve({ kind: "analyzed", findings: [] } as const),
    };
    const done = await reconcile({ records, identityCenter, policyAnalyzer, clock }, companyConfig, {
      mode: "sync",
      runId: "run-1",
      recordUrl,
      loadMemory: () => Promise.resolve(memory),
    });
    memory = rememberPass(memory, done, clock.now(), companyConfig.guards);
    await clock.sleep(10 * 60_000);
    return reportOf(done, { finishedAtMs: clock.now() });
  };
  /** Operators have heard of all that does not stay. */
  const tell = (): void => {
    memory = rememberTold(
      memory,
      { failures: new Set(), repeats: new Set(Object.keys(memory.repeats ?? {})) },
      clock.now(),
    );
  };
  return { pass, tell, asked, clock };
}

/** Makes an administrator of whoever may assume one of these roles. */
const byRole = { Effect: "Allow", Action: "iam:AttachRolePolicy", Resource: "arn:aws:iam::*:role/team-*" };

const forgetsDescription = (change: Change): boolean => change.kind === "update-attributes";
const described = { description: "Something that AWS does not keep" };

describe("a change that does not stay as set", () => {
  it("is made in two passes, told of in the third, and made once an hour from then on", async () => {
    const { pass, asked } = company({ isLost: forgetsDescription });
    expect((await pass(described)).result).toBe("applied");
    expect((await pass(described)).result).toBe("applied");
    const made: boolean[] = [];
    for (let passes = 0; passes < 12; passes += 1) {
      const report = await pass(described);
      expect(report.result).toBe("partly-applied");
      expect(report.outcomes.some(({ doesNotStay }) => doesNotStay === true)).toBe(true);
      made.push(asked.length > 0);
    }
    expect(made.filter(Boolean)).toHaveLength(2);
  });

  it("is bad news until operators have heard of it", async () => {
    const { pass, tell } = company({ isLost: forgetsDescription });
    await pass(described);
    await pass(described);
    expect(exitCodeOf(await pass(described), {})).toBe(4);
    tell();
    const report = await pass(described);
    expect(exitCodeOf(report, {})).toBe(0);
    expect(report.counts.knownFailures).toBeGreaterThan(0);
  });

  it("keeps nobody else's grant from happening", async () => {
    const { pass } = company({ isLost: forgetsDescription });
    for (let passes = 0; passes < 3; passes += 1) await pass(described);
    const report = await pass(described, ["anna", "ben"]);
    const applied = report.outcomes.filter(({ status }) => status === "applied");
    expect(applied.map(({ change }) => change)).toContain(`assign:ReadOnly/${production}/USER/${ben.id}`);
  });

  it("begins anew when the record asks for something else", async () => {
    const { pass, asked } = company({ isLost: forgetsDescription });
    for (let passes = 0; passes < 4; passes += 1) await pass(described);
    const report = await pass({ description: "Something else" });
    expect(asked).toContain("update-attributes");
    expect(report.result).toBe("applied");
  });

  it("is over as soon as it stays", async () => {
    let isLost = true;
    const { pass } = company({ isLost: (change) => isLost && forgetsDescription(change) });
    for (let passes = 0; passes < 4; passes += 1) await pass(described);
    isLost = false;
    let last = await pass(described);
    for (let passes = 0; passes < 7 && last.result !== "in-sync"; passes += 1) last = await pass(described);
    expect(last.result).toBe("in-sync");
    expect(last.outcomes).toEqual([]);
  });
});

describe("in every pass is repeated", () => {
  it("a removal that does not stay, and it is never known", async () => {
    const { pass, tell, asked } = company({ isLost: ({ kind }) => kind === "unassign" });
    for (let passes = 0; passes < 5; passes += 1) {
      const report = await pass({}, ["ben"]);
      tell();
      expect(asked).toContain("unassign");
      expect(passes < 2 || exitCodeOf(report, {}) === 4).toBe(true);
    }
  });

  it("what may take an administrator's rights away", async () => {
    const { pass, asked } = company({
      isLost: ({ kind }) => kind === "delete-inline-policy",
      more: { inlinePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [byRole] }) },
    });
    for (let passes = 0; passes < 5; passes += 1) {
      const report = await pass();
      expect(asked).toContain("delete-inline-policy");
      expect(passes < 2 || exitCodeOf(report, {}) === 4).toBe(true);
    }
  });
});
