import type { Language } from "../../model/config.ts";
import type { ReportedPlan, RunReport } from "../../model/run-report.ts";
import { adoptionTexts } from "../../words/adoption-texts.ts";
import type { Paint } from "../../report/paint.ts";
import { extentOf } from "../../report/plan-view/fold-names.ts";
import { listChanges } from "../../report/plan-view/list-changes.ts";
import {
  type Look,
  renderHeld,
  renderItems,
  renderLocked,
  renderPlanLines,
} from "../../report/render-plan-text.ts";
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

type PlannedParts = Pick<ReportedPlan, "changes" | "held" | "locked" | "links">;

const nothing: PlannedParts = { changes: [], held: [], locked: [] };

function renderNext(
  adopted: ReadonlySet<string>,
  { plan, violations }: RunReport,
  language: Language,
  paint: Paint,
): readonly string[] {
  const texts = adoptionTexts(language);
  const { changes: planned, held: allHeld, locked: allLocked, links }: PlannedParts = plan ?? nothing;
  const look: Look = { ...extentOf(language), paint, links: links ?? {} };
  const { headings } = look.texts;
  const isOurs = ({ target }: { readonly target: { readonly permissionSet: string } }): boolean =>
    adopted.has(target.permissionSet);
  const changes = planned.filter((change) => isOurs(change) && change.kind !== "tag-permission-set");
  const held = allHeld.filter(isOurs);
  const locked = allLocked.filter(isOurs);
  if (changes.length + held.length + locked.length === 0) return [texts.nextSync, `  ${texts.noChange}`];
  const uncovered = changes.filter(({ kind, records }) => kind === "unassign" && records.length === 0).length;
  const guards = violations.map(({ guard }) => guard).join(", ");
  return [
    texts.nextSync,
    ...(changes.length === 0 ? [] : [paint.heading(headings.changes)]),
    ...renderPlanLines(listChanges(changes, look), look),
    ...renderItems(headings.held, held, renderHeld, look),
    ...renderItems(headings.locked, locked, renderLocked, look),
    ...(uncovered === 0 ? [] : [texts.uncovered(uncovered)]),
    ...(guards === "" ? [] : [texts.refusedNext(guards)]),
  ];
}
