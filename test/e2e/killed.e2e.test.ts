import { expect, test } from "vitest";
import { grantsIn, reportIn, requestsOf, withSandbox, writesTo } from "./with-sandbox.ts";

test("a pass that is killed leaves operations behind, and the next one waits for them before it reads and writes", () =>
  withSandbox({ speed: 10 }, async (world) => {
    const begun = requestsOf(world.aws.failures, "CreateAccountAssignment", 3);
    const cli = await world.startCli("sync");
    await cli.reaches(begun);
    cli.signal("SIGKILL");
    expect((await cli.ended).code).toBeNull();
    const before = world.aws.requests.length;

    const next = await world.cli("sync --json");
    expect({ code: next.code, result: reportIn(next).result }).toEqual({ code: 0, result: "applied" });
    const after = world.aws.requests.slice(before).map(({ operation }) => operation);
    const reads = after.indexOf("ListPermissionSets");
    const waits = after.indexOf("ListAccountAssignmentCreationStatus");
    expect(waits).toBeGreaterThan(-1);
    expect(waits).toBeLessThan(reads);
    expect(grantsIn(world)).toHaveLength(5);
    const grants = writesTo(world).filter((write) => write === "CreateAccountAssignment");
    expect(grants).toHaveLength(5);
    const again = await world.cli("plan --json");
    expect(reportIn(again)).toMatchObject({ result: "in-sync" });
  }));
