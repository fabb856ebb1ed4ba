import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withSandbox } from "./with-sandbox.ts";

test("plan and sync write what they print as a page or as Markdown too, by the name of the file; another name is refused before anything is read", async () => {
  const folder = await mkdtemp(join(tmpdir(), "output-files-"));
  try {
    await withSandbox({}, async (world) => {
      const wrong = await world.cli(`plan --out ${folder}/plan.txt --lang en`);
      expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining(".md or .html")]);
      expect(world.kintone.requests).toEqual([]);

      await world.cli(`plan --out ${folder}/plan.html --lang en`);
      const planned = await readFile(join(folder, "plan.html"), "utf8");
      expect(planned).toMatch(/^<!doctype html>.*<title>Plan<\/title>/su);
      expect(planned).toContain("All access, with what changes");
      expect(planned).toContain("/show#record=1");
      const run = await world.cli(`sync --out ${folder}/sync.md --lang en`);
      expect(run.code).toBe(0);
      const [first] = (await readFile(join(folder, "sync.md"), "utf8")).split("\n");
      expect(first).toMatch(/^## ✅/u);
      await world.cli(`sync --out ${folder}/sync.HTML --lang ja`);
      expect(await readFile(join(folder, "sync.HTML"), "utf8")).toContain("<title>同期</title>");
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
