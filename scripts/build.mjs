// Bundles the command and the action into dist/: one ES module per entry point, shared chunks between them.
import { readFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(await readFile(`${root}package.json`, "utf8"));

await rm(`${root}dist`, { recursive: true, force: true });
await build({
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
  legalComments: "none",
  define: { __VERSION__: JSON.stringify(version) },
  // The CommonJS dependencies inside the bundle still call require().
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  logLevel: "warning",
});
