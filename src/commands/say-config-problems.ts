import type { ConfigProblem } from "../errors.ts";
import { configProblemLine } from "../words/pass-error-messages.ts";
import { cliTexts } from "./cli-texts.ts";
import type { CommandContext } from "./command-context.ts";

/** Every problem of the configuration on stderr, and the exit code. */
export function sayConfigProblems(
  problems: readonly ConfigProblem[],
  { terminal, language }: CommandContext,
): number {
  terminal.say(cliTexts(language).configInvalid(problems.length));
  for (const problem of problems) terminal.say(`  ${configProblemLine(problem)}`);
  return 1;
}
