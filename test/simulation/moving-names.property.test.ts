import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { AssignmentRecord, SetRecord } from "./kintone-twin.ts";
import { lineOf } from "./meant-sets.ts";
import { createWorld, type SimulatedWorld } from "./simulated-world.ts";

const people = ["anna", "ben", "chie", "dai"] as const;
const pool = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta"];

/** What becomes of one set and of the record that assigns it. */
interface Move {
  /** Where in the pool's new order its name is. */
  readonly record: "follows" | "keeps its text" | "is saved again as it is";
  /** The set's record is deleted and entered again, the same to the letter. */
  readonly isEnteredAgain: boolean;
}

interface Round {
  /** Names of the four sets, and one more that a new administrators' set takes where there is one. */
  readonly names: readonly string[];
  readonly moves: readonly Move[];
  readonly hasNewcomer: boolean;
  readonly passes: number;
}

const move = (records: readonly Move["record"][]): fc.Arbitrary<Move> =>
  fc.record({
    record: fc.constantFrom(...records),
    isEnteredAgain: fc.boolean(),
  });

const roundOf = (records: readonly Move["record"][]): fc.Arbitrary<Round> =>
  fc.record({
    names: fc.shuffledSubarray(pool, { minLength: people.length + 1, maxLength: people.length + 1 }),
    moves: fc.array(move(records), { minLength: people.length, maxLength: people.length }),
    hasNewcomer: fc.boolean(),
    passes: fc.integer({ min: 1, max: 3 }),
  });

/** One set for each person, told apart by its session. */
function company(): SimulatedWorld {
  const base = { revision: 1, updatedAtMs: Date.UTC(2026, 10, 19) };
  const sets = people.map((_, index): SetRecord => ({
    ...base,
    id: index + 1,
    name: pool[index] ?? "",
    hours: index + 1,
    policies: ["ReadOnlyAccess"],
    inline: false,
  }));
  const assignments = people.map((person, index): AssignmentRecord => ({
    ...base,
    id: index + 11,
    set: pool[index] ?? "",
    users: [person],
    groups: [],
    accounts: ["Production"],
  }));
  return createWorld({ records: { sets, assignments } });
}

/** Everybody's sets, as the hours of their sessions. */
function hoursOf({ aws }: SimulatedWorld): readonly (readonly [string, readonly number[]])[] {
  const { sets, assignments } = aws.live();
  return people.map((person) => {
    const own = [...assignments.values()].filter(({ principal }) => principal.id === `user-${person}-0`);
    const hours = own.map(({ permissionSet }) => sets.get(permissionSet)?.definition.attributes);
    return [person, hours.map((one) => (one?.sessionDurationSeconds ?? 0) / 3_600)];
  });
}

const own = people.map((person, index) => [person, [index + 1]]);

/** Somebody has a set that the saved text of their record never meant. */
function captured(world: SimulatedWorld): readonly string[] {
  return hoursOf(world).flatMap(([person, hours], index) =>
    hours.filter((one) => one !== index + 1).map((one) => `${person} has the set of ${one} hours`),
  );
}

function edit(world: SimulatedWorld, { names, moves, hasNewcomer }: Round): void {
  const { sets, assignments } = world.kintone.records();
  const saved = { updatedAtMs: world.clock.now() };
  // What newcomers there were before are gone again.
  const mine = sets.filter(({ hours }) => hours <= people.length);
  const renamed = mine.map((set): SetRecord => {
    const name = names[set.hours - 1] ?? set.name;
    const { isEnteredAgain, record } = moves[set.hours - 1] ?? {};
    // Whoever enters a record again does so under the name that the assignment records give.
    if (isEnteredAgain === true && record !== "keeps its text" && isNamed(set, assignments)) {
      return { ...set, ...saved, id: world.kintone.nextId(), revision: 1, line: lineOf(set) };
    }
    return set.name === name ? set : { ...set, ...saved, name, revision: set.revision + 1 };
  });
  const taken = new Set(renamed.map(({ name }) => name));
  const kept = renamed.map((set) => set.name);
  const isFree = new Set(kept).size === kept.length;
  const now = isFree ? renamed : mine;
  const follow = (one: AssignmentRecord, index: number): AssignmentRecord => {
    const { record } = moves[index] ?? {};
    const name = now.find(({ hours }) => hours === index + 1)?.name ?? one.set;
    if (record === "keeps its text" || record === undefined) return one;
    const set = record === "follows" ? name : one.set;
    return set === one.set && record === "follows"
      ? one
      : { ...one, ...saved, set, revision: one.revision + 1 };
  };
  const newName = pool.find((name) => !taken.has(name));
  const newcomer: SetRecord = {
    ...saved,
    id: world.kintone.nextId(),
    revision: 1,
    name: newName ?? "",
    hours: 12,
    policies: ["AdministratorAccess"],
    inline: false,
  };
  const all = hasNewcomer && isFree && newName !== undefined ? [...now, newcomer] : now;
  world.kintone.replace({
    sets: all.toSorted((a, b) => a.id - b.id),
    assignments: assignments.map(follow),
  });
}

function isNamed({ name, hours }: SetRecord, assignments: readonly AssignmentRecord[]): boolean {
  return assignments[hours - 1]?.set === name;
}

async function pass(world: SimulatedWorld): Promise<void> {
  const { pass: planned } = await world.sync({ full: true });
  if (planned !== undefined && planned.violations.length > 0) await world.sync({ full: true, approve: true });
}

describe("however names of permission sets are given away, swapped and passed on,", () => {
  it("nobody gets a set that their record did not mean, and three passes lead everybody to their own", async () => {
    const rounds = fc.array(roundOf(["follows", "keeps its text"]), { minLength: 1, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(rounds, async (all) => {
        const world = company();
        await pass(world);
        expect(hoursOf(world)).toEqual(own);
        for (const round of all) {
          edit(world, round);
          for (let passes = 0; passes < round.passes; passes += 1) {
            await pass(world);
            expect(captured(world)).toEqual([]);
          }
        }
        for (let passes = 0; passes < 3; passes += 1) await pass(world);
        expect(hoursOf(world)).toEqual(own);
        const last = await world.sync({ full: true });
        expect(last.error).toBeUndefined();
        expect(last.pass?.plan.changes.map(({ id }) => id)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("nobody gets one of those either whose record is saved again with a text that has come to mean another, or without a memory", async () => {
    const round = roundOf(["follows", "keeps its text", "is saved again as it is"]);
    await fc.assert(
      fc.asyncProperty(round, fc.boolean(), async (moved, hasMemory) => {
        const world = company();
        await pass(world);
        edit(world, moved);
        for (let passes = 0; passes < 4; passes += 1) {
          if (!hasMemory) world.setMemory(undefined);
          await pass(world);
          expect(captured(world)).toEqual([]);
        }
      }),
      { numRuns: 25 },
    );
  });
});
