import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, it, onTestFinished } from "vitest";
import { bundledPackages, thirdPartyNotices } from "../../scripts/third-party.mjs";

const notices = () => readFileSync("dist/THIRD-PARTY.txt", "utf8");

it("the bundle comes with the licence of every package that has code in it, and of no other", async () => {
  const { metafile } = await build({
    entryPoints: ["src/commands/cli.ts", "src/commands/action/action.ts"],
    outdir: "nowhere",
    bundle: true,
    splitting: true,
    mainFields: ["module", "main"],
    platform: "node",
    format: "esm",
    define: { __VERSION__: '""' },
    metafile: true,
    write: false,
  });
  const inside = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap((path) => (path.includes("node_modules/") ? [path.split("/").slice(0, -1)] : []))
    .map((folders) => {
      const [scope = "", name = ""] = folders.slice(folders.lastIndexOf("node_modules") + 1);
      return scope.startsWith("@") ? `${scope}/${name}` : scope;
    });
  const named = [...notices().matchAll(/^(\S+) \d\S* \((?:MIT|ISC|Apache-2\.0|BSD-3-Clause)\)$/gmu)];
  expect(new Set(named.map(([, name]) => name))).toEqual(new Set(inside));
});

it("the notices hold the texts that the licences ask for", () => {
  expect(notices()).toContain("Apache License\n");
  for (const holder of ["Matteo Collina", "Cybozu", "Slack Technologies", "Colin McDonnell"])
    expect(notices()).toMatch(new RegExp(`Copyright.*${holder}`, "u"));
});

it.each([["GPL-3.0-only"], ["SEE LICENSE IN terms.txt"], [undefined]])(
  "a package under the licence %s stops the build",
  (license) => {
    const root = mkdtempSync(join(tmpdir(), "third-party-"));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const folder = "node_modules/@other/thing";
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, "LICENSE"), "Terms");
    writeFileSync(
      join(root, folder, "package.json"),
      JSON.stringify({ name: "@other/thing", version: "1.0.0", license }),
    );
    const outputs = { "cli.js": { inputs: { [`${folder}/lib/index.js`]: {}, "src/cli.ts": {} } } };
    expect(bundledPackages({ outputs })).toEqual([folder]);
    expect(() => thirdPartyNotices([folder], root)).toThrow(/not allowed: @other\/thing 1\.0\.0/u);
  },
);
