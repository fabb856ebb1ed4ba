import type { RunReport } from "../model/run-report.ts";
import { type Incident, limitList, mostListed } from "./incident.ts";
import { describePartsChange, joinParts } from "./incident-parts.ts";
import type { IncidentTexts } from "../words/incident-texts.ts";
import { safeLine } from "../report/safe-text.ts";

/** The records of which nothing can be told, for which every removal waits; undefined when there are none. */
export function removalsIncident({ notes }: RunReport, texts: IncidentTexts): Incident | undefined {
  const records = notes.flatMap(({ code, app, record, url }) =>
    code === "removals-held" && url !== undefined ? [{ name: `${app}#${record}`, url }] : [],
  );
  if (records.length === 0) return undefined;
  const parts = new Map(records.map(({ name }) => [name, "held"]));
  return {
    key: "removals-held",
    fingerprint: joinParts(parts),
    message: {
      title: `⚠️ ${texts.removalsHeld(records.length)}`,
      sections: [
        ...limitList(
          records.map(({ url }) => url),
          texts.more,
        ),
        texts.aboutRemovals,
      ],
      links: records.slice(0, mostListed).map(({ url }) => url),
    },
    describeChange: (former) => describePartsChange(former, parts, texts, safeLine),
  };
}
