import { expect, test } from "vitest";

import { createProcessMemory } from "../../src/memory/process-memory.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import { isGood } from "../../src/report/exit-codes.ts";
import { passInProcess } from "./pass-in-process.ts";
import {
  accounts,
  assignmentApp,
  type Company,
  developer,
  developers,
  readers,
  readOnly,
} from "./small-company.ts";
import { withSandbox } from "./with-sandbox.ts";

const dayMs = 24 * 60 * 60_000;

/** AWS refuses what one record asks for, because an account has no such policy. */
const oneAccountWithout: Company = {
  permissionSets: [readOnly, { ...developer, customer_managed_policies: "/team/Reader" }],
  assignments: [readers, developers],
  aws: {
    missingCustomerManagedPolicies: [{ name: "Reader", path: "/team/", accountId: accounts.development }],
  },
};

const signalsOf = (report: RunReport) => ({
  good: isGood(report),
  result: report.result,
  failed: report.counts.failed,
  known: report.counts.knownFailures,
});

test("an account that always fails makes the signals bad until people are told, and again after a week", () =>
  withSandbox({ company: oneAccountWithout, speed: 1000 }, async (world) => {
    const memoryStore = createProcessMemory("e2e");
    const pass = async (laterMs: number) =>
      signalsOf(await passInProcess(world, "sync", {}, undefined, { memoryStore, laterMs }));
    expect(await pass(0)).toEqual({ good: false, result: "partly-applied", failed: 1, known: 0 });
    expect(world.kintone.comments(assignmentApp, 2)).toHaveLength(1);
    expect(await pass(600_000)).toEqual({ good: true, result: "partly-applied", failed: 1, known: 1 });
    expect(await pass(6 * dayMs)).toMatchObject({ good: true, known: 1 });
    expect(await pass(8 * dayMs)).toMatchObject({ good: false, known: 0 });
  }));

test("what is new is bad news beside a known failure", () =>
  withSandbox({ company: oneAccountWithout, speed: 1000 }, async (world) => {
    const memoryStore = createProcessMemory("e2e");
    const pass = () => passInProcess(world, "sync", {}, undefined, { memoryStore });
    await pass();
    world.aws.failures.add({
      match: ({ operation }) => operation === "DeleteAccountAssignment",
      respond: { status: 400, body: { __type: "ConflictException", Message: "There is a conflict." } },
    });
    world.kintone.updateRecord(assignmentApp, 1, { accounts: "production" });
    for (let again = 0; again < 2; again += 1) {
      const report = await pass();
      expect(report.outcomes.filter(({ known }) => known === true)).toHaveLength(1);
      expect(isGood(report)).toBe(false);
    }
  }));
