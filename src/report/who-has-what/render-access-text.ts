import type { Language } from "../../model/config.ts";
import type { AccessLine, AccessReport } from "../../model/access-report.ts";
import { groupBy } from "../../model/group-by.ts";
import { accessTexts } from "../../words/access-texts.ts";
import { targetsTexts } from "../../words/targets-texts.ts";
import { accountText } from "../names.ts";
import type { Paint } from "../paint.ts";
import { sortNames } from "../plan-view/fold-names.ts";
import { renderTime } from "../render-time.ts";
import { safeLine } from "../safe-text.ts";

interface Reader {
  readonly language: Language;
  readonly timeZone: string;
  readonly paint: Paint;
}

/** Who has what, account by account and in each set by set, with every name; then what is unusual, and what the list is of. */
export function renderAccessText(report: AccessReport, reader: Reader): string {
  const { language, timeZone, paint } = reader;
  const texts = accessTexts(language);
  const { counts, filters, exceptions } = report;
  const isWhole = Object.keys(filters).length === 0;
  const accounts = groupBy(report.access, ({ account }) => account);
  const places = [...accounts.values()].map((lines) => renderAccount(lines, reader));
  const unusual = (Object.keys(exceptions) as (keyof typeof exceptions)[])
    .filter((kind) => isWhole && exceptions[kind].length > 0)
    .map((kind) => `  ${texts.exceptions[kind]}: ${safeLine(exceptions[kind].join(", "))}`);
  const foot = [
    texts.asOf(renderTime(Date.parse(report.asOf), timeZone), report.instanceArn, report.owner),
    texts.complete(report.hash),
    texts.accountAccessManager,
  ];
  const blocks = [
    [paint.heading(texts.headline(counts))],
    ...places,
    ...(unusual.length === 0 ? [] : [[paint.heading(texts.unusual), ...unusual]]),
    foot.map((line) => safeLine(line)),
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function renderAccount(lines: readonly AccessLine[], reader: Reader): readonly string[] {
  const { language, paint } = reader;
  const texts = accessTexts(language);
  const [first] = lines;
  if (first === undefined) return [];
  const { account, accountName, accountState, accountPath } = first;
  const path = accountPath === undefined ? "" : `  ${paint.dim(safeLine(accountPath))}`;
  const state = accountState === "ACTIVE" ? "" : `  ${accountState ?? texts.notInOrganization}`;
  const sets = [...groupBy(lines, ({ permissionSet }) => permissionSet)].flatMap(([name, ofSet]) => {
    const found = ofSet[0]?.class ?? "unknown";
    const mark = found === "ordinary" ? "" : `  ${paint.update(texts.classes[found])}`;
    const bySource = groupBy(ofSet, sourceOf(reader));
    return [
      `  ${safeLine(name)}${mark}`,
      ...[...bySource].map(
        ([source, people]) => `    ${safeLine(peopleOf(people, language))}  ${paint.dim(safeLine(source))}`,
      ),
    ];
  });
  return [`${paint.heading(safeLine(`${accountText(account, accountName)}${state}`))}${path}`, ...sets];
}

/** Why a person has it: the records with what their lists of accounts stand for, and for how long. */
function sourceOf({ language, timeZone }: Reader): (line: AccessLine) => string {
  const texts = accessTexts(language);
  const time = (text: string): string => renderTime(Date.parse(text), timeZone);
  return ({ standing, records, starts, expires }) => {
    const names = records.map(({ name, targets }) =>
      targets === undefined
        ? name
        : `${name} ${targetsTexts(language).standsFor(targets.entries, targets.accounts)}`,
    );
    const parts = [
      [texts.standings[standing], names.join(", ")].filter((part) => part !== "").join(" "),
      ...(starts === undefined ? [] : [texts.starts(time(starts))]),
      ...(expires === undefined ? [] : [texts.expires(time(expires))]),
    ];
    return `(${parts.join("; ")})`;
  };
}

function peopleOf(lines: readonly AccessLine[], language: Language): string {
  const texts = accessTexts(language);
  return sortNames(
    lines.map(({ user, principal }) => {
      if (user === undefined) return texts.nobody(principal.name ?? principal.id);
      const name = user.enabled ? user.userName : texts.disabled(user.userName);
      return principal.type === "USER" ? name : texts.via(name, principal.name ?? principal.id);
    }),
  ).join(", ");
}
