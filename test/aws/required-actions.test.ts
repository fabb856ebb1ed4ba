import { readdirSync, readFileSync } from "node:fs";

import { expect, it } from "vitest";

import { calledOperations } from "../../src/aws/required-actions.ts";

const prefixes: Readonly<Record<string, string>> = {
  "sso-admin": "sso",
  accessanalyzer: "access-analyzer",
};

/** `prefix:Operation` of every command that a file makes, by the package it takes the command from. */
function callsIn(source: string): readonly string[] {
  const imports = [...source.matchAll(/import (?:type )?\{([^}]*)\} from "@aws-sdk\/client-([a-z0-9-]+)"/gu)];
  return [...source.matchAll(/new ([A-Z][A-Za-z]*)Command\(/gu)].map(([, operation = ""]) => {
    const [, , client = ""] =
      imports.find(([, names = ""]) =>
        names.split(",").some((name) => name.trim() === `${operation}Command`),
      ) ?? [];
    return `${prefixes[client] ?? client}:${operation}`;
  });
}

it("the list of what the role needs is the list of what the code calls", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !path.startsWith("sandbox"),
  );
  const called = files.flatMap((path) => callsIn(readFileSync(`src/${path}`, "utf8")));
  const listed = Object.entries(calledOperations).flatMap(([prefix, operations]) =>
    Object.keys(operations).map((operation) => `${prefix}:${operation}`),
  );
  expect(listed.toSorted()).toEqual([...new Set(called)].toSorted());
});
