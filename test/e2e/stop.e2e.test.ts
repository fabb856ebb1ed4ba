import { describe, expect, test } from "vitest";

import { developers, readers } from "./small-company.ts";
import { grantsIn, reportIn, requestsOf, type World, withSandbox, writesTo } from "./with-sandbox.ts";

const company = {
  assignments: [{ ...readers, users: ["hanako", "ichiro", "misaki"] }, developers],
};
const allChanges = 11;
/** Slow enough that a signal meets operations in progress. */
const speed = 10;

const stateOf = (world: World) => ({
  grants: grantsIn(world),
  sets: world.aws.state
    .permissionSets()
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ arn: _arn, ...set }) => set),
});

/** Stops a sync at its first request of the operation, lets a second one follow, and gives what they made together. */
function stateAfterStopAt(operation: string): Promise<ReturnType<typeof stateOf>> {
  return withSandbox({ company, speed }, async (world) => {
    const begun = requestsOf(world.aws.failures, operation, 1);
    const cli = await world.startCli("sync --json --lang en");
    await cli.reaches(begun);
    cli.signal("SIGTERM");
    const stopped = await cli.ended;

    const { result, counts, outcomes } = reportIn(stopped);
    expect({ code: stopped.code, result }).toEqual({ code: 4, result: "partly-applied" });
    expect(stopped.stderr).toContain("Stopping: nothing new is started");
    expect(counts).toMatchObject({ changes: allChanges, failed: 0, applied: allChanges - counts.skipped });
    expect(counts.skipped).toBeGreaterThan(0);
    // Whatever was asked of AWS was followed to its end: it is there, and told as applied.
    expect(writesTo(world)).toHaveLength(counts.applied);
    const applied = outcomes.filter(({ status }) => status === "applied");
    expect(grantsIn(world)).toHaveLength(applied.filter(({ change }) => change.startsWith("assign:")).length);

    const next = await world.cli("sync --json");
    expect(next.code).toBe(0);
    expect(reportIn(next)).toMatchObject({ result: "applied", counts: { changes: counts.skipped } });
    return stateOf(world);
  });
}

describe.concurrent("SIGTERM", () => {
  test("lets what has begun come to its end, and the next pass does the rest", () =>
    withSandbox({ company, speed }, async (uninterrupted) => {
      const whole = uninterrupted.cli("sync");
      const moments = ["CreatePermissionSet", "CreateAccountAssignment"];
      const states = await Promise.all(moments.map((operation) => stateAfterStopAt(operation)));
      expect((await whole).code).toBe(0);
      for (const state of states) expect(state).toEqual(stateOf(uninterrupted));
    }));

  test("while kintone is being read ends the pass at once with exit code 1 and nothing written", () =>
    withSandbox({ company }, async (world) => {
      world.kintone.failures.add({ match: { operation: "getRecords" }, respond: { delayMs: 600_000 } });
      const reading = requestsOf(world.kintone.failures, "getRecords", 1);
      const cli = await world.startCli("sync --lang en");
      await cli.reaches(reading);
      cli.signal("SIGTERM");
      const run = await cli.ended;
      expect({ code: run.code, stdout: run.stdout }).toEqual({ code: 1, stdout: "" });
      expect(run.stderr).toContain("Stopped before anything was written.");
      expect([...writesTo(world), ...world.slack.requests]).toEqual([]);
    }));

  test("a second time gives up on what is in progress", () =>
    withSandbox({ company, speed: 1 }, async (world) => {
      const begun = requestsOf(world.aws.failures, "CreateAccountAssignment", 1);
      const cli = await world.startCli("sync --lang en");
      await cli.reaches(begun);
      cli.signal("SIGTERM");
      await cli.shows(/Stopping/u);
      cli.signal("SIGTERM");
      expect((await cli.ended).code).toBe(1);
    }));
});
