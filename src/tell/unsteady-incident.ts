import { changeKinds } from "../model/change-kinds.ts";
import { digest } from "../model/digest.ts";
import type { ReportedChange, RunReport } from "../model/run-report.ts";
import { renderTarget } from "../report/render-plan-text.ts";
import type { ReportTexts } from "../words/report-texts.ts";
import type { UnsteadyTexts } from "../words/unsteady-texts.ts";
import type { IncidentTexts } from "../words/incident-texts.ts";
import { type Incident, limitList } from "./incident.ts";
import { describePartsChange, joinParts } from "./incident-parts.ts";

/** The changes that were applied pass after pass and are never found as set; undefined when there are none. */
export function unsteadyIncident(
  report: RunReport,
  {
    texts,
    reportTexts,
    unsteady,
  }: {
    readonly texts: IncidentTexts;
    readonly reportTexts: ReportTexts;
    readonly unsteady: UnsteadyTexts;
  },
): Incident | undefined {
  const changes = listUnsteady(report);
  if (changes.length === 0) return undefined;
  const lines = new Map(changes.map((change) => [nameOf(change), render(change, reportTexts)]));
  const parts = partsOf(changes);
  return {
    key: "does-not-stay",
    fingerprint: joinParts(parts),
    message: {
      title: `⚠️ ${unsteady.title(changes.length)}`,
      sections: [...limitList([...lines.values()], texts.more), unsteady.about],
    },
    // The fingerprint does not tell what the solved ones were.
    describeChange: (former) => describePartsChange(former, parts, texts, (name) => lines.get(name)),
  };
}

/** What the incident's message says, as its fingerprint. */
export function fingerprintOfUnsteady(report: RunReport): string {
  return joinParts(partsOf(listUnsteady(report)));
}

function partsOf(changes: readonly ReportedChange[]): ReadonlyMap<string, string> {
  return new Map(changes.map((change) => [nameOf(change), "again"]));
}

/** What only passes a definition on is told of where nothing else is. */
function listUnsteady({ outcomes, plan }: RunReport): readonly ReportedChange[] {
  const ids = new Set(outcomes.flatMap((one) => (one.doesNotStay === true ? [one.change] : [])));
  const all = (plan?.changes ?? []).filter(({ id }) => ids.has(id));
  const isOfItself = ({ kind }: ReportedChange): boolean => !changeKinds[kind].isHousekeeping;
  const sets = new Set(all.filter(isOfItself).map(({ target }) => target.permissionSet));
  return all.filter((change) => isOfItself(change) || !sets.has(change.target.permissionSet));
}

const nameLength = 12;

function nameOf({ id }: ReportedChange): string {
  return digest(id).slice(0, nameLength);
}

function render({ kind, target }: ReportedChange, texts: ReportTexts): string {
  return `${texts.changeKinds[kind]}  ${renderTarget(target, texts)}`;
}
