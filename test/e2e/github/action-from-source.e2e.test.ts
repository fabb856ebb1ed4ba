import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";

import { runBundle } from "../run-cli.ts";
import { startGithub } from "./start-github.ts";

test("👀 and the permission check run from the sources, with no dependency installed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sources-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await build({
    entryPoints: { action: "src/commands/action/action.ts" },
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    define: { __VERSION__: '"0"' },
  });
  const github = await startGithub({
    access: { "hanako-sato": { permission: "read", role_name: "read" } },
  });
  onTestFinished(() => github.close());
  const run = await runBundle([], {
    entry: join(folder, "action.mjs"),
    environment: {
      ...github.environment,
      GITHUB_EVENT_NAME: "issue_comment",
      GITHUB_EVENT_PATH: join(import.meta.dirname, "events", "comment-sync.json"),
      INPUT_PART: "receive",
      INPUT_ISSUE: "42",
      INPUT_TOKEN: github.token,
    },
  });
  expect(run).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(github.reactions()).toEqual(["eyes"]);
});
