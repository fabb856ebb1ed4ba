import { assignmentKey } from "../../src/model/assignment.ts";
import { isManagedBy } from "../../src/model/ownership.ts";
import { owner } from "./company.ts";
import { findDifferences } from "./converge.ts";
import { definitionText } from "./definitions.ts";
import type { Crash } from "./identity-center-twin.ts";
import type { Records } from "./kintone-twin.ts";
import { createWorld, firstRecords, type PassRun, type SimulatedWorld } from "./simulated-world.ts";

/** How many writes the swept plan has. */
export const sweptWrites = 42;

export interface SweptCase {
  readonly name: string;
  /** What was not as without the crash; empty for what was. */
  readonly problems: readonly string[];
}

/** The choice of all cases. */
export const everyOne = <Case>(cases: readonly Case[]): readonly Case[] => cases;

/** Before and after every write of a plan of forty-two, and once without: the next pass must lead to the same end; of the crashes, those that are chosen. */
export async function sweepCrashes(choose = everyOne): Promise<readonly SweptCase[]> {
  const undisturbed = await worldBeforeTheChange();
  const unasked = await undisturbed.sync();
  const approved = await undisturbed.sync({ approve: true });
  const writes = unasked.writes.length + approved.writes.length;
  const end = describe(undisturbed);
  const first: SweptCase = {
    name: "no crash",
    problems: [
      ...(writes === sweptWrites ? [] : [`the plan has ${writes} writes`]),
      ...(approved.writes.length > 0 ? [] : ["nothing was refused"]),
      ...findDifferences(undisturbed),
    ],
  };
  const crashes = Array.from({ length: sweptWrites }, (_, atWrite) =>
    (["before", "after"] as const).map((phase) => ({ atWrite, phase })),
  ).flat();
  const cases = [first];
  for (const crash of choose(crashes)) cases.push(await crashAt(crash, unasked.writes.length, end));
  return cases;
}

/** The pass that applies what nothing refuses is killed, or the one that applies the rest, which a person approved. */
async function crashAt(crash: Omit<Crash, "kill">, unasked: number, end: string): Promise<SweptCase> {
  const world = await worldBeforeTheChange();
  const isApproved = crash.atWrite >= unasked;
  if (isApproved) await world.sync();
  const inPass = { ...crash, atWrite: isApproved ? crash.atWrite - unasked : crash.atWrite };
  const killed = await world.sync({ approve: isApproved, crash: inPass });
  await syncApproved(world);
  const same = describe(world) === end;
  return {
    name: `killed ${crash.phase} write ${crash.atWrite + 1}`,
    problems: [
      ...(killed.pass === undefined && killed.writes.length > inPass.atWrite ? [] : ["there was no crash"]),
      ...findDifferences(world),
      ...(same ? [] : ["the end is another one than without the crash"]),
    ],
  };
}

/** Everything applied, then many records changed at once, among them many deletions, which a guard refuses. */
async function worldBeforeTheChange(): Promise<SimulatedWorld> {
  const world = createWorld();
  await world.sync();
  world.kintone.replace(changedRecords(world.clock.now()));
  return world;
}

async function syncApproved(world: SimulatedWorld): Promise<PassRun> {
  // What a killed pass was approved for is used up with every code of that minute.
  world.clock.jump(60_000);
  const run = await world.sync();
  return run.pass !== undefined && run.pass.violations.length > 0 ? world.sync({ approve: true }) : run;
}

/** One set renamed, one gone, one changed, two new; somebody moves, somebody leaves, many come. */
function changedRecords(nowMs: number): Records {
  const { sets, assignments } = firstRecords(nowMs);
  const base = { revision: 2, updatedAtMs: nowMs };
  const [alpha, beta] = sets;
  if (alpha === undefined || beta === undefined) throw new Error("the company has no sets");
  return {
    sets: [
      { ...alpha, ...base, name: "Alpine" },
      { ...beta, ...base, hours: 2, policies: ["Billing", "ReadOnlyAccess"], inline: false },
      { ...base, id: 8, name: "Delta", hours: 3, policies: ["SecurityAudit"], inline: true },
      { ...base, id: 9, name: "Epsilon", hours: 3, policies: ["Billing"], inline: false },
    ],
    assignments: [
      ...assignments
        .filter(({ set }) => set !== "Gamma" && set !== "Beta")
        .map((one) => (one.set === "Alpha" ? { ...one, ...base, set: "Alpine", groups: ["Auditors"] } : one)),
      {
        ...base,
        id: 10,
        set: "Delta",
        users: ["dai", "anna"],
        groups: ["Developers"],
        accounts: ["Production", "Staging"],
      },
      {
        ...base,
        id: 11,
        set: "Epsilon",
        users: ["chie"],
        groups: ["Auditors"],
        accounts: ["Staging", "Production"],
      },
      { ...base, id: 13, set: "Epsilon", users: ["anna"], groups: [], accounts: ["Staging"] },
    ],
  };
}

/** The end as people see it: who has what, and what it is. */
function describe(world: SimulatedWorld): string {
  const { sets, assignments } = world.aws.live();
  const own = [...sets.values()].filter(({ tags }) => isManagedBy(tags, owner));
  const described = own.map(({ name, tags, definition, provisioned, version }) => {
    const accounts = [...provisioned].map(([id, has]) => `${id} ${has === version ? "as it is" : "older"}`);
    return JSON.stringify([name, tags, definitionText(definition), accounts.toSorted()]);
  });
  return [...described.toSorted(), ...[...assignments.values()].map(assignmentKey).toSorted()].join("\n");
}
