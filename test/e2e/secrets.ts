import { expect } from "vitest";

import type { CliRun } from "./run-cli.ts";

/** Fails when one of the secrets is in what the command printed, as it is or in a form that is easily turned back. */
export function expectNoSecret({ stdout, stderr }: CliRun, secrets: readonly string[]): void {
  for (const output of [stdout, stderr]) expect(leaksIn(output, secrets)).toEqual([]);
}

/** The secrets that are in the text, as they are or in a form that is easily turned back. */
export function leaksIn(text: string, secrets: readonly string[]): readonly string[] {
  return secrets.filter((secret) => formsOf(secret).some((form) => text.includes(form)));
}

function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("base64url"),
    bytes.toString("hex"),
  ];
}
