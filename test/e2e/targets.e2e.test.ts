import { expect, test } from "vitest";

import { passInProcess } from "./pass-in-process.ts";
import { createProcessMemory } from "../../src/memory/process-memory.ts";
import { accounts, readers } from "./small-company.ts";
import { grantsIn, type World, withSandbox } from "./with-sandbox.ts";

const organization = [
  { id: accounts.management, name: "management" },
  { id: accounts.identity, name: "identity" },
  { id: accounts.production, name: "production", organizationalUnit: "Workloads/Prod" },
  { id: accounts.staging, name: "staging", organizationalUnit: "Workloads" },
  { id: accounts.development, name: "development" },
];
const company = {
  assignments: [{ ...readers, users: ["hanako"], accounts: "ou:Root/Workloads" }],
  aws: { accounts: organization },
};
const accountsOf = (world: World): readonly string[] =>
  grantsIn(world).map((grant) => grant.split(" ")[1] ?? "");

test("an organizational unit stands for its accounts, and an account that is moved there follows as what AWS did", () =>
  withSandbox({ company }, async (world) => {
    const memoryStore = createProcessMemory("e2e");
    const sync = () => passInProcess(world, "sync", {}, undefined, { memoryStore });
    expect((await sync()).result).toBe("applied");
    expect(accountsOf(world)).toEqual([accounts.production, accounts.staging]);

    const [, , , , development] = organization;
    if (development === undefined) throw new Error("there is no such account");
    world.aws.state.addAccount({
      ...development,
      organizationalUnit: "Workloads",
      joinedAt: "2026-01-01T00:00:00Z",
    });
    const report = await sync();
    expect(report.notes.filter(({ code }) => code === "targets-moved")).toHaveLength(1);
    expect(accountsOf(world)).toContain(accounts.development);
    expect((await sync()).result).toBe("in-sync");
  }));

test("while the units cannot be read, what they granted stays, nothing new is granted, and everybody else goes on", () =>
  withSandbox({ company }, async (world) => {
    await passInProcess(world, "sync");
    const before = grantsIn(world);
    world.aws.failures.add({
      match: ({ operation }) => operation === "ListOrganizationalUnitsForParent",
      respond: {
        status: 400,
        body: { __type: "AccessDeniedException", Message: "You don't have permissions." },
      },
    });
    const report = await passInProcess(world, "sync");
    expect(report.notes.map(({ code }) => code)).toContain("places-not-read");
    expect(report.issues).toEqual([]);
    expect(grantsIn(world)).toEqual(before);
  }));
