import type { ProcessFace } from "../../process/process-face.ts";
import { safeLine } from "../../report/safe-text.ts";
import {
  addRemovals,
  changedSinceFinished,
  collectDecisions,
  readAuditedRemovals,
} from "../../reviews/collect-decisions.ts";
import type { ReviewRound } from "../../reviews/round.ts";
import { readSheet, type SheetEntry } from "../../reviews/sheet.ts";
import { type ReviewPlace, reviewTexts } from "../../words/review-texts.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import { renderProgress, renderToChange } from "./render-review.ts";
import { readDecisions } from "./review-app.ts";
import { filesOf, isInApp, openRound, readText, saveRound } from "./review-files.ts";

const failed = 1;

/** `review status`: how far the round is by its app or sheet. Writes nothing. */
export async function runReviewStatus(
  face: ProcessFace,
  options: GlobalOptions,
  path: string,
): Promise<number> {
  const context = openContext(face, options);
  const found = await openBoth(path, context);
  if (found === undefined) return failed;
  const nowMs = face.clock.now();
  const current = collectDecisions(found.round, found.entries, nowMs);
  context.terminal.print(renderProgress(current, readerOf(context), nowMs));
  return 0;
}

/** `review collect`: takes over what the app or the sheet says and lists the records to change, each with the draft of a comment. Nothing is taken away. */
export async function runReviewCollect(
  face: ProcessFace,
  options: GlobalOptions,
  path: string,
  audit: string | undefined,
): Promise<number> {
  const context = openContext(face, options);
  const { terminal, language } = context;
  const texts = reviewTexts(language);
  const found = await openBoth(path, context);
  if (found === undefined) return failed;
  const changed = changedSinceFinished(found.round, found.entries);
  if (changed.length > 0) {
    terminal.say(texts.finishedChanged(found.place, changed));
    return failed;
  }
  const removals = await removalsIn(audit ?? auditFileOf(context), context, audit !== undefined);
  if (removals === undefined) return failed;
  const nowMs = face.clock.now();
  const round = addRemovals(collectDecisions(found.round, found.entries, nowMs), removals);
  if (!(await saveRound(path, round, context))) return failed;
  terminal.print(
    [
      renderProgress(round, readerOf(context), nowMs),
      renderToChange(round, readerOf(context)),
      `${texts.neverRemoves}\n`,
    ].join("\n"),
  );
  return 0;
}

function readerOf({ language, settings }: CommandContext) {
  return { language, timeZone: settings.ok ? settings.config.timezone : "UTC" };
}

/** The round and what people wrote into its app or sheet, or undefined after saying what is wrong with either. */
async function openBoth(path: string, context: CommandContext): Promise<Written | undefined> {
  const round = await openRound(path, context);
  if (round === undefined) return undefined;
  if (!isInApp(round)) return openSheet(path, round, context);
  const found = await readDecisions(round, context);
  return found === undefined ? undefined : { round, ...found };
}

interface Written {
  readonly round: ReviewRound;
  readonly entries: readonly SheetEntry[];
  readonly place: ReviewPlace;
}

async function openSheet(
  path: string,
  round: ReviewRound,
  context: CommandContext,
): Promise<Written | undefined> {
  const texts = reviewTexts(context.language);
  const { sheet } = filesOf(path);
  const text = await readText(sheet, context);
  if (text === undefined) {
    context.terminal.say(texts.missing(sheet));
    return undefined;
  }
  const { entries, problems } = readSheet(text, round);
  const place = { name: sheet, lineText: (line: number) => texts.sheetLine(sheet, line) };
  if (problems.length === 0) return { round, entries, place };
  const says = problems.map((problem) => safeLine(texts.sheetProblem(place, problem)));
  context.terminal.say([...says, texts.nothingTaken].join("\n"));
  return undefined;
}

/** The configured audit file, where it is a file of this machine. */
function auditFileOf({ settings }: CommandContext): string | undefined {
  const audit = settings.ok ? settings.config.audit : undefined;
  return audit?.startsWith("s3://") === true ? undefined : audit;
}

/** None where no audit is kept yet; undefined after saying that the one that was asked for cannot be read. */
async function removalsIn(path: string | undefined, context: CommandContext, isWanted: boolean) {
  if (path === undefined) return [];
  const text = await readText(path, context);
  if (text !== undefined) return readAuditedRemovals(text);
  if (!isWanted) return [];
  context.terminal.say(reviewTexts(context.language).missing(path));
  return undefined;
}
