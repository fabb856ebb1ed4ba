// Prints what CHANGELOG.md says of a version; without such an entry there is no release.
//   node scripts/release-notes.mjs 1.2.3
import { readFile } from "node:fs/promises";

const [version = ""] = process.argv.slice(2);
const changes = await readFile(new URL("../CHANGELOG.md", import.meta.url), "utf8");
const entry = changes.split(/^## /mu).find((text) => text.startsWith(`[${version}] - `));
const notes = entry?.slice(entry.indexOf("\n")).trim() ?? "";
if (notes === "") {
  process.stderr.write(`CHANGELOG.md has no entry for ${version}.\n`);
  process.exit(1);
}
process.stdout.write(`${notes}\n`);
