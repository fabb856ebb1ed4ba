import { faultOf } from "../../errors.ts";
import { foldCase } from "../../model/text.ts";
import { renderReportText } from "../../report/render-report-text.ts";
import type { AccessFilters } from "../../report/who-has-what/filter-access.ts";
import { accessTexts } from "../../words/access-texts.ts";
import { describePassError } from "../../words/pass-errors.ts";
import type { CommandContext } from "../command-context.ts";
import { type ReadAccess, readAccess } from "./read-access.ts";

type WholeAccess = Extract<ReadAccess, { kind: "read" }>;

/** Everything, or undefined after saying why not. */
export async function readOrSay(
  { face, terminal, logger, language }: CommandContext,
  settings: Extract<CommandContext["settings"], { ok: true }>,
): Promise<WholeAccess | undefined> {
  const read = await readAccess({ ...settings, surroundings: face, clock: face.clock, logger });
  if (read.kind === "read") return read;
  if (read.kind === "no-pass") terminal.say(renderReportText(read.report, language, terminal.paint));
  else {
    const { message, hint } = describePassError(read.error, language);
    terminal.say(`${faultOf(read.error.code)}: ${message}\n${hint}`);
  }
  return undefined;
}

/** A name that does not exist is a mistake; a name without access is an answer. */
export function unknownNames(
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
