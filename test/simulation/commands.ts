import fc from "fast-check";

import { ownerTag, recordTag } from "../../src/model/ownership.ts";
import {
  accountIds,
  foreignSet,
  groupNames,
  owner,
  policyNames,
  protectedSet,
  setNamed,
  setNames,
  userCodes,
} from "./company.ts";
import { converge } from "./converge.ts";
import { assign, type Faults, type Live, unassign, type WriteFault } from "./identity-center-twin.ts";
import {
  type AssignmentFlaw,
  type AssignmentRecord,
  type Records,
  type SetFlaw,
  type SetRecord,
  type SourceFault,
} from "./kintone-twin.ts";
import { policyWithoutStatements } from "./definitions.ts";
import { isInBetween, lineOf } from "./meant-sets.ts";
import type { PassRun, SimulatedWorld } from "./simulated-world.ts";

/** One thing that happens in the world; returns what was wrong about it, beside what the invariants find. */
export interface Command {
  readonly name: string;
  readonly happen: (world: SimulatedWorld) => void | Promise<readonly string[] | void>;
}

const accountNames = Object.keys(accountIds);
const minute = 60_000;

function command(name: string, happen: Command["happen"]): Command {
  return { name, happen };
}

function pick<Item>(items: readonly Item[], index: number): Item | undefined {
  return items.length === 0 ? undefined : items[index % items.length];
}

const setContent = fc.record({
  hours: fc.integer({ min: 1, max: 12 }),
  policies: fc.subarray([...policyNames], { maxLength: 2 }),
  inline: fc.boolean(),
});
const assignmentContent = fc
  .record({
    users: fc.subarray([...userCodes], { maxLength: 3 }),
    groups: fc.subarray([...groupNames]),
    accounts: fc.subarray(accountNames, { minLength: 1, maxLength: 3 }),
  })
  .filter(({ users, groups }) => users.length + groups.length > 0);
const nth = fc.nat({ max: 20 });

type Edited<Item> = Omit<Item, "id" | "revision" | "updatedAtMs">;

/** The record as an author leaves it now: one revision on. */
function edited<Item extends SetRecord | AssignmentRecord>(
  world: SimulatedWorld,
  { id, revision }: Pick<Item, "id" | "revision">,
  content: Edited<Item>,
): Item {
  return { ...content, id, revision: revision + 1, updatedAtMs: world.clock.now() } as unknown as Item;
}

function editSet(
  world: SimulatedWorld,
  index: number,
  change: (record: SetRecord) => Edited<SetRecord>,
): void {
  const { sets } = world.kintone.records();
  const chosen = pick(sets, index);
  if (chosen === undefined) return;
  world.kintone.replace({
    sets: sets.map((one) => (one === chosen ? edited<SetRecord>(world, one, change(one)) : one)),
  });
}

function editAssignment(
  world: SimulatedWorld,
  index: number,
  change: (record: AssignmentRecord) => Edited<AssignmentRecord>,
): void {
  const { assignments } = world.kintone.records();
  const chosen = pick(assignments, index);
  if (chosen === undefined) return;
  world.kintone.replace({
    assignments: assignments.map((one) =>
      one === chosen ? edited<AssignmentRecord>(world, one, change(one)) : one,
    ),
  });
}

function withoutFlaw<Item extends { readonly flaw?: unknown }>(record: Item): Omit<Item, "flaw"> {
  const { flaw: _flaw, ...rest } = record;
  return rest;
}

/** A name that neither a record nor a set has. */
function freeName(world: SimulatedWorld, index: number): string | undefined {
  const taken = new Set([
    ...world.kintone.records().sets.map(({ name }) => name),
    ...world.aws.live().sets.keys(),
  ]);
  return pick(
    setNames.filter((name) => !taken.has(name)),
    index,
  );
}

const mostRecords = 8;

const records: readonly fc.Arbitrary<Command>[] = [
  fc.tuple(nth, setContent).map(([index, content]) =>
    command(`addSet(${index})`, (world) => {
      const { sets } = world.kintone.records();
      const name = freeName(world, index);
      if (name === undefined || sets.length >= mostRecords) return;
      const base = { id: world.kintone.nextId(), revision: 1, updatedAtMs: world.clock.now() };
      world.kintone.replace({ sets: [...sets, { ...base, ...content, name }] });
    }),
  ),
  fc.tuple(nth, assignmentContent).map(([index, content]) =>
    command(`addAssignment(${index}, ${JSON.stringify(content)})`, (world) => {
      const { sets, assignments } = world.kintone.records();
      const set = pick(sets, index)?.name;
      if (set === undefined || assignments.length >= mostRecords) return;
      const base = { id: world.kintone.nextId(), revision: 1, updatedAtMs: world.clock.now() };
      world.kintone.replace({ assignments: [...assignments, { ...base, ...content, set }] });
    }),
  ),
  fc
    .tuple(nth, setContent)
    .map(([index, content]) =>
      command(`editSet(${index}, ${JSON.stringify(content)})`, (world) =>
        editSet(world, index, (record) => ({ ...withoutFlaw(record), ...content })),
      ),
    ),
  fc
    .tuple(nth, assignmentContent)
    .map(([index, content]) =>
      command(`editAssignment(${index}, ${JSON.stringify(content)})`, (world) =>
        editAssignment(world, index, (record) => ({ ...withoutFlaw(record), ...content })),
      ),
    ),
  fc.tuple(nth, nth).map(([index, to]) =>
    command(`moveAssignment(${index}, ${to})`, (world) => {
      const set = pick(world.kintone.records().sets, to)?.name;
      if (set !== undefined) editAssignment(world, index, (record) => ({ ...withoutFlaw(record), set }));
    }),
  ),
  nth.map((index) =>
    command(`deleteSet(${index})`, (world) => {
      const { sets } = world.kintone.records();
      const gone = pick(sets, index);
      world.kintone.replace({ sets: sets.filter((one) => one !== gone) });
    }),
  ),
  nth.map((index) =>
    command(`deleteAssignment(${index})`, (world) => {
      const { assignments } = world.kintone.records();
      const gone = pick(assignments, index);
      world.kintone.replace({ assignments: assignments.filter((one) => one !== gone) });
    }),
  ),
  fc
    .tuple(
      nth,
      fc.constantFrom<SetFlaw>("name-emptied", "policy-unknown", "duration-invalid", "policy-broken"),
    )
    .map(([index, flaw]) =>
      command(`corruptSet(${index}, ${flaw})`, (world) => editSet(world, index, (one) => ({ ...one, flaw }))),
    ),
  fc
    .tuple(
      nth,
      fc.constantFrom<AssignmentFlaw>(
        "set-unknown",
        "set-emptied",
        "user-unknown",
        "group-unknown",
        "principals-emptied",
        "account-unknown",
        "accounts-emptied",
      ),
    )
    .map(([index, flaw]) =>
      command(`corruptAssignment(${index}, ${flaw})`, (world) =>
        editAssignment(world, index, (one) => ({ ...one, flaw })),
      ),
    ),
  fc
    .tuple(nth, fc.boolean())
    .map(([index, ofSets]) =>
      command(`duplicate(${index}, ${ofSets ? "set" : "assignment"})`, (world) =>
        duplicate(world, index, ofSets),
      ),
    ),
  fc
    .tuple(nth, fc.integer({ min: 2, max: 3 }), fc.boolean())
    .map(([index, count, followed]) =>
      command(
        `passNamesOn(${index}, ${count}, ${followed ? "records follow" : "records keep the name"})`,
        (world) => passNamesOn(world, index, count, followed),
      ),
    ),
  nth.map((index) => command(`enterAgain(${index})`, (world) => enterAgain(world, index))),
  fc
    .tuple(nth, nth, fc.boolean())
    .map(([index, to, followed]) =>
      command(`rename(${index}, ${to}, ${followed ? "records follow" : "records keep the name"})`, (world) =>
        rename(world, index, to, followed),
      ),
    ),
];

/** The sets pass their names on, each to the next one; of two, they swap them. */
function passNamesOn(world: SimulatedWorld, index: number, count: number, followed: boolean): void {
  const { sets, assignments } = world.kintone.records();
  const chosen = Array.from({ length: count }, (_, step) => pick(sets, index + step));
  const ring = [...new Set(chosen)].filter((one) => one !== undefined);
  const after = new Map(
    ring.map((one, step) => [one.name, ring[(step + 1) % ring.length]?.name ?? one.name]),
  );
  if (after.size !== ring.length) return;
  world.kintone.replace({
    sets: sets.map((one) => {
      const name = ring.includes(one) ? after.get(one.name) : undefined;
      return name === undefined ? one : edited<SetRecord>(world, one, { ...one, name });
    }),
    assignments: assignments.map((one) => {
      const set = followed ? after.get(one.set) : undefined;
      return set === undefined ? one : edited<AssignmentRecord>(world, one, { ...one, set });
    }),
  });
}

/** The record is deleted and entered again, the same to the letter. */
function enterAgain(world: SimulatedWorld, index: number): void {
  const { sets } = world.kintone.records();
  const chosen = pick(sets, index);
  if (chosen === undefined) return;
  const base = { id: world.kintone.nextId(), revision: 1, updatedAtMs: world.clock.now() };
  const again = { ...chosen, ...base, line: lineOf(chosen) };
  world.kintone.replace({ sets: [...sets.filter((one) => one !== chosen), again] });
}

function duplicate(world: SimulatedWorld, index: number, ofSets: boolean): void {
  const { sets, assignments } = world.kintone.records();
  const base = { id: world.kintone.nextId(), revision: 1, updatedAtMs: world.clock.now() };
  if (ofSets) {
    const set = pick(sets, index);
    if (set !== undefined && sets.length < mostRecords) {
      world.kintone.replace({ sets: [...sets, { ...set, ...base, line: lineOf(set) }] });
    }
    return;
  }
  const assignment = pick(assignments, index);
  if (assignment === undefined || assignments.length >= mostRecords) return;
  world.kintone.replace({ assignments: [...assignments, { ...assignment, ...base }] });
}

function rename(world: SimulatedWorld, index: number, to: number, followed: boolean): void {
  const before = pick(world.kintone.records().sets, index);
  const name = freeName(world, to);
  if (before === undefined || name === undefined) return;
  editSet(world, index, (record) => ({ ...record, name }));
  if (!followed) return;
  const { assignments } = world.kintone.records();
  const follow = (one: AssignmentRecord): AssignmentRecord =>
    one.set === before.name ? edited<AssignmentRecord>(world, one, { ...one, set: name }) : one;
  world.kintone.replace({ assignments: assignments.map(follow) });
}

const people: readonly fc.Arbitrary<Command>[] = [
  fc
    .constantFrom(...userCodes)
    .map((code) => command(`userGone(${code})`, ({ people }) => people.removeUser(code))),
  fc
    .constantFrom(...userCodes)
    .map((code) => command(`userReborn(${code})`, ({ people }) => people.restoreUser(code))),
  fc
    .tuple(fc.constantFrom(...userCodes), fc.boolean())
    .map(([code, enabled]) =>
      command(`user${enabled ? "Enabled" : "Disabled"}(${code})`, ({ people }) =>
        people.setEnabled(code, enabled),
      ),
    ),
  fc
    .tuple(fc.constantFrom(...groupNames), fc.boolean())
    .map(([name, back]) =>
      command(`group${back ? "Reborn" : "Gone"}(${name})`, ({ people }) =>
        back ? people.restoreGroup(name) : people.removeGroup(name),
      ),
    ),
  fc
    .tuple(fc.constantFrom("Production", "Staging", "Development"), fc.boolean())
    .map(([name, open]) =>
      command(`account${open ? "Reopened" : "Closed"}(${name})`, ({ people }) =>
        people.setAccountState(name, open ? "ACTIVE" : "SUSPENDED"),
      ),
    ),
];

const outsideHands: readonly fc.Arbitrary<Command>[] = [
  fc
    .tuple(nth, fc.constantFrom(...accountNames), nth)
    .map(([set, account, principal]) =>
      command(`manualAssign(${set}, ${account}, ${principal})`, (world) =>
        manualAssign(world, set, account, principal),
      ),
    ),
  nth.map((index) =>
    command(`manualUnassign(${index})`, ({ aws }) =>
      aws.byHand((live) => {
        const gone = pick([...live.assignments.values()], index);
        return gone === undefined ? live : unassign(live, gone);
      }),
    ),
  ),
  nth.map((index) =>
    command(`manualEdit(${index})`, ({ aws }) =>
      aws.byHand((live) => {
        const set = pick([...live.sets.values()], index);
        if (set === undefined) return live;
        const { definition, version } = set;
        const changed = { ...definition, managedPolicies: [], inlinePolicy: policyWithoutStatements };
        return {
          ...live,
          sets: new Map(live.sets).set(set.name, { ...set, definition: changed, version: version + 1 }),
        };
      }),
    ),
  ),
  fc
    .constantFrom("alone", "and all tags of a set of ours", "taken off")
    .map((how) => command(`foreignSetTagged(${how})`, (world) => claimForeignSet(world, how))),
  fc
    .tuple(
      nth,
      fc.constantFrom("owner-removed", "owner-changed", "owner-case", "record-removed", "record-unknown"),
    )
    .map(([index, how]) => command(`tagTamper(${index}, ${how})`, (world) => tamper(world, index, how))),
];

function manualAssign(world: SimulatedWorld, set: number, account: string, principal: number): void {
  const { users, groups } = world.people.directory();
  const everybody = [
    ...users.map(({ id }) => ({ type: "USER" as const, id })),
    ...groups.map(({ id }) => ({ type: "GROUP" as const, id })),
  ];
  world.aws.byHand((live) => {
    const chosen = pick([...live.sets.keys()], set);
    const who = pick(everybody, principal);
    const where = accountIds[account];
    if (chosen === undefined || who === undefined || where === undefined) return live;
    return assign(live, { permissionSet: setNamed(chosen), account: where, principal: who });
  });
}

/** Somebody puts our owner tag on a set that a sync has not made. */
function claimForeignSet(world: SimulatedWorld, how: string): void {
  world.aws.byHand((live): Live => {
    const foreign = live.sets.get(foreignSet);
    const own = [...live.sets.values()].find(({ name }) => name !== foreignSet && name !== protectedSet);
    if (foreign === undefined) return live;
    const claimed = how === "alone" ? { [ownerTag]: owner } : (own?.tags ?? {});
    const tags =
      how === "taken off" ? { managedBy: "ControlTower" } : { managedBy: "ControlTower", ...claimed };
    return { ...live, sets: new Map(live.sets).set(foreignSet, { ...foreign, tags }) };
  });
}

function tamper(world: SimulatedWorld, index: number, how: string): void {
  world.aws.byHand((live): Live => {
    const own = [...live.sets.values()].filter(({ name }) => name !== foreignSet && name !== protectedSet);
    const set = pick(own, index);
    if (set === undefined) return live;
    const { [ownerTag]: _owner, ...withoutOwner } = set.tags;
    const { [recordTag]: _record, ...withoutRecord } = set.tags;
    const tags = {
      "owner-removed": withoutOwner,
      "owner-changed": { ...set.tags, [ownerTag]: "simulation-2" },
      "owner-case": { ...set.tags, [ownerTag]: "Simulation" },
      "record-removed": withoutRecord,
      "record-unknown": { ...set.tags, [recordTag]: "999" },
    }[how];
    return { ...live, sets: new Map(live.sets).set(set.name, { ...set, tags: tags ?? set.tags }) };
  });
}

const app = fc.constantFrom("permissionSets" as const, "assignments" as const);
const sourceFault: fc.Arbitrary<SourceFault> = fc.oneof(
  fc.nat({ max: 5 }).map((request) => ({ kind: "fails-at" as const, request })),
  fc.nat({ max: 5 }).map((request) => ({ kind: "html" as const, request })),
  fc.tuple(app, fc.nat({ max: 8 })).map(([kind, left]) => ({ kind: "cut-short" as const, app: kind, left })),
  fc
    .tuple(app, fc.nat({ max: 8 }))
    .map(([kind, field]) => ({ kind: "hidden-field" as const, app: kind, field })),
  fc.constant({ kind: "wrong-app" as const }),
  app.map((kind) => ({ kind: "emptied" as const, app: kind })),
  fc.tuple(app, fc.nat({ max: 5 })).map(([kind, left]) => ({ kind: "shrunk" as const, app: kind, left })),
);

/** A page that says less than there is; with as many rows as records there is no fault. */
function isReal(fault: SourceFault, { sets, assignments }: Records): boolean {
  if (fault.kind === "hidden-field") return (fault.app === "permissionSets" ? sets : assignments).length > 0;
  if (fault.kind !== "cut-short") return true;
  return fault.left < (fault.app === "permissionSets" ? sets : assignments).length;
}

const faults: readonly fc.Arbitrary<Command>[] = [
  fc.tuple(sourceFault, fc.constantFrom(1, 1, 2)).map(([fault, faultyRead]) =>
    command(`syncWithSource(${JSON.stringify(fault)}, read ${faultyRead})`, async (world) => {
      if (isReal(fault, world.kintone.records())) await world.sync({ sourceFault: fault, faultyRead });
    }),
  ),
  fc
    .tuple(
      fc.constantFrom<WriteFault>("throttled", "timeout-before", "timeout-after", "late-failure"),
      fc.integer({ min: 1, max: 4 }),
    )
    .map(([fault, times]) =>
      command(`awsWrites(${fault} × ${times})`, ({ aws }) =>
        aws.setFaults({ ...aws.faults(), writes: { fault, times } }),
      ),
    ),
  fc
    .integer({ min: 0, max: 5 })
    .map((staleBy) =>
      command(`awsStaleBy(${staleBy})`, ({ aws }) => aws.setFaults({ ...aws.faults(), staleBy })),
    ),
  fc.constantFrom<NonNullable<Faults["read"]>>("throttled", "incomplete", "denied").map((read) =>
    command(`syncWithReads(${read})`, async (world) => {
      const before = world.aws.faults();
      world.aws.setFaults({ ...before, read });
      await world.sync();
      world.aws.setFaults(before);
    }),
  ),
  fc.constant(command("silentPolls", ({ aws }) => aws.setFaults({ ...aws.faults(), silentPolls: true }))),
  fc.constant(command("faultsEnd", ({ aws }) => aws.setFaults({}))),
  fc
    .constantFrom(1_000, 30_000, 10 * minute)
    .map((ms) => command(`operationsTake(${ms} ms)`, ({ aws }) => aws.setOperationMs(ms))),
  fc
    .constantFrom(minute, 2 * 60 * minute, 25 * 60 * minute)
    .map((ms) => command(`clockJump(${ms / minute} min)`, ({ clock }) => clock.jump(ms))),
];

const passes: readonly fc.Arbitrary<Command>[] = [
  fc.tuple(fc.nat({ max: 8 }), fc.constantFrom("before" as const, "after" as const)).map(([atWrite, phase]) =>
    command(`crash(${phase} write ${atWrite})`, async (world) => {
      await world.sync({ crash: { atWrite, phase } });
    }),
  ),
  fc.constant(
    command("overlap", async (world) => {
      await Promise.all([world.sync({ overlapped: true }), world.sync({ overlapped: true })]);
    }),
  ),
  fc.oneof(...records).map((edit) => command(`overtaken(${edit.name})`, (world) => overtaken(world, edit))),
  fc.constant(
    command("approve", async (world) => {
      await world.sync({ approve: true });
    }),
  ),
  fc
    .constantFrom(undefined, "", "{", '{"owner":"somebody else","schemaVersion":1}')
    .map((text) =>
      command(`memory(${text === undefined ? "lost" : JSON.stringify(text)})`, (world) =>
        world.setMemory(text),
      ),
    ),
  fc.constant(command("converge", converge)),
];

/** I11: a record is edited and another pass carries that out, while this pass has read the record as it was before. */
async function overtaken(world: SimulatedWorld, edit: Command): Promise<readonly string[]> {
  let other: PassRun | undefined;
  const slow = await world.sync({
    between: async () => {
      await edit.happen(world);
      other = await world.sync();
    },
  });
  const done = new Set(
    other?.pass?.outcomes.flatMap(({ status, change }) => (status === "applied" ? [change.id] : [])),
  );
  // What has a name in between goes on to its own in the next pass, which this one may be.
  const isUnderWay = other?.writes.some(({ change }) => isInBetween(change.target.permissionSet)) === true;
  return slow.writes
    .filter(({ change }) => !isUnderWay && done.has(undoing(change.id)))
    .map(({ change }) => `I11: ${change.id} undoes what another pass did meanwhile`);
}

function undoing(id: string): string {
  return id.startsWith("unassign:") ? id.slice(2) : `un${id}`;
}

const sync = fc.constant(
  command("sync", async (world) => {
    await world.sync();
  }),
);

/** Anything that can happen; every other command is a pass or something of a pass. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 12, arbitrary: fc.oneof(...records) },
  { weight: 3, arbitrary: fc.oneof(...people) },
  { weight: 4, arbitrary: fc.oneof(...outsideHands) },
  { weight: 6, arbitrary: fc.oneof(...faults) },
  { weight: 5, arbitrary: fc.oneof(...passes) },
  { weight: 7, arbitrary: sync },
);
