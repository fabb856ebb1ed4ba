import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { renderAccessPage } from "../../report/access-page/render-access-page.ts";
import { type AccessFilters, filterAccess } from "../../report/who-has-what/filter-access.ts";
import { joinLastUses, type LastUse, readLastUses } from "../../report/who-has-what/last-used.ts";
import { renderAccessCsv } from "../../report/who-has-what/render-access-csv.ts";
import { renderAccessText } from "../../report/who-has-what/render-access-text.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { accessTexts } from "../../words/access-texts.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import { sayConfigProblems } from "../say-config-problems.ts";
import { writeOutput } from "../write-output.ts";
import { readOrSay, unknownNames } from "./read-or-say.ts";

export interface AccessOptions extends AccessFilters {
  readonly format: "text" | "csv" | "json" | "html";
  /** A CSV of last uses, to be shown beside each access. */
  readonly lastUsed?: string;
  /** Where to write it instead of printing it. */
  readonly out?: string;
}

const failed = 1;

/** `access`: who has what, whole or not at all. Exit code 1 when anything could not be read or nothing is known by a given name. */
export async function runAccess(
  face: ProcessFace,
  options: GlobalOptions,
  asked: AccessOptions,
): Promise<number> {
  const context = openContext(face, options);
  const { settings, terminal, language } = context;
  if (!settings.ok) return sayConfigProblems(settings.problems, context);
  const { config } = settings;
  const uses = await readLastUsesFile(asked.lastUsed, context);
  if (uses === undefined) return failed;
  terminal.say(accessTexts(language).reading);
  const read = await readOrSay(context, settings);
  if (read === undefined) return failed;
  const unknown = unknownNames(read, asked, context);
  if (unknown.length > 0) {
    for (const text of unknown) terminal.say(text);
    return failed;
  }
  const { report, unmatched } = joinLastUses(filterAccess(read.report, asked), uses);
  if (unmatched > 0) terminal.say(accessTexts(language).lastUsedUnmatched(unmatched));
  const reader = { language, timeZone: config.timezone };
  const text = {
    text: () => renderAccessText(report, { ...reader, paint: terminal.paint }),
    html: () => renderAccessPage(report, reader),
    csv: () => renderAccessCsv(report),
    json: () => `${JSON.stringify(report)}\n`,
  }[asked.format]();
  if (asked.out !== undefined) {
    return (await writeOutput(asked.out, context.scrub(text), context)) ? 0 : failed;
  }
  terminal.print(text, asked.format === "json");
  return 0;
}

/** The uses that the file tells of, none without a file, or undefined after saying what is wrong with it. */
async function readLastUsesFile(
  path: string | undefined,
  { face, terminal, language }: CommandContext,
): Promise<readonly LastUse[] | undefined> {
  if (path === undefined) return [];
  const texts = accessTexts(language);
  const text = await readFile(resolve(face.directory, path), "utf8").catch((error: unknown) => {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    terminal.say(texts.fileUnreadable(path, reason));
  });
  if (text === undefined) return undefined;
  const found = readLastUses(text);
  if (found.kind === "read") return found.uses;
  terminal.say(
    found.kind === "no-header"
      ? texts.lastUsedHeader(path, found.missing)
      : texts.lastUsedLine(path, found.line),
  );
  return undefined;
}
