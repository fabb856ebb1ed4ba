import type { Surroundings } from "../../process/process-face.ts";
import { readFile, rename, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { decodeRound, encodeRound, type ReviewRound } from "../../reviews/round.ts";
import { renderSheet } from "../../reviews/sheet.ts";
import { type ReviewTexts, reviewTexts } from "../../words/review-texts.ts";
import { cliTexts } from "../cli-texts.ts";
import type { CommandContext } from "../command-context.ts";

/** Whether people decide in a kintone app, and not in the sheet. */
export function isInApp(round: ReviewRound): round is ReviewRound & { readonly app: number } {
  return round.app !== undefined;
}

/** Where a round is kept: its file, and beside it the sheet for people. */
export interface ReviewFiles {
  readonly round: string;
  readonly sheet: string;
}

/** The files of the round in a `.json` file. */
export function filesOf(round: string): ReviewFiles {
  return { round, sheet: round.replace(/\.json$/iu, ".csv") };
}

/** The text of a file; undefined where there is none. */
export async function readText(
  path: string,
  { face }: { readonly face: Surroundings },
): Promise<string | undefined> {
  try {
    return decodeText(await readFile(resolve(face.directory, path)));
  } catch {
    return undefined;
  }
}

/** Excel in Japan writes CSV files in its own encoding unless asked for UTF-8. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("shift_jis").decode(bytes);
  }
}

/** The round in the file, or undefined after saying why there is none. */
export async function openRound(path: string, context: CommandContext): Promise<ReviewRound | undefined> {
  const texts = reviewTexts(context.language);
  const text = await readText(path, context);
  const round = text === undefined ? "missing" : decodeRound(text);
  if (typeof round === "object") return round;
  const says: Readonly<Record<typeof round, ReviewTexts["missing"]>> = {
    missing: texts.missing,
    unreadable: texts.unreadable,
    "changed-by-hand": texts.changedByHand,
  };
  context.terminal.say(says[round](path));
  return undefined;
}

/** Writes the round so that at no time half of it stands in the file. */
export function saveRound(path: string, round: ReviewRound, context: CommandContext): Promise<boolean> {
  return writeWhole(path, encodeRound(round), context);
}

/** Writes the sheet of a round. */
export function saveSheet(path: string, round: ReviewRound, context: CommandContext): Promise<boolean> {
  return writeWhole(path, renderSheet(round), context);
}

async function writeWhole(
  path: string,
  text: string,
  { face, terminal, language }: CommandContext,
): Promise<boolean> {
  const whole = resolve(face.directory, path);
  try {
    await writeFile(`${whole}.part`, text, { mode: 0o600 });
    await rename(`${whole}.part`, whole);
    return true;
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    terminal.say(cliTexts(language).cannotWrite(path, reason));
    return false;
  }
}
