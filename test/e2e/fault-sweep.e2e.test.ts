import { expect, test } from "vitest";

import { calledOperations } from "../../src/aws/required-actions.ts";
import { faultCases, recordOperations, sweepFaults } from "./fault-sweep.ts";

// `npm run prove -- faults` has every operation meet every fault; here every fourth operation meets one, in turn.
test("whichever operation fails, in whichever way, nobody gains or loses what is not planned, and it is told", async () => {
  const { operations, end } = await recordOperations();
  const everyFourth = operations.filter((_operation, index) => index % 4 === 0);
  const turns = everyFourth.flatMap((operation, index) => {
    const cases = faultCases([operation]);
    return cases.slice(index % cases.length).slice(0, 1);
  });
  const results = await sweepFaults(turns, end);
  expect(results.length).toBeGreaterThan(10);
  expect(results.filter(({ problems }) => problems.length > 0)).toEqual([]);
}, 600_000);

test("the sweep has every operation of AWS that a pass calls, but for organizational units, credentials and the memory, which have tests of their own", async () => {
  const { operations } = await recordOperations();
  const swept = new Set(operations.map(({ operation }) => operation));
  const called = Object.values(calledOperations).flatMap((ofService) => Object.keys(ofService));
  const left = called.filter((operation) => !swept.has(operation));
  expect(left).toEqual([
    "ListRoots",
    "ListOrganizationalUnitsForParent",
    "ListAccountsForParent",
    "AssumeRoleWithWebIdentity",
    "GetObject",
    "PutObject",
  ]);
});
