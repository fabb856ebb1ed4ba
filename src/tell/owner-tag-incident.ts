import type { Language } from "../model/config.ts";
import { digest } from "../model/digest.ts";
import type { RunReport } from "../model/run-report.ts";
import { safeLine } from "../report/safe-text.ts";
import { ownerTagTexts } from "../words/owner-tag-texts.ts";
import type { IncidentTexts } from "../words/incident-texts.ts";
import { reportTexts } from "../words/report-texts.ts";
import { type Incident, limitList } from "./incident.ts";
import { describePartsChange, joinParts } from "./incident-parts.ts";

const nameLength = 12;

/** The permission sets that are ours and do not say so; undefined when there are none. A tag that is missing once may not have been read. */
export function ownerTagIncident(
  { plan }: RunReport,
  texts: IncidentTexts,
  language: Language,
): Incident | undefined {
  const { unmanagedReasons } = reportTexts(language);
  const sets = (plan?.unmanaged ?? []).flatMap(({ target: { permissionSet }, reason }) =>
    reason === "owner-tag-missing" || reason === "owner-changed"
      ? [{ name: digest(permissionSet).slice(0, nameLength), permissionSet, reason }]
      : [],
  );
  if (sets.length === 0) return undefined;
  const lines = new Map(
    sets.map(({ name, permissionSet, reason }) => [
      name,
      `${safeLine(permissionSet)}: ${unmanagedReasons[reason]}`,
    ]),
  );
  const parts = new Map(sets.map(({ name, reason }) => [name, reason]));
  const { title, about } = ownerTagTexts(language);
  return {
    key: "owner-tag-gone",
    fingerprint: joinParts(parts),
    mayPass: sets.every(({ reason }) => reason === "owner-tag-missing"),
    message: {
      title: `⚠️ ${title(sets.length)}`,
      sections: [...limitList([...lines.values()], texts.more), about],
    },
    describeChange: (former) => describePartsChange(former, parts, texts, (name) => lines.get(name)),
  };
}
