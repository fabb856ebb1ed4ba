import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

import { countImport, importDiesAfter } from "./import-sweep.ts";
import { accounts, appliedSets, readOnly, userName } from "./small-company.ts";
import { grantsIn, reportIn, withSandbox, type World, writesTo } from "./with-sandbox.ts";

const mayAdd = (token: string) => ({ tokens: [{ token, permissions: ["view", "add"] as const }] });

/** What exists was made by hand; Legacy is held by somebody who has left. */
const byHand = {
  permissionSets: [],
  assignments: [],
  apps: { permissionSets: mayAdd("permissionSetAppToken"), assignments: mayAdd("assignmentAppToken") },
  aws: {
    permissionSets: [
      ...appliedSets.map((set) => ({ ...set, tags: {} })),
      {
        name: "Legacy",
        assignments: [
          { accountId: accounts.staging, principalType: "USER" as const, principalId: "who-has-left" },
          { accountId: accounts.staging, userName: userName("kenta") },
        ],
      },
    ],
  },
};

it("import shows the records and the proof, and with --yes adds them and adopts, after which a plan is empty", () =>
  withSandbox({ company: byHand }, async (world) => {
    const folder = await mkdtemp(join(tmpdir(), "import-csv-"));
    const before = grantsIn(world);
    const shown = await world.cli(`import --csv ${folder} --lang en`);
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.stdout).toContain("Records to add: 2 permission sets, 2 records of assignments.");
    expect(shown.stdout).toContain("exactly the 5 assignments that exist");
    expect(shown.stdout).toMatch(/– Legacy: stays as it is.*\n.*the user or group does not exist any more/u);
    expect(await readFile(join(folder, "assignments.csv"), "utf8")).toMatch(/^\uFEFF"permission_set",/u);
    expect(writesTo(world)).toEqual([]);

    const done = await world.cli("import --yes --lang en");
    expect(done).toMatchObject({ code: 0 });
    expect(done.stderr).toContain("2 permission sets adopted.");
    const plan = await world.cli("plan --json");
    expect(reportIn(plan)).toMatchObject({ result: "in-sync", counts: { changes: 0, issues: 0 } });
    expect(grantsIn(world)).toEqual(before);
    const again = await world.cli("import --yes --lang en");
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain("Nothing to import.");
  }));

it("import adds nothing to apps with other records unless told to", () =>
  withSandbox({ company: { ...byHand, permissionSets: [{ ...readOnly, name: "Other" }] } }, async (world) => {
    const refused = await world.cli("import --yes --lang en");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("1 record that this import would not make");
    expect(writesTo(world)).toEqual([]);
    expect(await world.cli("import --yes --append --lang en")).toMatchObject({ code: 0 });
  }));

it.each([
  ["first records", 1],
  ["last records", 2],
  ["first tags", 3],
])(
  "import that is killed as its %s are written takes nothing away by a sync, and goes on when it is run again",
  (_, nth) =>
    withSandbox({ company: byHand }, async (world) => {
      const before = grantsIn(world);
      const reached = silentWrite(world, nth);
      const cli = await world.startCli("import --yes");
      await cli.reaches(reached);
      cli.signal("SIGKILL");
      await cli.ended;
      await world.cli("sync");
      expect(grantsIn(world)).toEqual(before);
      expect(await world.cli("import --yes")).toMatchObject({ code: 0 });
      expect(reportIn(await world.cli("plan --json"))).toMatchObject({ result: "in-sync" });
      expect(grantsIn(world)).toEqual(before);
      expect([10, 11].map((app) => world.kintone.records(app).length)).toEqual([2, 2]);
    }),
);

it("import that nobody answers any more after a request takes nothing away by a sync, and ends the same when it is run again", async () => {
  const requests = await countImport();
  expect(requests).toBeGreaterThan(80);
  // The whole sweep is a long test; these are a read in the middle, and what stands around the last writes.
  for (const [nth, withMemory] of [
    [Math.floor(requests / 2), false],
    [requests - 3, true],
  ] as const)
    await importDiesAfter(nth, withMemory);
});

/** Resolves at the nth write, which has its effect and is never answered. */
function silentWrite({ kintone, aws }: World, nth: number): Promise<void> {
  let writes = 0;
  return new Promise((resolve) => {
    for (const { failures } of [kintone, aws])
      failures.add({
        match: ({ operation }) => {
          if (operation !== "addRecords" && operation !== "TagResource") return false;
          writes += 1;
          if (writes === nth) setTimeout(resolve, 50);
          return writes === nth;
        },
        phase: "after",
        respond: { silent: true },
      });
  });
}
