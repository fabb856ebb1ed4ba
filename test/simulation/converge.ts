import { type Assignment, assignmentKey } from "../../src/model/assignment.ts";
import { isManagedBy, recordTag } from "../../src/model/ownership.ts";
import { foreignSet, owner, protectedSet } from "./company.ts";
import {
  type Expectations,
  expectationsOf,
  isUnproven,
  isWritable,
  isWritableAccount,
} from "./expectations.ts";
import { definitionText } from "./definitions.ts";
import { actualState } from "./identity-center-twin.ts";
import { covers } from "./invariants.ts";
import type { SetRecord } from "./kintone-twin.ts";
import type { PassRun, SimulatedWorld } from "./simulated-world.ts";

const longestOperationMs = 60 * 60_000;

/**
 * I8 and I9: once nothing fails any more, two passes lead to what the records ask for as far as it is allowed, with a
 * person's approval where a guard asks for one, and a third pass writes nothing. Returns what is not so.
 */
export async function converge(world: SimulatedWorld): Promise<readonly string[]> {
  world.aws.setFaults({});
  world.aws.setOperationMs(4_000);
  world.clock.jump(longestOperationMs);
  // What a guard refuses is reviewed after the rest has been applied, which may take one more pass.
  for (let pass = 1; pass <= 3; pass += 1) await syncApproved(world);
  const problems = findDifferences(world);
  const last = await world.sync({ full: true });
  const planned = last.pass?.plan.changes.map(({ id }) => id) ?? ["nothing, for it failed"];
  return [
    ...problems.map((problem) => `I8: after three passes ${problem}`),
    ...planned.map((id) => `I9: a fourth pass still plans ${id}`),
    ...last.writes.map(({ change }) => `I9: a fourth pass still writes ${change.id}`),
  ];
}

async function syncApproved(world: SimulatedWorld): Promise<PassRun> {
  const run = await world.sync({ full: true });
  const isRefused = run.pass !== undefined && run.pass.violations.length > 0;
  return isRefused ? world.sync({ full: true, approve: true }) : run;
}

/** Where Identity Center is not what the records ask for. */
export function findDifferences(world: SimulatedWorld): readonly string[] {
  const live = world.aws.live();
  const records = world.kintone.records();
  const directory = world.people.directory();
  const actual = actualState(live, live, directory);
  const expected = expectationsOf(records, actual, world.rulebook);
  const have = new Set(actual.assignments.map(assignmentKey));
  const missing = [...expected.must.keys()].filter((key) => !have.has(key)).map((key) => `${key} is missing`);
  const surplus = actual.assignments
    .filter((one) => !expected.may.has(assignmentKey(one)) && !expected.mayBeHeld(one))
    .filter((one) => expected.isEnforced(one, "must") || !isStillAsked(one, world, expected))
    .filter((one) => one.permissionSet !== foreignSet && isWritable(one, directory))
    .map((one) => `${assignmentKey(one)} is still there`);
  const valid = new Set(
    records.sets.map(({ name }) => name).filter((name) => expected.statusOf(name) === "valid"),
  );
  const definitions = [...valid].flatMap((name) => {
    const set = live.sets.get(name);
    if (set === undefined) return [`set ${name} is missing`];
    const [definition] = expected.definitionsOf(name);
    const same = definition !== undefined && definitionText(definition) === definitionText(set.definition);
    const stale = [...set.provisioned].filter(
      ([id, version]) => version !== set.version && isWritableAccount(id, directory),
    );
    return [
      ...(same ? [] : [`set ${name} is not what its record says`]),
      ...stale.map(([id]) => `account ${id} has an older ${name}`),
    ];
  });
  const sets = new Map(actual.permissionSets.map((set) => [String(set.name), set]));
  const inUse = new Set<string>(actual.assignments.map(({ permissionSet }) => permissionSet));
  const left = [...live.sets.values()].filter(
    ({ name, tags }) =>
      isManagedBy(tags, owner) &&
      name !== protectedSet &&
      name !== foreignSet &&
      !inUse.has(name) &&
      !expected.requests.some(mayHoldEverything) &&
      !isUnproven(name, sets) &&
      !records.assignments.some(({ set }) => set === name) &&
      !records.sets.some(
        (record) => record.name === name || isUntoldOwner(record, tags[recordTag], expected),
      ) &&
      !records.sets.some(({ flaw }) => flaw === "name-emptied"),
  );
  return [...missing, ...surplus, ...definitions, ...left.map(({ name }) => `set ${name} is still there`)];
}

/** Whether a record that cannot be trusted now asked for each part of it since it last could; the set may have been renamed since. */
function isStillAsked(
  assignment: Assignment,
  { asked }: SimulatedWorld,
  { requests }: Expectations,
): boolean {
  const untrusted = requests.filter(({ trust }) => trust !== "valid");
  return untrusted.some(({ record }) => {
    const all = asked.get(record.id) ?? [];
    return (["accounts", "principals"] as const).every((part) =>
      all.some((request) => covers({ ...nothingTold, [part]: request[part] }, assignment)),
    );
  });
}

/** Whether the record may be one of which nothing can be told, for which every deletion waits. */
function mayHoldEverything({ trust, accounts, principals }: Expectations["requests"][number]): boolean {
  return trust !== "valid" && accounts === undefined && principals === undefined;
}

const nothingTold = { set: undefined, accounts: undefined, principals: undefined };

/** Whether the set is the record's, and the record cannot be trusted. */
function isUntoldOwner({ id, name }: SetRecord, definedBy: string | undefined, { statusOf }: Expectations) {
  return String(id) === definedBy && statusOf(name) !== "valid";
}
