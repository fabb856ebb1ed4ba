import { describe, expect, it } from "vitest";
import { noPaint } from "../../src/process/terminal.ts";
import { emptyMemory, type Memory } from "../../src/model/memory.ts";
import { rememberPass } from "../../src/remember/remember-pass.ts";
import { renderReportText } from "../../src/report/render-report-text.ts";
import {
  actualState,
  assignmentOf,
  directory,
  group,
  guardLimits,
  managedSet,
  now,
  owner,
  production,
  unmanagedSet,
  user,
} from "../builders.ts";
import type { ActualPermissionSet } from "../../src/model/actual-state.ts";
import { trustOwnership } from "../../src/plan/trust-ownership.ts";
import { passOf, planOf, reportOf, unassign } from "../report/builders.ts";

const bob = user("bob");
const developers = group("Developers");
const held = [assignmentOf("ReadOnly", production, bob), assignmentOf("ReadOnly", production, developers)];
const withBob = directory({ users: [user("anna"), bob] });

function namesAfter(pass: Parameters<typeof passOf>[0], before?: Memory): Memory["principalNames"] {
  return rememberPass(before ?? emptyMemory(owner), passOf(pass), now, guardLimits).principalNames;
}

describe("the names of who holds managed assignments", () => {
  it("are remembered, and of nobody else", () => {
    const actual = actualState({ directory: withBob, assignments: held });
    expect(namesAfter({ actual })).toEqual({ [bob.id]: bob.userName, [developers.id]: "Developers" });
  });

  it("outlast the deletion of their owners, for as long as an assignment is left", () => {
    const known = { [bob.id]: bob.userName };
    const orphaned = actualState({ assignments: held });
    expect(namesAfter({ actual: orphaned, lastKnownNames: known })).toMatchObject(known);
    expect(namesAfter({ actual: actualState(), lastKnownNames: known })).toEqual({});
  });

  it("are what reports call somebody who was deleted, and the id without a memory", () => {
    const change = { ...unassign("ReadOnly", production, bob), because: "principal-deleted" as const };
    const text = (lastKnownNames?: Memory["principalNames"]) =>
      renderReportText(
        reportOf(passOf({ plan: planOf([change]), ...(lastKnownNames && { lastKnownNames }) })),
        "en",
        noPaint,
      );
    expect(text({ [bob.id]: bob.userName })).toContain(`${bob.id} (last known as ${bob.userName})`);
    expect(text()).toContain(`unassign  ${bob.id} →`);
    expect(text()).toContain("(deleted from the directory)");
  });
});

describe("a permission set whose tags were not read once", () => {
  const tagged = managedSet("ReadOnly");
  const untagged = { ...unmanagedSet("ReadOnly"), arn: tagged.arn };
  const judged = (memory: Memory) =>
    trustOwnership(actualState({ permissionSets: [tagged] }), { owner, memory }).permissionSets[0]?.managed;
  const after = (memory: Memory, sets: readonly ActualPermissionSet[]) =>
    rememberPass(memory, passOf({ actual: actualState({ permissionSets: sets }) }), now, guardLimits);

  it("is ours again as soon as they are read, when it was ours before", () => {
    let memory = after(emptyMemory(owner), [tagged]);
    for (let pass = 0; pass < 3; pass += 1) memory = after(memory, [untagged]);
    expect(judged(memory)).toBe(true);
  });

  it("is not believed to be ours when it was somebody else's from the beginning", () => {
    expect(judged(after(emptyMemory(owner), [untagged]))).toBe(false);
  });
});
