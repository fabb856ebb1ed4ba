import { describe, expect, it, test } from "vitest";

import { createProcessMemory } from "../../src/memory/process-memory.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import type { MemoryStore } from "../../src/ports.ts";
import { passInProcess } from "./pass-in-process.ts";
import {
  accounts,
  assignmentApp,
  type Company,
  permissionSetApp,
  readOnly,
  userName,
} from "./small-company.ts";
import { withSandbox, type World } from "./with-sandbox.ts";

const adminPolicy = "arn:aws:iam::aws:policy/AdministratorAccess";
const admin = { name: "Admin", managed_policies: "AdministratorAccess" };
const billing = { name: "Billing", managed_policies: "Billing" };

/** Hanako is production's administrator; the others hold ordinary sets, ichiro in accounts that have no administrator. */
const company: Company = {
  permissionSets: [admin, billing, readOnly],
  assignments: [
    { permission_set: "Admin", users: ["hanako"], accounts: "production" },
    { permission_set: "Billing", users: ["ichiro"], accounts: "staging" },
    { permission_set: "ReadOnly", users: ["ichiro", "kenta"], accounts: "development" },
  ],
};

type ByHand = (world: World) => void;

const byHand: Readonly<Record<string, ByHand>> = {
  "an assignment of a managed administrator set": ({ aws }) =>
    aws.state.addAssignment("Admin", { accountId: accounts.development, userName: userName("misaki") }),
  "AdministratorAccess attached to a managed set": ({ aws }) =>
    aws.state.changePermissionSet("Billing", {
      managedPolicies: [adminPolicy, "arn:aws:iam::aws:policy/job-function/Billing"],
    }),
  "everything allowed inline on a managed set": ({ aws }) =>
    aws.state.changePermissionSet("ReadOnly", {
      inlinePolicy: `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`,
    }),
};
const assignmentByHand = byHand["an assignment of a managed administrator set"] as ByHand;

/** Somebody else's ordinary requests at the same time: kenta leaves ReadOnly, misaki gets it. */
const leaveAndJoin = ({ kintone }: World): void =>
  kintone.updateRecord(assignmentApp, 3, { users: ["ichiro", "misaki"] });

/** Who may do what where, and what the sets are. */
const stateOf = ({ aws }: World) => ({
  grants: aws.state
    .assignments()
    .map(({ permissionSet, accountId, principalId }) => `${permissionSet} ${accountId} ${principalId}`)
    .toSorted(),
  sets: aws.state
    .permissionSets()
    .map(({ name, managedPolicies, inlinePolicy, boundary, provisionedAccounts }) => ({
      name,
      managedPolicies,
      inlinePolicy,
      boundary,
      stale: provisionedAccounts.filter(({ stale }) => stale),
    })),
});

const grantsOf = (world: World, set: string) =>
  stateOf(world).grants.filter((grant) => grant.startsWith(`${set} `));

/** What it is once all are as records say. */
function wanted({ aws }: World): ReturnType<typeof stateOf> {
  const grant = (set: string, accountId: string, code: string): string =>
    `${set} ${accountId} ${aws.state.userId(userName(code))}`;
  const set = (name: string, policy: string) => ({
    name,
    managedPolicies: [`arn:aws:iam::aws:policy/${policy}`],
    inlinePolicy: undefined,
    boundary: undefined,
    stale: [],
  });
  return {
    grants: [
      grant("Admin", accounts.production, "hanako"),
      grant("Billing", accounts.staging, "ichiro"),
      grant("ReadOnly", accounts.development, "ichiro"),
      grant("ReadOnly", accounts.development, "misaki"),
    ].toSorted(),
    sets: [
      set("Admin", "AdministratorAccess"),
      set("Billing", "job-function/Billing"),
      set("ReadOnly", "ReadOnlyAccess"),
    ],
  };
}

const passing = (world: World, memoryStore?: MemoryStore) => () =>
  passInProcess(world, "sync", {}, undefined, memoryStore && { memoryStore });

/** Messages in the channel itself about what was made by hand. */
const messagesIn = ({ slack }: World) =>
  slack.messages.filter(
    (message) => message.thread_ts === undefined && JSON.stringify(message).includes("by hand"),
  );
const notesIn = (report: RunReport) => report.notes.filter(({ code }) => code === "made-by-hand");

describe("an administrator made by hand", () => {
  it.each(Object.entries(byHand))(
    "is undone in the next pass, with everybody else's changes, and told once: %s",
    (_, change) =>
      withSandbox({ company, speed: 1000 }, async (world) => {
        const pass = passing(world, createProcessMemory("e2e"));
        await pass();
        change(world);
        leaveAndJoin(world);
        const report = await pass();
        expect(report).toMatchObject({ result: "applied", violations: [] });
        expect(notesIn(report)).toHaveLength(1);
        expect(report.plan?.changes.filter(({ undoesByHand }) => undoesByHand === true)).toHaveLength(1);
        expect(stateOf(world)).toEqual(wanted(world));
        expect(messagesIn(world)).toHaveLength(1);
        expect(await pass()).toMatchObject({ result: "in-sync" });
        expect(messagesIn(world)).toHaveLength(1);
      }),
  );

  it.each(Object.entries(byHand).slice(1))(
    "is undone without a memory as well, where the set's record was never edited: %s",
    (_, change) =>
      withSandbox({ company, speed: 1000 }, async (world) => {
        const pass = passing(world);
        await pass();
        change(world);
        leaveAndJoin(world);
        const report = await pass();
        expect(report).toMatchObject({ result: "applied", violations: [] });
        expect(notesIn(report)).toHaveLength(1);
        expect(stateOf(world)).toEqual(wanted(world));
      }),
  );

  it("waits for a person without a memory, as its account's last one, and nothing else does; nor does a memory that begins then remove it", () =>
    withSandbox({ company, speed: 1000 }, async (world) => {
      await passing(world)();
      assignmentByHand(world);
      leaveAndJoin(world);
      const refused = { result: "partly-refused", violations: [{ guard: "last-administrator" }] };
      const report = await passing(world)();
      expect(report).toMatchObject(refused);
      expect(report.violations[0]?.refuses).toHaveLength(1);
      const byMisaki = `Admin ${accounts.development} ${world.aws.state.userId(userName("misaki"))}`;
      const { grants, sets } = wanted(world);
      expect(stateOf(world)).toEqual({ grants: [byMisaki, ...grants].toSorted(), sets });
      const pass = passing(world, createProcessMemory("e2e"));
      expect(await pass()).toMatchObject({ result: "refused" });
      const again = await pass();
      expect(again).toMatchObject({ result: "refused", violations: [{ guard: "last-administrator" }] });
      expect(notesIn(again)).toEqual([]);
    }));
});

describe("an account's last administrator whom a record gave", () => {
  const records: Readonly<Record<string, (world: World) => void>> = {
    "its assignment": ({ kintone }) => kintone.deleteRecord(assignmentApp, 1),
    "its set": ({ kintone }) =>
      kintone.updateRecord(permissionSetApp, 1, { managed_policies: "ReadOnlyAccess" }),
  };

  it.each(Object.entries(records))(
    "stays until a person approves that its record takes it away: %s",
    (_, edit) =>
      withSandbox({ company, speed: 1000 }, async (world) => {
        const pass = passing(world, createProcessMemory("e2e"));
        await pass();
        assignmentByHand(world);
        edit(world);
        leaveAndJoin(world);
        for (let passes = 0; passes < 3; passes += 1) {
          expect((await pass()).violations).toMatchObject([{ guard: "last-administrator" }]);
        }
        expect(stateOf(world)).toEqual(wanted(world));
      }),
  );
});

test("what a record gave comes back when it was taken away by hand, whatever the limit on new administrators", () =>
  withSandbox({ company, speed: 1000, config: "guards: { maxAdminGrants: 0 }" }, async (world) => {
    const pass = passing(world, createProcessMemory("e2e"));
    expect(await pass()).toMatchObject({ result: "partly-refused" });
    expect(grantsOf(world, "Admin")).toEqual([]);
    expect((await pass()).violations).toMatchObject([{ guard: "administrator-grants" }]);
    world.aws.state.addAssignment("Admin", { accountId: accounts.production, userName: userName("hanako") });
    await pass();
    world.aws.state.changePermissionSet("Admin", { managedPolicies: [] });
    expect(await pass()).toMatchObject({ result: "applied" });
    world.aws.state.removeAssignment("Admin", {
      accountId: accounts.production,
      userName: userName("hanako"),
    });
    expect(await pass()).toMatchObject({ result: "applied" });
    expect(grantsOf(world, "Admin")).toHaveLength(1);
  }));
