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
  now,
  owner,
  production,
  user,
} from "../builders.ts";
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
