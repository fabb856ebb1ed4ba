import * as fc from "fast-check";
import { expect, it } from "vitest";

import { planImport } from "../../src/importing/plan-import.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import { type Assignment, assignmentKey, principalKey } from "../../src/model/assignment.ts";
import { defaultMapping } from "../../src/model/fields.ts";
import { groupBy } from "../../src/model/group-by.ts";
import { decodeRecords } from "../../src/records/decode-records.ts";
import {
  account,
  actualState,
  definition,
  desiredState,
  directory,
  group,
  managedSet,
  management,
  user,
} from "../builders.ts";
import { importInput, rowsKey } from "./import-input.ts";
import { someOf } from "../share.ts";

const digits = Array.from({ length: 6 }, (_, index) => `${index + 2}`.repeat(12));
const company = directory({
  accounts: [account(management, "Management"), ...digits.map((id) => account(id, `account ${id}`))],
  users: ["anna", "ben", "carol", "dave", "emi"].map((login) => user(login)),
  groups: [group("Developers"), group("Auditors")],
});
const principals = [
  ...company.users.map(({ id }) => ({ type: "USER" as const, id })),
  ...company.groups.map(({ id }) => ({ type: "GROUP" as const, id })),
];

const inlinePolicy =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';

const definitions = fc
  .record({
    sessionDurationSeconds: fc.constantFrom(3_600, 5_400, 43_200),
    description: fc.constantFrom(undefined, "Reads\neverything"),
    managedPolicies: fc.subarray(company.managedPolicies.slice(0, 4).map(({ arn }) => arn)),
    inlinePolicy: fc.constantFrom(undefined, inlinePolicy),
    boundary: fc.constantFrom(undefined, { name: "limit", path: "/team/" }),
  })
  .map(({ sessionDurationSeconds, description, inlinePolicy: policy, boundary, managedPolicies }) =>
    definition({
      attributes: { sessionDurationSeconds, ...(description === undefined ? {} : { description }) },
      managedPolicies: managedPolicies.toSorted(),
      ...(policy === undefined ? {} : { inlinePolicy: policy }),
      ...(boundary === undefined
        ? {}
        : { permissionsBoundary: { kind: "customer-managed" as const, ...boundary } }),
    }),
  );

/** Sets of nobody, held by blocks of principals times accounts thrown together. */
const states: fc.Arbitrary<ActualState> = fc
  .record({
    definitions: fc.tuple(definitions, definitions),
    blocks: fc.array(
      fc.record({
        set: fc.constantFrom(0, 1),
        accounts: fc.subarray(company.accounts.slice(1), { minLength: 1 }),
        principals: fc.subarray(principals, { minLength: 1 }),
      }),
      { maxLength: 5 },
    ),
  })
  .map(({ definitions: two, blocks }) => {
    const sets = two.map((own, index) => managedSet(`Set${index}`, { tags: {}, definition: own }));
    const rows = blocks.flatMap(({ set, accounts, principals: held }) =>
      accounts.flatMap(({ id }) =>
        held.map((principal) => ({ permissionSet: sets[set]?.name, account: id, principal }) as Assignment),
      ),
    );
    const assignments = [...new Map(rows.map((row) => [assignmentKey(row), row])).values()];
    return actualState({ directory: company, permissionSets: sets, assignments });
  });

it("what is imported is decoded to exactly what exists, in no more records than the better grouping, always the same", () => {
  fc.assert(
    fc.property(states, (actual) => {
      const input = importInput({ actual });
      const plan = planImport(input);
      const { permissionSets, assignments } = plan;
      expect(plan.sets.map(({ kind }) => kind)).toEqual(["imported", "imported"]);
      expect(plan.proven).toBe(actual.assignments.length);

      const source = {
        permissionSets: { ...input.source.permissionSets, records: permissionSets },
        assignments: { ...input.source.assignments, records: assignments },
      };
      const desired = desiredState({
        ...decodeRecords(source, { fields: defaultMapping }, "Asia/Tokyo"),
        actual,
      });
      // Some of the sets have no policies, which is told and keeps nothing from being imported.
      expect(desired.issues.filter(({ code }) => code !== "permission-set.no-policies")).toEqual([]);
      expect(rowsKey(desired.assignments)).toEqual(rowsKey(actual.assignments));
      expect(desired.permissionSets.map((set) => set.definition)).toEqual(
        actual.permissionSets.map((set) => (set.managed ? set.definition : undefined)),
      );
      expect(assignments.length).toBeLessThanOrEqual(bestGrouping(actual.assignments));

      const shuffled = { ...actual, assignments: actual.assignments.toReversed() };
      expect(planImport(importInput({ actual: shuffled }))).toEqual(plan);
      expect(planImport({ ...input, source })).toMatchObject({
        permissionSets: [],
        assignments: [],
        foreignRecords: 0,
        proven: actual.assignments.length,
      });
    }),
    { numRuns: someOf(150) },
  );
});

/** Records when, for each set, equal people or equal accounts are put together. */
function bestGrouping(rows: readonly Assignment[]): number {
  const alike = (ofSet: readonly Assignment[], one: (row: Assignment) => string, other: typeof one) =>
    new Set(
      [...groupBy(ofSet, one).values()].map((same) => [...new Set(same.map(other))].toSorted().join(" ")),
    ).size;
  const person = ({ principal }: Assignment): string => principalKey(principal);
  const place = (row: Assignment): string => row.account;
  return [...groupBy(rows, ({ permissionSet }) => permissionSet).values()]
    .map((ofSet) => Math.min(alike(ofSet, person, place), alike(ofSet, place, person)))
    .reduce((sum, count) => sum + count, 0);
}
