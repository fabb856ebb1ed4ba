import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { MadeAppKind } from "../../model/made-app.ts";
import type { Tokens } from "./await-tokens.ts";

/** The variable that holds the token of each app. */
export const tokenVariables: Readonly<Record<MadeAppKind, string>> = {
  permissionSets: "KINTONE_API_TOKEN",
  assignments: "KINTONE_API_TOKEN",
  accounts: "KINTONE_ACCOUNTS_API_TOKEN",
  groups: "KINTONE_GROUPS_API_TOKEN",
  reviews: "KINTONE_REVIEWS_API_TOKEN",
};

/** The file in the folder that holds secrets, and that git must not take. */
const secretsFile = ".env";

/** The tokens as the environment of a command holds them. */
export function tokenEnvironment(tokens: Tokens): Readonly<Record<string, string>> {
  const lists = new Map<string, readonly string[]>();
  for (const [kind, token] of Object.entries(tokens) as [MadeAppKind, string][]) {
    const name = tokenVariables[kind];
    lists.set(name, [...new Set([...(lists.get(name) ?? []), token])]);
  }
  return Object.fromEntries([...lists].map(([name, list]) => [name, list.join(",")]));
}

/** Why the tokens are not in the file. */
export type NotKept = "is-there" | "not-ignored" | "cannot-write";

/** Writes the tokens into a new file that only its owner reads; where git would take it, or there is one, nothing is written. */
export function keepTokens(directory: string, tokens: Tokens): NotKept | undefined {
  if (!isIgnored(directory)) return "not-ignored";
  const lines = Object.entries(tokenEnvironment(tokens)).map(([name, value]) => `${name}=${value}\n`);
  try {
    writeFileSync(resolve(directory, secretsFile), lines.join(""), { flag: "wx", mode: 0o600 });
    return undefined;
  } catch (error) {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    return isThere ? "is-there" : "cannot-write";
  }
}

function isIgnored(directory: string): boolean {
  try {
    const lines = readFileSync(resolve(directory, ".gitignore"), "utf8").split("\n");
    return lines.some((line) => [".env", "/.env", ".env*", "*.env"].includes(line.trim()));
  } catch {
    return false;
  }
}
