import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";

import { assignmentApp } from "../small-company.ts";
import { grantsIn, withSandbox, writesTo } from "../with-sandbox.ts";
import { type ActionRun, runAction } from "./run-action.ts";
import { type LoopbackGithub, startGithub } from "./start-github.ts";

/** GitHub where hanako-sato, who writes the comments, has these rights. */
async function withGithub(permission: "read" | "write", use: (github: LoopbackGithub) => Promise<ActionRun>) {
  const github = await startGithub({ access: { "hanako-sato": { permission, role_name: permission } } });
  try {
    return await use(github);
  } finally {
    await github.close();
  }
}

test("/sync pause in the action stops what scheduled passes write until /sync resume, and only who may write there may say so", async () => {
  const folder = await mkdtemp(join(tmpdir(), "memory-"));
  const config = `memory: ${join(folder, "memory.json")}\n`;
  try {
    await withSandbox({ config, speed: 1000 }, async (world) => {
      const comment = (body: string, permission: "read" | "write" = "write") =>
        withGithub(permission, (github) => runAction(world, github, { event: "comment-sync", body }));
      const scheduled = () => withGithub("read", (github) => runAction(world, github, { event: "schedule" }));
      const awsWrites = () => writesTo(world).filter((write) => !write.startsWith("kintone")).length;
      expect(await scheduled()).toMatchObject({ code: 0, outputs: { result: "applied" } });
      const before = grantsIn(world);
      world.kintone.updateRecord(assignmentApp, 1, { users: ["ichiro", "misaki"] });
      const writes = awsWrites();

      const paused = await comment("/sync pause somebody is in our directory");
      expect(paused).toMatchObject({ code: 0, outputs: { result: "paused" } });
      for (let passes = 0; passes < 2; passes += 1) {
        const run = await scheduled();
        expect(run).toMatchObject({ code: 0, outputs: { result: "paused" } });
        expect(run.summary).toContain("somebody is in our directory");
        expect(run.stdout).toContain("hanako-sato");
      }
      expect((await comment("/sync resume", "read")).code).not.toBe(0);
      expect(await scheduled()).toMatchObject({ outputs: { result: "paused" } });
      expect(awsWrites()).toBe(writes);
      expect(grantsIn(world)).toEqual(before);

      expect(await comment("/sync resume")).toMatchObject({ code: 0, outputs: { result: "applied" } });
      expect(await scheduled()).toMatchObject({ code: 0, outputs: { result: "in-sync" } });
      expect(grantsIn(world)).not.toEqual(before);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
