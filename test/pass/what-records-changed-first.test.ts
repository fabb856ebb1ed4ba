import { describe, expect, it } from "vitest";
import { PassError } from "../../src/errors.ts";
import type { Config } from "../../src/model/config.ts";
import { emptyMemory } from "../../src/model/memory.ts";
import type { Pass } from "../../src/model/pass.ts";
import type { IdentityCenter } from "../../src/ports.ts";
import { type PassOptions, reconcile } from "../../src/pass/reconcile.ts";
import { rememberPass } from "../../src/remember/remember-pass.ts";
import {
  actualState,
  assignmentOf,
  definition,
  directory,
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
import { sourceOf } from "../report/builders.ts";
import { companyConfig } from "../report/company-pass.ts";

const [anna, ben, carol] = [user("anna"), user("ben"), user("carol")];
const names = Array.from({ length: 24 }, (_, index) => `Set${index}`);
const sets = names.map((name, index) =>
  managedSet(name, {
    record: `${100 + index}`,
    definition: definition({ managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
    provisionedAccounts: [production],
  }),
);

/** Everybody has every set; of one set, others may be asked for. */
function recordsWith(people: Readonly<Record<string, readonly string[]>> = {}) {
  return sourceOf(
    names.map((name, index) => rawPermissionSet({ name }, { id: `${100 + index}` })),
    names.map((permissionSet, index) =>
      rawAssignment(
        { permissionSet, accounts: "Production", users: people[permissionSet] ?? ["anna", "ben"] },
        { id: `${100 + index}` },
      ),
    ),
  );
}

/** A company that has been in step for some passes, of which so much is read in each that it takes 24 to come to everything. */
async function company(guards: Partial<Config["guards"]> = {}) {
  const clock = createVirtualClock(now);
  const state = actualState({
    directory: directory({ users: [anna, ben, carol] }),
    permissionSets: sets,
    assignments: names.flatMap((name) => [anna, ben].map((person) => assignmentOf(name, production, person))),
  });
  const twin = createIdentityCenterTwin(state, { clock });
  const config: Config = {
    ...companyConfig,
    guards: { ...companyConfig.guards, ...guards },
    pace: { ...companyConfig.pace, callBudget: 10 },
  };
  const events: string[] = [];
  let isAway = false;
  const identityCenter: IdentityCenter = {
    ...twin,
    readParts: (request) => {
      events.push(`read ${request.pairs.length} pairs`);
      if (isAway) throw new PassError("aws.throttled", { operation: "ListAccountAssignments", attempts: 1 });
      return twin.readParts(request);
    },
    startChange: (change, arn) => {
      events.push(change.id);
      return twin.startChange(change, arn);
    },
  };
  let memory = emptyMemory(companyConfig.owner);
  const pass = async (source = recordsWith(), options: Partial<PassOptions> = {}): Promise<Pass> => {
    const records = { readAllRecords: () => Promise.resolve(source) };
    const policyAnalyzer = {
      analyzePolicy: () => Promise.resolve({ kind: "analyzed", findings: [] } as const),
    };
    const done = await reconcile({ records, identityCenter, policyAnalyzer, clock }, config, {
      mode: "sync",
      runId: "run-1",
      recordUrl,
      loadMemory: () => Promise.resolve(memory),
      ...options,
    });
    memory = rememberPass(memory, done, clock.now(), config.guards);
    return done;
  };
  await pass();
  await pass();
  events.length = 0;
  const goAway = (): void => {
    isAway = true;
  };
  return { pass, twin, events, goAway };
}

const grantOf = (set: string, person: typeof anna) => `assign:${set}/${production}/USER/${person.id}`;
const removalOf = (set: string, person: typeof anna) => `unassign:${set}/${production}/USER/${person.id}`;

describe("what records changed", () => {
  it("is granted before anything is read that no record changed", async () => {
    const { pass, events } = await company();
    const done = await pass(recordsWith({ Set23: ["anna", "ben", "carol"] }));
    const granted = events.indexOf(grantOf("Set23", carol));
    expect(events.slice(0, granted).filter((event) => event === "read 1 pairs")).toHaveLength(1);
    expect(events.slice(granted + 1).some((event) => event.startsWith("read "))).toBe(true);
    expect(done.outcomes.map(({ change, status }) => [change.id, status])).toEqual([
      [grantOf("Set23", carol), "applied"],
    ]);
    expect(done.reading.pairsRead).toBeGreaterThan(1);
  });

  it("stays done when the rest cannot be read then, which is told", async () => {
    const { pass, goAway } = await company();
    const told: string[] = [];
    const done = await pass(recordsWith({ Set23: ["anna", "ben", "carol"] }), {
      onRestUnread: ({ code }) => void told.push(code),
      onOutcome: goAway,
    });
    expect(done.outcomes.map(({ status }) => status)).toEqual(["applied"]);
    expect(told).toEqual(["aws.throttled"]);
  });

  it("is all that a pass reads which a person asked for", async () => {
    const { pass } = await company();
    const done = await pass(recordsWith({ Set23: ["anna", "ben", "carol"] }), { rotates: false });
    expect(done.reading.pairsRead).toBe(1);
    expect(done.outcomes).toHaveLength(1);
  });

  it("counts in the limits of the whole pass", async () => {
    const { pass, twin, events } = await company({ maxDeletions: 2, maxDeletionRatio: 0.001 });
    twin.meddle((state) => ({
      ...state,
      assignments: [...state.assignments, ...names.map((name) => assignmentOf(name, production, carol))],
    }));
    const done = await pass(recordsWith({ Set23: ["anna", "carol"] }));
    // Set0 is read as well, which shows that Ben keeps something.
    const first = [removalOf("Set0", carol), removalOf("Set23", ben)];
    expect(done.outcomes.map(({ change }) => change.id)).toEqual(first);
    const [violation] = done.violations;
    expect(violation).toMatchObject({ guard: "deletions", numbers: { deletions: 4, maxDeletions: 2 } });
    expect(violation?.refuses).toEqual([removalOf("Set2", carol), removalOf("Set3", carol)]);
    expect(events.filter((event) => event.startsWith("unassign"))).toEqual(first);
  });
});
