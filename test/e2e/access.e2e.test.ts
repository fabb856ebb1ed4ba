import { describe, expect, test } from "vitest";
import type { AccessReport } from "../../src/model/access-report.ts";
import { developers, readers } from "./small-company.ts";
import { withSandbox } from "./with-sandbox.ts";

describe("access", { timeout: 60_000 }, () => {
  test("says who has what in every account and who asked for it, and writes nothing", () =>
    withSandbox({ company: { assignments: [readers, developers] } }, async (world) => {
      expect((await world.cli("sync")).code).toBe(0);
      const writes = world.aws.requests.length;
      const run = await world.cli("access --format json");
      expect(run.code).toBe(0);
      const report = JSON.parse(run.stdout) as AccessReport;
      expect(report.counts.access).toBeGreaterThan(0);
      expect(new Set(report.access.map(({ standing }) => standing))).toEqual(new Set(["records"]));
      for (const { user, records } of report.access) {
        expect(user?.enabled).toBe(true);
        expect(records.length).toBeGreaterThan(0);
      }
      const asked = world.aws.requests.slice(writes).map(({ operation }) => operation);
      expect(asked.filter((operation) => !/^(?:List|Describe|Get)/u.test(operation))).toEqual([]);

      const unknown = await world.cli("access --lang en --user nemo");
      expect([unknown.code, unknown.stdout]).toEqual([1, ""]);
      expect(unknown.stderr).toContain("There is no user nemo in Identity Center.");
    }));

  test("is whole or not at all", () =>
    withSandbox({ company: { assignments: [readers] } }, async (world) => {
      world.aws.failures.add({
        match: { operation: "ListGroupMemberships" },
        respond: {
          status: 400,
          body: { __type: "AccessDeniedException", message: "Not authorized." },
        },
      });
      const run = await world.cli("access --format csv");
      expect([run.code, run.stdout]).toEqual([1, ""]);
      expect(run.stderr).not.toBe("");
    }));
});
