import { describe, expect, test } from "vitest";

import {
  accounts,
  appliedSets,
  developer,
  developers,
  readers,
  readOnly,
  userName,
} from "./small-company.ts";
import { grantsIn, reportIn, withSandbox, writesTo } from "./with-sandbox.ts";

const unknownPolicy = { name: "Typo", managed_policies: "ReadOnlyAcess" };

const withReaders = (codes: readonly string[]) =>
  appliedSets.map((set) =>
    set.name === "ReadOnly"
      ? {
          ...set,
          assignments: codes.flatMap((code) =>
            [accounts.production, accounts.staging].map((accountId) => ({
              accountId,
              userName: userName(code),
            })),
          ),
        }
      : set,
  );

const refusal = (name: string, message: string) => ({
  status: 400,
  headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": name },
  body: { __type: name, message },
});

describe.concurrent("exit code", () => {
  test("of a plan is 0 when everything is in sync, with --exit-code too", () =>
    withSandbox({ company: { aws: { permissionSets: appliedSets } } }, async (world) => {
      const run = await world.cli("plan --exit-code --json");
      expect(run.code).toBe(0);
      expect(reportIn(run).result).toBe("in-sync");
      expect(writesTo(world)).toEqual([]);
    }));

  test("of a plan with changes is 2 with --exit-code and 0 without, and nothing is written anywhere", () =>
    withSandbox({ company: { permissionSets: [readOnly, developer, unknownPolicy] } }, async (world) => {
      const asked = await world.cli("plan --exit-code --json");
      const plain = await world.cli("plan");
      expect([asked.code, plain.code]).toEqual([2, 0]);
      expect(reportIn(asked)).toMatchObject({
        result: "changes-pending",
        counts: { changes: 9, applied: 0, issues: 1 },
        outcomes: [],
      });
      expect([...writesTo(world), ...world.slack.requests]).toEqual([]);
    }));

  test("is 0 when everything was applied, and 0 again right after, when nothing is written any more", () =>
    withSandbox({}, async (world) => {
      const first = await world.cli("sync --json");
      expect(first.code).toBe(0);
      expect(reportIn(first)).toMatchObject({ result: "applied", counts: { changes: 9, applied: 9 } });
      const written = writesTo(world);
      expect(grantsIn(world)).toHaveLength(5);

      const second = await world.cli("sync --json");
      expect(second.code).toBe(0);
      expect(reportIn(second)).toMatchObject({ result: "in-sync", counts: { changes: 0 } });
      expect(writesTo(world)).toEqual(written);
    }));

  test("is 3 when all assignment records are gone, nothing is written, and only --approve with the code that is shown lets it through", () =>
    withSandbox(
      {
        company: {
          assignments: [],
          aws: { permissionSets: withReaders(["hanako", "ichiro", "misaki"]) },
        },
      },
      async (world) => {
        const refused = await world.cli("sync --json");
        const { plan, violations, approval } = reportIn(refused);
        expect(refused.code).toBe(3);
        expect(violations.map(({ guard }) => guard)).toEqual(["source-empty", "source-shrank", "deletions"]);

        const hash = await world.cli(`sync --approve ${plan?.hash}`);
        expect(hash.code).toBe(1);
        expect(hash.stderr).toContain("This is the hash of a plan");

        const minute = approval?.code?.split("-")[1];
        const wrong = await world.cli(`sync --approve ${"0".repeat(32)}-${minute}`);
        expect(wrong.code).toBe(3);
        expect(wrong.stdout).toMatch(/for another plan|別の計画/u);
        expect(wrong.stdout).toContain(`sync --approve ${approval?.code?.split("-")[0]}-`);
        expect(writesTo(world)).toEqual([]);
        expect(grantsIn(world)).toHaveLength(7);

        const approved = await world.cli(`sync --approve ${approval?.code} --json`);
        expect(approved.code).toBe(0);
        expect(reportIn(approved)).toMatchObject({ result: "applied", counts: { deletions: 7, applied: 7 } });
        expect(grantsIn(world)).toEqual([]);
      },
    ));

  test("is 4 when AWS refuses the assignments in one account, and those in the others are there", () =>
    withSandbox({}, async (world) => {
      world.aws.failures.add({
        match: ({ operation, body }) =>
          operation === "CreateAccountAssignment" && JSON.stringify(body).includes(accounts.staging),
        respond: refusal("AccessDeniedException", "User is not authorized to perform: sso:X"),
      });
      const run = await world.cli("sync --json");
      expect(run.code).toBe(4);
      const { result, counts, outcomes } = reportIn(run);
      expect({ result, counts }).toMatchObject({
        result: "partly-applied",
        counts: { changes: 9, applied: 7, failed: 2, skipped: 0 },
      });
      const failed = outcomes.filter(({ status }) => status === "failed");
      expect(failed.map(({ reason }) => reason?.code)).toEqual([
        "AccessDeniedException",
        "AccessDeniedException",
      ]);
      expect(grantsIn(world).filter((grant) => grant.includes(accounts.staging))).toEqual([]);
      expect(grantsIn(world)).toHaveLength(3);
    }));

  test("is 4 when an assignment fails after AWS had accepted it, because its account lacks a customer managed policy", () =>
    withSandbox(
      {
        company: {
          permissionSets: [{ ...readOnly, customer_managed_policies: "/team/DenyBuckets" }, developer],
          aws: {
            missingCustomerManagedPolicies: [
              { name: "DenyBuckets", path: "/team/", accountId: accounts.staging },
            ],
          },
        },
      },
      async (world) => {
        const run = await world.cli("sync");
        expect(run.code).toBe(4);
        expect(run.stdout).toContain(`policy/team/DenyBuckets`);
        expect(run.stdout).toContain("(AWS operations: 8 applied, 2 failed, 0 not tried).");
        expect(grantsIn(world)).toHaveLength(3);
      },
    ));

  test("is 1 when not a single change could be applied", () =>
    withSandbox({ company: { permissionSets: [readOnly], assignments: [readers] } }, async (world) => {
      world.aws.failures.add({
        match: { operation: "CreatePermissionSet" },
        respond: refusal("AccessDeniedException", "User is not authorized to perform: sso:X"),
      });
      const run = await world.cli("sync --json");
      expect(run.code).toBe(1);
      expect(reportIn(run)).toMatchObject({
        result: "failed",
        counts: { applied: 0, failed: 1, skipped: 5 },
      });
    }));

  test("of a sync in which everything but a record is in order is 4 with --strict", () =>
    withSandbox(
      {
        company: {
          permissionSets: [readOnly, developer, unknownPolicy],
          assignments: [readers, developers],
          aws: { permissionSets: appliedSets },
        },
      },
      async (world) => {
        const run = await world.cli("sync --strict --json");
        expect(run.code).toBe(4);
        expect(reportIn(run)).toMatchObject({ result: "in-sync", counts: { issues: 1 } });
      },
    ));
});
