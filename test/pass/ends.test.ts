import { describe, expect, it } from "vitest";
import { emptyMemory } from "../../src/model/memory.ts";
import type { IdentityCenter } from "../../src/ports.ts";
import { reconcile } from "../../src/pass/reconcile.ts";
import { rememberPass } from "../../src/remember/remember-pass.ts";
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

const people = Array.from({ length: 40 }, (_, index) => user(`user${index}`));
const hourMs = 60 * 60_000;

interface Setting {
  /** Who has saved each record last. */
  readonly editorOf?: (index: number) => string;
  readonly policy?: string;
  /** How many removals AWS refuses at first. */
  readonly failures?: number;
}

/** Each of 40 people has one set in Production by a record of their own. */
function company({
  editorOf = (index) => `boss${index}`,
  policy = "ReadOnlyAccess",
  failures = 0,
}: Setting = {}) {
  const clock = createVirtualClock(now);
  const set = managedSet("ReadOnly", {
    record: "1",
    definition: definition({ managedPolicies: [managedPolicy(policy).arn] }),
    provisionedAccounts: [production],
  });
  const state = actualState({
    directory: directory({ users: people }),
    permissionSets: [set],
    assignments: people.map((one) => assignmentOf("ReadOnly", production, one)),
  });
  const twin = createIdentityCenterTwin(state, { clock });
  let refused = 0;
  const identityCenter: IdentityCenter = {
    ...twin,
    startChange: async (change, arn) => {
      if (change.kind !== "unassign" || refused >= failures) return twin.startChange(change, arn);
      refused += 1;
      return { status: "failed", reason: { code: "ThrottlingException", message: "later" } };
    },
  };
  let memory = emptyMemory(companyConfig.owner);
  let revision = 1;
  let ends: (index: number) => string = () => "";
  const edit = (change: (index: number) => string): void => {
    ends = change;
    revision += 1;
  };
  const pass = async () => {
    const source = sourceOf(
      [rawPermissionSet({ name: "ReadOnly", managedPolicies: policy }, { id: "1" })],
      people.map((_, index) =>
        rawAssignment(
          { users: [`user${index}`], expires: ends(index) },
          {
            id: String(index + 1),
            revision,
            modifier: { code: editorOf(index), name: editorOf(index) },
          },
        ),
      ),
    );
    const done = await reconcile(
      {
        records: { readAllRecords: () => Promise.resolve(source) },
        identityCenter,
        policyAnalyzer: {
          analyzePolicy: () => Promise.resolve({ kind: "analyzed", findings: [] } as const),
        },
        clock,
      },
      companyConfig,
      { mode: "sync", runId: "run-1", recordUrl, loadMemory: () => Promise.resolve(memory) },
    );
    memory = rememberPass(memory, done, clock.now(), companyConfig.guards);
    return reportOf(done, { finishedAtMs: clock.now() });
  };
  const later = (hours: number): Promise<void> => clock.sleep(hours * hourMs);
  return { edit, pass, later, left: () => twin.state().assignments.length };
}

const inHours = (hours: number): string => new Date(now + hours * hourMs).toISOString();

describe("an end that was known for a day", () => {
  it("is carried out by the first pass after it, however many end at once", async () => {
    const { edit, pass, later, left } = company();
    await pass();
    edit((index) => (index < 30 ? inHours(48) : ""));
    await pass();
    await later(47);
    expect((await pass()).result).toBe("in-sync");
    await later(1);
    const report = await pass();
    expect(report.violations).toEqual([]);
    expect(report.result).toBe("applied");
    expect(left()).toBe(10);
    expect((await pass()).result).toBe("in-sync");
  });

  it("is carried out by the pass after that where AWS refuses it once, and is no loss then either", async () => {
    const { edit, pass, later, left } = company({ failures: 30 });
    edit((index) => (index < 30 ? inHours(48) : ""));
    await pass();
    await later(48);
    expect((await pass()).result).toBe("failed");
    const report = await pass();
    expect(report.violations).toEqual([]);
    expect(left()).toBe(10);
  });

  it("is still asked about where an account would be left without an administrator", async () => {
    const { edit, pass, later, left } = company({ policy: "AdministratorAccess" });
    edit(() => inHours(48));
    await pass();
    await later(48);
    const report = await pass();
    expect(report.violations.map(({ guard }) => guard)).toEqual(["last-administrator"]);
    expect(left()).toBe(40);
  });
});

describe("an end on shorter notice", () => {
  it("is a loss like any other", async () => {
    const { edit, pass, later, left } = company();
    await pass();
    edit((index) => (index < 30 ? inHours(2) : ""));
    await pass();
    await later(2);
    const report = await pass();
    expect(report.violations.map(({ guard }) => guard)).toContain("deletions");
    expect(left()).toBe(40);
  });

  it("counts anew whenever the end is moved", async () => {
    const { edit, pass, later, left } = company();
    edit((index) => (index < 30 ? inHours(72) : ""));
    await pass();
    await later(48);
    edit((index) => (index < 30 ? inHours(49) : ""));
    await pass();
    await later(1);
    expect((await pass()).violations.map(({ guard }) => guard)).toContain("deletions");
    expect(left()).toBe(40);
  });
});

describe("a day on which a large part of all access ends", () => {
  it("is told of as soon as it is known", async () => {
    const { edit, pass } = company();
    edit((index) => (index < 30 ? inHours(48) : ""));
    const { notes } = await pass();
    expect(notes.filter(({ code }) => code === "many-ends").map(({ message }) => message)).toEqual([
      "On 2026-11-22, 30 assignments of 30 records end, which is more than guards.maxDeletionRatioPerDay of all.",
    ]);
  });

  it("waits for a person where one person has made it so within a day", async () => {
    const { edit, pass, later, left } = company({ editorOf: () => "boss" });
    edit((index) => (index < 30 ? inHours(48) : ""));
    const { notes } = await pass();
    expect(notes.find(({ code }) => code === "many-ends")?.message).toContain("waits for an approval");
    await later(48);
    expect((await pass()).violations.map(({ guard }) => guard)).toContain("deletions");
    expect(left()).toBe(40);
  });
});
