import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { cliTexts } from "./cli-texts.ts";
import type { CommandContext } from "./command-context.ts";

/** Writes what a command was asked to write; where that fails it says so and the command fails. */
export async function writeOutput(
  path: string,
  text: string,
  { face, terminal, language }: CommandContext,
): Promise<boolean> {
  try {
    await writeFile(resolve(face.directory, path), text);
    return true;
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    terminal.say(cliTexts(language).cannotWrite(path, reason));
    return false;
  }
}
