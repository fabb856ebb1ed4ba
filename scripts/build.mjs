// Bundles the command and the action into dist/: one ES module per entry point, shared chunks between them, and the
// licences of what the bundle holds.
import { readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundledPackages, thirdPartyNotices } from "./third-party.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(await readFile(`${root}package.json`, "utf8"));

await rm(`${root}dist`, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { cli: "src/commands/cli.ts", action: "src/commands/action/action.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  // Before "main": jsonc-parser's main file hides its own imports from a bundler.
  mainFields: ["module", "main"],
  platform: "node",
  format: "esm",
  target: "node20.19",
  // Half the time of a short command goes by loading; the names stay, for whoever reads a stack trace.
  minifyWhitespace: true,
  minifySyntax: true,
  // The notices stand in a file beside the bundle.
  legalComments: "none",
  metafile: true,
  define: { __VERSION__: JSON.stringify(version) },
  // The CommonJS dependencies inside the bundle still call require().
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  logLevel: "warning",
});
await writeFile(`${root}dist/THIRD-PARTY.txt`, thirdPartyNotices(bundledPackages(metafile), root));
