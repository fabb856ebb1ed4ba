import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyPlan, type ApplyOptions } from "../../src/apply/apply-plan.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { DesiredState } from "../../src/model/desired-state.ts";
import type { Outcome } from "../../src/model/outcome.ts";
import { ownerTag } from "../../src/model/ownership.ts";
import type { Change } from "../../src/model/plan.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import { actualState, desiredState, grants, owner } from "../fakes/arbitrary-states.ts";
import { createIdentityCenterTwin, type TwinOptions } from "../fakes/in-memory-identity-center.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";
import { someOf } from "../share.ts";

const rules = {
  owner,
  protected: { accounts: [], principals: [], permissionSets: [] },
  unlistedAssignments: "remove",
  digest: (text: string) => createHash("sha256").update(text).digest("hex"),
} as const;

async function apply(
  desired: DesiredState,
  actual: ActualState,
  twinOptions: Omit<TwinOptions, "clock"> = {},
  options: Partial<ApplyOptions> = {},
) {
  const clock = createVirtualClock();
  const twin = createIdentityCenterTwin(actual, { ...twinOptions, clock });
  const plan = createPlan(desired, actual, rules);
  const outcomes = await applyPlan(plan, twin, clock, { outstandingOperations: 10, ...options });
  return { plan, outcomes, twin };
}

const failWhere =
  (matches: (change: Change) => boolean, when: "start" | "end"): TwinOptions["failing"] =>
  (change) =>
    matches(change) ? { when, reason: { code: "operation-failed", message: "no" } } : undefined;

const byId = (outcomes: readonly Outcome[]) =>
  new Map(outcomes.map((outcome) => [outcome.change.id, outcome]));
const runs = { numRuns: someOf(200) };

describe("applying a plan", () => {
  it("gives just one outcome per change, in the plan's order", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
        const { plan, outcomes } = await apply(desired, actual);
        expect(outcomes.map(({ change }) => change.id)).toEqual(plan.changes.map(({ id }) => id));
        expect(outcomes.every(({ status }) => status === "applied")).toBe(true);
      }),
      runs,
    );
  });

  it("has one operation in progress in an account, and no more than allowed in all", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
        const { twin } = await apply(desired, actual, {}, { outstandingOperations: 2 });
        expect(twin.peak().perAccount).toBeLessThanOrEqual(1);
        expect(twin.peak().operations).toBeLessThanOrEqual(2);
      }),
      runs,
    );
  });

  it("provisions a set before it assigns it in an account, and starts to take away before it gives, but for who moves", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
        const { plan, twin } = await apply(desired, actual);
        const at = (change: Change): number => twin.started.indexOf(change.id);
        const granting = plan.changes.filter(({ kind }) => kind === "assign");
        const firstGrantIn = (accounts: Change["accounts"]): number =>
          Math.min(...granting.filter((one) => one.accounts[0] === accounts[0]).map(at));
        for (const change of plan.changes) {
          if (change.kind !== "unassign") continue;
          const awaited = [...change.dependsOn, ...(change.movesTo ?? [])];
          for (const id of awaited) expect(at(change)).toBeGreaterThan(twin.started.indexOf(id));
          const bound = awaited.length === 0 ? firstGrantIn(change.accounts) : Number.POSITIVE_INFINITY;
          expect(at(change)).toBeLessThan(bound);
        }
        for (const provision of plan.changes.filter(({ kind }) => kind === "provision")) {
          const after = granting.filter(
            ({ accounts: [account], target }) =>
              account !== undefined &&
              target.permissionSet === provision.target.permissionSet &&
              provision.accounts.includes(account),
          );
          for (const grant of after) expect(at(grant)).toBeGreaterThan(at(provision));
        }
      }),
      runs,
    );
  });

  it("starts what gives something in an account only when every definition change of its set is over", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
        const { plan, twin } = await apply(desired, actual);
        const inAccounts = plan.changes.filter(
          ({ accounts, kind }) => accounts.length > 0 && kind !== "unassign",
        );
        for (const change of inAccounts) {
          const definition = plan.changes.filter(
            ({ kind, accounts, target }) =>
              accounts.length === 0 &&
              kind !== "delete-permission-set" &&
              kind !== "end-provisioning" &&
              target.permissionSet === change.target.permissionSet,
          );
          for (const { id } of definition) {
            expect(twin.started.indexOf(id)).toBeLessThan(twin.started.indexOf(change.id));
          }
        }
      }),
      runs,
    );
  });

  it.each(["start", "end"] as const)("still revokes when every grant fails at its %s", async (when) => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
        const failing = failWhere(({ kind }) => kind === "assign", when);
        const { outcomes } = await apply(desired, actual, failing === undefined ? {} : { failing });
        const statuses = outcomes.map(({ change, status }) => [change.kind, status]);
        const wanted = outcomes.map(({ change, status }) => {
          if (change.kind === "assign") return [change.kind, "failed"];
          if (change.kind !== "unassign") return [change.kind, status];
          return [change.kind, change.dependsOn.length > 0 ? "skipped" : "applied"];
        });
        expect(statuses).toEqual(wanted);
      }),
      runs,
    );
  });

  it("grants nothing on a set whose definition could not be written, and says which change was missing", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
        const failing = failWhere(({ kind }) => kind === "put-permissions-boundary", "start");
        const { outcomes } = await apply(desired, actual, failing === undefined ? {} : { failing });
        const found = byId(outcomes);
        for (const outcome of outcomes) {
          const missing = outcome.change.dependsOn.find((id) => found.get(id)?.status !== "applied");
          if (missing === undefined) continue;
          expect(outcome.status).toBe("skipped");
          expect(outcome).toMatchObject({ reason: { code: "dependency-not-applied", changeId: missing } });
        }
      }),
      runs,
    );
  });

  it("reports an operation that AWS ends as FAILED as failed, with AWS's reason and the request", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
        const failing = failWhere(({ kind }) => kind === "unassign", "end");
        const { outcomes } = await apply(desired, actual, failing === undefined ? {} : { failing });
        for (const outcome of outcomes.filter(
          ({ change }) => change.kind === "unassign" && change.dependsOn.length === 0,
        )) {
          expect(outcome).toMatchObject({
            status: "failed",
            reason: { code: "operation-failed", message: "no" },
          });
          expect(outcome.status === "failed" && outcome.reason.requestId).toMatch(/^request-/u);
        }
      }),
      runs,
    );
  });

  it("never loses access in a rename: the old assignment goes only once the new one is there", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
        const { plan, twin } = await apply(desired, actual);
        for (const change of plan.changes.filter(({ kind }) => kind === "unassign")) {
          for (const id of change.dependsOn) {
            expect(twin.started.indexOf(id)).toBeLessThan(twin.started.indexOf(change.id));
          }
        }
      }),
      runs,
    );
  });

  it("starts nothing new once it is stopped, and follows to the end what is in progress", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, fc.nat(6), async (desired, actual, finished) => {
        const stop = new AbortController();
        const { outcomes, twin } = await apply(
          desired,
          actual,
          {},
          {
            signal: stop.signal,
            onProgress: (progress) => progress.finished >= finished && stop.abort(),
          },
        );
        const started = new Set(twin.started);
        for (const { change, status } of outcomes) {
          expect(status === "applied").toBe(started.has(change.id));
        }
        const again = await apply(desired, twin.state());
        const writable = desired.assignments.filter(({ account }) => /^[234]/u.test(account));
        expect(grants(again.twin.state())).toEqual(grants({ assignments: writable }));
      }),
      runs,
    );
  });

  it("starts nothing in the last minute of its time, and leaves that to the next pass", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
        const clock = createVirtualClock();
        const twin = createIdentityCenterTwin(actual, { clock, operationMs: 50_000 });
        const plan = createPlan(desired, actual, rules);
        const deadlineMs = clock.now() + 120_000;
        const outcomes = await applyPlan(plan, twin, clock, { outstandingOperations: 2, deadlineMs });
        const started = outcomes.filter(({ status }) => status === "applied");
        expect(started.every(({ startedAtMs }) => startedAtMs < deadlineMs - 60_000)).toBe(true);
        const why = outcomes.flatMap((outcome) =>
          outcome.status === "skipped" ? [outcome.reason.code] : [],
        );
        expect(why.filter((code) => code !== "out-of-time" && code !== "dependency-not-applied")).toEqual([]);
        expect(started.length + why.length).toBe(outcomes.length);
        expect(clock.now()).toBeLessThanOrEqual(deadlineMs);
      }),
      { numRuns: someOf(50) },
    );
  });

  it("polls all operations of a kind together: far fewer requests than operations times ticks", async () => {
    const desired = fc.sample(desiredState, { seed: 7, numRuns: 50 });
    const actual = fc.sample(actualState, { seed: 7, numRuns: 50 });
    for (const [index, one] of desired.entries()) {
      const before = actual[index];
      if (before === undefined) continue;
      const { outcomes, twin } = await apply(one, before, { operationMs: 6_000 });
      const operations = outcomes.filter(({ change }) => change.accounts.length > 0).length;
      expect(twin.polls()).toBeLessThanOrEqual(10 * operations);
    }
  });

  it("follows operations one by one where AWS does not list them", async () => {
    const [desired] = fc.sample(
      desiredState.filter(({ assignments }) => assignments.some(({ account }) => /^[234]/u.test(account))),
      { seed: 1, numRuns: 1 },
    );
    const [actual] = fc.sample(actualState, { seed: 1, numRuns: 1 });
    if (desired === undefined || actual === undefined) throw new Error("no sample");
    const clock = createVirtualClock();
    const twin = createIdentityCenterTwin(actual, { clock });
    const silent = { ...twin, listOperationsInProgress: async () => undefined };
    const startedMs = clock.now();
    const outcomes = await applyPlan(createPlan(desired, actual, rules), silent, clock, {
      outstandingOperations: 10,
    });
    expect(outcomes.every(({ status }) => status === "applied")).toBe(true);
    expect(clock.now() - startedMs).toBeLessThan(15 * 60_000);
  });

  it("fails an operation that AWS never ends, after a quarter of an hour", async () => {
    const [desired] = fc.sample(
      desiredState.filter(({ assignments }) => assignments.some(({ account }) => /^[234]/u.test(account))),
      { seed: 1, numRuns: 1 },
    );
    const [actual] = fc.sample(
      actualState.filter(({ assignments }) => assignments.length === 0),
      { seed: 1, numRuns: 1 },
    );
    if (desired === undefined || actual === undefined) throw new Error("no sample");
    const { outcomes } = await apply(desired, actual, { operationMs: 3_600_000 });
    const assigns = outcomes.filter(({ change }) => change.kind === "assign");
    expect(assigns.length).toBeGreaterThan(0);
    for (const outcome of assigns) {
      expect(outcome).toMatchObject({ status: "failed", reason: { code: "operation-timeout" } });
    }
  });
});

describe("a removal", () => {
  const removals = ["unassign", "delete-permission-set"];
  const isRemoval = ({ kind }: Change) => removals.includes(kind);

  it("is confirmed just before, and not written when it is gone already", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
        const { outcomes, twin } = await apply(desired, actual, { confirming: () => ({ status: "gone" }) });
        expect(outcomes.every(({ status }) => status === "applied")).toBe(true);
        expect(twin.started.some((id) => removals.some((kind) => id.startsWith(`${kind}:`)))).toBe(false);
      }),
      runs,
    );
  });

  it.each(["changed-since-read", "principal-exists"] as const)(
    "is left alone when it is found %s",
    async (status) => {
      await fc.assert(
        fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
          const { outcomes, twin } = await apply(desired, actual, { confirming: () => ({ status }) });
          for (const { change, ...outcome } of outcomes.filter(({ change }) => change.kind === "unassign")) {
            const code = outcome.status === "skipped" ? outcome.reason.code : outcome.status;
            expect([status, "dependency-not-applied"]).toContain(code);
            expect(twin.started).not.toContain(change.id);
          }
        }),
        runs,
      );
    },
  );

  it("fails, and nothing else with it, when AWS does not answer", async () => {
    const reason = { code: "AccessDeniedException", message: "no" };
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, actual) => {
        const confirming = () => ({ status: "unknown", reason }) as const;
        const { outcomes } = await apply(desired, actual, { confirming });
        const applied = outcomes.filter(({ status }) => status === "applied").map(({ change }) => change);
        expect(applied).toEqual(outcomes.map(({ change }) => change).filter((one) => !isRemoval(one)));
      }),
      runs,
    );
  });

  it("is not written when somebody else takes the set over in the meantime", async () => {
    const clock = createVirtualClock();
    const [actual] = fc.sample(
      actualState.filter(({ permissionSets }) => permissionSets.some(({ managed }) => managed)),
      { numRuns: 1, seed: 5 },
    );
    if (actual === undefined) throw new Error("no state was drawn");
    const twin = createIdentityCenterTwin(actual, { clock });
    const plan = createPlan(emptyDesiredState, actual, rules);
    twin.meddle((state) => ({
      ...state,
      permissionSets: state.permissionSets.map((set) => ({ ...set, tags: { [ownerTag]: "somebody else" } })),
    }));
    const outcomes = await applyPlan(plan, twin, clock, { outstandingOperations: 10 });
    const deletions = outcomes.filter(({ change }) => change.kind === "delete-permission-set");
    expect(deletions.length).toBeGreaterThan(0);
    expect(deletions.every(({ status }) => status === "skipped")).toBe(true);
    expect(twin.state().permissionSets).toHaveLength(actual.permissionSets.length);
  });
});

const emptyDesiredState: DesiredState = {
  permissionSets: [],
  assignments: [],
  namedPermissionSets: new Map(),
  deniedAssignments: [],
  withheldAssignments: [],
  people: { holders: {}, formerHolders: {} },
  heldPermissionSets: [],
  heldAssignments: [],
  wholes: {},
  classes: {},
  formerRequests: [],
  requests: {},
  meanings: {},
  waiting: [],
  timed: [],
  expansions: [],
  issues: [],
};
