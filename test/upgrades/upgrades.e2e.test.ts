import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { memoryVersion } from "../../src/model/memory.ts";
import type { SeedPermissionSet } from "../../src/sandbox/aws/aws-seed.ts";
import { loadValid } from "../config/loading.ts";
import { reportIn, type World, withSandbox, writesTo } from "../e2e/with-sandbox.ts";
import { companyBefore, renameDeveloper } from "./before-upgrade.ts";

const releases = "test/fixtures/releases";

/** What each version left, and whether its memory counts for this one: 0.1.0 did not sign. */
const versions = [
  ["0.1.0", { isBelieved: false }],
  ["memory-2", { isBelieved: true }],
] as const;

/** A company with what the version left behind, and its memory in a file. */
async function afterVersion(
  version: string,
  use: (world: World, memory: string) => Promise<void>,
): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "upgrade-"));
  const memory = join(directory, "memory.json");
  await writeFile(memory, await readFile(join(releases, version, "memory.json")));
  const sets = JSON.parse(
    await readFile(join(releases, version, "permission-sets.json"), "utf8"),
  ) as readonly SeedPermissionSet[];
  try {
    await withSandbox({ company: companyBefore(sets), config: `memory: ${memory}\n` }, async (world) => {
      renameDeveloper(world);
      await use(world, memory);
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

describe.each(versions)("after an upgrade from %s", (version, { isBelieved }) => {
  it("everything is in sync: tags, former names and sets that were taken over mean what they meant", () =>
    afterVersion(version, async ({ cli, aws, kintone }, memory) => {
      const planned = reportIn(await cli("plan --json --lang en"));
      expect(planned).toMatchObject({ result: "in-sync", counts: { changes: 0, unmanaged: 0 } });
      const notes = planned.notes.filter(({ code }) => code === "memory-lost");
      expect(notes.filter(({ message }) => /not signed/u.test(message))).toHaveLength(isBelieved ? 0 : 1);

      expect(reportIn(await cli("sync --json")).result).toBe("in-sync");
      const told = kintone.requests.filter(({ path, kind }) => kind === "write" && path.includes("comment"));
      // Who has been told is in the memory; without it the two authors hear of it once more.
      expect(told).toHaveLength(isBelieved ? 0 : 2);
      expect(writesTo({ kintone, aws })).toHaveLength(told.length);
      expect(JSON.parse(readFileSync(memory, "utf8"))).toMatchObject({ schemaVersion: memoryVersion });
      const { notes: later } = reportIn(await cli("plan --json"));
      expect(later.filter(({ code }) => code === "memory-lost")).toEqual([]);
    }));

  it("doctor says before the first pass whether the memory counts, and what that means", () =>
    afterVersion(version, async ({ cli }) => {
      const { stdout } = await cli("doctor --lang en");
      expect(stdout).toMatch(isBelieved ? /✓ .*memory/iu : /✗ .*memory[^]*not signed/iu);
    }));
});

describe("a configuration of 0.1.0", () => {
  it("is read as it is, with every key that it had", () => {
    const text = readFileSync(join(releases, "0.1.0/kintone-sso-sync.yaml"), "utf8");
    const environment = {
      KINTONE_API_TOKEN: "permissionSetToken,assignmentToken",
      SLACK_BOT_TOKEN: "xoxb-1",
    };
    const { config } = loadValid({ text, environment });
    expect(config).toMatchObject({ owner: "example.cybozu.com/10", memory: expect.any(String) as string });
  });
});

it("every released version has left something that the tests begin with", () => {
  const released = [...readFileSync("CHANGELOG.md", "utf8").matchAll(/^## \[(\d.*?)\]/gmu)];
  expect(readdirSync(releases)).toEqual(expect.arrayContaining(released.map(([, version]) => version)));
  expect(versions.map(([version]) => version).toSorted()).toEqual(readdirSync(releases).toSorted());
});
