import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { emptyMemory, type Memory } from "../../src/model/memory.ts";
import type { Pass } from "../../src/model/pass.ts";
import { assignmentKey } from "../../src/model/assignment.ts";
import type { Change } from "../../src/model/plan.ts";
import type { GuardName } from "../../src/model/violation.ts";
import { checkGuards } from "../../src/plan/check-guards.ts";
import { rememberPass, rememberPlanned } from "../../src/remember/remember-pass.ts";
import {
  actualState,
  assignmentOf,
  desiredState,
  development,
  directory,
  guardLimits,
  now,
  owner,
  production,
  rawAssignment,
  rawPermissionSet,
  rules,
  user,
} from "../builders.ts";
import {
  applied,
  assign,
  deleteSet,
  failed,
  passOf,
  planOf,
  skipped,
  sourceOf,
  unassign,
} from "../report/builders.ts";
import { someOf } from "../share.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const iso = (ms: number) => new Date(ms).toISOString();
const sourceWith = (permissionSets: number, assignments: number) =>
  sourceOf(
    Array.from({ length: permissionSets }, (_, id) => rawPermissionSet({}, { id: `${id}` })),
    Array.from({ length: assignments }, (_, id) => rawAssignment({}, { id: `${id}` })),
  );
const memoryOf = (overrides: Partial<Memory> = {}): Memory => ({ ...emptyMemory(owner), ...overrides });
const after = (memory: Memory, pass: Partial<Pass> = {}, atMs = now): Memory =>
  rememberPass(memory, passOf(pass), atMs, guardLimits);
const removal = deleteSet("Gone");
const refusedBy = (guard: GuardName) => ({
  plan: planOf([removal]),
  violations: [{ guard, numbers: {}, refuses: [removal.id] }],
});
const approvedFor = (...guards: readonly GuardName[]) => ({
  grantedApproval: { code: "0123456789abcdef0123-ht9z0", guards, atMs: now },
});

describe("the size of the source that the next pass compares with", () => {
  const before = memoryOf({ lastGoodRead: { at: iso(now - day), permissionSets: 10, assignments: 100 } });
  const sizes = ({ lastGoodRead }: Memory) => [lastGoodRead?.permissionSets, lastGoodRead?.assignments];

  it("follows the records as long as nothing is refused and no more than the limit is gone", () => {
    expect(sizes(after(before, { source: sourceWith(8, 300) }))).toEqual([8, 300]);
    expect(sizes(after(memoryOf(), { source: sourceWith(8, 300) }))).toEqual([8, 300]);
  });

  it("stays where more is gone than the limit, even if nothing was deleted, until a person approves it", () => {
    const source = sourceWith(4, 120);
    expect(sizes(after(before, { source }))).toEqual([10, 120]);
    expect(sizes(after(before, { source, ...approvedFor("source-shrank", "deletions") }))).toEqual([4, 120]);
    expect(sizes(after(before, { source, ...approvedFor("deletions") }))).toEqual([10, 120]);
    const half = { source, only: "permission-sets", ...approvedFor("source-shrank") } as const;
    expect(sizes(after(before, half))).toEqual([10, 120]);
  });

  it.each<GuardName>(["source-empty", "source-shrank", "deletions"])(
    "never falls in a pass that %s refused",
    (guard) => {
      expect(sizes(after(before, { source: sourceWith(9, 0), ...refusedBy(guard) }))).toEqual([10, 100]);
      expect(
        after(memoryOf(), { source: sourceWith(9, 0), ...refusedBy(guard) }).lastGoodRead,
      ).toBeUndefined();
    },
  );

  it("keeps refusing, however often a pass is tried again", () => {
    const [anna] = [user("anna")];
    const changes = [unassign("Audit", production, anna)];
    const actual = actualState({ assignments: [assignmentOf("Audit", production, anna)] });
    let memory = before;
    for (let pass = 1; pass <= 10; pass += 1) {
      const nowMs = now + pass * 10 * minute;
      const records = { permissionSets: 10, assignments: 40 };
      const violations = checkGuards({
        plan: planOf(changes),
        actual,
        desired: desiredState(),
        records,
        limits: guardLimits,
        protected: rules().protected,
        memory,
        nowMs,
      });
      expect(violations.map(({ guard }) => guard)).toEqual(["source-shrank"]);
      memory = after(memory, { source: sourceWith(10, 40), violations }, nowMs);
    }
  });
});

describe("the people gone that the next pass counts", () => {
  it("are those whose assignments were ended for it, once each, and are no deletions", () => {
    const [anna, ben] = [user("anna"), user("ben")];
    const own = [
      unassign("Audit", production, anna),
      unassign("Audit", development, anna),
      unassign("Audit", production, ben),
    ];
    const [first, second, third] = own as [Change, Change, Change];
    const counted = {
      losses: new Set([third.id]),
      endsAdministrator: new Set<string>(),
      undoesByHand: new Set<string>(),
      newAdministrators: [],
      departures: new Map([first, second].map(({ id }) => [id, { type: "USER" as const, id: anna.id }])),
    };
    const { deletions, departures } = after(memoryOf(), { counted, outcomes: own.map(applied) });
    expect(deletions).toMatchObject([{ count: 1, ids: [third.id] }]);
    expect(departures).toMatchObject([{ count: 1, ids: [`USER/${anna.id}`] }]);
  });
});

describe("the new administrators that the next pass counts", () => {
  it("are those that AWS carried out, by assignment, but none that a record had given before or a person approved", () => {
    const [anna, ben, chie] = [user("anna"), user("ben"), user("chie")];
    const own = [anna, ben, chie].map((one) => assign("Admin", production, one));
    const newAdministrators = [anna, ben, chie].map((one, index) => ({
      assignment: assignmentOf("Admin", production, one),
      people: [assignmentKey(assignmentOf("Admin", production, one))],
      changes: [own[index]?.id ?? ""],
      restored: one === chie,
    }));
    const counted = {
      losses: new Set<string>(),
      endsAdministrator: new Set<string>(),
      undoesByHand: new Set<string>(),
      departures: new Map(),
      newAdministrators,
    };
    const [first, second, third] = own as [Change, Change, Change];
    const outcomes = [applied(first), failed(second), applied(third)];
    const { adminGrants } = after(memoryOf(), { counted, outcomes });
    const ids = [assignmentKey(assignmentOf("Admin", production, anna))];
    expect(adminGrants).toEqual([{ at: iso(now), count: 1, ids }]);
    expect(after(memoryOf(), { counted, outcomes, ...approvedFor("deletions") }).adminGrants).toEqual([]);
    const intent = rememberPlanned(memoryOf(), passOf({ plan: planOf(own), counted }), now);
    expect(intent.adminGrants).toMatchObject([{ count: 2, run: "run-1" }]);
  });
});

describe("the deletions that the next pass counts", () => {
  const [anna, ben] = [user("anna"), user("ben")];
  const changes = [
    unassign("Audit", production, anna),
    unassign("Audit", production, ben),
    deleteSet("Audit"),
  ];
  const [first, second, third] = changes as [Change, Change, Change];

  it("are those that AWS carried out, not those that failed or were not tried", () => {
    const outcomes = [applied(first), failed(second), skipped(third)];
    const done = { at: iso(now), count: 1, ids: [first.id] };
    expect(after(memoryOf(), { outcomes }).deletions).toEqual([done]);
    expect(after(memoryOf(), { outcomes: [failed(second)] }).deletions).toEqual([]);
  });

  it("are not those that a person approved", () => {
    const outcomes = changes.map(applied);
    expect(after(memoryOf(), { outcomes, ...approvedFor("deletions") }).deletions).toEqual([]);
  });

  it("are all that a pass is to delete, from before its first write until it is known what it did", () => {
    const plan = planOf(changes);
    const before = memoryOf({ deletions: [{ at: iso(now - minute), count: 5 }] });
    const intent = rememberPlanned(before, passOf({ plan }), now);
    const pending = { at: iso(now), count: 3, ids: changes.map(({ id }) => id), run: "run-1" };
    expect(intent.deletions).toEqual([...(before.deletions ?? []), pending]);
    const killedAndOver = after(intent, { runId: "run-2", plan }, now + minute);
    expect(killedAndOver.deletions).toEqual(intent.deletions);
    const done = after(intent, { plan, outcomes: [applied(first), failed(second)] }, now + minute);
    expect(done.deletions).toEqual([
      ...(before.deletions ?? []),
      { at: iso(now + minute), count: 1, ids: [first.id] },
    ]);
  });

  it("count once, however many passes plan or carry out the same ones: two at once, or one after a kill", () => {
    const limits = { ...guardLimits, maxDeletionsPerDay: 4, maxDeletionRatioPerDay: 0 };
    const plan = planOf(changes);
    const judge = (memory: Memory, planned = plan) =>
      checkGuards({
        plan: planned,
        actual: actualState({ directory: directory(), assignments: [] }),
        desired: desiredState(),
        records: { permissionSets: 1, assignments: 1 },
        limits: { ...limits, maxDeletions: 100, maxUsersLosingAllAccess: 100 },
        protected: rules().protected,
        memory,
        nowMs: now + minute,
      }).map(({ guard }) => guard);
    const killed = rememberPlanned(memoryOf(), passOf({ plan }), now);
    expect(judge(killed)).toEqual([]);
    const twice = ["run-2", "run-3"].reduce(
      (memory, runId) => after(memory, { runId, plan, outcomes: changes.map(applied) }),
      killed,
    );
    expect(judge(twice)).toEqual([]);
    const more = [unassign("Audit", development, anna), unassign("Audit", development, ben)];
    expect(judge(twice, planOf(more))).toEqual(["deletions-per-day"]);
  });

  it("are told one by one for a day only", () => {
    const outcomes = [applied(first)];
    const yesterday = after(memoryOf(), { outcomes }, now - day - minute);
    expect(after(yesterday).deletions).toEqual([{ at: iso(now - day - minute), count: 1 }]);
  });

  it("are none of a plan that a person approved, whose approval is used from before the first write", () => {
    const plan = planOf(changes);
    const planned = passOf({ plan, ...approvedFor("deletions") });
    const intent = rememberPlanned(memoryOf(), planned, now);
    expect(intent.deletions).toEqual([]);
    expect(intent.approvals?.used).toHaveLength(1);
    expect(after(intent, planned, now + minute).approvals?.used).toHaveLength(1);
  });

  it("pass after a week; what lies in the future counts from now, and so passes too", () => {
    const deletions = [
      { at: iso(now - 8 * day), count: 1 },
      { at: iso(now - 6 * day), count: 2 },
      { at: iso(now + 300 * day), count: 3 },
    ];
    expect(after(memoryOf({ deletions })).deletions).toEqual([
      { at: iso(now - 6 * day), count: 2 },
      { at: iso(now), count: 3 },
    ]);
  });

  it("never are more in any 24 hours than the limits allow, in 50 random weeks of passes, whatever is tried", () => {
    const users = Array.from({ length: 100 }, (_, index) => user(`user${index}`));
    const tried = fc.array(fc.record({ count: fc.nat(12), minutes: fc.integer({ min: 1, max: 400 }) }), {
      minLength: 20,
      maxLength: 60,
    });
    fc.assert(
      fc.property(tried, (passes) => {
        let memory = memoryOf();
        let [nowMs, left] = [now, users];
        const done: { readonly atMs: number; readonly count: number; readonly managed: number }[] = [];
        for (const { count, minutes } of passes) {
          nowMs += minutes * minute;
          const plan = planOf(left.slice(0, count).map((one) => unassign("Audit", production, one)));
          const assignments = left.map((one) => assignmentOf("Audit", production, one));
          const actual = actualState({ directory: directory({ users }), assignments });
          const limits = { ...guardLimits, maxUsersLosingAllAccess: 1_000 };
          const violations = checkGuards({
            plan,
            actual,
            desired: desiredState(),
            records: { permissionSets: 1, assignments: 1 },
            limits,
            protected: rules().protected,
            memory,
            nowMs,
          });
          const isRefused = violations.length > 0;
          const outcomes = isRefused ? [] : plan.changes.map(applied);
          if (!isRefused) {
            done.push({ atMs: nowMs, count: plan.changes.length, managed: left.length });
            left = left.slice(count);
          }
          memory = rememberPass(memory, passOf({ plan, violations, outcomes }), nowMs, guardLimits);
        }
        for (const { atMs, managed, count } of done.filter((one) => one.count > 0)) {
          const ofDay = done.filter((one) => one.atMs > atMs - day && one.atMs <= atMs);
          const sum = ofDay.reduce((total, one) => total + one.count, 0);
          expect(sum <= 20 || sum / managed <= 0.2).toBe(true);
          expect(count <= 5 || count / managed <= 0.1).toBe(true);
        }
      }),
      { numRuns: someOf(50), seed: 20_261_120 },
    );
  });

  it("are left alone by a pass that changes nothing", () => {
    const deletions = [{ at: iso(now - minute), count: 4 }];
    expect(after(memoryOf({ deletions })).deletions).toEqual(deletions);
  });
});

describe("how many assignments there were", () => {
  const held = [user("anna"), user("ben")].map((one) => assignmentOf("Audit", production, one));
  const actual = actualState({ assignments: held });

  it("is counted after each pass, the fewest of each hour, for a week", () => {
    const hour = 60 * minute;
    const start = Math.floor(now / hour) * hour;
    const managed = [
      { at: iso(start - 8 * day), count: 1 },
      { at: iso(start - hour), count: 9 },
      { at: iso(start), count: 7 },
    ];
    expect(after(memoryOf({ managed }), { actual }, start + minute).managed).toEqual([
      { at: iso(start - hour), count: 9 },
      { at: iso(start + minute), count: 2 },
    ]);
  });

  it("is what is there once the pass is over", () => {
    const outcomes = [
      applied(unassign("Audit", production, user("anna"))),
      failed(unassign("Audit", production, user("ben"))),
    ];
    expect(after(memoryOf(), { actual, outcomes }).managed).toEqual([{ at: iso(now), count: 1 }]);
  });
});

describe("the approvals that the next pass knows", () => {
  const code = "0123456789abcdef0123-ht9z0";

  it("begin when the first code was shown that this memory can vouch for", () => {
    expect(after(memoryOf()).approvals).toEqual({ since: iso(now), used: [] });
    const approval = { code, issuedAtMs: now - minute, expiresAtMs: now + day };
    expect(after(memoryOf(), { ...refusedBy("deletions"), approval }).approvals?.since).toBe(
      iso(now - minute),
    );
  });

  it("keep their beginning, and every use for a week", () => {
    const approvals = {
      since: iso(now - 30 * day),
      used: [
        { code: "a", usedAt: iso(now - 8 * day) },
        { code: "b", usedAt: iso(now - day) },
      ],
    };
    expect(after(memoryOf({ approvals }), approvedFor("deletions")).approvals).toEqual({
      since: iso(now - 30 * day),
      used: [
        { code: "b", usedAt: iso(now - day) },
        { code, usedAt: iso(now) },
      ],
    });
  });

  it("take times in the future for now, so that a clock that was wrong once does not stop approvals for ever", () => {
    const approvals = { since: iso(now + day), used: [{ code: "b", usedAt: iso(now + 300 * day) }] };
    expect(after(memoryOf({ approvals })).approvals).toEqual({
      since: iso(now),
      used: [{ code: "b", usedAt: iso(now) }],
    });
  });
});
