import { filterAccess, type AccessFilters } from "../../report/who-has-what/filter-access.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { decodeRound, startRound } from "../../reviews/round.ts";
import { accessTexts } from "../../words/access-texts.ts";
import { reviewTexts } from "../../words/review-texts.ts";
import { readOrSay, unknownNames } from "../access/read-or-say.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import { sayConfigProblems } from "../say-config-problems.ts";
import { filesOf, readText, type ReviewFiles, saveRound, saveSheet } from "./review-files.ts";

export interface ReviewStartOptions extends AccessFilters {
  /** `2026-12-31`. */
  readonly due: string;
  /** The file of the round; named after the day when missing. */
  readonly round?: string;
}

const failed = 1;

/**
 * `review start`: one line for each access, in the file of the round and in a sheet. Where the round has begun already it
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
  const made = startRound(filterAccess(read.report, filters), due, face.clock.now());
  if (!(await saveRound(files.round, made, context))) return failed;
  if (!(await saveSheet(files.sheet, made, context))) return failed;
  terminal.print(`${reviewTexts(language).started(made.lines.length, files.sheet, files.round, due)}\n`);
  return 0;
}

async function goOn(
  begun: string,
  due: string,
  { round: file, sheet }: ReviewFiles,
  context: CommandContext,
): Promise<number> {
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
  if ((await readText(sheet, context)) !== undefined) {
    terminal.print(`${texts.goesOn(sheet, file)}\n`);
    return 0;
  }
  if (!(await saveSheet(sheet, round, context))) return failed;
  terminal.print(`${texts.started(round.lines.length, sheet, file, due)}\n`);
  return 0;
}
