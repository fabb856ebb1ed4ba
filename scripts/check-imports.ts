// `node --import tsx scripts/check-imports.ts`: holds the imports of src/ against the dependency rule in rooms.ts.
import { readdir, readFile } from "node:fs/promises";
import { posix } from "node:path";
import { pathToFileURL } from "node:url";

import { parseSync } from "oxc-parser";

import { rooms } from "./rooms.ts";

/** What a file of src/, named from there, imports against the rule: one sentence for each such import. */
export function refusedImports(file: string, source: string): readonly string[] {
  const room = roomOf(file);
  const rule = rooms[room];
  if (rule === undefined) return [`src/${file}: scripts/rooms.ts does not say what src/${room} may import`];
  const allowed = new Set([room, ...rule.imports, ...(rule.packages ?? [])]);
  return importsOf(file, source).flatMap((specifier) => {
    if (specifier !== undefined && allowed.has(importedName(file, specifier))) return [];
    const what = specifier ?? "something that only the running program knows";
    return [`src/${file} imports ${what}, which src/${room} may not: it ${rule.says}`];
  });
}

/** Every module that a file names, types as well; undefined for one that is not named by a text. */
function importsOf(file: string, source: string): readonly (string | undefined)[] {
  const { module } = parseSync(file, source);
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
  );
  const imported = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) =>
    quoted(source.slice(start, end)),
  );
  return [...imported, ...exported, ...dynamic];
}

function quoted(expression: string): string | undefined {
  return /^(["'`])([^"'`$\\]+)\1$/u.exec(expression)?.[2];
}

/** The room that a relative import leads to, or the package; a path out of src/ stays a path, which no rule allows. */
function importedName(file: string, specifier: string): string {
  if (!specifier.startsWith(".")) return packageOf(specifier);
  const path = posix.join(posix.dirname(file), specifier);
  return path.startsWith("..") ? path : roomOf(path);
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  if (specifier.startsWith("node:")) return specifier;
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}

function roomOf(file: string): string {
  return file.split("/")[0] ?? file;
}

async function checkAll(): Promise<readonly string[]> {
  const root = new URL("../src/", import.meta.url);
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(".ts"));
  const refused = await Promise.all(
    names.map(async (name) => refusedImports(name, await readFile(new URL(name, root), "utf8"))),
  );
  return refused.flat();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const refused = await checkAll();
  for (const line of refused) process.stderr.write(`${line}\n`);
  process.exitCode = refused.length === 0 ? 0 : 1;
}
