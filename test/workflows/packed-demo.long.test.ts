import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "packed-under-test-"));
const run = (program: string, args: readonly string[], cwd = folder) =>
  execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

beforeAll(() => {
  run(process.execPath, ["scripts/pack.mjs", join(folder, "package"), "Acme/aws-access"], process.cwd());
  run("npm", ["pack", "./package", "--silent"]);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  run("npm", ["install", "--prefix", "empty", "--no-audit", "--no-fund", join(folder, tarball)]);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("the packed program is the only package that is installed", () => {
  expect(readdirSync(join(folder, "empty/node_modules")).filter((name) => !name.startsWith("."))).toEqual([
    "kintone-sso-sync",
  ]);
});

it.each([
  ["this Node.js", []],
  ["Node.js 22", ["-y", "node@22"]],
  ["Node.js 24", ["-y", "node@24"]],
] as const)("the demo runs from an empty folder on %s", (_, node) => {
  const empty = join(folder, "empty");
  const printed =
    node.length === 0
      ? run("npx", ["--no-install", "kintone-sso-sync", "demo", "--json"], empty)
      : run("npx", [...node, "node_modules/.bin/kintone-sso-sync", "demo", "--json"], empty);
  const { passes } = JSON.parse(printed) as { readonly passes: readonly { readonly result: string }[] };
  expect(passes.map(({ result }) => result)).toEqual(["applied", "applied", "in-sync"]);
});
