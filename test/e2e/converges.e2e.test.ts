import { expect, test } from "vitest";

import { passInProcess } from "./pass-in-process.ts";
import { accounts, permissionSetApp, readers, readOnly, userName } from "./small-company.ts";
import { withSandbox, writesTo, type World } from "./with-sandbox.ts";

/** The result of one more pass, and what it wrote. */
async function onceMore(world: World) {
  const before = writesTo(world).length;
  const { result } = await passInProcess(world, "sync");
  return { result, writes: writesTo(world).slice(before) };
}

const settled = { result: "in-sync", writes: [] };

test("a description that was emptied in the record becomes the record's address, once", () =>
  withSandbox({ speed: 1000 }, async (world) => {
    await passInProcess(world, "sync");
    world.kintone.updateRecord(permissionSetApp, 1, { description: "" });
    await passInProcess(world, "sync");
    const set = world.aws.state.permissionSets().find(({ name }) => name === "ReadOnly");
    expect(set?.description).toContain("#record=1");
    expect(await onceMore(world)).toEqual(settled);
  }));

test("a set that is taken over has a description which its record lacks: it gets the record's address, once", () =>
  withSandbox(
    {
      speed: 1000,
      company: {
        permissionSets: [{ name: "ReadOnly", session_duration: "8", managed_policies: "ReadOnlyAccess" }],
        assignments: [readers],
        aws: {
          permissionSets: [
            {
              name: "ReadOnly",
              description: "made in the console",
              sessionDuration: "PT8H",
              managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
              assignments: ["hanako", "ichiro"].flatMap((code) =>
                [accounts.production, accounts.staging].map((accountId) => ({
                  accountId,
                  userName: userName(code),
                })),
              ),
            },
          ],
        },
      },
    },
    async (world) => {
      await world.cli("adopt ReadOnly --yes");
      await passInProcess(world, "sync");
      expect(await onceMore(world)).toEqual(settled);
    },
  ));

test("at as many policies as a set may have, one of them is replaced by another in one pass", () => {
  const policies = (last: string): string =>
    [...Array.from({ length: 24 }, (_, index) => `/team/Part${index}`), `/team/${last}`].join("\n");
  const full = { name: "Full", customer_managed_policies: policies("Former") };
  return withSandbox(
    { speed: 1000, company: { permissionSets: [readOnly, full], assignments: [readers] } },
    async (world) => {
      await passInProcess(world, "sync");
      world.kintone.updateRecord(permissionSetApp, 2, { customer_managed_policies: policies("Next") });
      expect(await passInProcess(world, "sync")).toMatchObject({ result: "applied", counts: { failed: 0 } });
      const names = world.aws.state.permissionSet("Full").customerManagedPolicies.map(({ Name }) => Name);
      expect([names.length, names.includes("Next"), names.includes("Former")]).toEqual([25, true, false]);
      expect(await onceMore(world)).toEqual(settled);
    },
  );
});
