import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { faultOf } from "../../errors.ts";
import { foldCase } from "../../model/text.ts";
import { renderReportText } from "../../report/render-report-text.ts";
import { renderAccessPage } from "../../report/access-page/render-access-page.ts";
import { type AccessFilters, filterAccess } from "../../report/who-has-what/filter-access.ts";
import { joinLastUses, type LastUse, readLastUses } from "../../report/who-has-what/last-used.ts";
import { renderAccessCsv } from "../../report/who-has-what/render-access-csv.ts";
import { renderAccessText } from "../../report/who-has-what/render-access-text.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { systemClock } from "../../wiring/clocks.ts";
import { accessTexts } from "../../words/access-texts.ts";
import { describePassError } from "../../words/pass-errors.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import { sayConfigProblems } from "../say-config-problems.ts";
import { writeOutput } from "../write-output.ts";
import { type ReadAccess, readAccess } from "./read-access.ts";

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

type WholeAccess = Extract<ReadAccess, { kind: "read" }>;

/** Everything, or undefined after saying why not. */
async function readOrSay(
  { face, terminal, logger, language }: CommandContext,
  settings: Extract<CommandContext["settings"], { ok: true }>,
): Promise<WholeAccess | undefined> {
  const read = await readAccess({ ...settings, surroundings: face, clock: systemClock, logger });
  if (read.kind === "read") return read;
  if (read.kind === "no-pass") terminal.say(renderReportText(read.report, language, terminal.paint));
  else {
    const { message, hint } = describePassError(read.error, language);
    terminal.say(`${faultOf(read.error.code)}: ${message}\n${hint}`);
  }
  return undefined;
}

/** A name that nobody has is a mistake; a name without access is an answer. */
function unknownNames(
  { report, pass: { actual } }: WholeAccess,
  { user, account, permissionSet }: AccessFilters,
  { language }: CommandContext,
): readonly string[] {
  const texts = accessTexts(language);
  const { users, accounts } = actual.directory;
  const isKnown = (wanted: string | undefined, names: readonly (string | undefined)[]): boolean =>
    wanted === undefined || names.some((name) => name !== undefined && foldCase(name) === foldCase(wanted));
  const userNames = users.flatMap(({ id, userName, displayName, emails }) => [
    id,
    userName,
    displayName,
    ...emails,
  ]);
  const orphans = report.access
    .filter(({ standing }) => standing === "orphan")
    .map(({ principal }) => principal.id);
  return [
    ...(isKnown(user, [...userNames, ...orphans]) ? [] : [texts.unknownUser(user ?? "")]),
    ...(isKnown(
      account,
      accounts.flatMap(({ id, name }) => [id, name]),
    )
      ? []
      : [texts.unknownAccount(account ?? "")]),
    ...(isKnown(
      permissionSet,
      report.permissionSets.map(({ name }) => name),
    )
      ? []
      : [texts.unknownSet(permissionSet ?? "")]),
  ];
}
