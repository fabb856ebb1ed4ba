// Makes the folder of the npm package: the bundle and what people read, without a dependency and without a script.
//   node scripts/pack.mjs FOLDER OWNER/REPOSITORY
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [folder = "", repository = ""] = process.argv.slice(2);
if (folder === "" || !/^[\w.-]+\/[\w.-]+$/u.test(repository)) {
  process.stderr.write("usage: node scripts/pack.mjs FOLDER OWNER/REPOSITORY\n");
  process.exit(2);
}

const { name, version, description, license, bin, files, type, engines } = JSON.parse(
  await readFile(join(root, "package.json"), "utf8"),
);
const url = `https://github.com/${repository}`;
const packed = {
  name,
  version,
  description,
  license,
  homepage: `${url}#readme`,
  bugs: `${url}/issues`,
  // npm accepts the provenance only when this is where the workflow ran.
  repository: { type: "git", url: `git+${url}.git` },
  publishConfig: { access: "public" },
  bin,
  files,
  type,
  engines,
};

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
for (const path of files) await cp(join(root, path), join(folder, path), { recursive: true });
await writeFile(join(folder, "package.json"), `${JSON.stringify(packed, null, 2)}\n`);
