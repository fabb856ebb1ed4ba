import type { ConfigProblem } from "../errors.ts";
import { cliTexts } from "./cli-texts.ts";
import type { CommandContext } from "./command-context.ts";

/** Every problem of the configuration on stderr, and exit code 1. */
export function sayConfigProblems(
  problems: readonly ConfigProblem[],
  { terminal, language }: CommandContext,
): void {
  terminal.say(cliTexts(language).configInvalid);
  for (const { path, message } of problems) terminal.say(`  ${path}: ${message}`);
  process.exitCode = 1;
}
