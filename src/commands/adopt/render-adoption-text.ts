import type { Language } from "../../model/config.ts";
import type { RunReport } from "../../model/run-report.ts";
import { adoptionTexts } from "../../words/adoption-texts.ts";
import { reportTexts } from "../../words/report-texts.ts";
import type { Paint } from "../../report/paint.ts";
import { renderChanges, renderHeld, renderItems, renderLocked } from "../../report/render-plan-text.ts";
import { safeLine } from "../../report/safe-text.ts";

/** How it stands with one set: what was found or done, and whether that is good. */
export interface AdoptionLine {
  readonly name: string;
  readonly good: boolean;
  readonly text: string;
}

/** The sets one by one, and for those that can be taken over what the next sync would do to them. */
export function renderAdoption(
  lines: readonly AdoptionLine[],
  report: RunReport,
  language: Language,
  paint: Paint,
): string {
  const sets = lines.map(({ name, good, text }) => {
    const mark = good ? paint.create("✓") : paint.remove("✗");
    return `${mark} ${safeLine(name)}: ${safeLine(text)}`;
  });
  const adopted = new Set(lines.filter(({ good }) => good).map(({ name }) => name));
  const preview = adopted.size === 0 ? [] : ["", ...renderNext(adopted, report, language, paint)];
  return `${[...sets, ...preview].join("\n")}\n`;
}

function renderNext(
  adopted: ReadonlySet<string>,
  { plan, violations }: RunReport,
  language: Language,
  paint: Paint,
): readonly string[] {
  const texts = adoptionTexts(language);
  const words = reportTexts(language);
  const isOurs = ({ target }: { readonly target: { readonly permissionSet: string } }): boolean =>
    adopted.has(target.permissionSet);
  const changes = (plan?.changes ?? []).filter(
    (change) => isOurs(change) && change.kind !== "tag-permission-set",
  );
  const held = (plan?.held ?? []).filter(isOurs);
  const locked = (plan?.locked ?? []).filter(isOurs);
  if (changes.length + held.length + locked.length === 0) return [texts.nextSync, `  ${texts.noChange}`];
  const uncovered = changes.filter(({ kind, records }) => kind === "unassign" && records.length === 0).length;
  const guards = violations.map(({ guard }) => guard).join(", ");
  return [
    texts.nextSync,
    ...renderChanges(changes, words, paint),
    ...renderItems(words.headings.held, held, renderHeld, { texts: words, paint }),
    ...renderItems(words.headings.locked, locked, renderLocked, { texts: words, paint }),
    ...(uncovered === 0 ? [] : [texts.uncovered(uncovered)]),
    ...(guards === "" ? [] : [texts.refusedNext(guards)]),
  ];
}
