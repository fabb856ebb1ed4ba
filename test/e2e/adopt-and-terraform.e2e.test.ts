import { parse } from "@cdktf/hcl2json";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

import { accounts, developer, readers, readOnly, userName } from "./small-company.ts";
import { withSandbox, writesTo } from "./with-sandbox.ts";

/** Two sets that nobody manages; kenta has the first one, and no record says so. */
const existing = {
  aws: {
    permissionSets: [
      {
        name: "ReadOnly",
        sessionDuration: "PT1H",
        managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        assignments: [{ accountId: accounts.staging, userName: userName("kenta") }],
      },
      { name: "Legacy", sessionDuration: "PT1H" },
    ],
  },
  permissionSets: [readOnly, developer],
  assignments: [readers],
};

it("adopt shows what taking a set over means, writes only its tags and only with --yes, and sync then does what was shown", async () => {
  await withSandbox({ company: existing }, async (world) => {
    const shown = await world.cli("adopt ReadOnly --lang en");
    expect(shown.stderr).toContain(
      "Nothing was written. To take over: kintone-sso-sync adopt ReadOnly --yes --lang en",
    );
    expect(shown).toMatchObject({ code: 0 });
    expect(writesTo(world)).toEqual([]);
    expect(shown.stdout).toContain("✓ ReadOnly: can be taken over");
    expect(shown.stdout).toMatch(/update attributes/u);
    expect(shown.stdout).toMatch(/unassign {2}kenta@example\.co\.jp → staging/u);
    expect(shown.stdout).toContain("Asked for by no record and to be removed: 1.");

    const held = await world.cli("plan --json");
    expect(JSON.parse(held.stdout)).toMatchObject({ counts: { deletions: 0 } });

    const adopted = await world.cli("adopt ReadOnly --yes --lang en");
    expect(adopted).toMatchObject({ code: 0 });
    expect(adopted.stdout).toContain("✓ ReadOnly: taken over");
    expect(writesTo(world)).toEqual(["TagResource"]);

    const synced = await world.cli("sync --json");
    expect(synced.code).toBe(0);
    const after = await world.cli("plan --json");
    expect(JSON.parse(after.stdout)).toMatchObject({ result: "in-sync", counts: { changes: 0 } });
    const again = await world.cli("adopt ReadOnly --lang en");
    expect(again.stdout).toContain("✗ ReadOnly: It is managed already.");
    expect(again.code).toBe(1);
  });
});

it("adopt proves itself to the next pass in the memory, and writes no tag where it cannot", async () => {
  const folder = await mkdtemp(join(tmpdir(), "adopt-"));
  const memory = { KINTONE_SSO_SYNC_MEMORY: join(folder, "memory.json") };
  await withSandbox({ company: existing }, async (world) => {
    expect((await world.cli("sync --json", memory)).code).toBe(0);
    const isUnbelieved = async () => {
      const planned = await world.cli("plan --json", memory);
      return planned.stdout.includes("tag-appeared");
    };
    const key = "another key than the one that signed it";
    const refused = await world.cli("adopt ReadOnly --yes --lang en", {
      ...memory,
      KINTONE_SSO_SYNC_MEMORY_KEY: key,
    });
    expect(refused.stdout).toContain("the memory, which has to prove it to the next pass");
    expect([refused.code, await isUnbelieved()]).toEqual([1, false]);

    const adopted = await world.cli("adopt ReadOnly --yes --lang en", memory);
    expect(adopted).toMatchObject({ code: 0 });
    expect(await isUnbelieved()).toBe(false);
    const synced = await world.cli("sync --json", memory);
    expect(JSON.parse(synced.stdout)).toMatchObject({ result: "applied" });
  });
  await rm(folder, { recursive: true });
});

it("adopt takes over all the named sets or none of them", async () => {
  await withSandbox({ company: existing }, async (world) => {
    const refused = await world.cli("adopt ReadOnly Legacy Nothing --yes --lang ja");
    expect(refused.code).toBe(1);
    expect(writesTo(world)).toEqual([]);
    expect(refused.stdout).toContain("✗ Legacy: この名前のレコードがないため引き継げません");
    expect(refused.stdout).toContain("✗ Nothing: この名前の許可セットはIdentity Centerにありません");
    expect(refused.stderr).toContain("引き継げない許可セットがあるため、何も書き込んでいません。");
  });
});

it("terraform writes the management account's assignments to a file and nothing anywhere else", async () => {
  const assignments = [{ ...readers, accounts: `management\nproduction` }];
  await withSandbox({ company: { assignments } }, async (world) => {
    const path = join(tmpdir(), `management-${process.pid}-${Date.now()}.tf`);
    const run = await world.cli(`terraform --out ${path} --lang en`);
    expect(run).toMatchObject({ code: 0, stdout: "" });
    expect(run.stderr).toContain("2 assignments, none of which exists yet.");
    const file = (await parse("m.tf", await readFile(path, "utf8"))) as Record<string, object>;
    expect(Object.keys(file["resource"] ?? {})).toEqual(["aws_ssoadmin_account_assignment"]);
    const printed = await world.cli("terraform");
    expect(printed.stdout).toContain('resource "aws_ssoadmin_account_assignment"');
    const unwritable = await world.cli("terraform --out /nowhere/at/all.tf --lang en");
    expect(unwritable.code).toBe(1);
    expect(unwritable.stderr).toContain("/nowhere/at/all.tf cannot be written (ENOENT)");
    expect(writesTo(world)).toEqual([]);
  });
});

it("terraform imports what exists in the management account, whoever manages the permission set", async () => {
  const [unmanaged] = existing.aws.permissionSets;
  const inManagement = { accountId: accounts.management, userName: userName("hanako") };
  const permissionSets = [{ ...unmanaged, name: "ReadOnly", assignments: [inManagement] }];
  const assignments = [{ ...readers, accounts: "management" }];
  await withSandbox({ company: { aws: { permissionSets }, assignments } }, async (world) => {
    const run = await world.cli("terraform --lang en");
    expect(run.stderr).toContain("of which 1 exists already and is imported");
    world.aws.failures.add({
      match: ({ operation }) => operation === "ListAccountAssignments",
      respond: { status: 400, body: { __type: "AccessDeniedException", Message: "not authorized" } },
    });
    const refused = await world.cli("terraform --lang en");
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain("ListAccountAssignments");
    expect(writesTo(world)).toEqual([]);
  });
});

it("adopt and terraform say what is wrong with the configuration, and write nothing", async () => {
  await withSandbox({}, async (world) => {
    for (const command of ["adopt ReadOnly --yes", "terraform"]) {
      const run = await world.cli(`${command} --lang en`, { KINTONE_ASSIGNMENT_APP: "eleven" });
      expect(run.code).toBe(1);
      expect(run.stderr).toContain("KINTONE_ASSIGNMENT_APP");
      const unread = await world.cli(`${command} --lang en`, { KINTONE_API_TOKEN: "wrong" });
      expect(unread.code).toBe(1);
      expect(unread.stdout).toContain("kintone does not know one of the API tokens");
    }
    expect(writesTo(world)).toEqual([]);
  });
});
