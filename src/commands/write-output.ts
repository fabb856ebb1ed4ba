import { writeFile } from "node:fs/promises";
import { cliTexts } from "./cli-texts.ts";
import type { CommandContext } from "./command-context.ts";

/** Writes what a command was asked to write; where that fails it says so and the command fails. */
export async function writeOutput(
  path: string,
  text: string,
  { terminal, language }: Pick<CommandContext, "terminal" | "language">,
): Promise<boolean> {
  try {
    await writeFile(path, text);
    return true;
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    terminal.say(cliTexts(language).cannotWrite(path, reason));
    return false;
  }
}
