import { describe, expect, it } from "vitest";

import { emptyMemory, type Memory } from "../../src/model/memory.ts";
import type { Pass } from "../../src/model/pass.ts";
import { rememberPass, rememberPlanned } from "../../src/remember/remember-pass.ts";
import { actualState, guardLimits, managedSet, now, owner, production, user } from "../builders.ts";
import { assign, applied, passOf, planOf, readingOf } from "../report/builders.ts";

const set = managedSet("ReadOnly");
const entry = { name: "ReadOnly", tags: {}, definition: "as seen", pass: 1, stalePass: 1, accounts: {} };
const grant = assign("ReadOnly", production, user("anna"));

/** A run that began with the memory, and saw the set; with a change it carries that out. */
function run(runId: string, { writtenBy }: Memory, changes: readonly (typeof grant)[] = []): Pass {
  return passOf({
    runId,
    ...(writtenBy === undefined ? {} : { begunAfter: writtenBy }),
    actual: actualState({ permissionSets: [set] }),
    reading: { ...readingOf(), seen: { pass: 1, permissionSets: { [set.arn]: entry } } },
    plan: planOf(changes),
    outcomes: changes.map(applied),
  });
}

const end = (memory: Memory, pass: Pass): Memory => rememberPass(memory, pass, now, guardLimits);
const begin = (memory: Memory, pass: Pass): Memory => rememberPlanned(memory, pass, now);
const seenIn = ({ seen }: Memory): readonly string[] => Object.keys(seen?.permissionSets ?? {});

describe("what a pass saw of Identity Center is remembered", () => {
  const before = end(emptyMemory(owner), run("before", emptyMemory(owner)));

  it("when no other one has begun to write since, whether it wrote something itself or not", () => {
    const [idle, busy] = [run("idle", before), run("busy", before, [grant])];
    expect(seenIn(end(before, idle))).toEqual([set.arn]);
    expect(seenIn(end(begin(before, busy), busy))).toEqual([set.arn]);
  });

  it("not when another one has ended since, or was about to write and is still at it or was killed", () => {
    const [ours, theirs] = [run("ours", before), run("theirs", before, [grant])];
    const planned = begin(before, theirs);
    expect(seenIn(end(planned, ours))).toEqual([]);
    expect(seenIn(end(end(planned, theirs), ours))).toEqual([]);
  });

  it("by neither of two that write at the same time, in whichever order they begin and end", () => {
    const [ours, theirs] = [run("ours", before, [grant]), run("theirs", before, [grant])];
    const both = begin(begin(before, ours), theirs);
    expect(seenIn(end(both, ours))).toEqual([]);
    expect(seenIn(end(end(both, ours), theirs))).toEqual([]);
  });

  it("not when what it was about to write could not be kept", () => {
    expect(seenIn(end(before, run("busy", before, [grant])))).toEqual([]);
  });
});
