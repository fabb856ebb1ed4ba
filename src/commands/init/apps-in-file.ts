import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { valueAt } from "../../config/config-tree.ts";
import { parseConfigFile } from "../../config/parse-config-file.ts";
import type { AppIds, MadeAppKind } from "../../model/made-app.ts";

const kinds: readonly MadeAppKind[] = ["permissionSets", "assignments", "accounts", "groups", "reviews"];

/** The apps that a configuration file names already, whatever else is missing or wrong there: none of them is made again. */
export function appsInFile(directory: string, file: string): AppIds {
  const { tree } = parseConfigFile({ path: file, text: readText(resolve(directory, file)) });
  const found = kinds.flatMap((kind) => {
    const app = valueAt(tree, ["kintone", kind, "app"]);
    return typeof app === "number" && app > 0 ? [[kind, app] as const] : [];
  });
  return Object.fromEntries(found);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
