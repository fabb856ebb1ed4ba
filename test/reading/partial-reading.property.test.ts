import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyPlan } from "../../src/apply/apply-plan.ts";
import { digest } from "../../src/model/digest.ts";
import type { ActualState, ManagedPermissionSet } from "../../src/model/actual-state.ts";
import { type Assignment, assignmentKey, principalKey } from "../../src/model/assignment.ts";
import type { DesiredState } from "../../src/model/desired-state.ts";
import { accountId, permissionSetArn, permissionSetName, principalId } from "../../src/model/ids.ts";
import { formerNameTag, ownerTag, recordTag } from "../../src/model/ownership.ts";
import type { Change, Plan } from "../../src/model/plan.ts";
import { pairKey, type Reading, type Seen, type SeenPermissionSet } from "../../src/model/reading.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import type { IdentityCenter } from "../../src/ports.ts";
import { readFirstStage } from "../../src/pass/read-in-stages.ts";
import { definitionFingerprint, principalsFingerprint } from "../../src/reading/fingerprints.ts";
import { actualState, desiredState, owner, permissionSetRecord } from "../fakes/arbitrary-states.ts";
import { createIdentityCenterTwin } from "../fakes/in-memory-identity-center.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";
import { type PartsRead, readingInParts } from "../fakes/read-in-parts.ts";
import { someOf } from "../share.ts";

const rules = {
  owner,
  protected: { accounts: [], principals: [], permissionSets: [] },
  unlistedAssignments: "remove",
  digest,
} as const;
const runs = { numRuns: someOf(150) };

interface PartialPass {
  readonly plan: Plan;
  readonly reading: Reading;
  readonly actual: ActualState;
  readonly read: PartsRead;
}

/** One pass over the state that reads as little as it may. */
async function pass(desired: DesiredState, state: ActualState, seen: Seen | undefined): Promise<PartialPass> {
  const read: PartsRead = { heads: [], policies: [], staleAccounts: [], pairs: [] };
  const center = {
    readActualState: async () => state,
    ...readingInParts(() => state, read),
  } as unknown as IdentityCenter;
  const staged = await readFirstStage(
    center,
    {
      owner,
      callBudget: 10,
      timezone: "UTC",
      memory: { instanceArn: state.instance.arn, ...(seen === undefined ? {} : { seen }) },
      nowMs: 0,
    },
    new AbortController().signal,
    Promise.resolve(),
  );
  staged.takeShare();
  for (;;) {
    const actual = await staged.actualFor(() => desired);
    const plan = createPlan(desired, actual, rules);
    if (!(await staged.readBehind(plan, desired, actual))) {
      return { plan, reading: staged.reading(actual), actual, read };
    }
  }
}

const written = ({ id, before, after, accounts }: Change): string =>
  JSON.stringify({ id, before, after, accounts });

const managed = ({ permissionSets }: ActualState): readonly ManagedPermissionSet[] =>
  permissionSets.filter((set): set is ManagedPermissionSet => set.managed);

/** What a memory would hold if the records were all there is to know: the lie that hides most. */
function flattered(seen: Seen, desired: DesiredState): Seen {
  const permissionSets = Object.fromEntries(
    Object.entries(seen.permissionSets).map(([arn, set]): [string, SeenPermissionSet] => {
      const wanted = desired.permissionSets.find(({ name }) => name === set.name);
      if (wanted === undefined) return [arn, set];
      const accounts = [...new Set(desired.assignments.map(({ account }) => account))];
      return [
        arn,
        {
          name: set.name,
          tags: { [ownerTag]: owner, [recordTag]: wanted.record.id },
          definition: definitionFingerprint(wanted.definition),
          pass: seen.pass,
          stalePass: seen.pass,
          accounts: Object.fromEntries(
            accounts.map((account) => [
              account,
              [
                principalsFingerprint(
                  desired.assignments
                    .filter((one) => one.permissionSet === set.name && one.account === account)
                    .map(({ principal }) => principal),
                ),
                seen.pass,
              ] as const,
            ]),
          ),
        },
      ];
    }),
  );
  return { ...seen, permissionSets };
}

/** A memory in which names and tags have been mixed up, and parts are missing. */
const mixedUp = (seen: Seen, desired: DesiredState): fc.Arbitrary<Seen> => {
  const names = [...desired.permissionSets.map(({ name }) => name), "Old", "Foreign", "Nobody"];
  const records = [...desired.permissionSets.map(({ record }) => record.id), "1", "2", "9"];
  const lie = fc.record({
    name: fc.constantFrom(...names),
    record: fc.constantFrom(...records),
    former: fc.option(fc.constantFrom(...names), { nil: undefined }),
    isOurs: fc.boolean(),
    isForgotten: fc.boolean(),
    isLie: fc.boolean(),
  });
  const entries = Object.entries(seen.permissionSets);
  return fc.array(lie, { minLength: entries.length, maxLength: entries.length }).map((lies) => ({
    ...seen,
    permissionSets: Object.fromEntries(
      entries.flatMap(([arn, set], index): [string, SeenPermissionSet][] => {
        const told = lies[index];
        if (told === undefined || told.isForgotten) return [];
        if (!told.isLie) return [[arn, set]];
        const tags = {
          ...(told.isOurs ? { [ownerTag]: owner } : {}),
          [recordTag]: told.record,
          ...(told.former === undefined ? {} : { [formerNameTag]: told.former }),
        };
        return [[arn, { ...set, name: told.name, tags }]];
      }),
    ),
  }));
};

const memoryOf = async (desired: DesiredState, state: ActualState): Promise<Seen> =>
  (await pass(desired, state, undefined)).reading.seen;

describe("a pass that reads in part", () => {
  it("plans just what a pass that reads everything plans, when memory is of the same state", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, state) => {
        const { plan } = await pass(desired, state, await memoryOf(desired, state));
        expect(plan.changes.map(written)).toEqual(createPlan(desired, state, rules).changes.map(written));
      }),
      runs,
    );
  });

  it("plans nothing that a pass that reads everything would not, however old the memory", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, actualState, async (desired, state, earlier) => {
        const { plan } = await pass(desired, state, await memoryOf(desired, earlier));
        const full = new Set(createPlan(desired, state, rules).changes.map(written));
        for (const change of plan.changes) expect(full).toContain(written(change));
      }),
      runs,
    );
  });

  it("plans nothing that a pass that reads everything would not when memory says that all is as the records ask", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, state) => {
        const seen = flattered(await memoryOf(desired, state), desired);
        const { plan } = await pass(desired, state, seen);
        const full = new Set(createPlan(desired, state, rules).changes.map(written));
        for (const change of plan.changes) expect(full).toContain(written(change));
      }),
      runs,
    );
  });

  it("plans nothing that a pass that reads everything would not, whatever memory makes of names and tags", async () => {
    const scene = fc
      .tuple(desiredState, actualState)
      .chain(([desired, state]) =>
        fc.tuple(fc.constant(desired), fc.constant(state), fc.infiniteStream(fc.nat())),
      );
    await fc.assert(
      fc.asyncProperty(scene, fc.nat(), async ([desired, state], seed) => {
        const truth = await memoryOf(desired, state);
        const base = seed % 2 === 0 ? truth : flattered(truth, desired);
        const [seen] = fc.sample(mixedUp(base, desired), { numRuns: 1, seed });
        const { plan } = await pass(desired, state, seen);
        const full = new Set(createPlan(desired, state, rules).changes.map(written));
        for (const change of plan.changes) expect(full).toContain(written(change));
      }),
      runs,
    );
  }, 120_000);

  it("writes only to sets whose tags it has read, and to pairs it has read", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, actualState, async (desired, state, earlier) => {
        const seen = flattered(await memoryOf(desired, earlier), desired);
        const { plan, read } = await pass(desired, state, seen);
        const sets = new Map(managed(state).map((set) => [set.name, set]));
        for (const { kind, target, accounts } of plan.changes) {
          const set = sets.get(target.permissionSet);
          if (set === undefined) continue;
          expect(read.heads).toContain(set.arn);
          if (kind !== "assign" && kind !== "unassign") continue;
          for (const account of accounts.filter((one) => set.provisionedAccounts.includes(one))) {
            expect(read.pairs).toContain(pairKey({ arn: set.arn, account }));
          }
        }
      }),
      runs,
    );
  });

  it("has read, of every user who loses an assignment, one that they keep, if there is any", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, actualState, async (desired, state, earlier) => {
        const seen = flattered(await memoryOf(desired, earlier), desired);
        const { plan, actual, read } = await pass(desired, state, seen);
        const gone = new Set(plan.changes.flatMap(({ kind, id }) => (kind === "unassign" ? [id] : [])));
        const gained = new Set(
          plan.changes.flatMap((change) =>
            change.kind === "assign" ? [principalKey(change.target.principal)] : [],
          ),
        );
        const arns = new Map(managed(actual).map(({ name, arn }) => [name, arn]));
        for (const change of plan.changes) {
          if (change.kind !== "unassign" || change.target.principal.type !== "USER") continue;
          const user = principalKey(change.target.principal);
          const kept = actual.assignments.filter(
            (one) => principalKey(one.principal) === user && !gone.has(`unassign:${assignmentKey(one)}`),
          );
          const isCertain =
            gained.has(user) ||
            kept.some(({ permissionSet, account }) => {
              const arn = arns.get(permissionSet);
              return arn !== undefined && read.pairs.includes(pairKey({ arn, account }));
            });
          expect(isCertain || kept.length === 0).toBe(true);
        }
      }),
      runs,
    );
  });

  it("has read everybody who has a set that is changed into one with which people become administrators", async () => {
    const name = permissionSetName("Alpha");
    const record = permissionSetRecord("1");
    const accounts = ["222222222222", "333333333333", "444444444444"].map(accountId);
    const holders = (id: string): readonly Assignment[] =>
      accounts.map((account) => {
        return { permissionSet: name, account, principal: { type: "USER", id: principalId(id) } };
      });
    const definition = { attributes: { sessionDurationSeconds: 3_600 }, customerManagedPolicies: [] };
    const administrator = { ...definition, managedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] };
    const [nothingDesired] = fc.sample(
      desiredState.filter(({ permissionSets }) => permissionSets.length === 0),
      1,
    );
    const [anyState] = fc.sample(actualState, 1);
    if (nothingDesired === undefined || anyState === undefined) throw new Error("no sample");
    const desired: DesiredState = {
      ...nothingDesired,
      permissionSets: [{ name, record, definition: administrator, recordUrl: "" }],
      assignments: holders("user-1").map((one) => ({ ...one, records: [] })),
    };
    const set: ManagedPermissionSet = {
      managed: true,
      arn: permissionSetArn("arn:aws:sso:::permissionSet/ssoins-1/ps-Alpha"),
      name,
      tags: { [ownerTag]: owner, [recordTag]: record.id },
      locked: false,
      definition: { ...definition, managedPolicies: [] },
      provisionedAccounts: accounts,
      staleAccounts: [],
    };
    const before = { ...anyState, permissionSets: [set], assignments: holders("user-1") };
    const seen = await memoryOf(desired, before);
    const byHand = { ...before, assignments: [...holders("user-1"), ...holders("user-2")] };
    const { actual } = await pass(desired, byHand, seen);
    expect(new Set(actual.assignments.map(assignmentKey))).toEqual(
      new Set(byHand.assignments.map(assignmentKey)),
    );
  });

  it("has read what a set is that somebody new gets", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, state) => {
        const seen = flattered(await memoryOf(desired, state), desired);
        const { plan, read } = await pass(desired, state, seen);
        const granted = plan.changes.flatMap(({ kind, target }) =>
          kind === "assign" && target.permissionSetArn !== undefined ? [target.permissionSetArn] : [],
        );
        expect(granted.filter((arn) => !read.policies.includes(arn))).toEqual([]);
      }),
      runs,
    );
  });

  it("sees everything at least every 12 passes, whatever happens between them", async () => {
    const history = fc.array(fc.option(fc.tuple(desiredState, actualState), { nil: undefined, freq: 4 }), {
      minLength: 26,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, history, async (desired, state, events) => {
        let now = { desired, state };
        let seen: Seen | undefined;
        const lastRead = new Map<string, number>();
        for (const [index, event] of events.entries()) {
          if (event !== undefined) now = { desired: event[0], state: event[1] };
          const { reading, read } = await pass(now.desired, now.state, seen);
          seen = reading.seen;
          const parts = managed(now.state).flatMap(({ arn, provisionedAccounts }) => [
            `definition ${arn}`,
            `stale ${arn}`,
            ...provisionedAccounts.map((account) => pairKey({ arn, account })),
          ]);
          const isRead =
            reading.mode === "full"
              ? () => true
              : (part: string) =>
                  [
                    ...read.policies.map((arn) => `definition ${arn}`),
                    ...read.staleAccounts.map((arn) => `stale ${arn}`),
                    ...read.pairs,
                  ].includes(part);
          for (const part of lastRead.keys()) if (!parts.includes(part)) lastRead.delete(part);
          for (const part of parts) {
            if (isRead(part)) lastRead.set(part, index);
            else if (!lastRead.has(part)) lastRead.set(part, index - 1);
            expect(index - (lastRead.get(part) ?? index)).toBeLessThan(12);
          }
          expect(reading.oldestUnreadPasses).toBeLessThan(12);
        }
      }),
      { numRuns: 20 },
    );
  }, 120_000);

  it("writes nothing in a company that is in step, pass after pass", async () => {
    await fc.assert(
      fc.asyncProperty(desiredState, actualState, async (desired, before) => {
        const clock = createVirtualClock();
        const twin = createIdentityCenterTwin(before, { clock });
        for (let round = 0; round < 3; round += 1) {
          await applyPlan(createPlan(desired, twin.state(), rules), twin, clock, {
            outstandingOperations: 10,
          });
        }
        let seen: Seen | undefined;
        for (let index = 0; index < 14; index += 1) {
          const { plan, reading } = await pass(desired, twin.state(), seen);
          seen = reading.seen;
          expect(plan.changes).toEqual([]);
        }
      }),
      { numRuns: someOf(60) },
    );
  });

  it("finds accounts that a pass which died left without the definition, with or without its memory", async () => {
    await fc.assert(
      fc.asyncProperty(
        desiredState,
        actualState,
        fc.nat(12),
        fc.boolean(),
        async (desired, before, died, isKept) => {
          const clock = createVirtualClock();
          const twin = createIdentityCenterTwin(before, { clock });
          const seen = await memoryOf(desired, twin.state());
          const stop = new AbortController();
          await applyPlan(createPlan(desired, twin.state(), rules), twin, clock, {
            outstandingOperations: 10,
            signal: stop.signal,
            onProgress: ({ finished }) => finished >= died && stop.abort(),
          });
          const { plan } = await pass(desired, twin.state(), isKept ? seen : undefined);
          const wanted = createPlan(desired, twin.state(), rules).changes.map(written);
          expect(plan.changes.map(written)).toEqual(wanted);
        },
      ),
      runs,
    );
  });
});
