import { filterAccess, type AccessFilters } from "../../report/who-has-what/filter-access.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { decodeRound, type ReviewRound, startRound } from "../../reviews/round.ts";
import { accessTexts } from "../../words/access-texts.ts";
import { reviewTexts } from "../../words/review-texts.ts";
import { readOrSay, unknownNames } from "../access/read-or-say.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import { sayConfigProblems } from "../say-config-problems.ts";
import { fillReviewApp } from "./review-app.ts";
import { filesOf, isInApp, readText, type ReviewFiles, saveRound, saveSheet } from "./review-files.ts";

export interface ReviewStartOptions extends AccessFilters {
  /** `2026-12-31`. */
  readonly due: string;
  /** The file of the round; named after the day when missing. */
  readonly round?: string;
}

const failed = 1;

/**
 * `review start`: one line for each access, in the file of the round, and in the configured app or in a sheet. Where the round has begun already it
 * makes what an interruption left out and changes nothing.
 */
export async function runReviewStart(
  face: ProcessFace,
  options: GlobalOptions,
  { due, round = `review-${due}.json`, ...filters }: ReviewStartOptions,
): Promise<number> {
  const context = openContext(face, options);
  const files = filesOf(round);
  const begun = await readText(files.round, context);
  if (begun !== undefined) return goOn(begun, due, files, context);
  const { settings, terminal, language } = context;
  if (!settings.ok) return sayConfigProblems(settings.problems, context);
  terminal.say(accessTexts(language).reading);
  const read = await readOrSay(context, settings);
  if (read === undefined) return failed;
  const unknown = unknownNames(read, filters, context);
  for (const text of unknown) terminal.say(text);
  if (unknown.length > 0) return failed;
  const app = settings.config.kintone.reviews?.app;
  const made = startRound(filterAccess(read.report, filters), due, face.clock.now(), app);
  return (await saveRound(files.round, made, context)) ? handOut(made, files, context) : failed;
}

/** Gives people their lines: in the app, or in a sheet. */
async function handOut(round: ReviewRound, files: ReviewFiles, context: CommandContext): Promise<number> {
  if (isInApp(round)) return fillApp(round, files, context);
  if (!(await saveSheet(files.sheet, round, context))) return failed;
  const { terminal, language } = context;
  const { lines, due } = round;
  terminal.print(`${reviewTexts(language).started(lines.length, files.sheet, files.round, due)}\n`);
  return 0;
}

/** The lines that the app lacks; those that are there stay as they are. */
async function fillApp(
  round: ReviewRound & { readonly app: number },
  files: ReviewFiles,
  context: CommandContext,
): Promise<number> {
  const filled = await fillReviewApp(round, context);
  if (filled === undefined) return failed;
  const { terminal, language } = context;
  const texts = reviewTexts(language);
  terminal.print(
    `${
      filled.added === 0
        ? texts.goesOn(filled.url, files.round)
        : texts.startedInApp(round.lines.length, filled, files.round, round.due)
    }\n`,
  );
  return 0;
}

async function goOn(
  begun: string,
  due: string,
  files: ReviewFiles,
  context: CommandContext,
): Promise<number> {
  const { round: file, sheet } = files;
  const { terminal, language } = context;
  const texts = reviewTexts(language);
  const round = decodeRound(begun);
  if (typeof round !== "object" || round.due !== due) {
    const text =
      round === "unreadable"
        ? texts.unreadable(file)
        : round === "changed-by-hand"
          ? texts.changedByHand(file)
          : texts.otherRound(file, round.due);
    terminal.say(text);
    return failed;
  }
  if (!isInApp(round) && (await readText(sheet, context)) !== undefined) {
    terminal.print(`${texts.goesOn(sheet, file)}\n`);
    return 0;
  }
  return handOut(round, files, context);
}
