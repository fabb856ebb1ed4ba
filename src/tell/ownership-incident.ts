import { digest } from "../model/digest.ts";
import type { RunReport } from "../model/run-report.ts";
import { type Incident, limitList } from "./incident.ts";
import { describePartsChange, joinParts } from "./incident-parts.ts";
import type { IncidentTexts } from "../words/incident-texts.ts";
import type { ReportTexts } from "../words/report-texts.ts";
import { safeLine } from "../report/safe-text.ts";

export interface OwnershipIncidentOptions {
  readonly texts: IncidentTexts;
  readonly reportTexts: ReportTexts;
}

/** The permission sets whose owner tag may be forged; undefined when there are none. */
export function ownershipIncident(
  { plan }: RunReport,
  { texts, reportTexts }: OwnershipIncidentOptions,
): Incident | undefined {
  const sets = plan === undefined ? [] : listDoubtfulSets(plan, reportTexts);
  if (sets.length === 0) return undefined;
  const nameOf = ({ name }: DoubtfulSet): string => digest(name).slice(0, nameLength);
  const lines = new Map(sets.map((set) => [nameOf(set), `${safeLine(set.name)}: ${set.reason}`]));
  const parts = new Map(sets.map((set) => [nameOf(set), set.code]));
  return {
    key: "ownership-doubtful",
    fingerprint: joinParts(parts),
    message: {
      title: `⚠️ ${texts.ownershipDoubtful(sets.length)}`,
      sections: [...limitList([...lines.values()], texts.more), texts.aboutOwnership],
    },
    describeChange: (former) => describePartsChange(former, parts, texts, (name) => lines.get(name)),
  };
}

const nameLength = 12;

interface DoubtfulSet {
  readonly name: string;
  readonly code: string;
  readonly reason: string;
}

function listDoubtfulSets(
  { unmanaged, held }: NonNullable<RunReport["plan"]>,
  { unmanagedReasons, heldReasons }: ReportTexts,
): readonly DoubtfulSet[] {
  const distrusted = unmanaged.flatMap(({ target, reason: code }) =>
    code === "tag-appeared" || code === "tags-copied"
      ? [{ name: target.permissionSet, code, reason: unmanagedReasons[code] }]
      : [],
  );
  const unproven = held.flatMap(({ target, reason: code }) =>
    code === "ownership-unproven" && target.account === undefined
      ? [{ name: target.permissionSet, code, reason: heldReasons[code] }]
      : [],
  );
  return [...distrusted, ...unproven];
}
