import fc from "fast-check";
import { expect, test } from "vitest";

import { assignmentKey } from "../../src/model/assignment.ts";
import type { Gate } from "../../src/model/gate.ts";
import { assignmentOf, development, directory, production, user } from "../builders.ts";
import { companyConfig } from "../report/company-pass.ts";
import { recordedCompany } from "./recorded-company.ts";

const logins = ["anna", "ben", "carl"] as const;
const places = { Production: production, Development: development };
const gate: Gate = { field: "status", approved: ["Approved"], ended: ["Ended"] };
const limitless = {
  ...companyConfig.guards,
  maxDeletions: 1_000,
  deletionCap: 1_000,
  maxDeletionsPerDay: 1_000,
  deletionCapPerDay: 1_000,
  maxUsersLosingAllAccess: 1_000,
  maxShareOfAll: 1,
  maxRecordsLost: 1_000,
};

interface Text {
  readonly users: readonly (typeof logins)[number][];
  readonly account: keyof typeof places;
}

const text: fc.Arbitrary<Text> = fc.record({
  users: fc.subarray([...logins], { minLength: 1 }),
  account: fc.constantFrom("Production", "Development"),
});
const record = fc.integer({ min: 1, max: 3 });
const step = fc.oneof(
  fc.record({ kind: fc.constant("edit" as const), record, text }),
  fc.record({
    kind: fc.constant("move" as const),
    record,
    state: fc.constantFrom("Applied", "Approved", "Approved", "Ended"),
  }),
  fc.record({ kind: fc.constant("pass" as const) }),
  fc.record({ kind: fc.constant("delete" as const), record }),
);

/** A record as the words of the documents tell what it counts for. */
interface Told {
  text: Text;
  state: string;
  /** What was approved last when a pass saw it so. */
  granted: Text | undefined;
  /** Whether the last pass saw it in an approved state. */
  wasApproved: boolean;
}

function seeByPass(told: Told): void {
  const isApproved = told.state === "Approved";
  const isEdited = told.wasApproved && JSON.stringify(told.granted) !== JSON.stringify(told.text);
  if (told.state === "Ended") told.granted = undefined;
  else if (isApproved && !isEdited) told.granted = told.text;
  told.wasApproved = isApproved;
}

function grantsOf(told: Iterable<Told>): readonly string[] {
  const all = [...told].flatMap(({ granted }) =>
    granted === undefined
      ? []
      : granted.users.map((login) =>
          assignmentKey(assignmentOf("ReadOnly", places[granted.account], user(login))),
        ),
  );
  return [...new Set(all)].toSorted();
}

test("whatever is edited, applied for, approved, ended or deleted: who waits loses and gets nothing, who is ended has nothing, and nobody has more than what was approved last", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const company = recordedCompany({
        directory: directory({ users: logins.map((login) => user(login)) }),
        hasMemory: true,
        config: {
          guards: limitless,
          kintone: { ...companyConfig.kintone, gates: { assignments: gate } },
        },
      });
      company.saveSet("1", { name: "ReadOnly" });
      const told = new Map<number, Told>();
      // kintone gives a number once.
      const gone = new Set<number>();
      const settle = async (): Promise<void> => {
        for (const one of told.values()) seeByPass(one);
        await company.pass();
        await company.pass();
        const there = company.identityCenter.state().assignments.map(assignmentKey);
        expect(there.toSorted()).toEqual(grantsOf(told.values()));
      };
      await settle();
      for (const one of steps) {
        if (one.kind === "pass") await settle();
        else if (gone.has(one.record)) continue;
        else if (one.kind === "edit") {
          const before = told.get(one.record);
          const { users, account: accounts } = one.text;
          company.saveAssignment(String(one.record), { users, accounts }, before ? {} : { state: "Applied" });
          told.set(one.record, {
            ...(before ?? { state: "Applied", granted: undefined, wasApproved: false }),
            text: one.text,
          });
        } else if (one.kind === "move") {
          const before = told.get(one.record);
          if (before === undefined) continue;
          company.moveAssignment(String(one.record), one.state);
          before.state = one.state;
        } else if (told.delete(one.record)) {
          gone.add(one.record);
          company.deleteAssignment(String(one.record));
        }
      }
      await settle();
    }),
    { numRuns: 8 },
  );
});
